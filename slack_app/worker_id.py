"""The id of a process that runs jobs: given, or made for each process of a machine and kept."""

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

from slack_app.settings import Settings
from storage import ALONE, Executing, Lock, Taken


@contextmanager
def executing(settings: Settings, kind: str, folder: Path | None = None) -> Iterator[Executing]:
    """Give this process its id, for nobody else on this machine to have until the end."""
    if settings.worker_id:
        yield Executing(settings.worker_id, kind, is_ours=False)
    elif settings.database_url.startswith("sqlite:"):
        yield Executing(ALONE.id, kind)  # the file itself lets nobody else in
    else:
        number, lock = _free_number(folder or _state_folder())
        try:
            yield Executing(f"{_machine(folder or _state_folder())}-{number}", kind)
        finally:
            lock.release()


def _free_number(folder: Path) -> tuple[int, Lock]:
    for number in count(1):
        try:
            return number, Lock(str(folder / f"worker-{number}"))
        except Taken:
            continue
    raise AssertionError("numbers do not end")


def _machine(folder: Path) -> str:
    """Return a name of this machine, made once: several may have the same host name."""
    kept = folder / "machine"
    if not kept.exists():
        made = folder / f"machine-{uuid4().hex}"
        made.write_text(f"{socket.gethostname()}-{uuid4().hex[:6]}", encoding="utf-8")
        made.replace(kept)
    return kept.read_text(encoding="utf-8")


def _state_folder() -> Path:
    """Return where this user's programs keep what they need again; a temporary place where there is none."""
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA", "")
    else:
        home = os.environ.get("XDG_STATE_HOME", "") or str(Path("~/.local/state").expanduser())
    for folder in (Path(home, "palabre"), Path(tempfile.gettempdir(), "palabre")):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return Path.cwd()
