"""Sealed polls and rounds: while one is open, each person's answers in a box that nobody ties to a name.

A person is a token, made with a key that goes at the close. A box is sealed with a second key, which opens it
to be counted and then goes too: whatever the database's files keep of deleted rows can't be read any more.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, or_, select, tuple_, update

from storage import masters, vault
from storage.tables import boxes, polls, rounds, seals
from storage.upsert import insert
from storage.vault import Vault
from surveys.anonymity import receipt, token
from surveys.questions import Answer, Given


class NoMasterKey(Exception):
    """Nothing can be sealed: this process was started without a master key."""


@dataclass(frozen=True, slots=True)
class Boxed:
    """What one person has answered so far, by question id; a poll's choices have the question id ""."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """One box, opened to be counted. code: the receipt of the voter, empty where there are none."""

    token: str
    answers: Mapping[str, Answer]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Mixed:
    """One box's answers under a random id that is nobody's; a poll's choices have the question id ""."""

    id: str
    answers: Mapping[str, Answer]
    code: str = ""


class Sealed:
    """The sealed answers of all workspaces. subject: the id of a poll or round."""

    def __init__(self, connection: Connection, master: Vault | None) -> None:
        self._connection = connection
        self._master = master

    def begin(self, workspace: str, subject: str) -> None:
        """Make the two keys of a new poll or round."""
        masters.hold(self._connection, self._vault)
        row = {
            "workspace_id": workspace,
            "subject_id": subject,
            "token_key": self._vault.seal(vault.new_key(), _place(workspace, subject, "token")),
            "content_key": self._vault.seal(vault.new_key(), _place(workspace, subject, "content")),
        }
        self._connection.execute(seals.insert(), row)

    def token(self, workspace: str, subject: str, person: str) -> str | None:
        """Return who somebody is in there; None from the close on, when nobody can tell any more."""
        key = self._key(workspace, subject, "token")
        return None if key is None else token(key, workspace, person)

    def code(self, workspace: str, subject: str, voter_token: str) -> str:
        """Return a voter's receipt; the poll is open."""
        key = self._key(workspace, subject, "token")
        if key is None:
            raise LookupError(subject)
        return receipt(key, voter_token)

    def find(self, workspace: str, subject: str, voter_token: str) -> Boxed:
        """Return what somebody has answered so far, empty where they have not begun."""
        asked = select(boxes.c.box, boxes.c.is_complete).where(
            _is(workspace, subject, boxes), boxes.c.token == voter_token
        )
        row = self._connection.execute(asked).one_or_none()
        if row is None:
            return Boxed()
        answers, _ = self._opened(workspace, subject, voter_token, row.box)
        return Boxed(answers, row.is_complete)

    def keep(self, workspace: str, subject: str, voter_token: str, boxed: Boxed, code: str = "") -> None:
        """Put what somebody has answered in place of what they had answered before.

        code: their receipt, to be published beside their ballot.
        """
        plain = json.dumps({"answers": _to_json(boxed.answers), "code": code}, separators=(",", ":"))
        place = _place(workspace, subject, voter_token)
        row = {"workspace_id": workspace, "subject_id": subject, "token": voter_token}
        changed = {
            "box": vault.seal(self._content_key(workspace, subject), plain.encode(), place),
            "is_complete": boxed.is_complete,
        }
        put = insert(self._connection, boxes).values(row | changed)
        put = put.on_conflict_do_update(index_elements=list(boxes.primary_key), set_=changed)
        self._connection.execute(put)

    def take_out(self, workspace: str, subject: str, voter_token: str) -> None:
        """Delete somebody's box: a vote that is taken back."""
        self._connection.execute(
            delete(boxes).where(_is(workspace, subject, boxes), boxes.c.token == voter_token)
        )

    def answered(self, workspace: str, person: str, subjects: Collection[str]) -> frozenset[str]:
        """Return which of several open ones somebody has answered completely."""
        asked = select(seals).where(seals.c.workspace_id == workspace, seals.c.subject_id.in_(subjects))
        keys = {
            row.subject_id: self._unsealed(row.token_key, workspace, row.subject_id, "token")
            for row in self._connection.execute(asked.where(seals.c.token_key.is_not(None)))
        }
        tokens = [(subject, token(key, workspace, person)) for subject, key in keys.items()]
        done = select(boxes.c.subject_id).where(
            boxes.c.workspace_id == workspace,
            boxes.c.is_complete,
            tuple_(boxes.c.subject_id, boxes.c.token).in_(tokens),
        )
        return frozenset(self._connection.execute(done).scalars()) if tokens else frozenset()

    # --- closing ---

    def due(self, now: datetime) -> tuple[tuple[str, str], ...]:
        """Return the workspace and the id of each open one, in whichever workspace, whose moment has come."""
        return self._before(now, "closes_at", seals.c.token_key.is_not(None))

    def uncounted(self, since: datetime) -> tuple[tuple[str, str], ...]:
        """Return the same of each one, in whichever workspace, that was closed before and is not counted."""
        return self._before(since, "closed_at", seals.c.token_key.is_(None))

    def _before(
        self, moment: datetime, column: str, which: ColumnElement[bool]
    ) -> tuple[tuple[str, str], ...]:
        moments = [
            select(table.c[column])
            .where(table.c.workspace_id == seals.c.workspace_id, name == seals.c.subject_id)
            .scalar_subquery()
            for table, name in ((polls, polls.c.poll_id), (rounds, rounds.c.round_id))
        ]
        asked = select(seals.c.workspace_id, seals.c.subject_id).where(
            which, or_(*(its_own <= moment for its_own in moments))
        )
        return tuple((row.workspace_id, row.subject_id) for row in self._connection.execute(asked))

    def close(self, workspace: str, subject: str) -> None:
        """Destroy the key of the tokens: from now on nobody is anybody in there."""
        self._connection.execute(update(seals).where(_is(workspace, subject, seals)).values(token_key=None))

    def is_open(self, workspace: str, subject: str) -> bool:
        """Tell whether the key of the tokens is still there."""
        asked = select(seals.c.subject_id).where(
            _is(workspace, subject, seals), seals.c.token_key.is_not(None)
        )
        return self._connection.execute(asked).first() is not None

    def waiting(self, workspace: str, subject: str) -> tuple[str, ...]:
        """Return the tokens of the complete boxes that are still to be counted."""
        return self._tokens(workspace, subject, boxes.c.is_complete)

    def unfinished(self, workspace: str, subject: str) -> tuple[str, ...]:
        """Return the tokens of the boxes that never became complete, and are not counted."""
        return self._tokens(workspace, subject, ~boxes.c.is_complete)

    def opened(self, workspace: str, subject: str, tokens: Sequence[str]) -> tuple[Opened, ...]:
        """Return what several boxes hold, in no order that means anything."""
        asked = select(boxes.c.token, boxes.c.box).where(
            _is(workspace, subject, boxes), boxes.c.token.in_(tokens)
        )
        rows = self._connection.execute(asked).all()
        if not rows:
            return ()
        key = self._content_key(workspace, subject)
        return tuple(
            Opened(row.token, *_from_box(vault.unseal(key, row.box, _place(workspace, subject, row.token))))
            for row in rows
        )

    def empty(self, workspace: str, subject: str, tokens: Sequence[str]) -> int:
        """Delete boxes that are counted; return how many were still there."""
        gone = delete(boxes).where(_is(workspace, subject, boxes), boxes.c.token.in_(tokens))
        return self._connection.execute(gone).rowcount

    def forget(self, workspace: str, subject: str) -> None:
        """Destroy both keys and every box: all are counted, or the poll or round is deleted."""
        for table in (boxes, seals):
            self._connection.execute(delete(table).where(_is(workspace, subject, table)))

    def _tokens(self, workspace: str, subject: str, which: ColumnElement[bool]) -> tuple[str, ...]:
        asked = select(boxes.c.token).where(_is(workspace, subject, boxes), which)
        return tuple(self._connection.execute(asked).scalars())

    # --- keys ---

    @property
    def _vault(self) -> Vault:
        if self._master is None:
            raise NoMasterKey
        return self._master

    def _key(self, workspace: str, subject: str, purpose: str) -> bytes | None:
        asked = select(seals.c[f"{purpose}_key"]).where(_is(workspace, subject, seals))
        kept = self._connection.execute(asked).scalar_one_or_none()
        return None if kept is None else self._unsealed(kept, workspace, subject, purpose)

    def _content_key(self, workspace: str, subject: str) -> bytes:
        key = self._key(workspace, subject, "content")
        if key is None:
            raise LookupError(subject)
        return key

    def _unsealed(self, kept: str, workspace: str, subject: str, purpose: str) -> bytes:
        return self._vault.open(kept, _place(workspace, subject, purpose))

    def _opened(
        self, workspace: str, subject: str, voter_token: str, box: str
    ) -> tuple[dict[str, Answer], str]:
        key = self._content_key(workspace, subject)
        return _from_box(vault.unseal(key, box, _place(workspace, subject, voter_token)))


def reseal(connection: Connection, old: Vault, new: Vault) -> int:
    """Seal the keys of every poll and round under another master key; return how many those are."""
    # Locked: a key that is destroyed at a close meanwhile must not come back.
    rows = connection.execute(select(seals).with_for_update()).all()
    for row in rows:
        workspace, subject = row.workspace_id, row.subject_id
        again = {
            f"{purpose}_key": new.seal(old.open(kept, place), place)
            for purpose, kept in (("token", row.token_key), ("content", row.content_key))
            if kept is not None
            for place in (_place(workspace, subject, purpose),)
        }
        connection.execute(update(seals).where(_is(workspace, subject, seals)).values(again))
    return len(rows)


def _is(workspace: str, subject: str, table: Table) -> ColumnElement[bool]:
    return and_(table.c.workspace_id == workspace, table.c.subject_id == subject)


def _place(workspace: str, subject: str, what: str) -> str:
    return f"{workspace}:{subject}:{what}"


def _to_json(answers: Mapping[str, Answer]) -> dict[str, list[list[object]]]:
    return {question: [list(astuple(given)) for given in answer] for question, answer in answers.items()}


def _from_box(plain: bytes) -> tuple[dict[str, Answer], str]:
    kept = json.loads(plain)
    answers = {
        question: tuple(Given(*given) for given in answer) for question, answer in kept["answers"].items()
    }
    return answers, kept["code"]
