"""The id of a process that runs jobs: given, or made for each process of a machine and kept."""

import logging
import os
import socket
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

from slack_app.settings import Settings
from storage import ALONE, Executing, Lock, Taken

log = logging.getLogger("palabre")


class NowhereToKeep(Exception):
    """No folder can be written to, so that a process would have another name each time."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} cannot be written to, and this process needs to keep its name there. "
            "Make it writable, or give the process a PALABRE_WORKER_ID of its own."
        )


@contextmanager
def executing(settings: Settings, kind: str, folders: tuple[Path, ...] | None = None) -> Iterator[Executing]:
    """Give this process its id, for nobody else on this machine to have until the end."""
    if settings.worker_id:
        yield Executing(settings.worker_id, kind, is_ours=False)
    elif settings.database_url.startswith("sqlite:"):
        yield Executing(ALONE.id, kind)  # the file itself lets nobody else in
    else:
        folder = _writable(folders or _usual_folders())
        number, lock = _free_number(folder)
        try:
            yield Executing(f"{_machine(folder)}-{number}", kind)
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


def _writable(folders: Iterable[Path]) -> Path:
    """Return the first folder that can be written to; say so where it is not the one to be kept."""
    first, *others = folders
    for folder in (first, *others):
        if not _can_write(folder):
            continue
        if folder != first:
            log.warning(
                "%s cannot be written to, so this process's name is kept in %s. "
                "If that does not outlive a restart, give it a PALABRE_WORKER_ID of its own.",
                first,
                folder,
            )
        return folder
    raise NowhereToKeep(first)


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _usual_folders() -> tuple[Path, ...]:
    """Return where this user's programs keep what they need again, and a temporary place."""
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA", "")
    else:
        home = os.environ.get("XDG_STATE_HOME", "") or str(Path("~/.local/state").expanduser())
    return Path(home, "palabre"), Path(tempfile.gettempdir(), "palabre")
