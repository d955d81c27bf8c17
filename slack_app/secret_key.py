"""The master key: given in the settings or, for an SQLite file, made once and kept in the user's folder."""

import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from slack_app.settings import FILE, NEW_SECRET_KEY, SECRET_KEY, database_url
from storage import Database, Lock, NoMasterKey, WrongMasterKey, connect


class SameKey(Exception):
    """The new master key is the old one."""


def made() -> str:
    return secrets.token_urlsafe(32)


def opened(environ: Mapping[str, str]) -> Database:
    """Return the database that the settings name, up to date; raises `WrongMasterKey`."""
    if given := environ.get(SECRET_KEY):
        return _checked(environ, given)
    file = kept_file(environ)
    if file is None:
        raise NoMasterKey
    kept = _kept(file)
    try:
        return _checked(environ, kept)
    except WrongMasterKey:
        # A rotation may have been stopped between the database and the file.
        replaced = _read(_next(file))
        if replaced is None:
            raise
        database = _checked(environ, replaced)
        _replace(file)
        return database


def here(environ: Mapping[str, str]) -> str | None:
    """Return the master key that is there; None is made."""
    file = kept_file(environ)
    return environ.get(SECRET_KEY) or (None if file is None else _read(file))


def kept_file(environ: Mapping[str, str]) -> Path | None:
    """Return where the master key of an SQLite file is kept: never beside it, one a database."""
    url = database_url(environ)
    if not url.startswith(FILE):
        return None
    database = Path(url.removeprefix(FILE).partition("?")[0]).resolve()
    name = sha256(str(database).encode()).hexdigest()[:32]
    return _folder(environ) / f"{name}.key"


def readable_by_others(environ: Mapping[str, str]) -> Path | None:
    """Return the kept file where others than its owner can read it; Windows has no such modes."""
    file = None if environ.get(SECRET_KEY) else kept_file(environ)
    if file is None or not file.exists() or sys.platform == "win32":
        return None
    return file if file.stat().st_mode & 0o077 else None


def rotate(environ: Mapping[str, str], database: Database) -> int:
    """Put a new master key in place of the database's; return of how many polls and rounds.

    Stopped at whatever moment, the next start finds the key that the database has by then.
    """
    wanted = environ.get(NEW_SECRET_KEY)
    if wanted is not None and wanted == here(environ):
        raise SameKey
    file = None if environ.get(SECRET_KEY) else kept_file(environ)
    if file is None:
        if not wanted:
            raise NoMasterKey
        changed = database.rotate_master(wanted)
    else:
        with _alone(file):
            new = wanted or made()
            _write(_next(file), new)
            changed = database.rotate_master(new)
            _replace(file)
    database.clean()
    return changed


def is_wrong(environ: Mapping[str, str]) -> str:
    """Return the sentence for a master key that is not the database's."""
    file = None if environ.get(SECRET_KEY) else kept_file(environ)
    if file is None:
        return (
            f"{SECRET_KEY} is not the key that this database's anonymous answers are sealed with. "
            "Set it to the one the database had before."
        )
    return (
        f"The key in {file} is not the one that this database's anonymous answers are sealed with: "
        f"was it moved here? Bring its key file along and give it that name, or set {SECRET_KEY}."
    )


def next_step(environ: Mapping[str, str]) -> str:
    """Return the sentences that follow a rotation."""
    if environ.get(SECRET_KEY):
        todo = f"Set {SECRET_KEY} to the new key wherever Palabre runs, and take {NEW_SECRET_KEY} away."
    else:
        todo = f"It is kept in {kept_file(environ)}."
    return (
        f"{todo} Start all processes again: those still running with the old key take no anonymous answers. "
        "Backups made before need the old key; destroy it when they are gone."
    )


def _checked(environ: Mapping[str, str], secret: str) -> Database:
    database = connect(database_url(environ), secret=secret)
    try:
        database.migrate()
        database.check_master()
    except BaseException:
        database.close()
        raise
    return database


def _kept(file: Path) -> str:
    """Return the master key that is kept, made now where there is none: by one process of all that start."""
    kept = _read(file)
    if kept is not None:
        return kept
    mine = file.with_name(f"{file.name}-{secrets.token_hex(8)}")
    _write(mine, made())
    try:
        # Unlike a rename, it never replaces what another process was quicker to put there.
        os.link(mine, file)
    except FileExistsError:
        pass
    finally:
        mine.unlink()
    _keep_folder(file.parent)
    return file.read_text(encoding="ascii").strip()


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def _write(file: Path, secret: str) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as opened_file:
        opened_file.write(f"{secret}\n")
        opened_file.flush()
        os.fsync(handle)
    _keep_folder(file.parent)


def _replace(file: Path) -> None:
    with suppress(FileNotFoundError):  # another process that started was quicker
        _next(file).replace(file)
    _keep_folder(file.parent)


def _next(file: Path) -> Path:
    return file.with_suffix(".new")


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    lock = Lock(str(file.with_suffix(".lock")))
    try:
        yield
    finally:
        lock.release()


def _keep_folder(folder: Path) -> None:
    """Have the names in a folder survive a power loss; Windows sees to that by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _folder(environ: Mapping[str, str]) -> Path:
    """Return where this user's programs keep their settings."""
    if sys.platform == "win32":
        home = environ.get("APPDATA") or "~/AppData/Roaming"
    elif sys.platform == "darwin":
        home = "~/Library/Application Support"
    else:
        home = environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(home).expanduser() / "palabre" / "keys"
