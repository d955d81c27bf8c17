"""What stands in the fields of the form of a new poll, after each choice in it and sent in."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from slack_app.kit.incoming import Press, Submission
from slack_app.polls import choosing
from slack_app.polls.asking.filled import CLOSES, MANY, MOST_DATES, OPTIONS, Filled
from slack_app.polls.asking.memory import Memory
from slack_app.polls.choosing import Limits
from surveys.anonymity import Level, ResultsTo
from surveys.options import Adding
from surveys.seeing import PollKind, Seeing

Lists = Mapping[str, tuple[str, ...]]
"""What each field of the form holds."""


def read(sent: Press | Submission, now: datetime) -> Filled:
    """Return all that the form holds; a field that it does not show is as usual."""
    held = sent.lists
    level, memory = _level(_one(held, "names")), Memory.read(sent.memory)
    return Filled(
        _one(held, "language") or "en",
        now,
        level,
        _closes(held, level, memory.suggested),
        _limits(held, "limits", choosing.ONE),
        _seeing(_one(held, "seeing"), Seeing.LIVE),
        ResultsTo.OWNERS if _one(held, "results") == ResultsTo.OWNERS else ResultsTo.ALL,
        bool(held.get("order")),
        _one(held, "question"),
        tuple(_one(held, field) for field in OPTIONS if field in held) or ("",),
        _one(held, "channel") or None,
        memory=memory,
        is_in_thread=bool(held.get("thread")),
        kind=_kind(_one(held, "kind")),
        dates=_dates(held),
        is_by_day=_one(held, "days") == "days",
        date_limits=_limits(held, "date_limits", MANY),
        places=_limits(held, "places", MANY),
        quiz_seeing=_seeing(_one(held, "quiz_seeing"), Seeing.AFTER_CLOSE),
        explanation=_one(held, "explanation"),
        has_receipts=bool(held.get("receipts")),
        adding=_adding(_one(held, "adding")),
        has_other=bool(held.get("other")),
        posts_at=_moment(held, "posts"),
        pictures=_one(held, "pictures"),
        is_unfolded="names" in held,
    )


def _one(held: Lists, field: str) -> str:
    return "".join(held.get(field, ())[:1])


def _level(chosen: str) -> Level:
    return Level(chosen) if chosen in set(Level) else Level.HIDDEN


def _kind(chosen: str) -> PollKind:
    return PollKind(chosen) if chosen in set(PollKind) else PollKind.CHOICE


def _seeing(chosen: str, usual: Seeing) -> Seeing:
    return Seeing(chosen) if chosen in set(Seeing) else usual


def _adding(chosen: str) -> Adding:
    return Adding(chosen) if chosen in set(Adding) else Adding.NO


def _limits(held: Lists, field: str, usual: Limits) -> Limits:
    return choosing.read(_one(held, field)) if field in held else usual


def _moment(held: Lists, field: str) -> datetime | None:
    seconds = _one(held, field)
    is_moment = seconds.isdecimal() and len(seconds) == 10
    return datetime.fromtimestamp(int(seconds), UTC) if is_moment else None


def _closes(held: Lists, level: Level, suggested: str) -> datetime | None:
    """Return when it closes; what was only suggested goes with the anonymity that asked for it."""
    is_suggested = level is not Level.ANONYMOUS and _one(held, CLOSES[Level.ANONYMOUS]) == suggested
    fields = [CLOSES[Level.HIDDEN]] if is_suggested else CLOSES.values()
    return next(filter(None, (_moment(held, field) for field in fields)), None)


def _dates(held: Lists) -> tuple[date | None, ...]:
    """Return the dates where they stand in the form, as far as it shows any."""
    numbers = range(1, MOST_DATES * 3 + 1)
    last = max((each for each in numbers if f"date_{each}" in held or f"day_{each}" in held), default=0)
    return tuple(_moment(held, f"date_{each}") or _day(held, f"day_{each}") for each in numbers[:last])


def _day(held: Lists, field: str) -> date | None:
    try:
        return date.fromisoformat(_one(held, field))
    except ValueError:
        return None
