"""An admin sees what waits and what failed, retries and drops; whose work failed is told once."""

import time
from collections.abc import Iterable
from dataclasses import replace

import pytest

from slack_app.playground.workspace import TEAM_ID
from slack_app.worker import JOBS
from storage import Database, Engine, Executing, GiveUp
from tests.stories.rounds import launch
from tests.stories.town import Town, text_of

ARCHIVED = GiveUp("chat.postMessage: is_archived")


def give_up(
    database: Database,
    name: str,
    subjects: Iterable[str] = ("r1",),
    workspace: str = TEAM_ID,
) -> None:
    """Have jobs done that fail for good; all others that are due end well."""

    def fail(_workspace: str, _subject: str) -> None:
        raise ARCHIVED

    with database.begin() as store:
        for subject in subjects:
            store.later(name, workspace, subject, revision=99)
    jobs = dict.fromkeys(JOBS, lambda _workspace, _subject: None) | {name: fail}
    engine = Engine(database, jobs, lambda: None, Executing("main"))
    engine.start()
    until = time.monotonic() + 30
    while any(job.due is None for job in database.jobs.waiting()):
        assert time.monotonic() < until
        time.sleep(0.05)
    engine.stop()


def failed(database: Database, workspace: str = TEAM_ID) -> list[str]:
    return [each.id for each in database.jobs.failed(workspace)]


def look(town: Town, user: str = "U0ANA", text: str = "jobs") -> str:
    """Open the modal, and return what it says."""
    town.say(user, f"/palabre {text}")
    return text_of(town.modal(user).blocks)


def become(town: Town, user: str, *, is_admin: bool) -> None:
    with town.database.begin() as store:
        member = store.members.find(TEAM_ID, user)
        assert member is not None
        store.members.keep(TEAM_ID, [replace(member, is_admin=is_admin)])


def minute(town: Town) -> None:
    """Let the minute's work be done, and what it causes."""
    town.palabre.worker.tick()
    town.settle()


# --- looking ---


def test_where_nothing_waits_and_nothing_failed_that_is_said(town: Town) -> None:
    said = look(town)
    assert "Nothing waits: all work is done." in said
    assert "Nothing failed." in said


def test_whoever_is_no_admin_is_told_so(town: Town) -> None:
    town.say("U0BEN", "/palabre jobs")
    told = town.whispers("U0BEN")[-1]
    assert told.startswith("Only an admin of this workspace can see what waits and what failed.")
    assert not town.has_modal("U0BEN")


def test_what_waits_is_told_by_kind_with_when_it_is_due(town: Town) -> None:
    with town.database.begin() as store:
        store.later("authoring.close", TEAM_ID, "r1")
        store.later("authoring.close", TEAM_ID, "r2")
        store.later("reports.score", TEAM_ID, "r1")
    said = look(town)
    assert "*Close a survey*\n2 jobs, the first due <!date^" in said
    assert "*Score comments*\n1 job, due <!date^" in said


def test_what_failed_is_told_with_its_survey_the_reason_and_where_the_log_has_more(town: Town) -> None:
    launch(town)
    give_up(town.database, "reports.score")
    said = look(town)
    assert "*Score comments* · “How are we doing?” in <#C0GENERAL>" in said
    assert "The channel is archived.\nFailed <!date^" in said
    assert "The log has more under `" in said


def test_what_failed_for_a_survey_that_is_gone_is_told_without_it(town: Town) -> None:
    give_up(town.database, "reports.score")
    assert "*Score comments*\nThe channel is archived." in look(town)


def test_an_admin_who_reads_french_reads_french(town: Town) -> None:
    become(town, "U0CHLOE", is_admin=True)
    give_up(town.database, "delivery.invite")
    for word in ("tâches", "travaux"):
        said = look(town, "U0CHLOE", word)
        assert "Lire les membres d’un canal" in said
        assert "Le canal est archivé." in said


def test_of_many_failures_the_newest_are_shown_with_a_word_of_the_others(town: Town) -> None:
    give_up(town.database, "reports.score", subjects=[f"r{number}" for number in range(34)])
    said = look(town)
    assert said.count("*Score comments*") == 30
    assert "Only the newest 30 are shown, 4 more failed before." in said


def test_help_names_it(town: Town) -> None:
    town.say("U0CHLOE", "/palabre help")
    assert (
        "`/palabre travaux` montre ce qui attend, ce qui a échoué et pourquoi."
        in town.whispers("U0CHLOE")[-1]
    )


# --- retrying and dropping ---


def test_retry_has_the_job_done_after_all(town: Town) -> None:
    give_up(town.database, "reports.score")
    look(town)
    town.press_in_view("U0ANA", town.modal("U0ANA"), "upkeep.retry")
    said = text_of(town.modal("U0ANA").blocks)
    assert "It is being tried again" in said
    assert "Nothing failed." in said
    assert "*Score comments*\n1 job, due" in said
    assert [job.subject for job in town.database.jobs.waiting(TEAM_ID)] == ["r1"]


def test_drop_asks_first_and_forgets_the_job(town: Town) -> None:
    give_up(town.database, "reports.score")
    look(town)
    town.press_in_view("U0ANA", town.modal("U0ANA"), "upkeep.drop")
    said = text_of(town.modal("U0ANA").blocks)
    assert "It is dropped." in said
    assert "Nothing failed." in said
    assert "Nothing waits" in said


@pytest.mark.parametrize("action", ["upkeep.retry", "upkeep.drop"])
def test_whoever_comes_second_reads_that_somebody_was_quicker(town: Town, action: str) -> None:
    give_up(town.database, "reports.score")
    look(town)
    town.database.jobs.drop(failed(town.database)[0])
    town.press_in_view("U0ANA", town.modal("U0ANA"), action)
    assert "somebody was quicker" in text_of(town.modal("U0ANA").blocks)


def test_whoever_is_no_admin_any_more_changes_nothing(town: Town) -> None:
    give_up(town.database, "reports.score")
    look(town)
    become(town, "U0ANA", is_admin=False)
    town.press_in_view("U0ANA", town.modal("U0ANA"), "upkeep.drop")
    assert len(failed(town.database)) == 1
    assert "Only an admin" in town.direct("U0ANA")[-1].text


def test_another_workspaces_job_is_not_here(town: Town) -> None:
    give_up(town.database, "reports.score", workspace="T0OTHER")
    give_up(town.database, "reports.score")
    said = look(town)
    assert said.count("*Score comments*") == 1
    view = town.modal("U0ANA")
    (button,) = [
        element
        for block in view.blocks
        for element in block.get("elements", ())
        if element.get("action_id") == "upkeep.drop"
    ]
    button["value"] = failed(town.database, "T0OTHER")[0]
    town.press_in_view("U0ANA", view, "upkeep.drop")
    assert len(failed(town.database, "T0OTHER")) == 1


# --- telling the owner ---


def test_whose_work_failed_is_told_why_and_what_to_do(town: Town) -> None:
    launch(town, language="fr", title="Le repas & la salle")
    give_up(town.database, "reports.score")
    minute(town)
    told = town.direct("U0ANA")[-1].text
    assert "*Comments not scored:* “Le repas &amp; la salle” in <#C0GENERAL>" in told
    assert "The channel is archived." in told
    assert "Or ask an admin to retry: /palabre jobs." in told


def test_the_owner_is_told_once(town: Town) -> None:
    launch(town)
    give_up(town.database, "authoring.close")
    minute(town)
    minute(town)
    assert ["Not closed" in each.text for each in town.direct("U0ANA")].count(True) == 1


def test_of_a_survey_that_is_gone_nobody_is_told(town: Town) -> None:
    give_up(town.database, "reports.score")
    minute(town)
    assert town.direct("U0ANA") == []


def test_that_an_owner_could_not_be_told_is_told_to_nobody(town: Town) -> None:
    launch(town)
    give_up(town.database, "upkeep.tell")
    minute(town)
    assert town.direct("U0ANA") == []


def test_a_job_that_is_retried_before_its_owner_was_told_is_no_failure(town: Town) -> None:
    launch(town)
    give_up(town.database, "reports.score")
    town.palabre.worker.tick()
    town.database.jobs.retry(failed(town.database)[0])
    town.settle()
    assert town.direct("U0ANA") == []
