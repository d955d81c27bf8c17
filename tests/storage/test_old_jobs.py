"""What is kept of jobs that are over goes after its time; what waits, and what failed lately, stays."""

from datetime import UTC, datetime, timedelta
from threading import Event

from storage import Database, Engine, Executing, GiveUp

NEVER_MIND = timedelta(seconds=5)
"""How far the moments at which jobs ended may lie apart."""


def ended(database: Database) -> datetime:
    """Have one job done and another given up, with one that waits; return the moment after that."""
    done = Event()

    def note(_workspace: str, _subject: str) -> None:
        done.set()

    def fail(_workspace: str, _subject: str) -> None:
        raise GiveUp("channel_not_found")

    with database.begin() as store:
        store.later("tests.note", "T1", "done")
        store.later("tests.fail", "T1", "failed")
        store.later("tests.note", "T1", "waiting", after=timedelta(days=60))
    jobs = {"tests.note": note, "tests.fail": fail}
    engine = Engine(database, jobs, lambda: None, Executing("main"))
    engine.start()
    try:
        assert done.wait(20)
        until_failed(database)
    finally:
        engine.stop()
    return datetime.now(UTC)


def until_failed(database: Database) -> None:
    pause = Event()
    for _ in range(200):
        if database.jobs.failed("T1") and len(database.jobs.waiting("T1")) == 1:
            return
        pause.wait(0.1)
    raise AssertionError("it was not given up")


def kept(database: Database) -> set[str]:
    """The subjects of all jobs that are kept, whatever became of them."""
    found = database.jobs.client().list_workflows(workflow_id_prefix="T1:", load_input=False)
    return {each.workflow_id.split(":")[2] for each in found}


def test_what_is_over_goes_after_its_time_and_what_waits_or_failed_lately_stays(database: Database) -> None:
    now = ended(database)
    for later, stays in (
        (timedelta(hours=23), {"done", "failed", "waiting"}),
        (timedelta(days=1) + NEVER_MIND, {"failed", "waiting"}),
        (timedelta(days=29), {"failed", "waiting"}),
        (timedelta(days=30) + NEVER_MIND, {"waiting"}),
    ):
        database.jobs.forget_old(now + later)
        assert kept(database) == stays
