"""Responses: what each person answered in a round, in one shape, and how all of it adds up."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from storage.sealed import Mixed
from storage.tables import answers, responses, rounds, tones
from surveys.questions import Answer, Counted, Given, Tally
from surveys.survey import Response

_KEY: dict[str, BindParameter[str]] = {
    "workspace_id": bindparam("workspace"),
    "round_id": bindparam("round"),
    "respondent": bindparam("person"),
}
_GIVEN = ("item", "choice", "number", "text")


def _of_person(table: Table) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in _KEY.items()))


_given = [answers.c[name] for name in _GIVEN]
_its_answers = and_(
    answers.c.workspace_id == responses.c.workspace_id,
    answers.c.round_id == responses.c.round_id,
    answers.c.respondent == responses.c.respondent,
)

_FIND = (
    select(responses.c.answered_at, answers.c.question, *_given)
    .outerjoin(answers, _its_answers)
    .where(_of_person(responses))
    .order_by(answers.c.question, answers.c.part)
)
"""A row a part given, or one without a question."""


def _hold(put: postgresql.Insert | sqlite.Insert) -> postgresql.Insert | sqlite.Insert:
    put = put.values(_KEY)
    return put.on_conflict_do_update(
        index_elements=list(responses.primary_key), set_={"revision": responses.c.revision}
    )


_HOLD = {"sqlite": _hold(sqlite.insert(responses)), "postgresql": _hold(postgresql.insert(responses))}
"""Makes a person's row if there is none, and locks it: two windows keep their answers one after the other."""

_named: BindParameter[list[str]] = bindparam("named", expanding=True)

_KEPT = (
    select(answers.c.question, *_given)
    .where(_of_person(answers), answers.c.question.in_(_named))
    .order_by(answers.c.question, answers.c.part)
)
_DROP_ANSWERS = delete(answers).where(_of_person(answers), answers.c.question.in_(_named))
_DROP_TONES = delete(tones).where(_of_person(tones), tones.c.question.in_(_named))
_GIVE = answers.insert().values(
    _KEY | {name: bindparam(f"its_{name}") for name in ("question", "part", *_GIVEN)}
)
_CHANGE = update(responses).where(_of_person(responses)).values(revision=responses.c.revision + 1)


def _complete(put: postgresql.Insert | sqlite.Insert) -> ReturningInsert[tuple[str]]:
    put = put.values(_KEY | {"answered_at": bindparam("at")})
    put = put.on_conflict_do_update(
        index_elements=list(responses.primary_key),
        set_={"answered_at": put.excluded.answered_at},
        where=responses.c.answered_at.is_(None),
    )
    return put.returning(responses.c.respondent)


_COMPLETE = {
    "sqlite": _complete(sqlite.insert(responses)),
    "postgresql": _complete(postgresql.insert(responses)),
}
_COUNT = (
    update(rounds)
    .where(rounds.c.workspace_id == bindparam("workspace"), rounds.c.round_id == bindparam("round"))
    .values(people=rounds.c.people + 1, revision=rounds.c.revision + 1)
)

_LOCK_ROUND = (
    select(rounds.c.round_id)
    .where(rounds.c.workspace_id == bindparam("workspace"), rounds.c.round_id == bindparam("round"))
    .with_for_update(key_share=True)
)
_PUT = responses.insert().values(_KEY | {"answered_at": bindparam("at")})

_part = (answers.c.item, answers.c.choice, answers.c.number)
_TALLIES = (
    select(
        answers.c.question,
        *_part,
        func.count(answers.c.respondent.distinct()).label("people"),
        # Each answer has one part 0, however many it has: the sum over a question is its people.
        func.sum(case((answers.c.part == 0, 1), else_=0)).label("answerers"),
    )
    .join(responses, _its_answers)
    .where(answers.c.workspace_id == bindparam("workspace"), answers.c.round_id == bindparam("round"))
    .where(responses.c.answered_at.is_not(None))
    .group_by(answers.c.question, *_part)
    .order_by(answers.c.question, *(column.nulls_first() for column in _part))
)


class Responses:
    """Who answered what in the rounds of all workspaces."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, workspace: str, round_id: str, respondent: str) -> Response:
        """Return what a person has answered so far, empty before the first page was sent."""
        key = {"workspace": workspace, "round": round_id, "person": respondent}
        rows = self._connection.execute(_FIND, key).all()
        if not rows:
            return Response()
        return Response(_answers(row for row in rows if row.question is not None), rows[0].answered_at)

    def keep(self, workspace: str, round_id: str, respondent: str, given: Mapping[str, Answer]) -> None:
        """Put a person's answers in place of what they gave to these questions before.

        A comment that changes loses its tone; one that stays as it was keeps it.
        """
        key = {"workspace": workspace, "round": round_id, "person": respondent}
        self._connection.execute(_HOLD[self._connection.dialect.name], key)
        # A statement of its own: one that waits for the lock reads other tables as of before the wait.
        before = _answers(self._connection.execute(_KEPT, key | {"named": list(given)}).all())
        changed = {name: answer for name, answer in given.items() if answer != before.get(name, ())}
        if changed:
            self._replace(key, changed, [name for name in changed if name in before])

    def complete(self, workspace: str, round_id: str, respondent: str, at: datetime) -> bool:
        """Count a person's response; False when it was complete already."""
        key = {"workspace": workspace, "round": round_id, "person": respondent}
        completing = _COMPLETE[self._connection.dialect.name]
        if self._connection.execute(completing, key | {"at": at}).first() is None:
            return False
        self._connection.execute(_COUNT, {"workspace": workspace, "round": round_id})
        return True

    def put(self, workspace: str, round_id: str, batch: Sequence[Mixed], day: datetime) -> None:
        """Put mixed responses into a closed round, all of one day; a round that is gone takes none."""
        key = {"workspace": workspace, "round": round_id}
        if self._connection.execute(_LOCK_ROUND, key).first() is None:
            return
        self._connection.execute(_PUT, [key | {"person": each.id, "at": day} for each in batch])
        rows = [
            key | {"person": each.id} | row
            for each in batch
            for name, answer in each.answers.items()
            for row in _rows(name, answer)
        ]
        if rows:
            self._connection.execute(_GIVE, rows)

    def tallies(self, workspace: str, round_id: str) -> dict[str, Tally]:
        """Return the complete responses added up, by question id; a question nobody answered is left out."""
        rows = self._connection.execute(_TALLIES, {"workspace": workspace, "round": round_id}).all()
        grouped = groupby(rows, key=lambda row: row.question)
        return {question: _tally(list(group)) for question, group in grouped}

    def _replace(self, key: dict[str, str], changed: Mapping[str, Answer], gone: list[str]) -> None:
        if gone:
            self._connection.execute(_DROP_ANSWERS, key | {"named": gone})
            self._connection.execute(_DROP_TONES, key | {"named": gone})
        rows = [key | row for name, answer in changed.items() for row in _rows(name, answer)]
        if rows:
            self._connection.execute(_GIVE, rows)
        self._connection.execute(_CHANGE, key)


def _rows(question: str, answer: Answer) -> list[dict[str, Any]]:
    return [
        {"its_question": question, "its_part": part}
        | {f"its_{name}": getattr(given, name) for name in _GIVEN}
        for part, given in enumerate(answer)
    ]


def _answers(rows: Iterable[Row[Any]]) -> dict[str, Answer]:
    grouped = groupby(rows, key=lambda row: row.question)
    return {question: tuple(map(_part_given, group)) for question, group in grouped}


def _part_given(row: Row[Any]) -> Given:
    return Given(row.item, row.choice, row.number, row.text)


def _tally(rows: Sequence[Row[Any]]) -> Tally:
    counts = tuple(Counted(row.people, row.item, row.choice, row.number) for row in rows)
    return Tally(sum(row.answerers for row in rows), counts)
