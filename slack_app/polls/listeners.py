"""What Slack calls about polls."""

from dataclasses import replace

from slack_app.kit.answers import Answer, FieldErrors, Private, Replaced
from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Command, Press, Submission
from slack_app.kit.privacy import details_modal
from slack_app.kit.routing import Routes
from slack_app.kit.slack import reply
from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words
from slack_app.polls import choosing, closing, other, outcomes, own_vote, publishing, seen, service, verbs
from slack_app.polls.adding import listeners as adding_listeners
from slack_app.polls.asking import filled as filling
from slack_app.polls.asking import form, surfaces, talks, understood, unposted
from slack_app.polls.asking import listeners as asking_listeners
from slack_app.polls.kinds import ordering, ranking
from slack_app.polls.service import Place, Voted
from surveys import ballots, grammar, polls
from surveys.ballots import Click
from surveys.other import NotChosen, NothingWritten, WrittenTooLong


def command(sent: Command, tools: Tools) -> Answer:
    """`/poll …`: ask, open the form, or act on one's latest poll here."""
    member, say = tools.met(sent.who)
    match grammar.parse(sent.text, say.language):
        case grammar.OpenForm(wishes=wanted):
            filled = surfaces.wished(tools, sent.who, wanted, say)
            tools.slack.open_modal(sent.trigger, form.ask_modal(filled, say))
            return None
        case grammar.Ask() as wanted:
            return _ask(sent, tools, wanted, say)
        case verb:
            return Private(verbs.done(verb, sent.who, member, sent.channel, tools, say))


def _ask(sent: Command, tools: Tools, wanted: grammar.Ask, say: Words) -> Answer:
    # Most polls have no moment in them, and their answer waits for nothing.
    zone = service.zone_of(tools.database, sent.who) if understood.has_moments(wanted) else "UTC"
    draft = understood.draft(wanted, zone, say.language, tools.now())
    if wanted.wishes.is_ambiguous:
        polls.closing(draft.terms, tools.now())
        filled = filling.whole(draft, sent.channel, tools.now())
        told = understood.read_back(draft, zone, say)
        tools.slack.open_modal(sent.trigger, form.ask_modal(replace(filled, read_back=told), say))
        return None
    service.ask(
        tools.database, sent.who, draft, Place(sent.channel, sent.trigger, sent.reply_url), tools.now()
    )
    tools.redraw_due.set()
    return None


def vote(press: Press, tools: Tools) -> Answer:
    """A click on an option: the answer to Slack is the acknowledgement, the message follows."""
    option = int(press.argument) if press.argument.isdecimal() else -1
    voted = service.vote(tools.database, press.who, press.value, option, press.click, tools.now())
    tools.redraw_due.set()
    # The message of an anonymous poll stays as it is, so its voters are told of each click.
    if voted.what is Click.FIRST or voted.poll.privacy.is_sealed:
        _confirm(press, voted, tools)
    return None


def pick(press: Press, tools: Tools) -> Answer:
    """A choice in the message's menu: it counts at once, whatever was chosen before."""
    chosen = tuple(choosing.picked([press.value]))
    if not chosen:
        raise ballots.UnknownOption
    try:
        voted = service.choose(tools.database, press.who, press.argument, chosen, tools.now())
    except NothingWritten:
        return other.open_window(press, press.argument, tools)
    tools.redraw_due.set()
    if voted.what is Click.FIRST or voted.poll.privacy.is_sealed:
        _confirm(press, voted, tools)
    return None


def _confirm(press: Press, voted: Voted, tools: Tools) -> None:
    """Tell a voter privately that the vote counted; best effort, "My vote" always tells."""
    url = press.reply_url
    if url is None:
        return

    def confirm() -> None:
        say = tools.words_for(press.who)
        reply(url, Note(Mrkdwn("\n".join(own_vote.answered(voted, say)))))

    tools.later.do(confirm)


def my_vote(press: Press, tools: Tools) -> Answer:
    mine = outcomes.ballot(tools.database, press.who, press.value)
    view = own_vote.ballot_modal(mine, tools.words_for(press.who))
    tools.slack.open_modal(press.trigger, view)
    return None


def chosen(sent: Submission, tools: Tools) -> Answer:
    """The vote sent from "My vote"."""
    if ranking.is_ranking(sent.lists):
        return ordering.put_in_order(sent, tools)
    wanted = tuple(choosing.picked(sent.lists.get("option", ())))
    say = tools.words_for(sent.who)
    if not wanted:
        return FieldErrors(
            {"option": say.plain("Choose an option, or close this window to leave your vote as it is.")}
        )
    try:
        voted = service.choose(
            tools.database, sent.who, sent.memory, wanted, tools.now(), sent.entries.get("other")
        )
    except (ballots.TooManyChosen, ballots.TooFewChosen, ballots.OptionTakenAway) as refused:
        return FieldErrors({"option": say.plain_refusal(refused)})
    except (NothingWritten, NotChosen, WrittenTooLong) as refused:
        return FieldErrors({"other": say.plain_refusal(refused)})
    tools.redraw_due.set()
    return Replaced(own_vote.chosen_modal(voted, say))


def take_back(press: Press, tools: Tools) -> Answer:
    service.choose(tools.database, press.who, press.value, (), tools.now())
    tools.redraw_due.set()
    _show_taken_back(press, tools)
    return None


def close(press: Press, tools: Tools) -> Answer:
    member = tools.known(press.who)
    closing.close(tools.database, member, press.who, press.value, tools.now())
    tools.redraw_due.set()
    return None


def delete(press: Press, tools: Tools) -> Answer:
    """Delete, pressed in Home and confirmed there."""
    closing.delete(tools.database, tools.known(press.who), press.who, press.value)
    return None


def privacy(press: Press, tools: Tools) -> Answer:
    """How an anonymous poll is kept; over "My vote" where it was asked there."""
    poll = service.found(tools.database, press.who, press.value)
    closes_at, say = poll.closes_at or tools.now(), tools.words_for(press.who)
    view = details_modal(poll.privacy, poll.owner, closes_at, say, is_poll=True)
    show = tools.slack.open_modal if press.view is None else tools.slack.push_modal
    show(press.trigger, view)
    return None


def publish(press: Press, tools: Tools) -> Answer:
    """Try again, where Slack would not take the file of a poll's ballots."""
    publishing.again(tools.database, tools.known(press.who), press.who, press.value)
    say = tools.words_for(press.who)
    note = Note(say("Palabre tries again now; the ballots appear in the poll's thread."))
    tools.later.do(lambda: tools.whisper(press.who.user, press.reply_url, note))
    return None


def _show_taken_back(press: Press, tools: Tools) -> None:
    view = press.view
    if view is None:
        return

    def show() -> None:
        say = tools.words_for(press.who)
        tools.slack.update_modal(view, own_vote.counted_modal(say("Your vote is taken back."), say))

    tools.later.do(show)


def register(routes: Routes) -> None:
    ordering.register(routes)
    asking_listeners.register(routes)
    surfaces.register(routes)
    talks.register(routes)
    unposted.register(routes)
    seen.register(routes)
    adding_listeners.register(routes)
    other.register(routes)
    routes.commands["/poll"] = command
    routes.presses.update(
        {
            "polls.vote": vote,
            "polls.pick": pick,
            "polls.my_vote": my_vote,
            "polls.take_back": take_back,
            "polls.close": close,
            "polls.delete": delete,
            "polls.privacy": privacy,
            "polls.publish": publish,
        }
    )
    routes.submissions["polls.choose"] = chosen
