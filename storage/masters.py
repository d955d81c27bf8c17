"""The master key of a database: which one seals its keys, and how another takes its place."""

from sqlalchemy import Connection, insert, select, text, update

from storage.sealed import reseal
from storage.tables import masters
from storage.vault import CannotOpen, Vault

# Processes that start together must not each write a master key of their own down.
_LOCK = 7_052_252_735
_PLACE, _SAID = "master", b"palabre"


class WrongMasterKey(Exception):
    """The keys of this database are sealed under another master key."""


def fits(connection: Connection, vault: Vault) -> bool | None:
    """Tell whether this master key is the database's; None where it has none yet."""
    kept = connection.execute(select(masters.c.check)).scalar_one_or_none()
    if kept is None:
        return None
    try:
        return vault.open(kept, _PLACE) == _SAID
    except CannotOpen:
        return False


def is_there(connection: Connection) -> bool:
    return connection.execute(select(masters.c.key_id)).first() is not None


def check(connection: Connection, vault: Vault) -> None:
    """Raise where this is not the database's master key; where it has none, it is from now on."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    is_ours = fits(connection, vault)
    if is_ours is None:
        connection.execute(insert(masters), _row(vault))
    elif not is_ours:
        raise WrongMasterKey


def rotate(connection: Connection, old: Vault, new: Vault) -> int:
    """Seal every key under the new master key; return how many polls and rounds they are of."""
    check(connection, old)
    # Whoever begins another one meanwhile waits for this row, and finds that its key is not ours.
    connection.execute(update(masters).values(_row(new)))
    return reseal(connection, old, new)


def _row(vault: Vault) -> dict[str, str]:
    return {"key_id": vault.key_id, "check": vault.seal(_SAID, _PLACE)}
