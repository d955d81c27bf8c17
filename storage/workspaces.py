"""Workspaces: their language, their time zone, when their members were last read, and whether they left."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from storage.tables import metadata, workspaces
from storage.upsert import insert
from surveys.anonymity import raised
from surveys.honest import FEWEST

LEFT = select(workspaces.c.workspace_id).where(workspaces.c.removed_at.is_not(None))
"""The workspaces that took the app out: whoever serves all of them passes these over."""


class Workspaces:
    """What we remember of a workspace."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember(self, workspace: str, language: str, zone: str) -> None:
        self._keep(workspace, language=language, zone=zone)

    def find(self, workspace: str) -> tuple[str, str] | None:
        """Return its language and time zone, or None before they are remembered."""
        question = select(workspaces.c.language, workspaces.c.zone).where(
            workspaces.c.workspace_id == workspace, workspaces.c.language.is_not(None)
        )
        row = self._connection.execute(question).one_or_none()
        return None if row is None else (row.language, row.zone)

    def fewest(self, workspace: str) -> int:
        """Return the smallest group whose sealed results are shown there."""
        question = select(workspaces.c.fewest).where(workspaces.c.workspace_id == workspace)
        return self._connection.execute(question).scalar() or FEWEST

    def raise_fewest(self, workspace: str, wanted: int) -> None:
        """Set the smallest group for what is launched from now on; it never becomes lower."""
        higher = raised(self.fewest(workspace), wanted)
        put = insert(self._connection, workspaces).values(workspace_id=workspace, fewest=higher)
        put = put.on_conflict_do_update(
            index_elements=[workspaces.c.workspace_id],
            set_={"fewest": higher},
            where=workspaces.c.fewest <= higher,  # two admins at once: the higher one stays
        )
        self._connection.execute(put)

    def forget(self, workspace: str) -> None:
        """Delete everything kept for a workspace."""
        for table in reversed(metadata.sorted_tables):
            if "workspace_id" not in table.c:  # executors: they serve every workspace
                continue
            self._connection.execute(delete(table).where(table.c.workspace_id == workspace))

    def members_read_at(self, workspace: str) -> datetime | None:
        question = select(workspaces.c.members_read_at).where(workspaces.c.workspace_id == workspace)
        moment: datetime | None = self._connection.execute(question).scalar()
        return moment

    def mark_members_read(self, workspace: str, at: datetime) -> None:
        self._keep(workspace, members_read_at=at)

    def remove(self, workspace: str, now: datetime) -> None:
        """Note that the app was taken out of it: nothing may be sent there any more."""
        self._keep(workspace, removed_at=now)

    def is_removed(self, workspace: str) -> bool:
        question = select(workspaces.c.removed_at).where(workspaces.c.workspace_id == workspace)
        return self._connection.execute(question).scalar() is not None

    def welcome(self, workspace: str) -> None:
        """Note that the app is in it, again perhaps."""
        self._keep(workspace, removed_at=None)

    def _keep(self, workspace: str, **values: object) -> None:
        put = insert(self._connection, workspaces).values(workspace_id=workspace, **values)
        self._connection.execute(
            put.on_conflict_do_update(index_elements=[workspaces.c.workspace_id], set_=values)
        )
