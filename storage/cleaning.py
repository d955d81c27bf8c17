"""What deleted rows leave in the database's files, taken out of them."""

import time
from collections.abc import Callable

from sqlalchemy import Connection, Engine, text

from storage.attempts import Busy

WAIT_SECONDS = 5.0
PAUSE_SECONDS = 0.05

# Sealed boxes leave bytes in their table: without the key, which is gone, those say nothing.
_VACUUMED = ("boxes", "ballots", "votes", "responses", "answers")

_LOOKED_BACK_AT = text(
    "select count(*) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()"
    " and backend_type = 'client backend' and age(backend_xmin) > age(cast(cast(:now as text) as xid))"
)


def sqlite(engine: Engine) -> None:
    """Write the log into the file and empty it; deleted rows are overwritten there (secure_delete)."""
    with engine.connect() as connection:
        # The long part first, which keeps nobody waiting.
        connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        _until(lambda: not connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0])


def postgres(engine: Engine) -> None:
    """Write the keys' table anew without deleted rows, and make room in the others."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        _wait_for_older(connection)
        connection.exec_driver_sql("VACUUM (FULL) seals")
        for table in _VACUUMED:
            connection.exec_driver_sql(f"VACUUM {table}")


def _wait_for_older(connection: Connection) -> None:
    """Wait for whoever may still look at what is deleted: VACUUM would keep it for them."""
    now = connection.execute(text("select cast(pg_current_xact_id() as xid)")).scalar()
    _until(lambda: connection.execute(_LOOKED_BACK_AT, {"now": now}).scalar() == 0)


def _until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while not is_so():
        if time.monotonic() > until:
            raise Busy("somebody still reads what was deleted")
        time.sleep(PAUSE_SECONDS)
