"""Redraws: messages that are out of date, drawn in turn within what Slack takes of all processes."""

import logging
import math
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from threading import Event
from typing import Generic

from slack_app.delivery import jobs as delivery_jobs
from slack_app.kit.audience import Asked
from slack_app.kit.context import Tools
from slack_app.kit.drawing import HasTurn, T
from slack_app.kit.slack import SlackSaidNo
from slack_app.polls import jobs as poll_jobs
from storage import Busy, Claim, Drawings, Granted, Pace, Store

log = logging.getLogger("palabre")

CLAIMED_FOR = timedelta(seconds=30)
"""A worker that dies with a claim gives it up after this long."""
LAST_START = timedelta(seconds=8)
"""A drawing begun later than this after its claim might end after it, when another worker has posted too."""
ABOUT_TO = timedelta(seconds=1)
"""Whose turn comes so soon is looked at already, or a newer one might find its call free first."""
UPDATES = Pace(at_once=2, a_second=0.5, spare=18)
"""chat.update is about 50 a minute for a whole workspace: one every other second, and 20 at once in a rush.
The 20 that begin a minute of votes are back at its end, for what the messages are to say at last."""
POSTS = Pace(at_once=3, a_second=1.0)
"""chat.postMessage is about one a second and channel, with bursts tolerated."""


class Redraws:
    """The stale messages of every workspace, polls and rounds in turns: they share a budget."""

    def __init__(self, tools: Tools, stopping: Event) -> None:
        polls = Redraw(tools, stopping, lambda store: store.polls, poll_jobs.draw)
        rounds = Redraw(tools, stopping, lambda store: store.surveys, delivery_jobs.draw)
        self._kinds: list[Callable[[], float]] = [polls.draw, rounds.draw]
        self._until_turn = math.inf

    def draw(self) -> None:
        """Draw all whose budget allows it; the others wait for theirs."""
        self._until_turn = math.inf
        self._kinds.reverse()  # so that neither kind has the whole budget
        self._until_turn = min([draw() for draw in self._kinds])

    def until_turn(self) -> float:
        """Return the seconds after the last drawing until the first one that waits has its turn."""
        return self._until_turn


class Redraw(Generic[T]):
    """The stale messages of one kind. draw_one: returns the seconds that Slack asks to wait after it."""

    def __init__(
        self,
        tools: Tools,
        stopping: Event,
        drawer: Callable[[Store], Drawings[T]],
        draw_one: Callable[[Claim[T], Tools, HasTurn], float],
    ) -> None:
        self._tools = tools
        self._stopping = stopping
        self._drawer = drawer
        self._draw_one = draw_one
        self._until_turn = math.inf
        self._put_off: dict[tuple[str, str], Granted] = {}

    def draw(self) -> float:
        """Draw all whose budget allows it; return the seconds until the first of the others may be."""
        since, self._until_turn = self._tools.now(), math.inf
        self._put_off = {}
        with self._tools.database.begin() as store:
            claims = self._drawer(store).claim_stale(since + ABOUT_TO, since + CLAIMED_FOR)
        for number, claim in enumerate(claims):
            if self._stopping.is_set() or self._tools.now() - since > LAST_START:
                self._let_go(claims[number:])
                break
            # One that cannot be drawn must not keep the others waiting.
            watched(partial(self._draw, claim))
        return self._until_turn

    def _draw(self, claim: Claim[T]) -> None:
        if self._is_behind(claim):
            return
        wait_seconds = self._draw_one(claim, self._tools, partial(self._has_turn, claim))
        if wait_seconds:
            until = self._tools.now() + timedelta(seconds=wait_seconds)
            with self._tools.database.begin() as store:
                store.budgets.hold(claim.asked.workspace, _budget_of(claim.asked)[0], until)

    def _is_behind(self, claim: Claim[T]) -> bool:
        """Tell whether one before it waits for its turn: then it does too, and need not be looked at."""
        asked, now = claim.asked, self._tools.now()
        # A call that comes free between two of a queue is the first one's, at the next look.
        granted = self._put_off.get((asked.workspace, _budget_of(asked)[0]))
        if granted is None:
            return False
        with self._tools.database.begin() as store:
            self._drawer(store).release(asked.workspace, asked.id, now + granted.wait)
        return True

    def _has_turn(self, claim: Claim[T]) -> bool:
        """Tell whether Slack takes it now; where not, it waits for its turn."""
        asked, now = claim.asked, self._tools.now()
        call, pace = _budget_of(asked)
        with self._tools.database.begin() as store:
            if store.workspaces.is_removed(asked.workspace):
                return False
            granted = store.budgets.take(asked.workspace, call, now, pace)
            if granted.calls:
                self._drawer(store).begin(asked.workspace, asked.id, now)
                return True
            self._drawer(store).release(asked.workspace, asked.id, now + granted.wait)
        self._put_off[asked.workspace, call] = granted
        self._until_turn = min(self._until_turn, granted.wait.total_seconds())
        return False

    def _let_go(self, claims: Sequence[Claim[T]]) -> None:
        with self._tools.database.begin() as store:
            for claim in claims:
                self._drawer(store).release(claim.asked.workspace, claim.asked.id, self._tools.now())


def _budget_of(asked: Asked) -> tuple[str, Pace]:
    if asked.message is None:
        return f"chat.postMessage {asked.channel}", POSTS
    return "chat.update", UPDATES


def watched(work: Callable[[], None]) -> None:
    """Do a piece of work after which others go on, whatever comes of it."""
    try:
        work()
    except Busy:
        log.info("the database is busy; the work waits")
    except SlackSaidNo as fault:
        log.warning("slack said no: %s", fault)
    except Exception:
        log.exception("bug in later work")
