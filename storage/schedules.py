"""Schedules: the digest that a channel wishes for, and when it is next due."""

from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select, update

from storage.tables import schedules
from storage.upsert import insert
from storage.workspaces import LEFT
from surveys.schedule import Schedule

_COLUMNS = {"id": "schedule_id", "workspace": "workspace_id"}
_SAID = tuple(schedules.c[_COLUMNS.get(field.name, field.name)] for field in fields(Schedule))
_WISHED = ("owner", "language", "rule", "zone", "next_run")


class Schedules:
    """The schedules of all workspaces, one a channel at most; every question but `due` names one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, schedule: Schedule) -> Schedule:
        """Keep a channel's wish in place of its earlier one, whose id and last run stay; return it."""
        columns = {_COLUMNS.get(name, name): value for name, value in asdict(schedule).items()}
        put = insert(self._connection, schedules).values(columns)
        changed = {name: put.excluded[name] for name in _WISHED}
        put = put.on_conflict_do_update(
            index_elements=[schedules.c.workspace_id, schedules.c.channel],
            set_=changed | {"revision": schedules.c.revision + 1},
        )
        return Schedule(*self._connection.execute(put.returning(*_SAID)).one())

    def of_channel(self, workspace: str, channel: str) -> Schedule | None:
        return self._one(workspace, schedules.c.channel == channel)

    def find(self, workspace: str, schedule_id: str) -> Schedule | None:
        return self._one(workspace, schedules.c.schedule_id == schedule_id)

    def delete(self, workspace: str, channel: str) -> bool:
        """End a channel's digests; False when it has none."""
        gone = delete(schedules).where(schedules.c.workspace_id == workspace, schedules.c.channel == channel)
        return self._connection.execute(gone).rowcount == 1

    def due(self, now: datetime, most: int = 50) -> tuple[Schedule, ...]:
        """Return the schedules whose moment has come, the longest due first; nobody else gets them meanwhile.

        One ticker serves every workspace, so this names none.
        """
        asked = (
            select(*_SAID)
            .where(schedules.c.next_run <= now, schedules.c.workspace_id.not_in(LEFT))
            .order_by(schedules.c.next_run, schedules.c.workspace_id, schedules.c.schedule_id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        return tuple(Schedule(*row) for row in self._connection.execute(asked))

    def advance(self, schedule: Schedule, next_run: datetime, last_run: datetime) -> bool:
        """Set the next run after this one; False when it is no longer this run of this wish that is due."""
        advanced = (
            update(schedules)
            .where(schedules.c.workspace_id == schedule.workspace)
            .where(schedules.c.schedule_id == schedule.id, schedules.c.revision == schedule.revision)
            .where(schedules.c.next_run == schedule.next_run)
            .values(next_run=next_run, last_run=last_run)
        )
        return self._connection.execute(advanced).rowcount == 1

    def end(self, schedule: Schedule) -> bool:
        """Let this run be a schedule's last; False when it is no longer this run of this wish that is due."""
        ended = (
            delete(schedules)
            .where(schedules.c.workspace_id == schedule.workspace)
            .where(schedules.c.schedule_id == schedule.id, schedules.c.revision == schedule.revision)
            .where(schedules.c.next_run == schedule.next_run)
        )
        return self._connection.execute(ended).rowcount == 1

    def _one(self, workspace: str, which: ColumnElement[bool]) -> Schedule | None:
        asked = select(*_SAID).where(schedules.c.workspace_id == workspace, which)
        row = self._connection.execute(asked).one_or_none()
        return None if row is None else Schedule(*row)
