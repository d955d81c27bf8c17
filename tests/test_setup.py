"""The set-up script and the locks, on machines that lack what they need."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest

from tests.reading import ROOT


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_host_and_checks_every_package(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    wanted = [part for part in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE) if part.strip()]
    assert [part.split()[0] for part in wanted if "==" not in part or "--hash=sha256:" not in part] == []


def test_what_runs_is_locked_alike_in_both_locks() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def pins(name: str) -> set[str]:
    return set(
        re.findall(r"^[a-z0-9][\w.\[\]-]*==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    )


def start_dev(folder: Path, before: str, verb: str = "setup") -> subprocess.CompletedProcess[str]:
    """Run the script in a bare folder, in a Python that `before` has made poorer."""
    for name in ("dev", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        copy(ROOT / name, folder)
    script = (
        f"import runpy, sys; {before}; sys.argv[1:] = [{verb!r}]; runpy.run_path('dev', run_name='__main__')"
    )
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_an_old_python_can_read_the_script_and_is_told_what_is_missing(tmp_path: Path) -> None:
    source = (ROOT / "dev").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    answer = start_dev(tmp_path, "sys.version_info = (3, 9, 18)")
    assert answer.returncode == 1
    assert answer.stderr.startswith("Palabre needs Python 3.11 or newer, and this is 3.9.")


def test_where_python_cannot_make_environments_the_package_is_named(tmp_path: Path) -> None:
    answer = start_dev(tmp_path, "sys.modules['ensurepip'] = None")
    assert answer.returncode == 1
    assert "sudo apt install python3-venv" in answer.stderr
    assert not (tmp_path / ".venv").exists()


def test_an_unknown_verb_is_answered_with_those_there_are(tmp_path: Path) -> None:
    answer = start_dev(tmp_path, "pass", "dmeo")
    assert answer.returncode == 2
    assert "no verb “dmeo”" in answer.stderr
    assert "demo " in answer.stderr
