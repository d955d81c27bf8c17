"""Asking people one after the other: within what Slack takes, each once, and never while it said wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_app.delivery.progress import keep
from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools
from slack_app.kit.slack import SlackSaidNo
from storage import Pace, Store
from surveys.asking import LEFT, NO_ANSWER
from surveys.survey import Round

CALL = "chat.postMessage"
PACE = Pace(at_once=290, a_second=4.9)
"""A workspace takes several hundred messages a minute, beside one a second in each channel: we count on 300
and leave some to others. Source: apis/web-api/rate-limits and methods/chat.postMessage."""
PATIENCE = timedelta(seconds=1)
"""Who has to wait longer leaves the place to other jobs."""
MOST_TRIES, MOST_DOUBTFUL = 5, 2
"""Where Slack may have taken the message although its answer is lost, one more try is all: nobody shall find
it there five times."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some people to ask next. has_left: those among them who are known to be gone."""

    asked: Round
    note: Note
    people: tuple[str, ...]
    has_left: frozenset[str]


def send(batch: Batch, until: datetime, tools: Tools) -> timedelta:
    """Ask the people of a batch, until its time is over; return how long to wait before the next one."""
    for user in batch.people:
        wait = _ask(batch, user, tools)
        if wait is None:
            break
        if wait or tools.now() >= until:
            return wait
    return timedelta()


def _ask(batch: Batch, user: str, tools: Tools) -> timedelta | None:
    """Ask one person; return how long to wait after it, None where nobody is to be asked any more."""
    asked = batch.asked
    if user in batch.has_left:
        keep(tools, lambda store: store.deliveries.failed(asked.workspace, asked.id, user, LEFT))
        return timedelta()
    wait = _take_turn(asked, user, tools)
    if wait is None or wait:
        return wait
    # Leaves where the process stops, or slept so long that another one asks them: as late as can be.
    tools.rest(0.0)
    try:
        message = tools.slack.post(user, batch.note)
    except SlackSaidNo as fault:
        return _failed(asked, user, fault, tools)
    # A message's name in Slack is its moment, and none is kept beside a sealed answer.
    kept = None if asked.privacy.is_sealed else message
    keep(tools, lambda store: store.deliveries.sent(asked.workspace, asked.id, user, kept))
    return timedelta()


def _take_turn(asked: Round, user: str, tools: Tools) -> timedelta | None:
    """Wait until Slack takes a message; return the wait where that is long, None where nobody is next."""
    while True:
        with tools.database.begin() as store:
            if not store.deliveries.sending(asked.workspace, asked.id, user):
                return None
            granted = store.budgets.take(asked.workspace, CALL, tools.now(), PACE)
        if granted.calls or granted.wait > PATIENCE:
            return timedelta() if granted.calls else granted.wait
        tools.rest(granted.wait.total_seconds())


def _failed(asked: Round, user: str, fault: SlackSaidNo, tools: Tools) -> timedelta:
    """Put a person aside, or have them asked later: Slack's own wait first, a longer one with each try."""
    if fault.is_dead:
        raise fault
    if fault.wait_seconds:
        until = tools.now() + timedelta(seconds=fault.wait_seconds)
        keep(tools, lambda store: store.budgets.hold(asked.workspace, CALL, until))
        return timedelta(seconds=fault.wait_seconds)
    if fault.is_permanent:
        keep(tools, lambda store: store.deliveries.failed(asked.workspace, asked.id, user, fault.error))
        return timedelta()
    tries = keep(tools, lambda store: _put_off(store, asked, user, fault))
    return timedelta(seconds=10 * 2 ** (tries - 1)) if tries else timedelta()


def _put_off(store: Store, asked: Round, user: str, fault: SlackSaidNo) -> int:
    """Return how often a person is tried so far, 0 where they are not tried any more."""
    tries = store.deliveries.put_off(
        asked.workspace, asked.id, user, fault.error, is_doubtful=fault.is_doubtful
    )
    if tries.all < MOST_TRIES and tries.doubtful < MOST_DOUBTFUL:
        return tries.all
    store.deliveries.failed(asked.workspace, asked.id, user, NO_ANSWER)
    return 0
