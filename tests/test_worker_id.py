"""A process that does jobs has a name: its own, the same after a restart, and nobody else's."""

import subprocess
import sys
from pathlib import Path

import pytest

from slack_app.settings import Settings
from slack_app.worker_id import NowhereToKeep, executing
from storage import Executing

ON_A_SERVER = Settings("xoxb-1", "secret", "https://slack.com/api/", database_url="postgresql://db/palabre")
NAMED = Settings(
    "xoxb-1", "secret", "https://slack.com/api/", database_url="postgresql://db/palabre", worker_id="left"
)
IN_A_PROCESS = """
import sys
from pathlib import Path
from tests.test_worker_id import ON_A_SERVER, executing
with executing(ON_A_SERVER, "work", (Path(sys.argv[1]),)) as me:
    print(me.id, flush=True)
    sys.stdin.read()
"""


def name_in(folder: Path) -> str:
    with executing(ON_A_SERVER, "work", (folder,)) as me:
        return me.id


def test_a_name_is_made_once_and_kept(tmp_path: Path) -> None:
    first = name_in(tmp_path)
    assert first.endswith("-1")
    assert name_in(tmp_path) == first


def test_machines_have_different_names_though_they_are_called_alike(tmp_path: Path) -> None:
    assert name_in(tmp_path / "one") != name_in(tmp_path / "other")


def test_processes_of_one_machine_never_share_a_name_and_one_that_is_killed_leaves_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", IN_A_PROCESS, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        theirs = other.stdout.readline().strip()
        ours = name_in(tmp_path)
        other.kill()
    assert theirs.endswith("-1")
    assert ours == theirs.removesuffix("-1") + "-2"
    assert name_in(tmp_path) == theirs


def test_a_given_name_is_taken_as_it_is_and_nothing_is_kept(tmp_path: Path) -> None:
    with executing(NAMED, "serve", (tmp_path,)) as me:
        assert me == Executing("left", "serve", is_ours=False)
    assert list(tmp_path.iterdir()) == []


def test_where_the_home_folder_cannot_be_written_to_another_is_taken_and_said_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = tmp_path / "a file"
    home.write_text("")
    with executing(ON_A_SERVER, "work", (home / "palabre", tmp_path / "other")) as me:
        assert me.id.endswith("-1")
    assert f"{home}/palabre cannot be written to" in caplog.text
    assert "PALABRE_WORKER_ID" in caplog.text


def test_where_no_folder_can_be_written_to_it_says_what_to_do(tmp_path: Path) -> None:
    home = tmp_path / "a file"
    home.write_text("")
    with pytest.raises(NowhereToKeep) as refused, executing(ON_A_SERVER, "work", (home / "palabre",)):
        pass
    assert str(refused.value) == (
        f"{home}/palabre cannot be written to, and this process needs to keep its name there. "
        "Make it writable, or give the process a PALABRE_WORKER_ID of its own."
    )
