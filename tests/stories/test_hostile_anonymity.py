"""Anonymity under attack: keys that stay, moments that tell, and files that remember."""

import pytest
from sqlalchemy import Engine

from slack_app.playground.workspace import TEAM_ID
from tests.storage.test_raw_files import raw
from tests.stories.test_anonymous_polls import LEADERS, have_voted
from tests.stories.test_anonymous_surveys import answer, engine, launch, rows
from tests.stories.town import Town

__all__ = ["engine"]


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
    message = town.ask(text=LEADERS)
    have_voted(town, message, "00011")
    launch(town)
    answer(town, "U0BEN")
    uninstalled(town)
    assert len(rows(engine)["seals"]) == 2
    town.move(days=8)
    assert rows(engine)["seals"] == rows(engine)["boxes"] == []
    with town.database.begin() as store:
        assert store.workspaces.is_removed(TEAM_ID)


def test_back_again_what_was_counted_meanwhile_is_told(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "00011")
    uninstalled(town)
    town.move(days=8)
    town.playground.gestures.install()
    town.playground.gestures.invite_app(message.channel)
    town.say("U0ANA", "/poll help")
    town.move(minutes=1)
    assert "Ana: 3 votes · 60%" in message.text


def test_keys_go_at_their_moment_where_the_closing_job_is_lost(town: Town, engine: Engine) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "00011")
    town.database.jobs.cancel(TEAM_ID)
    town.move(days=8)
    assert rows(engine)["seals"] == []
    assert "Ana: 3 votes · 60%" in message.text


def test_no_moment_is_kept_of_whom_an_anonymous_survey_asks(town: Town, engine: Engine) -> None:
    launch(town, way="each")
    asked = rows(engine)["deliveries"]
    assert len(asked) > 5
    assert all("'sent', None, None)" in row for row in asked)
