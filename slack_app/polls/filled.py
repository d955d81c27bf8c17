"""What the form of a new poll holds: at first, after a choice in it, and sent in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from slack_app.kit.incoming import Press, Submission
from slack_app.kit.text import Mrkdwn
from slack_app.polls import choosing
from slack_app.polls.choosing import Limits
from slack_app.polls.memory import NOTHING, Memory
from surveys import polls
from surveys.anonymity import Level, ResultsTo
from surveys.moments import closing
from surveys.polls import Draft, Terms
from surveys.seeing import Seeing
from surveys.text import length
from surveys.wishes import Wishes

CLOSES = {Level.HIDDEN: "closes", Level.NAMED: "closes", Level.ANONYMOUS: "sealed_closes"}
"""The field of the closing moment; two, since Slack keeps a field that is only named alike as it was."""


OPTIONS = ("options", "more_options", "still_more_options")
"""The fields for options: what a command holds may need more than one."""
LONGEST_FIELD = 3000


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form shows at first, or after another choice of names. opened_at: from when on it counts.

    options: the texts of the fields for options, as `in_fields` makes them; read_back: what was understood
    of a command, said on top before its poll is posted; note: what else is to be known of what it holds.
    memory: what comes back with it; is_in_thread: whether it is posted below the message named there.
    """

    language: str
    opened_at: datetime
    level: Level = Level.HIDDEN
    closes_at: datetime | None = None
    limits: Limits = choosing.ONE
    seeing: Seeing = Seeing.LIVE
    results_to: ResultsTo = ResultsTo.ALL
    is_shuffled: bool = False
    question: str = ""
    options: tuple[str, ...] = ("",)
    channel: str | None = None
    read_back: Mrkdwn | None = None
    note: Mrkdwn | None = None
    memory: Memory = NOTHING
    is_in_thread: bool = False


def in_fields(options: Sequence[str]) -> tuple[str, ...]:
    """Return the options, one a line, in as many texts as fields hold them."""
    texts = [""]
    for option in options:
        longer = f"{texts[-1]}\n{option}".strip()
        if length(longer) > LONGEST_FIELD:
            texts.append(option)
        else:
            texts[-1] = longer
    return tuple(texts)


def typed_options(sent: Submission) -> tuple[str, ...]:
    """Return the options as they were typed, one a line."""
    typed = (sent.entries.get(field, "") for field in OPTIONS)
    return tuple(line for text in typed for line in text.splitlines() if line.strip())


def refilled(press: Press, language: str, now: datetime) -> Filled:
    """Return what the form is to show after a choice of names; Slack itself keeps what else was typed."""
    level = _level(press.value)
    typed = (_moment(press.lists.get(field, ())) for field in CLOSES.values())
    return Filled(
        language, now, level, next(filter(None, typed), None),
        choosing.read("".join(press.lists.get("limits", ()))),
        options=tuple("".join(press.lists[field]) for field in OPTIONS if field in press.lists) or ("",),
        memory=Memory.read(press.memory), is_in_thread=bool(press.lists.get("thread")),
    )  # fmt: skip


def terms(sent: Submission) -> Terms:
    """Return what was chosen; a field that the form did not show yet is as usual."""
    level = _level(sent.entries.get("names", ""))
    closes_at = _moment(sent.lists.get(closes_field(sent), ()))
    is_for_me = sent.entries.get("results") == ResultsTo.OWNERS
    results_to = ResultsTo.OWNERS if is_for_me else ResultsTo.ALL
    least, most = choosing.read(sent.entries.get("limits", ""))
    seeing = _seeing(sent.entries.get("seeing", "")) if level is not Level.ANONYMOUS else Seeing.AFTER_CLOSE
    return Terms(
        level,
        closes_at,
        results_to,
        bool(sent.lists.get("receipts")),
        least,
        most,
        seeing,
        bool(sent.lists.get("order")),
    )


def _level(chosen: str) -> Level:
    return Level(chosen) if chosen in set(Level) else Level.HIDDEN


def _seeing(chosen: str) -> Seeing:
    return Seeing(chosen) if chosen in set(Seeing) else Seeing.LIVE


def closes_field(sent: Submission) -> str:
    """Return which field of the closing moment the form shows."""
    return next((field for field in CLOSES.values() if field in sent.entries), "question")


def whole(draft: Draft, channel: str, now: datetime) -> Filled:
    """Return the form with a whole poll in it."""
    terms, texts = draft.terms, [option.text for option in draft.options]
    return Filled(
        draft.language, now, terms.level, terms.closes_at, (terms.least, terms.most), terms.seeing,
        terms.results_to, terms.is_shuffled, draft.question, in_fields(texts), channel,
    )  # fmt: skip


def wished(wishes: Wishes, zone: str, now: datetime) -> Terms:
    """Return what a command asks for; nothing said is as usual. zone: in which a moment is meant."""
    return polls.wished(wishes, None if wishes.closes is None else closing(wishes.closes, now, zone))


def _moment(chosen: tuple[str, ...]) -> datetime | None:
    seconds = "".join(chosen)
    is_moment = seconds.isdecimal() and len(seconds) == 10
    return datetime.fromtimestamp(int(seconds), UTC) if is_moment else None
