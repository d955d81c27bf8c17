"""/metrics says in numbers how it goes, to Prometheus or whoever reads its text."""

from datetime import UTC, datetime, timedelta

from prometheus_client.parser import text_string_to_metric_families

from slack_app.metrics import text
from slack_app.playground.workspace import TEAM_ID
from storage import Database, Executor, Health
from tests.stories.test_upkeep import give_up
from tests.stories.town import Town

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def numbers(page: str) -> dict[tuple[str, str], float]:
    """The samples by name and the one label's value."""
    return {
        (sample.name, next(iter(sample.labels.values()))): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.name != "palabre_build_info"
    }


def scraped(town: Town) -> dict[tuple[str, str], float]:
    answer = town.palabre.web.test_client().get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    return numbers(answer.text)


def test_where_nothing_was_ever_done_the_numbers_are_nought(database: Database) -> None:
    assert numbers(text(database.health(), NOW).decode()) == {
        ("palabre_executors", "alive"): 0,
        ("palabre_executors", "silent"): 0,
        ("palabre_messages_stale", "poll"): 0,
        ("palabre_messages_stale", "survey"): 0,
    }


def test_processes_are_alive_or_silent() -> None:
    executors = tuple(
        Executor(f"w{minutes}", "work", NOW, NOW - timedelta(minutes=minutes)) for minutes in (0, 1, 2)
    )
    said = numbers(text(Health((), {}, executors, {}), NOW).decode())
    assert (said["palabre_executors", "alive"], said["palabre_executors", "silent"]) == (2, 1)


def test_the_version_that_answers_is_told(database: Database) -> None:
    assert 'palabre_build_info{python="3.' in text(database.health(), NOW).decode()


def test_what_waits_and_what_failed_is_told_by_kind(town: Town) -> None:
    give_up(town.database, "reports.score", subjects=["r1", "r2"])
    with town.database.begin() as store:
        store.later("authoring.close", TEAM_ID, "r1", after=timedelta(hours=1))
        store.later("reports.post", TEAM_ID, "o1")
    said = scraped(town)
    assert said["palabre_jobs_failed", "reports.score"] == 2
    assert said["palabre_jobs_waiting", "authoring.close"] == 1
    assert said["palabre_jobs_overdue_seconds", "authoring.close"] == 0
    assert 0 <= said["palabre_jobs_overdue_seconds", "reports.post"] < 60
    assert 0 <= said["palabre_jobs_oldest_seconds", "authoring.close"] < 60


def test_messages_that_wait_to_be_redrawn_are_told(town: Town) -> None:
    town.playground.gestures.say("U0ANA", "C0GENERAL", '/poll "Lunch?" "Tacos" "Sushi"')
    assert scraped(town)["palabre_messages_stale", "poll"] == 1
    town.settle()
    assert scraped(town)["palabre_messages_stale", "poll"] == 0


def test_nothing_that_people_wrote_and_no_id_is_told(town: Town) -> None:
    town.ask()
    give_up(town.database, "reports.score")
    page = town.palabre.web.test_client().get("/metrics").text
    for secret in ("library", "U0ANA", TEAM_ID, "C0GENERAL", "r1"):
        assert secret not in page


def test_it_is_told_while_somebody_writes(town: Town) -> None:
    with town.database.begin() as store:
        store.workspaces.remember(TEAM_ID, "en", "UTC")
        assert scraped(town)["palabre_executors", "alive"] >= 0
