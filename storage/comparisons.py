"""Comparisons: a round's answers added up for each choice made in one of its questions."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, func, select

from storage.tables import answers, responses
from surveys.questions import Counted, Tally

_chosen = answers.alias("chosen")
_part = (answers.c.question, answers.c.item, answers.c.choice, answers.c.number)
_by = _chosen.c.choice.label("by")

_TALLIES_BY = (
    select(
        _by,
        *_part,
        func.count(answers.c.respondent.distinct()).label("people"),
        # Each answer has one part 0, however many it has: the sum over a question is its people.
        func.sum(case((answers.c.part == 0, 1), else_=0)).label("answerers"),
    )
    .join(
        responses,
        and_(
            answers.c.workspace_id == responses.c.workspace_id,
            answers.c.round_id == responses.c.round_id,
            answers.c.respondent == responses.c.respondent,
        ),
    )
    .outerjoin(
        _chosen,
        and_(
            _chosen.c.workspace_id == answers.c.workspace_id,
            _chosen.c.round_id == answers.c.round_id,
            _chosen.c.respondent == answers.c.respondent,
            _chosen.c.question == bindparam("compare_by"),
        ),
    )
    .where(answers.c.workspace_id == bindparam("workspace"), answers.c.round_id == bindparam("round"))
    .where(responses.c.answered_at.is_not(None), answers.c.text.is_(None))
    .group_by(_by, *_part)
    .order_by(_by.nulls_first(), *(column.nulls_first() for column in _part))
)


class Comparisons:
    """How those who made one choice answer everything else."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tallies_by(
        self, workspace: str, round_id: str, compare_by: str
    ) -> Mapping[int | None, dict[str, Tally]]:
        """Return the complete responses added up, by the choice made in one question, then by question id.

        None: of those who made no choice there. compare_by: a question in which nobody makes two choices.
        """
        key = {"workspace": workspace, "round": round_id, "compare_by": compare_by}
        rows = self._connection.execute(_TALLIES_BY, key).all()
        return {choice: _tallies(list(group)) for choice, group in groupby(rows, key=lambda row: row.by)}


def _tallies(rows: Sequence[Row[Any]]) -> dict[str, Tally]:
    return {question: _tally(list(group)) for question, group in groupby(rows, key=lambda row: row.question)}


def _tally(rows: Sequence[Row[Any]]) -> Tally:
    counts = tuple(Counted(row.people, row.item, row.choice, row.number) for row in rows)
    return Tally(sum(row.answerers for row in rows), counts)
