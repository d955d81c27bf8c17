"""A rush of votes: messages follow in turn, within what Slack takes and soon, and every vote is counted.

Counted by the playground, not by our own books. `--long` takes a real minute and `palabre serve`.
"""

import os
import random
import re
import socket
import subprocess
import sys
import time
import urllib.request
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle, pairwise
from threading import Lock
from typing import Any

import pytest
import yaml

from slack_app.playground.delivery import Delivery, Kind, Outcome
from slack_app.playground.people import Channel, User
from slack_app.playground.server import Playground
from slack_app.playground.workspace import BOT_USER, TEAM_ID, Message
from slack_app.settings import MANIFEST
from storage import Database
from tests.stories.conftest import standing

CROWD = "C0CROWD"
OPTIONS = ("Café de la Paix", "The library", "Online")
TIER, MINUTE = 50, 60.0
"""So many chat.update a minute for a whole workspace."""
RUSH_SECONDS, STEP_SECONDS, LOOK_SECONDS = 60.0, 0.5, 0.1
DRAWN_WITHIN_SECONDS = 2.0
TURN_SECONDS = 2.0
"""While votes go on, each message that waits has so long as its turn, one after the other.
Now and then one is drawn again out of turn, voted on between two looks: a message may wait a tenth more."""
PATIENCE_SECONDS = 120.0
DICE = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Vote:
    """message: the poll's."""

    message: str
    voter: str
    option: int


@dataclass(frozen=True, slots=True)
class Call:
    """A chat.update as Slack saw it. text: what it made the message say."""

    at: float
    message: str
    text: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class Life:
    """A small Slack with the app beside it. until: lets time pass until then, and what is due happen."""

    playground: Playground
    until: Callable[[float], None]

    def now(self) -> float:
        return self.playground.clock.now()


@dataclass(frozen=True, slots=True)
class Rush:
    """What happened. answered: when the app had answered each vote; texts: what each message says at last."""

    answered: Sequence[tuple[Vote, float]]
    calls: Sequence[Call]
    texts: Mapping[str, str]


@pytest.mark.parametrize(("polls", "short", "long"), [(1, 150, 1000), (20, 15, 200)])
def test_in_a_rush_of_votes_messages_follow_in_turn_and_within_slacks_tier(
    database: Database, database_url: str, backend: str, is_long: bool, polls: int, short: int, long: int
) -> None:
    votes = long if is_long else short
    processes = 3 if backend == "postgres" else 1
    life = in_real_time(database_url, votes, processes) if is_long else with_its_clock_moved(database, votes)
    with life as alive:
        happened = rush(alive, ask(alive, polls), votes)
    calls, late = happened.calls, latest(happened)
    waited = max(seconds for seconds, _ in waits(happened))
    print(
        f"{backend}: {polls * votes} votes in {happened.answered[-1][1] - happened.answered[0][1]:.0f} s, "
        f"{len(calls)} updates, {busiest(calls)} in the fullest minute, the last states {late:.2f} s after "
        f"the tier allows them, {waited:.1f} s waited, overtaken {overtaken(happened)} times"
    )
    assert all(call.is_taken for call in calls)
    assert busiest(calls) <= TIER
    assert late <= DRAWN_WITHIN_SECONDS
    assert waited <= 1.1 * polls * TURN_SECONDS + DRAWN_WITHIN_SECONDS
    assert overtaken(happened) <= 2
    check_counts(database, happened)


def check_counts(database: Database, happened: Rush) -> None:
    """Every vote is in its message, in the tallies and among the votes kept."""
    sent = Counter((vote.message, vote.option) for vote, _ in happened.answered)
    with database.begin() as store:
        kept = store.polls.open_of(TEAM_ID, "U0ANA")
        tallies = store.standings.tallies_of(TEAM_ID, [poll.id for poll in kept])
        assert all(store.standings.recount(TEAM_ID, poll.id) == tallies[poll.id] for poll in kept)
    assert {poll.message for poll in kept} == set(happened.texts)
    for poll in kept:
        assert poll.message is not None
        counts = tuple(sent[poll.message, option] for option in range(len(OPTIONS)))
        assert tallies[poll.id] == (counts, sum(counts))
        assert shown(happened.texts[poll.message]) == counts


# --- what the playground's log says ---


def calls_of(playground: Playground) -> list[Call]:
    """Return every chat.update so far."""
    with playground.workspace.lock:
        noted = [one for one in playground.workspace.happenings if "called chat.update:" in one.summary]
    said = [(one.at, one.detail["arguments"], one.ok) for one in noted]
    return [Call(at, str(sent["ts"]), str(sent["text"]), ok) for at, sent, ok in said]


def busiest(calls: Sequence[Call]) -> int:
    """Return how many calls were made in the fullest minute."""
    at = [call.at for call in calls]
    return max(bisect_right(at, begun + MINUTE) - number for number, begun in enumerate(at))


def latest(happened: Rush) -> float:
    """Return how long after the tier allowed it a message's last state was drawn, the worst of them.

    The tier allows a call once the one that is fifty before it is a minute ago. Whose votes end before the
    rush does has its turn among the others.
    """
    ended, late = happened.answered[-1][1], {}
    for number, call in enumerate(happened.calls):
        if call.message not in late and call.text == happened.texts[call.message]:
            allowed = happened.calls[number - TIER].at + MINUTE if number >= TIER else 0.0
            late[call.message] = call.at - max(allowed, ended)
    assert set(late) == set(happened.texts)
    return max(late.values())


def waits(happened: Rush) -> Iterator[tuple[float, list[Call]]]:
    """Yield, for each vote, how long its message waited to be drawn, and what was drawn meanwhile."""
    at = [call.at for call in happened.calls]
    for vote, answered in happened.answered:
        after = happened.calls[bisect_right(at, answered) :]
        number = next((number for number, call in enumerate(after) if call.message == vote.message), None)
        # Drawn in the moment between the vote and its answer, it does not wait.
        yield (0.0, []) if number is None else (after[number].at - answered, list(after[:number]))


def overtaken(happened: Rush) -> int:
    """Return how often one message was drawn while another one waited to be, at most."""
    drawn = [Counter(call.message for call in meanwhile) for _, meanwhile in waits(happened)]
    return max(max(each.values(), default=0) for each in drawn)


def shown(text: str) -> tuple[int, ...]:
    """Return the counts that a message shows."""
    return tuple(
        int(found[1])
        for option in OPTIONS
        if (found := re.search(rf"^{option}: (\d+) vote", text, re.MULTILINE))
    )


# --- what happens ---


def ask(life: Life, polls: int) -> list[str]:
    """Ask polls and return their messages, once all are posted."""
    for number in range(polls):
        choices = " ".join(f'"{option}"' for option in OPTIONS)
        assert life.playground.gestures.say("U0ANA", CROWD, f'/poll "Where, on day {number}?" {choices}').ok
    give_up = life.now() + PATIENCE_SECONDS
    while len(posted(life)) < polls:
        assert life.now() < give_up, f"{len(posted(life))} of {polls} posted"
        life.until(life.now() + STEP_SECONDS)
    return [message.ts for message in posted(life)]


def posted(life: Life) -> list[Message]:
    everything = life.playground.workspace.messages(CROWD)
    return [each for each in everything if each.app and each.only_for is None]


def rush(life: Life, messages: Sequence[str], votes: int) -> Rush:
    """Let so many people vote on each message within a minute, and wait until all is drawn."""
    cast = [
        Vote(message, f"U0P{number:05}", DICE.randrange(len(OPTIONS)))
        for number in range(votes)
        for message in messages
    ]
    DICE.shuffle(cast)
    answered = vote_all(life, cast)
    sent = Counter((vote.message, vote.option) for vote in cast)
    counts = {ts: tuple(sent[ts, option] for option in range(len(OPTIONS))) for ts in messages}
    give_up = life.now() + PATIENCE_SECONDS
    while {each.ts: shown(each.text) for each in posted(life)} != counts:
        assert life.now() < give_up, "a message never showed its last state"
        life.until(life.now() + LOOK_SECONDS)
    return Rush(answered, calls_of(life.playground), {each.ts: each.text for each in posted(life)})


def vote_all(life: Life, cast: Sequence[Vote]) -> list[tuple[Vote, float]]:
    """Let them vote in little heaps, spread over the minute; return when each was answered."""
    began, steps = life.now(), int(RUSH_SECONDS / STEP_SECONDS)
    ends = [len(cast) * number // steps for number in range(steps + 1)]
    answered: list[tuple[Vote, float]] = []
    with ThreadPoolExecutor(8) as threads:
        for number, (first, last) in enumerate(pairwise(ends), 1):
            answered += threads.map(lambda vote: (vote, press(life, vote)), cast[first:last])
            life.until(began + number * STEP_SECONDS)
    return answered


def press(life: Life, vote: Vote) -> float:
    surface = f"message:{CROWD}:{vote.message}"
    button = f"option:{vote.option}", f"polls.vote:{vote.option}"
    assert life.playground.gestures.act(vote.voter, surface, *button).ok
    return life.now()


# --- two ways to live ---


@contextmanager
def with_its_clock_moved(database: Database, people: int) -> Iterator[Life]:
    """The app in this process: time jumps from one look for stale messages to the next."""
    with standing(database, "http") as town:
        gather(town.playground, people)

        def until(moment: float) -> None:
            town.palabre.worker.redraw()
            town.playground.clock.move(max(moment - town.playground.clock.now(), 0.0))

        yield Life(town.playground, until)


@contextmanager
def in_real_time(database_url: str, people: int, processes: int) -> Iterator[Life]:
    """The app in processes of its own that Slack reaches in turn."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    with Playground(None, manifest=manifest) as playground, ExitStack() as running:
        gather(playground, people)
        urls = [running.enter_context(serving(playground, database_url, one)) for one in range(processes)]
        playground.delivery.line = Turns(playground, urls)
        yield Life(playground, lambda moment: time.sleep(max(moment - playground.clock.now(), 0.0)))


class Turns:
    """The way to several processes: each has its turn."""

    connected = True

    def __init__(self, playground: Playground, urls: Sequence[str]) -> None:
        workspace, secret = playground.workspace, playground.signing_secret
        self._ways = cycle([Delivery(workspace, secret, url) for url in urls])
        self._lock = Lock()

    def send(self, kind: Kind, payload: Mapping[str, Any], retry: tuple[int, str] | None) -> Outcome:
        with self._lock:
            way = next(self._ways)
        return way.send(kind, payload, f"it again ({retry})" if retry else "it")


def gather(playground: Playground, people: int) -> None:
    """Fill a channel with so many people, and have the playground remember all that happens."""
    workspace = playground.workspace
    workspace.happenings = deque()
    users = [User(f"U0P{number:05}", f"p{number}", f"Person {number}") for number in range(people)]
    workspace.users |= {user.id: user for user in users}
    members = {BOT_USER, "U0ANA", *(user.id for user in users)}
    workspace.channels[CROWD] = Channel(CROWD, "crowd", members=members)


@contextmanager
def serving(playground: Playground, database_url: str, number: int) -> Iterator[str]:
    """Run `palabre serve`, ready to hear; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_SIGNING_SECRET": playground.signing_secret,
        "SLACK_API_URL": playground.api_url,
        "PALABRE_DATABASE_URL": database_url,
        "PALABRE_LOG_LEVEL": "WARNING",
        "PALABRE_WORKER_ID": f"server-{number}",
    }
    command = [sys.executable, "-m", "slack_app", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL)
    try:
        until_ready(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def until_ready(url: str) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            with direct.open(f"{url}/readyz", timeout=5):
                return
        except OSError:
            assert time.monotonic() < give_up, "it never began to listen"
            time.sleep(0.2)
