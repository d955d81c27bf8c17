"""Palabre is taken out of the workspace and comes back: no call on a dead token, and nothing forgotten."""

import time

import pytest

from slack_app.app import create_app
from slack_app.demo import clock_of
from slack_app.members.jobs import read_members
from slack_app.playground.workspace import TEAM_ID
from slack_app.settings import Settings
from tests.storage.test_durable import wait_until
from tests.stories.rounds import launch
from tests.stories.test_launching import launch as launch_survey
from tests.stories.town import GENERAL, Town


def has_left(town: Town) -> bool:
    with town.database.begin() as store:
        return store.workspaces.is_removed(TEAM_ID)


def calls(town: Town) -> list[str]:
    """The Web API calls so far, in words."""
    return [each.summary for each in town.playground.workspace.happenings if each.kind == "api"]


def take_out(town: Town) -> None:
    town.palabre.tools.later.wait()
    town.playground.gestures.uninstall()
    town.playground.workspace.happenings.clear()


def put_in(town: Town) -> None:
    town.playground.gestures.install()
    for channel in (GENERAL, "C0CRAFT"):
        town.playground.gestures.invite_app(channel)


@pytest.mark.parametrize("tokens_first", [True, False])
def test_taken_out_it_leaves_whichever_event_comes_first(either_town: Town, tokens_first: bool) -> None:
    either_town.playground.gestures.uninstall("U0ANA", tokens_first)
    assert has_left(either_town)


def test_taken_out_it_calls_slack_no_more(town: Town) -> None:
    message = town.ask()
    launch(town)
    town.playground.gestures.act(
        "U0BEN", f"message:{GENERAL}:{message.ts}", message.blocks[1]["block_id"], "polls.vote:0"
    )
    take_out(town)
    town.move(days=8)
    town.palabre.worker.tick()
    read_members(town.palabre.tools)
    assert calls(town) == []
    assert town.database.jobs.waiting(TEAM_ID) == ()


def test_back_again_it_draws_the_votes_that_it_could_not_draw(town: Town) -> None:
    message = town.ask()
    town.playground.gestures.act(
        "U0BEN", f"message:{GENERAL}:{message.ts}", message.blocks[1]["block_id"], "polls.vote:0"
    )
    town.playground.gestures.uninstall()
    town.settle()
    put_in(town)
    town.say("U0ANA", "/poll help")
    town.move(minutes=1)
    assert not has_left(town)
    assert "Café de la Paix: 1 vote · 100%" in message.text


def test_back_again_a_survey_closes_at_its_moment(town: Town) -> None:
    message = launch_survey(town)
    town.playground.gestures.uninstall()
    assert town.database.jobs.waiting(TEAM_ID) == ()
    put_in(town)
    town.say("U0ANA", "/poll help")
    assert "answering.open" in str(message.blocks)
    town.move(days=8)
    assert "answering.open" not in str(message.blocks)


def test_back_and_gone_and_back_again_nothing_is_lost(town: Town) -> None:
    message = launch_survey(town)
    for _ in range(2):
        town.playground.gestures.uninstall()
        put_in(town)
        town.say("U0ANA", "/poll help")
    assert len([job for job in town.database.jobs.waiting(TEAM_ID) if job.name == "authoring.close"]) == 1
    town.move(days=8)
    assert "answering.open" not in str(message.blocks)


def test_a_call_that_finds_the_token_dead_is_the_last(town: Town) -> None:
    town.ask()
    town.playground.stage.bot_revoked = True
    town.say("U0BEN", "/poll Shall we?")
    assert has_left(town)
    before = len(calls(town))
    town.move(hours=1)
    assert len(calls(town)) == before


def test_a_running_engine_drops_a_job_that_finds_the_token_dead(town: Town) -> None:
    asked = launch(town)
    town.database.jobs.cancel(TEAM_ID)
    town.playground.stage.bot_revoked = True
    town.playground.workspace.happenings.clear()
    with town.database.begin() as store:
        store.later("delivery.invite", TEAM_ID, asked.id, revision=99)
    town.palabre.worker.start()
    wait_until(lambda: has_left(town) and not town.database.jobs.waiting(TEAM_ID))
    time.sleep(1.5)  # the first pause before another try is a second
    town.palabre.worker.stop()
    assert len(calls(town)) == 1
    assert town.database.jobs.failed(TEAM_ID) == ()
    dropped = [job.id for job in town.database.jobs.cancelled(TEAM_ID)]
    assert f"{TEAM_ID}:delivery.invite:{asked.id}:99" in dropped


def test_a_word_of_other_peoples_tokens_changes_nothing(town: Town) -> None:
    town.playground.stage.delivery.event(
        {"type": "tokens_revoked", "tokens": {"oauth": ["U0BEN"], "bot": []}, "event_ts": "1.2"}
    )
    assert not has_left(town)


def test_an_old_event_sent_again_is_no_return(town: Town) -> None:
    town.playground.gestures.join("U0BEN", "C0LYON")
    town.playground.gestures.uninstall()
    town.playground.delivery.again()
    town.palabre.tools.later.wait()
    assert has_left(town)


def test_started_with_a_token_that_lives_it_is_back(town: Town) -> None:
    town.playground.gestures.uninstall()
    town.playground.gestures.install()
    settings = Settings(town.playground.bot_token, town.playground.signing_secret, town.playground.api_url)
    create_app(settings, town.database, clock_of(town.playground)).tools.later.close()
    assert not has_left(town)


def test_what_was_asked_and_answered_is_kept(town: Town) -> None:
    town.ask()
    town.playground.gestures.uninstall()
    with town.database.begin() as store:
        assert store.polls.latest_of(TEAM_ID, "U0ANA", GENERAL) is not None
