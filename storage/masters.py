"""The master key of a database: which one seals its keys, and how another takes its place."""

from sqlalchemy import Connection, insert, select, text, update

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


def hold(connection: Connection, vault: Vault) -> None:
    """Let no other key take its place until the transaction ends; raise where one has."""
    key_id = connection.execute(select(masters.c.key_id).with_for_update(read=True)).scalar_one_or_none()
    if key_id not in (None, vault.key_id):
        raise CannotOpen("sealed with another master key")


def replace(connection: Connection, old: Vault, new: Vault) -> None:
    """Put another master key in the old one's place; whoever holds that is waited for."""
    check(connection, old)
    connection.execute(update(masters).values(_row(new)))


def _row(vault: Vault) -> dict[str, str]:
    return {"key_id": vault.key_id, "check": vault.seal(_SAID, _PLACE)}
