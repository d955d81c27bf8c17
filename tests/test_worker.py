"""The table of jobs: each that a room may ask for is there, under the name of where it is found."""

import re
from pathlib import Path

from slack_app.worker import JOBS

ROOT = Path(__file__).parent.parent


def test_every_job_that_is_asked_for_is_known() -> None:
    asked_for = {
        name
        for path in sorted((ROOT / "slack_app").rglob("*.py"))
        for name in re.findall(r'store\.later\(\s*"([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(asked_for) >= 5
    assert asked_for <= set(JOBS)


def test_a_job_is_named_for_its_room_and_its_function() -> None:
    found = {f"{job.__module__.split('.')[1]}.{job.__name__}" for job in JOBS.values()}
    assert found == set(JOBS)
