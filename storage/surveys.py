"""Surveys and their rounds: who asks whom what, until when, and who was invited."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, delete, exists, func, select, update

from storage import pages, promises
from storage.drawings import Claim, Drawings
from storage.tables import farewells, invitations, responses, rounds, surveys
from storage.upsert import insert
from surveys.anonymity import Level
from surveys.survey import Round, Survey

_WHOLE = select(
    rounds, surveys.c.owner, surveys.c.title, surveys.c.intro, surveys.c.language, surveys.c.pages
).join(
    surveys,
    and_(surveys.c.workspace_id == rounds.c.workspace_id, surveys.c.survey_id == rounds.c.survey_id),
)
_NEWEST = _WHOLE.order_by(rounds.c.asked_at.desc(), rounds.c.round_id)
_FIND = _WHOLE.where(rounds.c.workspace_id == bindparam("workspace"), rounds.c.round_id == bindparam("round"))
_LOCK = _FIND.with_for_update(key_share=True, of=rounds)
"""The survey may come from before the wait for the lock: it never changes."""

_its_responses = and_(
    responses.c.workspace_id == rounds.c.workspace_id, responses.c.round_id == rounds.c.round_id
)
_its_invitations = and_(
    invitations.c.workspace_id == rounds.c.workspace_id, invitations.c.round_id == rounds.c.round_id
)


@dataclass(frozen=True, slots=True)
class Farewell:
    """The message of a round that is deleted, and the language it speaks."""

    channel: str
    message: str
    language: str


class Surveys(Drawings[Round]):
    """The surveys of all workspaces and their rounds."""

    _table, _name = rounds, rounds.c.round_id

    def create(self, asked: Round, origin: str, reply_url: str | None) -> bool:
        """Keep a new survey and its round; False when `origin` launched it already, as Slack's retries do."""
        # The survey first: its round must find it. A retry takes it back below.
        survey = (
            insert(self._connection, surveys)
            .values(_survey_columns(asked.survey))
            .on_conflict_do_nothing(index_elements=[surveys.c.workspace_id, surveys.c.survey_id])
            .returning(surveys.c.survey_id)
        )
        if self._connection.execute(survey).first() is None:
            return False
        put = (
            insert(self._connection, rounds)
            .values(_round_columns(asked) | {"origin": origin, "reply_url": reply_url})
            .on_conflict_do_nothing(index_elements=[rounds.c.workspace_id, rounds.c.origin])
            .returning(rounds.c.round_id)
        )
        if self._connection.execute(put).first() is not None:
            return True
        self._forget(asked.workspace, surveys.c.survey_id == asked.survey.id)
        return False

    def find(self, workspace: str, round_id: str) -> Round | None:
        return self._one(_FIND, workspace, round_id)

    def find_all(self, workspace: str, round_ids: Sequence[str]) -> tuple[Round, ...]:
        """Return those of several rounds that are here."""
        return self._newest(workspace, len(round_ids), rounds.c.round_id.in_(round_ids))

    def lock(self, workspace: str, round_id: str) -> Round | None:
        """Find a round that nobody else changes until the transaction ends."""
        return self._one(_LOCK, workspace, round_id)

    def delete(self, workspace: str, round_id: str) -> bool:
        """Delete a round's survey with all that belongs to it; False when it is not here.

        Where its message stands is kept as a farewell, until that message says so too.
        """
        asked = self.lock(workspace, round_id)
        if asked is None:
            return False
        if asked.message is not None:
            place = asked.shown_in or asked.channel
            said = Farewell(place, asked.message, asked.survey.language)
            self.keep_farewell(workspace, round_id, said)
        return self._forget(workspace, surveys.c.survey_id == asked.survey.id)

    def keep_farewell(self, workspace: str, round_id: str, said: Farewell) -> None:
        row = {"workspace_id": workspace, "round_id": round_id, **asdict(said)}
        put = insert(self._connection, farewells).values(row).on_conflict_do_nothing()
        self._connection.execute(put)

    def farewell(self, workspace: str, round_id: str) -> Farewell | None:
        """Return where a deleted round's message stands, as long as it does not say so."""
        asked = select(farewells.c.channel, farewells.c.message, farewells.c.language).where(
            farewells.c.workspace_id == workspace, farewells.c.round_id == round_id
        )
        row = self._connection.execute(asked).one_or_none()
        return None if row is None else Farewell(*row)

    def farewell_said(self, workspace: str, round_id: str) -> None:
        its = (farewells.c.workspace_id == workspace, farewells.c.round_id == round_id)
        self._connection.execute(delete(farewells).where(*its))

    def count_person(self, workspace: str, round_id: str, is_new_look: bool) -> None:
        """Count who completed a sealed response; the round's message is stale where it shows that."""
        people, revision = rounds.c.people + 1, rounds.c.revision + int(is_new_look)
        self._change(workspace, round_id, people=people, revision=revision)

    def counted(self, workspace: str, round_id: str) -> None:
        """Note that every sealed response of a closed round is counted; its message is stale."""
        people = select(func.count()).where(_its_responses, responses.c.answered_at.is_not(None))
        counted = (
            update(rounds)
            .where(self._is(workspace, round_id))
            .values(people=people.scalar_subquery(), is_counted=True, revision=rounds.c.revision + 1)
        )
        self._connection.execute(counted)

    def open_of(self, workspace: str, owner: str, most: int = 50) -> tuple[Round, ...]:
        """Return the owner's rounds that nobody has closed, newest first."""
        return self._newest(workspace, most, surveys.c.owner == owner, rounds.c.closed_at.is_(None))

    def latest_of(self, workspace: str, owner: str, channel: str) -> Round | None:
        """Return the owner's newest round in a channel that nobody has closed."""
        its = (surveys.c.owner == owner, rounds.c.channel == channel, rounds.c.closed_at.is_(None))
        found = self._newest(workspace, 1, *its)
        return found[0] if found else None

    def recent_of(self, workspace: str, owner: str, most: int = 50) -> tuple[Round, ...]:
        """Return the owner's rounds, newest first, open or closed."""
        return self._newest(workspace, most, surveys.c.owner == owner)

    def recent_in(
        self, workspace: str, channel: str, since: datetime | None, most: int = 50
    ) -> tuple[Round, ...]:
        """Return a channel's rounds, newest first; with `since`, those open at some time after it."""
        its = [rounds.c.channel == channel]
        if since is not None:
            its.append(rounds.c.closed_at.is_(None) | (rounds.c.closed_at >= since))
        return self._newest(workspace, most, *its)

    def invite(self, workspace: str, round_id: str, users: Sequence[str]) -> None:
        """Note who is asked; whoever is invited already stays so, and a deleted round invites nobody."""
        if not users or self.lock(workspace, round_id) is None:
            return
        row = {"workspace_id": workspace, "round_id": round_id}
        put = insert(self._connection, invitations).on_conflict_do_nothing()
        self._connection.execute(put, [row | {"user_id": user} for user in sorted(set(users))])

    def invited(self, workspace: str, round_id: str) -> int:
        """Return how many people are asked."""
        counted = select(func.count()).where(
            invitations.c.workspace_id == workspace, invitations.c.round_id == round_id
        )
        return self._connection.execute(counted).scalar_one()

    def invited_of(self, workspace: str, round_ids: Sequence[str]) -> dict[str, int]:
        """Return how many people each of several rounds asks, by round id; 0 is left out."""
        counted = (
            select(invitations.c.round_id, func.count().label("people"))
            .where(invitations.c.workspace_id == workspace, invitations.c.round_id.in_(round_ids))
            .group_by(invitations.c.round_id)
        )
        return {row.round_id: row.people for row in self._connection.execute(counted)}

    def open_sealed(self, workspace: str, now: datetime, most: int = 100) -> tuple[Round, ...]:
        """Return the sealed rounds that are open, newest first; who answered them is not known here."""
        is_open = and_(rounds.c.closed_at.is_(None), rounds.c.closes_at > now)
        return self._newest(workspace, most, is_open, rounds.c.level == Level.ANONYMOUS.value)

    def asked(
        self,
        workspace: str,
        user: str,
        respondent: str,
        now: datetime,
        most: int = 20,
        but: Collection[str] = (),
    ) -> tuple[Round, ...]:
        """Return the rounds that still wait for an invited person's answers, newest first.

        but: the ids of sealed ones that the person has answered.
        """
        is_invited = exists().where(
            _its_invitations, invitations.c.workspace_id == workspace, invitations.c.user_id == user
        )
        has_answered = exists().where(
            _its_responses, responses.c.respondent == respondent, responses.c.answered_at.is_not(None)
        )
        is_open = and_(rounds.c.closed_at.is_(None), rounds.c.closes_at > now)
        is_posted = rounds.c.message.is_not(None) | rounds.c.delivery.is_not(None)
        return self._newest(
            workspace, most, is_open, is_posted, is_invited, ~has_answered, rounds.c.round_id.not_in(but)
        )

    def answered(self, workspace: str, respondent: str, most: int = 20) -> tuple[tuple[Round, datetime], ...]:
        """Return the named rounds that a person has answered and when, the latest first."""
        newest = (
            _WHOLE.add_columns(responses.c.answered_at)
            .join(responses, _its_responses)
            .where(responses.c.workspace_id == workspace, responses.c.respondent == respondent)
            .where(responses.c.answered_at.is_not(None))
            .order_by(responses.c.answered_at.desc(), responses.c.round_id)
            .limit(most)
        )
        return tuple((_round(row), row.answered_at) for row in self._connection.execute(newest))

    def _claims(self, claimed: ColumnElement[bool]) -> tuple[Claim[Round], ...]:
        rows = self._connection.execute(_NEWEST.where(claimed)).all()
        return tuple(Claim(_round(row), row.revision, row.reply_url) for row in rows)

    def _forget(self, workspace: str, which: ColumnElement[bool]) -> bool:
        gone = delete(surveys).where(surveys.c.workspace_id == workspace, which)
        return self._connection.execute(gone).rowcount == 1

    def _newest(self, workspace: str, most: int, *narrowed: ColumnElement[bool]) -> tuple[Round, ...]:
        newest = _NEWEST.where(rounds.c.workspace_id == workspace, *narrowed).limit(most)
        return tuple(map(_round, self._connection.execute(newest)))

    def _one(self, question: Select[Any], workspace: str, round_id: str) -> Round | None:
        key = {"workspace": workspace, "round": round_id}
        row = self._connection.execute(question, key).one_or_none()
        return None if row is None else _round(row)


def _survey_columns(survey: Survey) -> dict[str, object]:
    return {
        "workspace_id": survey.workspace,
        "survey_id": survey.id,
        "owner": survey.owner,
        "title": survey.title,
        "intro": survey.intro,
        "language": survey.language,
        "pages": pages.to_json(survey.pages),
    }


def _round_columns(asked: Round) -> dict[str, object]:
    return {
        "workspace_id": asked.workspace,
        "round_id": asked.id,
        "survey_id": asked.survey.id,
        "channel": asked.channel,
        "asked_at": asked.asked_at,
        "closes_at": asked.closes_at,
        "message": asked.message,
        "closed_at": asked.closed_at,
        "is_counted": asked.is_counted,
        "audience": asked.audience,
        "compare_by": asked.compare_by,
        **promises.columns(asked.privacy),
    }


def _round(row: Row[Any]) -> Round:
    return Round(
        id=row.round_id,
        survey=_survey(row),
        channel=row.channel,
        asked_at=row.asked_at,
        closes_at=row.closes_at,
        message=row.message if row.delivery is None else row.progress_message,
        closed_at=row.closed_at,
        people=row.people,
        delivery=row.delivery,
        shown_in=row.progress_channel,
        privacy=promises.privacy(row),
        is_counted=row.is_counted,
        audience=row.audience,
        compare_by=row.compare_by,
    )


def _survey(row: Row[Any]) -> Survey:
    return Survey(
        id=row.survey_id,
        workspace=row.workspace_id,
        owner=row.owner,
        title=row.title,
        intro=row.intro,
        language=row.language,
        pages=pages.from_json(row.pages),
    )
