"""What Slack calls about how a poll is seen: its results, who voted for what, and its pictures."""

from dataclasses import replace

from slack_app.kit.answers import Answer
from slack_app.kit.blocks import REFUSED_BLOCKS
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Press
from slack_app.kit.routing import Routes
from slack_app.kit.slack import SlackSaidNo
from slack_app.polls import blocks, names, outcomes, pictures, service
from slack_app.polls.kinds import orders
from slack_app.polls.names import Asked
from surveys.seeing import PollKind


def results(press: Press, tools: Tools) -> Answer:
    who = press.who
    outcome = outcomes.results(tools.database, who.workspace, press.value, who)
    tools.slack.open_modal(press.trigger, blocks.results_modal(outcome, tools.words_for(who)))
    return None


def who(press: Press, tools: Tools) -> Answer:
    """Who voted for what, where names are shown."""
    say, outcome = tools.words_for(press.who), outcomes.who_voted(tools.database, press.who, press.value)
    if outcome.poll.kind is PollKind.RANKING:
        view = orders.orders_modal(orders.read(tools.database, outcome, 0), say)
    else:
        view = names.who_modal(outcome, _here(Asked(), press, tools), say)
    tools.slack.open_modal(press.trigger, view)
    return None


def who_for(press: Press, tools: Tools) -> Answer:
    """Who voted for one option, chosen in the window of those who voted."""
    return _asked(press, tools, Asked(option=_number(press.value)))


def who_page(press: Press, tools: Tools) -> Answer:
    """More of those who voted for the option that is shown."""
    return _asked(press, tools, Asked(option=_number(press.argument), page=_number(press.value)))


def who_is(press: Press, tools: Tools) -> Answer:
    """What one person voted for, who is looked for in the window."""
    return _asked(press, tools, Asked(person=press.value))


def _asked(press: Press, tools: Tools, asked: Asked) -> Answer:
    window = press.view
    if window is not None:
        outcome = outcomes.who_voted(tools.database, press.who, press.memory)
        view = names.who_modal(outcome, _here(asked, press, tools), tools.words_for(press.who))
        tools.later.do(lambda: tools.slack.update_modal(window, view))
    return None


def _here(asked: Asked, press: Press, tools: Tools) -> Asked:
    return replace(asked, zone=service.zone_of(tools.database, press.who))


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else 0


def shown_pictures(press: Press, tools: Tools) -> Answer:
    """The pictures of many options; without them where Slack can't load one any more."""
    poll, say = service.found(tools.database, press.who, press.value), tools.words_for(press.who)
    try:
        tools.slack.open_modal(press.trigger, pictures.pictures_modal(poll, say))
    except SlackSaidNo as fault:
        if fault.error not in REFUSED_BLOCKS:
            raise
        tools.slack.open_modal(press.trigger, pictures.pictures_modal(pictures.bare(poll), say))
    return None


def post_plain(press: Press, tools: Tools) -> Answer:
    """Post a poll without the pictures that Slack could not load."""
    member = tools.known(press.who)
    pictures.drop(tools.database, member, press.who, press.value, press.reply_url)
    tools.redraw_due.set()
    return None


def register(routes: Routes) -> None:
    routes.presses.update(
        {
            "polls.results": results,
            "polls.who": who,
            "polls.who_for": who_for,
            "polls.who_is": who_is,
            "polls.who_page": who_page,
            "polls.pictures": shown_pictures,
            "polls.post_plain": post_plain,
        }
    )
