"""A workspace's calls are shared fairly among its messages, and none is spent for nothing."""

from collections.abc import Iterator, Sequence
from itertools import count

import pytest
import yaml

from slack_app.app import Palabre, create_app
from slack_app.demo import clock_of, serving
from slack_app.members.jobs import read_members
from slack_app.playground.server import Playground
from slack_app.playground.workspace import Message
from slack_app.redraws import UPDATES
from slack_app.settings import MANIFEST, Settings
from storage import connect
from tests.stories.town import GENERAL, Town

VOTERS = ("U0ANA", "U0BEN", "U0CHLOE")
SECONDS, QUIET = 90, 10


@pytest.fixture
def pair(database_url: str) -> Iterator[tuple[Town, Palabre]]:
    """A town and a second process that draws what is stale, each with connections of its own."""
    databases = connect(database_url), connect(database_url)
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    with Playground(None, manifest=manifest) as playground:
        settings = Settings(playground.bot_token, playground.signing_secret, playground.api_url)
        first, second = (create_app(settings, one, clock_of(playground)) for one in databases)
        with serving(first.web) as url:
            playground.app_url = url
            read_members(first.tools)
            yield Town(playground, first, databases[0]), second
        for palabre in (first, second):
            palabre.tools.later.close()
    for database in databases:
        database.close()


def vote(town: Town, user: str, message: Message, option: int) -> None:
    """Vote, and let nothing be drawn yet."""
    surface = f"message:{GENERAL}:{message.ts}"
    assert town.playground.gestures.act(user, surface, f"option:{option}", f"polls.vote:{option}").ok


def updates(town: Town) -> list[str]:
    """The messages that Slack was asked to change, one after the other."""
    noted = [one for one in town.playground.workspace.happenings if "called chat.update:" in one.summary]
    return [str(one.detail["arguments"]["ts"]) for one in noted]


def test_one_busy_poll_keeps_no_quiet_one_waiting_for_more_than_two_of_its_turns(
    pair: tuple[Town, Palabre],
) -> None:
    town, second = pair
    town.playground.workspace.happenings.clear()
    busy, *quiet = ask(town, 1 + QUIET)
    turns = longest_wait(town, second, busy, quiet)
    assert turns <= 2
    town.move(minutes=2)
    assert all("3 votes" in each.text for each in quiet)


def ask(town: Town, polls: int) -> list[Message]:
    messages = []
    for _ in range(polls):
        messages.append(town.ask())
        town.playground.clock.move(2)
    return messages


def longest_wait(town: Town, second: Palabre, busy: Message, quiet: Sequence[Message]) -> int:
    """Let time pass; return how often the busy one was drawn while a quiet one waited, at most.

    A vote each second on the busy one, and one every few seconds on a quiet one. The processes look in turn.
    """
    clicks = count()
    waits: dict[str, int] = {}
    most = 0
    for second_number in range(SECONDS):
        vote(town, VOTERS[next(clicks) % 3], busy, second_number % 2)
        if second_number % 3 == 0:
            each = quiet[second_number // 3 % len(quiet)]
            vote(town, VOTERS[second_number // 3 // len(quiet)], each, 0)
            waits.setdefault(each.ts, 0)
        for palabre in (town.palabre, second) if second_number % 2 else (second, town.palabre):
            before = len(updates(town))
            palabre.worker.redraw()
            for drawn in updates(town)[before:]:
                waits.pop(drawn, None)
                if drawn == busy.ts:
                    waits = {waiting: turns + 1 for waiting, turns in waits.items()}
            most = max([most, *waits.values()])
        town.playground.clock.move(1)
    return most


def test_messages_that_look_right_cost_no_call(pair: tuple[Town, Palabre]) -> None:
    town, _ = pair
    messages = ask(town, UPDATES.at_once + UPDATES.spare)
    town.playground.clock.move(120)
    for _ in ("a vote", "and back"):  # before anybody has looked
        vote_on_each(town, messages)
    town.palabre.worker.redraw()
    assert updates(town) == []
    vote_on_each(town, messages)
    town.palabre.worker.redraw()
    assert sorted(updates(town)) == [each.ts for each in messages]


def vote_on_each(town: Town, messages: Sequence[Message]) -> None:
    for message in messages:
        vote(town, "U0BEN", message, 0)
    town.playground.clock.move(1)  # a hasty second click would be none
