"""What Slack calls about rankings: options put in order, how they are counted, and whose order is which."""

from slack_app.kit.answers import Answer, FieldErrors, Replaced
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Press, Submission
from slack_app.kit.routing import Routes
from slack_app.polls import outcomes, own_vote, service
from slack_app.polls.kinds import orders, ranking
from slack_app.polls.kinds.method import method_modal
from surveys import ballots
from surveys.standings import Outcome


def put_in_order(sent: Submission, tools: Tools) -> Answer:
    """The ranking sent from "My vote"; places left empty in between are closed up."""
    say = tools.words_for(sent.who)
    picked = ranking.picked(sent.lists)
    if not picked:
        return FieldErrors(
            {"place_1": say.plain("Choose an option, or close this window to leave your vote as it is.")}
        )
    if faults := ranking.twice(picked, say):
        return FieldErrors(faults)
    try:
        voted = service.choose(tools.database, sent.who, sent.memory, tuple(picked.values()), tools.now())
    except (
        ballots.TooManyChosen,
        ballots.TooFewChosen,
        ballots.UnknownOption,
        ballots.OptionTakenAway,
    ) as refused:
        return FieldErrors({"place_1": say.plain_refusal(refused)})
    tools.redraw_due.set()
    return Replaced(own_vote.counted_modal(own_vote.chosen(voted.code, say), say))


def method(press: Press, tools: Tools) -> Answer:
    """How a ranking is counted; over the results where it was asked there."""
    outcome = outcomes.results(tools.database, press.who.workspace, press.value, press.who)
    show = tools.slack.open_modal if press.view is None else tools.slack.push_modal
    show(press.trigger, method_modal(outcome, tools.words_for(press.who)))
    return None


def page(press: Press, tools: Tools) -> Answer:
    """More of those who voted."""
    number = int(press.value) if press.value.isdecimal() else 0
    return _shown_anew(press, tools, orders.read(tools.database, _outcome(press, tools), number))


def person(press: Press, tools: Tools) -> Answer:
    """One person's order, who is looked for in the window."""
    return _shown_anew(press, tools, orders.of(tools.database, _outcome(press, tools), press.value))


def _outcome(press: Press, tools: Tools) -> Outcome:
    return outcomes.results(tools.database, press.who.workspace, press.memory, press.who)


def _shown_anew(press: Press, tools: Tools, found: orders.Orders) -> Answer:
    window = press.view
    if window is not None:
        view = orders.orders_modal(found, tools.words_for(press.who))
        tools.later.do(lambda: tools.slack.update_modal(window, view))
    return None


def register(routes: Routes) -> None:
    routes.presses.update({"polls.method": method, "polls.order_page": page, "polls.order_of": person})
