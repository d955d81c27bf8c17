"""Reminding people of a survey: each decided alike, whether they get a message or have answered.

Of a sealed round nothing may tell how many have answered: no number, no log line, and no clock. Everybody
takes the same time and the same turn at Slack there, who is reminded and who is not.
"""

from dataclasses import dataclass
from datetime import timedelta

from slack_app.delivery import blocks, service
from slack_app.delivery.progress import keep
from slack_app.delivery.sending import CALL, PACE, PATIENCE
from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools
from slack_app.kit.slack import SlackSaidNo
from slack_app.kit.words import words
from storage import Store
from surveys.survey import Round

AT_ONCE = 20
"""Between two batches other jobs of the workspace have their turn."""
EACH_TAKES = timedelta(seconds=0.25)
"""Longer than Slack takes for a message on average, so that skipping one is no quicker."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What was decided of one person. wait: until Slack takes a message; nothing is decided before."""

    is_due: bool
    wait: timedelta = timedelta()


def remind(workspace: str, subject: str, tools: Tools) -> None:
    """Decide of the next people of a reminder; another job goes on with the others.

    subject: the round's id and the reminder's number.
    """
    round_id, _, number = subject.partition(":")
    with tools.database.begin() as store:
        asked = store.surveys.find(workspace, round_id)
        if asked is None or not asked.is_open(tools.now()):
            return
        people = store.reminders.batch(workspace, round_id, int(number), AT_ONCE)
    note = blocks.reminder_message(asked, words(asked.survey.language))
    since = tools.now()
    for done, user in enumerate(people, 1):
        _remind(asked, int(number), user, note, tools)
        if asked.privacy.is_sealed:
            left = since + done * EACH_TAKES - tools.now()
            tools.rest(max(left.total_seconds(), 0.0))
    with tools.database.begin() as store:
        service.remind_next(store, workspace, round_id)


def _remind(asked: Round, number: int, user: str, note: Note, tools: Tools) -> None:
    # Leaves where the process stops: nothing is decided yet.
    tools.rest(0.0)
    if not _is_due(asked, number, user, tools):
        return
    try:
        tools.slack.post(user, note)
    except SlackSaidNo as fault:
        _failed(asked, number, user, fault, tools)
    else:
        _count(asked, number, tools)


def _is_due(asked: Round, number: int, user: str, tools: Tools) -> bool:
    """Wait for the person's turn and end their row; tell whether a message follows."""
    while True:
        with tools.database.begin() as store:
            turn = _decide(store, asked, number, user, tools)
        if not turn.wait:
            return turn.is_due
        if turn.wait > PATIENCE:
            raise SlackSaidNo(CALL, "ratelimited", is_permanent=False, wait_seconds=turn.wait.total_seconds())
        tools.rest(turn.wait.total_seconds())


def _decide(store: Store, asked: Round, number: int, user: str, tools: Tools) -> Turn:
    has_answered = service.has_answered(store, asked.workspace, asked.id, user, tools.now())
    if has_answered is None:
        return Turn(is_due=False)
    is_due = not has_answered and service.may_be_reminded(store, asked.workspace, user)
    if is_due or asked.privacy.is_sealed:
        granted = store.budgets.take(asked.workspace, CALL, tools.now(), PACE)
        if not granted.calls:
            return Turn(is_due=False, wait=granted.wait)
    if not store.reminders.end(asked.workspace, asked.id, number, user):
        return Turn(is_due=False)
    if has_answered and not asked.privacy.is_sealed:
        store.reminders.count(asked.workspace, asked.id, number, had_answered=1)
    return Turn(is_due)


def _count(asked: Round, number: int, tools: Tools) -> None:
    if not asked.privacy.is_sealed:
        keep(tools, lambda store: store.reminders.count(asked.workspace, asked.id, number, reminded=1))


def _failed(asked: Round, number: int, user: str, fault: SlackSaidNo, tools: Tools) -> None:
    """Have a person decided of anew where Slack surely did nothing and waiting helps; else it is over."""
    if fault.is_permanent or fault.is_doubtful:
        return
    keep(tools, lambda store: store.reminders.put_off(asked.workspace, asked.id, number, user))
    if fault.wait_seconds:
        until = tools.now() + timedelta(seconds=fault.wait_seconds)
        keep(tools, lambda store: store.budgets.hold(asked.workspace, CALL, until))
    raise fault
