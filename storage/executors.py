"""Executors: the processes that run jobs, and when each was last alive; they serve every workspace."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select, true, update

from storage.tables import executors
from storage.upsert import insert


@dataclass(frozen=True, slots=True)
class Executor:
    """A process that runs jobs. kind: `serve` or `work`."""

    worker_id: str
    kind: str
    started_at: datetime
    seen_at: datetime


_SAID = tuple(executors.c[field.name] for field in fields(Executor))


class Executors:
    """Every process that runs jobs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def beat(self, worker_id: str, kind: str, now: datetime) -> None:
        """Note that a process is alive; its first beat is its start."""
        put = insert(self._connection, executors).values(
            worker_id=worker_id, kind=kind, started_at=now, seen_at=now
        )
        put = put.on_conflict_do_update(
            index_elements=[executors.c.worker_id],
            set_={"kind": put.excluded.kind, "seen_at": put.excluded.seen_at},
        )
        self._connection.execute(put)

    def find(self, worker_id: str) -> Executor | None:
        found = self._which(executors.c.worker_id == worker_id)
        return found[0] if found else None

    def all(self) -> tuple[Executor, ...]:
        return self._which(true())

    def begin(self, worker_id: str, kind: str, now: datetime, before: Executor | None) -> bool:
        """Note that a process starts in the place of one that ended; False when another was quicker."""
        if before is not None:
            ended = (executors.c.worker_id == worker_id, executors.c.seen_at == before.seen_at)
            self._connection.execute(delete(executors).where(*ended))
        put = insert(self._connection, executors).values(
            worker_id=worker_id, kind=kind, started_at=now, seen_at=now
        )
        entered = put.on_conflict_do_nothing().returning(executors.c.worker_id)
        return self._connection.execute(entered).scalar() is not None

    def go_on(self, worker_id: str, started_at: datetime, now: datetime) -> bool:
        """Note that a process is alive still; False when others have taken it for dead."""
        beat = (
            update(executors)
            .where(executors.c.worker_id == worker_id, executors.c.started_at == started_at)
            .values(seen_at=now)
        )
        return self._connection.execute(beat).rowcount == 1

    def silent(self, since: datetime) -> tuple[str, ...]:
        """Return those whose last beat was before `since`."""
        return tuple(each.worker_id for each in self._which(executors.c.seen_at < since))

    def alive(self, since: datetime) -> tuple[Executor, ...]:
        """Return those that were heard of from `since` on."""
        return self._which(executors.c.seen_at >= since)

    def forget(self, worker_id: str) -> bool:
        """Forget a process, for good or until its next beat; False when somebody else did so already."""
        gone = delete(executors).where(executors.c.worker_id == worker_id)
        return self._connection.execute(gone).rowcount == 1

    def _which(self, narrowed: ColumnElement[bool]) -> tuple[Executor, ...]:
        asked = select(*_SAID).where(narrowed).order_by(executors.c.worker_id)
        return tuple(Executor(*row) for row in self._connection.execute(asked))
