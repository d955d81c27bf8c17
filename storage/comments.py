"""Comments: the texts of complete responses, and how each feels."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, and_, func, select, update

from storage.tables import answers, responses, rounds, tones
from storage.upsert import insert
from surveys.tone import Label, Tone


@dataclass(frozen=True, slots=True)
class Comment:
    """A text that waits for its tone; revision: of the response that holds it."""

    respondent: str
    question: str
    text: str
    revision: int


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with how it feels, and nothing of who wrote it or when."""

    text: str
    label: Label
    score: float


_KEPT_TONE = ("label", "score", "language", "reasons", "version")
_its_answers = and_(
    answers.c.workspace_id == responses.c.workspace_id,
    answers.c.round_id == responses.c.round_id,
    answers.c.respondent == responses.c.respondent,
)
_its_tone = and_(
    tones.c.workspace_id == answers.c.workspace_id,
    tones.c.round_id == answers.c.round_id,
    tones.c.respondent == answers.c.respondent,
    tones.c.question == answers.c.question,
)
_their_response = and_(
    responses.c.workspace_id == tones.c.workspace_id,
    responses.c.round_id == tones.c.round_id,
    responses.c.respondent == tones.c.respondent,
)


class Comments:
    """The comments of all workspaces and their tones."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def want_scores(self, workspace: str, round_id: str) -> int | None:
        """Return the number of a scoring job to make now; None when one is waiting that will see it all."""
        # The lock is held to the end of this transaction: a job that starts meanwhile reads after it.
        asked = (
            select(rounds.c.scores_wanted, rounds.c.scorings)
            .where(_is(workspace, round_id))
            .with_for_update(key_share=True)
        )
        row = self._connection.execute(asked).one_or_none()
        if row is None or row.scores_wanted:
            return None
        number: int = row.scorings + 1
        self._change(workspace, round_id, scores_wanted=True, scorings=number)
        return number

    def start_scoring(self, workspace: str, round_id: str) -> None:
        """Let the next comment ask for another job: this one may read before it is kept."""
        self._change(workspace, round_id, scores_wanted=False)

    def unscored(self, workspace: str, round_id: str, most: int = 200) -> tuple[Comment, ...]:
        """Return comments of complete responses that have no tone yet."""
        texts = (
            select(answers.c.respondent, answers.c.question, answers.c.text, responses.c.revision)
            .join(responses, _its_answers)
            .outerjoin(tones, _its_tone)
            .where(answers.c.workspace_id == workspace, answers.c.round_id == round_id)
            .where(answers.c.text.is_not(None), responses.c.answered_at.is_not(None))
            .where(tones.c.question.is_(None))
            .order_by(answers.c.respondent, answers.c.question, answers.c.part)
            .limit(most)
        )
        return tuple(Comment(*row) for row in self._connection.execute(texts))

    def keep_tones(self, workspace: str, round_id: str, scored: Sequence[tuple[Comment, Tone]]) -> None:
        """Keep the tones of those comments whose response has not changed since they were read."""
        revisions = self._hold(workspace, round_id, {comment.respondent for comment, _ in scored})
        rows = [
            {"workspace_id": workspace, "round_id": round_id, **_tone_columns(comment, tone)}
            for comment, tone in scored
            if revisions.get(comment.respondent) == comment.revision
        ]
        if not rows:
            return
        put = insert(self._connection, tones)
        put = put.on_conflict_do_update(
            index_elements=list(tones.primary_key), set_={name: put.excluded[name] for name in _KEPT_TONE}
        )
        self._connection.execute(put, rows)

    def labels(self, workspace: str, round_id: str) -> dict[str, dict[Label, int]]:
        """Return how many comments of complete responses have each label, by question id."""
        counted = (
            select(tones.c.question, tones.c.label, func.count().label("comments"))
            .join(responses, _their_response)
            .where(tones.c.workspace_id == workspace, tones.c.round_id == round_id)
            .where(responses.c.answered_at.is_not(None))
            .group_by(tones.c.question, tones.c.label)
            .order_by(tones.c.question, tones.c.label)
        )
        grouped = groupby(self._connection.execute(counted), key=lambda row: row.question)
        return {name: {Label(row.label): row.comments for row in group} for name, group in grouped}

    def quotable(self, workspace: str, round_id: str, question: str, most: int = 500) -> tuple[Said, ...]:
        """Return the scored comments of complete responses, in an order that tells nothing of who or when."""
        texts = (
            select(answers.c.text, tones.c.label, tones.c.score)
            .join(tones, _its_tone)
            .join(responses, _their_response)
            .where(answers.c.workspace_id == workspace, answers.c.round_id == round_id)
            .where(answers.c.question == question, answers.c.text.is_not(None))
            .where(responses.c.answered_at.is_not(None))
        )
        said = [Said(text, Label(label), score) for text, label, score in self._connection.execute(texts)]
        return tuple(sorted(said, key=_shuffled)[:most])

    def _hold(self, workspace: str, round_id: str, people: set[str]) -> dict[str, int]:
        """Return the revision of each of these responses, which nobody changes until the transaction ends."""
        asked = (
            select(responses.c.respondent, responses.c.revision)
            .where(responses.c.workspace_id == workspace, responses.c.round_id == round_id)
            .where(responses.c.respondent.in_(people))
            .order_by(responses.c.respondent)
            .with_for_update(key_share=True)
        )
        return {row.respondent: row.revision for row in self._connection.execute(asked)}

    def _change(self, workspace: str, round_id: str, **values: object) -> None:
        self._connection.execute(update(rounds).where(_is(workspace, round_id)).values(**values))


def _is(workspace: str, round_id: str) -> ColumnElement[bool]:
    return and_(rounds.c.workspace_id == workspace, rounds.c.round_id == round_id)


def _tone_columns(comment: Comment, tone: Tone) -> dict[str, object]:
    kept = asdict(tone) | {"label": tone.label.value}
    return {"respondent": comment.respondent, "question": comment.question, **kept}


def _shuffled(said: Said) -> bytes:
    return hashlib.sha256(said.text.encode()).digest()
