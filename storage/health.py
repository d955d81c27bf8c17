"""How later work goes, in numbers over every workspace: read without a lock, so that looking stops nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    TableClause,
    Text,
    and_,
    column,
    exists,
    func,
    or_,
    select,
    table,
    union,
)

from storage.executors import Executor, Executors
from storage.jobs import SCHEMA, TICK, UNFINISHED
from storage.tables import boxes, poll_options, polls, rounds, seals, votes

FAILED = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
HEARD_WITHIN = timedelta(seconds=60)
"""A process says every few seconds that it is alive."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The unfinished jobs of a name: how many, when the oldest was added, and when the first one is due."""

    name: str
    jobs: int
    since: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class Health:
    """How later work goes. waiting: what is due first comes first; failed: jobs by name.

    stale: how many messages wait to be redrawn, polls and rounds apart.
    """

    waiting: tuple[Waiting, ...]
    failed: Mapping[str, int]
    executors: tuple[Executor, ...]
    stale: Mapping[str, int]

    def alive(self, now: datetime) -> tuple[Executor, ...]:
        return tuple(each for each in self.executors if now - each.seen_at <= HEARD_WITHIN)

    def silent(self, now: datetime) -> tuple[Executor, ...]:
        return tuple(each for each in self.executors if now - each.seen_at > HEARD_WITHIN)


def read(connection: Connection, workspace: str | None = None) -> Health:
    """Return how it goes; the jobs of one workspace, or of all."""
    return Health(
        waiting=_waiting(connection, workspace),
        failed=_failed(connection, workspace),
        executors=Executors(connection).alive(LONG_AGO),
        stale={each.name: _stale(connection, each) for each in (polls, rounds)},
    )


def miscounted(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return the workspace and the id of each poll whose tallies are not what its votes say.

    A sealed one whose ballots are not counted yet has voters, and no votes.
    """
    its_votes = and_(votes.c.workspace_id == polls.c.workspace_id, votes.c.poll_id == polls.c.poll_id)
    of_option = and_(
        votes.c.workspace_id == poll_options.c.workspace_id,
        votes.c.poll_id == poll_options.c.poll_id,
        votes.c.number == poll_options.c.number,
    )
    counted = select(func.count()).where(of_option).scalar_subquery()
    voters = select(func.count(votes.c.voter.distinct())).where(its_votes).scalar_subquery()
    # One statement sees one moment: votes that are cast meanwhile are no fault.
    wrong = (
        select(poll_options.c.workspace_id, poll_options.c.poll_id)
        .where(poll_options.c.votes != counted)
        .union(
            select(polls.c.workspace_id, polls.c.poll_id).where(polls.c.is_counted, polls.c.voters != voters)
        )
        .order_by("workspace_id", "poll_id")
    )
    return tuple((row.workspace_id, row.poll_id) for row in connection.execute(wrong))


def left_sealed(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return the workspace and the id of what still has keys or boxes, and is gone or counted."""
    kept = union(*(select(each.c.workspace_id, each.c.subject_id) for each in (seals, boxes))).subquery()
    is_needed = [
        exists().where(
            asked.c.workspace_id == kept.c.workspace_id, name == kept.c.subject_id, ~asked.c.is_counted
        )
        for asked, name in ((polls, polls.c.poll_id), (rounds, rounds.c.round_id))
    ]
    left = select(kept).where(~or_(*is_needed)).order_by(kept.c.workspace_id, kept.c.subject_id)
    return tuple((row.workspace_id, row.subject_id) for row in connection.execute(left))


def _waiting(connection: Connection, workspace: str | None) -> tuple[Waiting, ...]:
    jobs = _jobs_of_dbos(connection)
    due = func.min(func.coalesce(jobs.c.delay_until_epoch_ms, jobs.c.created_at))
    asked = (
        select(jobs.c.name, func.count(), func.min(jobs.c.created_at), due)
        .where(*_which(jobs, workspace, UNFINISHED))
        .group_by(jobs.c.name)
        .order_by(due, jobs.c.name)
    )
    return tuple(
        Waiting(name, number, _moment(since), _moment(first))
        for name, number, since, first in connection.execute(asked)
    )


def _failed(connection: Connection, workspace: str | None) -> dict[str, int]:
    jobs = _jobs_of_dbos(connection)
    asked = (
        select(jobs.c.name, func.count().label("jobs"))
        .where(*_which(jobs, workspace, FAILED))
        .group_by(jobs.c.name)
        .order_by(jobs.c.name)
    )
    return {row.name: row.jobs for row in connection.execute(asked)}


def _stale(connection: Connection, drawn: Table) -> int:
    asked = select(func.count()).where(drawn.c.drawn_revision < drawn.c.revision)
    return connection.execute(asked).scalar_one()


def _jobs_of_dbos(connection: Connection) -> TableClause:
    """Return the table in which DBOS keeps its jobs: its API lists them, and counts none."""
    return table(
        "workflow_status",
        column("workflow_uuid", Text),
        column("name", Text),
        column("status", Text),
        column("created_at", BigInteger),
        column("delay_until_epoch_ms", BigInteger),
        schema=SCHEMA if connection.dialect.name == "postgresql" else None,
    )


def _which(jobs: TableClause, workspace: str | None, states: list[str]) -> list[ColumnElement[bool]]:
    which = [jobs.c.status.in_(states), jobs.c.name != TICK]
    if workspace is not None:
        which.append(jobs.c.workflow_uuid.startswith(f"{workspace}:", autoescape=True))
    return which


def _moment(epoch_ms: int) -> datetime:
    return datetime.fromtimestamp(epoch_ms / 1000, UTC)
