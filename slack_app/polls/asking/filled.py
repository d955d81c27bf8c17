"""What the form of a new poll holds, and the poll that this makes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from slack_app.kit.text import Mrkdwn
from slack_app.polls import choosing, labels
from slack_app.polls.asking.memory import NOTHING, Memory
from slack_app.polls.choosing import Limits
from surveys import grammar, pictures, typed
from surveys.anonymity import USUALLY_SEALED, Level, ResultsTo
from surveys.options import Adding, Option, Options, asked
from surveys.polls import Draft, Terms
from surveys.seeing import PollKind, Seeing
from surveys.text import length

CLOSES = {Level.HIDDEN: "closes", Level.NAMED: "closes", Level.ANONYMOUS: "sealed_closes"}
"""The field of the closing moment; two, since Slack keeps a field that is only named alike as it was."""
OPTIONS = ("options", "more_options", "still_more_options")
"""The fields for options: what a command holds may need more than one."""
LONGEST_FIELD = 3000
DATES_AT_ONCE, MOST_DATES = 5, 20
MANY: Limits = (1, 0)

WITH_PICTURES = frozenset((PollKind.CHOICE, PollKind.QUIZ))
SHUFFLED = frozenset((PollKind.CHOICE, PollKind.RANKING, PollKind.QUIZ))
OPEN_TO_MORE = frozenset((PollKind.CHOICE, PollKind.RANKING))
"""The kinds of polls to which voters may add options."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form shows at first, or after a choice in it that changes what there is to say.

    opened_at: from when on it counts; options: the texts of their fields, as `in_fields` makes them;
    dates: with an hour a moment, without one a whole day, None where none is chosen yet; is_by_day: whether
    those to come are whole days. limits, date_limits, places: how many are chosen, in polls of each kind;
    quiz_seeing: who sees what, of a quiz. read_back: what was understood of a command, said on top before
    its poll is posted; note: what else is to be known of what it holds; memory: what comes back with it;
    is_in_thread: whether it is posted below the message named there; is_unfolded: whether it shows what is
    seldom chosen, as it does wherever something was.
    What does not fit its kind or its names is kept, and counts for nothing.
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
    kind: PollKind = PollKind.CHOICE
    dates: tuple[date | None, ...] = ()
    is_by_day: bool = False
    date_limits: Limits = MANY
    places: Limits = MANY
    quiz_seeing: Seeing = Seeing.AFTER_CLOSE
    explanation: str = ""
    has_receipts: bool = False
    adding: Adding = Adding.NO
    has_other: bool = False
    posts_at: datetime | None = None
    pictures: str = ""
    is_unfolded: bool = False

    @property
    def is_sealed(self) -> bool:
        return self.level is Level.ANONYMOUS

    @property
    def suggested_close(self) -> datetime | None:
        """The moment that an anonymous poll closes unless somebody chooses another."""
        return self.opened_at + USUALLY_SEALED if self.is_sealed and self.closes_at is None else None

    @property
    def remembered(self) -> Memory:
        """What comes back: with what was only suggested, which goes again where it is not needed."""
        suggested = self.suggested_close
        return replace(self.memory, suggested=str(int(suggested.timestamp()))) if suggested else self.memory

    @property
    def terms(self) -> Terms:
        """How votes are to be kept."""
        kind, is_sealed = self.kind, self.is_sealed
        least, most = self._limits
        return Terms(
            self.level,
            self.closes_at,
            self.results_to if is_sealed else ResultsTo.ALL,
            is_sealed and self.has_receipts,
            least,
            most,
            Seeing.AFTER_CLOSE if is_sealed else self._seeing,
            kind in SHUFFLED and self.is_shuffled,
            kind,
            self.explanation.strip() if kind is PollKind.QUIZ else "",
            self.adding if kind in OPEN_TO_MORE else Adding.NO,
            self.posts_at,
        )

    @property
    def _limits(self) -> Limits:
        match self.kind:
            case PollKind.RATING:
                return choosing.ONE
            case PollKind.RANKING:
                return self.places
            case PollKind.DATES:
                return self.date_limits
            case _:
                return self.limits

    @property
    def _seeing(self) -> Seeing:
        return self.quiz_seeing if self.kind is PollKind.QUIZ else self.seeing

    @property
    def offered(self) -> Options:
        """What is to be chosen from; the usual options where there are some and none were typed."""
        if self.kind is PollKind.DATES:
            return tuple(_dated(each) for each in self.dates if each is not None)
        options = typed.read("\n".join(self.options), self.kind)
        if not options and self.kind is PollKind.CHOICE:
            options = asked(grammar.usual_options(self.language))
        if self.kind in WITH_PICTURES:
            options = pictures.pictured(options, self.pictures)
        return (*options, *self._other)

    @property
    def _other(self) -> Options:
        if not self.has_other or self.kind is not PollKind.CHOICE:
            return ()
        return (labels.other(self.language),)


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


def whole(draft: Draft, channel: str, now: datetime) -> Filled:
    """Return the form with a whole poll in it."""
    options = tuple(option for option in draft.options if not option.is_other)
    is_dates = draft.terms.kind is PollKind.DATES
    return replace(
        opened(draft.terms, draft.language, now),
        question=draft.question,
        options=("",) if is_dates else in_fields(typed.written(options, draft.terms.kind)),
        dates=tuple(map(_date_of, options)) if is_dates else (),
        channel=channel,
        has_other=any(option.is_other for option in draft.options),
        pictures=pictures.named(options),
    )


def opened(terms: Terms, language: str, now: datetime) -> Filled:
    """Return the form with nothing in it but how votes are to be kept."""
    kind, limits = terms.kind, (terms.least, terms.most)
    is_quiz, is_sealed = kind is PollKind.QUIZ, terms.level is Level.ANONYMOUS
    usual = Filled(language, now)
    return replace(
        usual,
        level=terms.level,
        closes_at=terms.closes_at,
        limits=limits if kind in (PollKind.CHOICE, PollKind.QUIZ) else usual.limits,
        date_limits=limits if kind is PollKind.DATES else usual.date_limits,
        places=limits if kind is PollKind.RANKING else usual.places,
        seeing=usual.seeing if is_quiz or is_sealed else terms.seeing,
        quiz_seeing=terms.seeing if is_quiz and not is_sealed else usual.quiz_seeing,
        results_to=terms.results_to,
        has_receipts=terms.has_receipts,
        is_shuffled=terms.is_shuffled,
        kind=kind,
        explanation=terms.explanation,
        adding=terms.adding,
        posts_at=terms.posts_at,
    )


def _dated(chosen: date) -> Option:
    if isinstance(chosen, datetime):
        return Option("", moment=chosen)
    return Option("", moment=datetime.combine(chosen, time(12), UTC), is_day=True)


def _date_of(option: Option) -> date | None:
    return option.moment.date() if option.moment and option.is_day else option.moment
