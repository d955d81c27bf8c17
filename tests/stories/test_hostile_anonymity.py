"""Anonymity under attack: keys that stay, moments that tell, and files that remember."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from slack_app.kit.words import words
from slack_app.playground.workspace import TEAM_ID
from slack_app.upkeep import service as upkeep
from slack_app.upkeep.blocks import failed_note
from slack_app.worker import Worker
from storage import ALONE, Database, Failure, TryAgain, connect
from storage.tables import polls
from tests.reading import shown, tree
from tests.storage.test_raw_files import raw
from tests.stories.every_row import rows
from tests.stories.test_anonymous_polls import LEADERS, have_voted, poll_id
from tests.stories.test_anonymous_surveys import (
    FOR_ANA,
    answer,
    choose,
    launch,
    look_over,
    message,
)
from tests.stories.town import Town, text_of
from tests.test_gate import GATES, OUTLETS, name_of


def sealed_keys(found: dict[str, list[str]]) -> list[bytes]:
    """The keys as they are kept, sealed under the master key."""
    return [part.encode() for row in found["seals"] for part in row.split("'") if part.startswith("1.")]


def uninstalled(town: Town) -> None:
    """Take Palabre out, after all that was under way is done."""
    town.palabre.tools.later.wait()
    town.playground.gestures.uninstall()


@pytest.mark.parametrize("is_posted", [True, False])
def test_a_deleted_survey_leaves_no_key_in_the_files(
    town: Town, engine: Engine, database_url: str, is_posted: bool
) -> None:
    asked = launch(town)
    answer(town, "U0BEN")
    if not is_posted:
        with town.database.begin() as store:
            store._connection.exec_driver_sql("UPDATE rounds SET message = NULL")  # noqa: SLF001 no drawer does
    keys = sealed_keys(rows(engine))
    assert len(keys) == 2
    town.press_in_view("U0ANA", town.home("U0ANA"), "authoring.delete")
    engine.dispose()
    town.settle()
    found = raw(database_url)
    assert [key for key in keys if key in found] == []
    assert asked.id.encode() in found  # its jobs


def test_keys_go_at_the_moment_that_was_promised_where_palabre_was_taken_out(
    town: Town, engine: Engine
) -> None:
    poll = town.ask(text=LEADERS)
    have_voted(town, poll, "00011")
    launch(town)
    answer(town, "U0BEN")
    uninstalled(town)
    assert len(rows(engine)["seals"]) == 2
    town.move(days=8)
    assert rows(engine)["seals"] == rows(engine)["boxes"] == []
    with town.database.begin() as store:
        assert store.workspaces.is_removed(TEAM_ID)


def test_counting_is_not_put_off_until_palabre_is_back(town: Town, engine: Engine) -> None:
    poll = town.ask(text=LEADERS)
    have_voted(town, poll, "00011")
    uninstalled(town)
    town.playground.gestures.move_clock(timedelta(days=8).total_seconds())
    assert len(rows(engine)["boxes"]) == 5
    town.palabre.worker._attempt("polls.count", TEAM_ID, poll_id(poll))  # noqa: SLF001 as its engine does
    assert rows(engine)["seals"] == rows(engine)["boxes"] == []


def test_back_again_what_was_counted_meanwhile_is_told(town: Town) -> None:
    poll = town.ask(text=LEADERS)
    have_voted(town, poll, "00011")
    uninstalled(town)
    town.move(days=8)
    town.playground.gestures.install()
    town.playground.gestures.invite_app(poll.channel)
    town.say("U0ANA", "/poll help")
    town.move(minutes=1)
    assert "Ana: 3 votes · 60%" in poll.text


def test_keys_go_at_their_moment_where_the_closing_job_is_lost(town: Town, engine: Engine) -> None:
    poll = town.ask(text=LEADERS)
    have_voted(town, poll, "00011")
    town.database.jobs.cancel(TEAM_ID)
    town.move(days=8)
    assert rows(engine)["seals"] == []
    assert "Ana: 3 votes · 60%" in poll.text


def test_one_that_cannot_be_closed_keeps_the_keys_of_no_other(town: Town, engine: Engine) -> None:
    ids = sorted(poll_id(town.ask(text=LEADERS)) for _ in range(2))
    town.database.jobs.cancel(TEAM_ID)
    with engine.begin() as connection:
        connection.execute(update(polls).where(polls.c.poll_id == ids[0]).values(kind="spoilt"))
    town.playground.gestures.move_clock(timedelta(days=8).total_seconds())
    town.palabre.worker.tick()
    with town.database.reading() as store:
        assert [store.sealed.is_open(TEAM_ID, each) for each in ids] == [True, False]


def test_a_count_whose_job_is_lost_is_made_a_day_later(town: Town, engine: Engine) -> None:
    poll = town.ask(text=LEADERS)
    have_voted(town, poll, "00011")
    launch(town)
    answer(town, "U0BEN")
    town.playground.gestures.move_clock(timedelta(days=8).total_seconds())
    town.palabre.worker.tick()
    town.database.jobs.cancel(TEAM_ID)
    assert len(rows(engine)["boxes"]) == 6
    town.playground.gestures.move_clock(timedelta(days=1).total_seconds())
    town.palabre.worker.tick()
    town.settle()
    assert rows(engine)["seals"] == rows(engine)["boxes"] == []
    assert "Ana: 3 votes · 60%" in poll.text


def test_no_moment_is_kept_of_whom_an_anonymous_survey_asks(town: Town, engine: Engine) -> None:
    launch(town, way="each")
    asked = rows(engine)["deliveries"]
    assert len(asked) > 5
    assert all("'sent', None, None)" in row for row in asked)


# --- what the card says ---


def test_a_survey_is_told_of_answers_and_of_no_receipts(town: Town) -> None:
    launch(town)
    town.press("U0BEN", message(town), "answering.privacy")
    shown = text_of(town.modal("U0BEN").blocks)
    assert "how nobody who answered is reminded" in shown
    assert "Your own words in a comment may point at you." in shown
    assert "eceipt" not in shown
    assert "vote" not in shown


def test_a_poll_is_told_of_votes_and_of_no_comments_or_reminders(town: Town) -> None:
    posted = town.ask(text=LEADERS)
    town.press("U0BEN", posted, "polls.privacy")
    shown = text_of(town.modal("U0BEN").blocks)
    assert "No results are shown, only about how many have voted." in shown
    assert "*Receipts are off:*" in shown
    assert "comment" not in shown
    assert "reminded" not in shown


def test_results_for_one_alone_are_promised_to_whoever_is_asked(town: Town) -> None:
    look_over(town)
    assert "You get it by direct message, and whoever is asked is told so." in choose(
        town, "results", "owners"
    )
    town.fill("U0ANA", way="each")
    town.submit("U0ANA")
    town.settle()
    assert FOR_ANA in town.direct("U0BEN")[-1].text


# --- what fails ---


def test_a_process_whose_key_was_replaced_leaves_the_counting_to_another(
    town: Town, database_url: str
) -> None:
    poll = town.ask(text=LEADERS)
    have_voted(town, poll, "00011")
    with connect_with(database_url, "another master key of thirty-two letters") as other:
        tools = replace(town.palabre.tools, database=other)
        town.playground.gestures.say("U0ANA", poll.channel, "/poll close")
        with pytest.raises(TryAgain):
            Worker(tools, ALONE)._attempt("polls.count", TEAM_ID, poll_id(poll))  # noqa: SLF001 as its engine does
    town.settle()
    assert "Ana: 3 votes · 60%" in poll.text


@contextmanager
def connect_with(database_url: str, secret: str) -> Iterator[Database]:
    opened = connect(database_url, secret=secret)
    yield opened
    opened.close()


def test_the_owner_is_told_where_sealed_votes_can_not_be_counted(town: Town) -> None:
    poll = town.ask(text=LEADERS)
    failed = Failure(
        "T:polls.count:p:0", "polls.count", TEAM_ID, poll_id(poll), town.palabre.tools.now(), "Odd"
    )
    with town.database.begin() as store:
        [found] = upkeep._with_what_for(store, TEAM_ID, [failed])  # noqa: SLF001 a failure takes minutes
    assert found.about
    assert found.about.owner == "U0ANA"
    assert failed_note(found, found.about, words("en")).text.startswith(
        f"*Votes not counted:* “Who should lead?” in <#{poll.channel}>"
    )


# --- ways around the gate that the type checker lets through ---


def cheats(module: ast.Module) -> Iterator[str]:
    """Yield what passes a gate that is no poll's or round's own, or for a number of people made up there."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    for call in calls:
        if name_of(call.func) == "Gate":
            yield "a gate of one's own"
        elif name_of(call.func) in GATES and call.args and not is_counted(call.args[0]):
            yield "people made up"


def is_counted(people: ast.expr) -> bool:
    return any(isinstance(part, ast.Name) for part in ast.walk(people))


@pytest.mark.parametrize("path", OUTLETS, ids=shown)
def test_no_room_makes_a_gate_of_its_own_nor_people_up(path: Path) -> None:
    assert list(cheats(tree(path))) == []


def test_who_would_cheat_the_gate_is_found() -> None:
    own = ast.parse("Gate(NAMED, Stage.COUNTED).table(asked.people, bars)")
    made_up = ast.parse("gate(asked).table(10**6, bars)")
    assert list(cheats(own)) == ["a gate of one's own"]
    assert list(cheats(made_up)) == ["people made up"]
