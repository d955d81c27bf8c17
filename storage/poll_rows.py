"""A poll as rows of its tables, and back: a row of its own, and one an option."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row

from storage import promises
from surveys.options import Adding, Option, OptionState
from surveys.polls import Poll
from surveys.seeing import PollKind, Seeing


def columns(asked: Poll) -> dict[str, object]:
    return {
        "workspace_id": asked.workspace,
        "poll_id": asked.id,
        "owner": asked.owner,
        "channel": asked.channel,
        "question": asked.question,
        "language": asked.language,
        "asked_at": asked.asked_at,
        "message": asked.message,
        "closed_at": asked.closed_at,
        "closes_at": asked.closes_at,
        "is_counted": asked.is_counted,
        "audience": asked.audience,
        "least": asked.least,
        "most": asked.most,
        "seeing": asked.seeing,
        "is_shuffled": asked.is_shuffled,
        "kind": asked.kind,
        "explanation": asked.explanation,
        "adding": asked.adding,
        "thread": asked.thread,
        "posts_at": asked.posts_at,
        "not_before": asked.posts_at,
        **promises.columns(asked.privacy),
    }


def options(asked: Poll) -> list[dict[str, object]]:
    """Return a row an option."""
    return [option_columns(asked, number, option) for number, option in enumerate(asked.options)]


def option_columns(asked: Poll, number: int, option: Option) -> dict[str, object]:
    return {
        "workspace_id": asked.workspace,
        "poll_id": asked.id,
        "number": number,
        "text": option.text,
        "emoji": option.emoji,
        "moment": option.moment,
        "is_day": option.is_day,
        "is_right": option.is_right,
        "picture": option.picture,
        "alt": option.alt,
        "is_other": option.is_other,
        "added_by": option.added_by,
        "state": option.state,
    }


def _option(row: Row[Any]) -> Option:
    return Option(
        text=row.text,
        emoji=row.emoji,
        moment=row.moment,
        is_day=row.is_day,
        is_right=row.is_right,
        picture=row.picture,
        alt=row.alt,
        is_other=row.is_other,
        added_by=row.added_by,
        state=OptionState(row.state),
    )


def whole(rows: Iterable[Row[Any]]) -> Iterable[tuple[Poll, Row[Any]]]:
    """Yield each poll, made of its rows (an option each), and the first of those rows."""
    for _, group in groupby(rows, key=lambda row: (row.workspace_id, row.poll_id)):
        together = list(group)
        yield poll(together), together[0]


def poll(rows: Sequence[Row[Any]]) -> Poll:
    first = rows[0]
    return Poll(
        id=first.poll_id,
        workspace=first.workspace_id,
        owner=first.owner,
        channel=first.channel,
        question=first.question,
        options=tuple(map(_option, rows)),
        language=first.language,
        asked_at=first.asked_at,
        message=first.message,
        closed_at=first.closed_at,
        closes_at=first.closes_at,
        privacy=promises.privacy(first),
        is_counted=first.is_counted,
        audience=first.audience,
        least=first.least,
        most=first.most,
        seeing=Seeing(first.seeing),
        is_shuffled=first.is_shuffled,
        kind=PollKind(first.kind),
        explanation=first.explanation,
        adding=Adding(first.adding),
        thread=first.thread,
        posts_at=first.posts_at,
    )
