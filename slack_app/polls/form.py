"""The form behind a bare /poll: what to ask, where, and how the votes are kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.incoming import Press, Submission
from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words, languages, own_name
from slack_app.polls import choosing
from slack_app.polls.choosing import Limits
from surveys import polls
from surveys.anonymity import LONGEST_SEALED, USUALLY_SEALED, Level, ResultsTo
from surveys.moments import closing
from surveys.polls import LONGEST_QUESTION, MOST_OPTIONS, Draft, Terms
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
    of a command, said on top before its poll is posted.
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


def ask_modal(filled: Filled, words: Words) -> Block:
    fields = [
        *([blocks.section(filled.read_back)] if filled.read_back else []),
        *_question_fields(filled, words),
        _language_field(filled.language, words),
        _names_field(filled.level, words),
        choosing.limits_field(filled.limits, words),
        _order_field(is_shuffled=filled.is_shuffled, words=words),
        *_terms_fields(filled, words),
    ]
    is_read_back = filled.read_back is not None
    return blocks.modal(
        "polls.ask", words.plain("New poll"), fields,
        submit=words.plain("Post it" if is_read_back else "Ask"),
        close=words.plain("Drop it" if is_read_back else "Cancel"),
    )  # fmt: skip


def _question_fields(filled: Filled, words: Words) -> Iterator[Block]:
    yield blocks.field(
        "question", words.plain("What do you want to ask?"),
        blocks.text_field("question", most=LONGEST_QUESTION, initial=filled.question),
    )  # fmt: skip
    first, *rest = filled.options
    yield blocks.field(
        "options", words.plain("Options, one per line"),
        blocks.text_field("options", most=LONGEST_FIELD, lines=True, initial=first),
        words.plain("Leave it empty for Yes / No / Abstain. Up to {most} options.", most=MOST_OPTIONS),
        optional=True,
    )  # fmt: skip
    for name, text in zip(OPTIONS[1:], rest, strict=False):
        more = blocks.text_field(name, most=LONGEST_FIELD, lines=True, initial=text)
        yield blocks.field(name, words.plain("More options"), more, optional=True)
    where = filled.channel if filled.channel and filled.channel[0] in "CG" else None
    yield blocks.field("channel", words.plain("Where to ask"), blocks.channel_field("channel", where))


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


def _language_field(language: str, words: Words) -> Block:
    choices = {each: blocks.choice(own_name(each), each) for each in languages()}
    picker = blocks.radios("language", list(choices.values()), choices[language])
    return blocks.field("language", words.plain("Language of the poll"), picker)


def _names_field(level: Level, words: Words) -> Block:
    """Hidden, shown or anonymous; what else there is to say follows the choice at once."""
    levels = {
        Level.HIDDEN: blocks.choice(
            words.plain("Names hidden"), Level.HIDDEN,
            words.plain("Palabre keeps who voted for what, and shows it to nobody."),
        ),
        Level.NAMED: blocks.choice(
            words.plain("Names shown"), Level.NAMED,
            words.plain("Everybody who sees the poll sees who voted for what."),
        ),
        Level.ANONYMOUS: blocks.choice(
            words.plain("Anonymous"), Level.ANONYMOUS,
            words.plain("Counts come after the close. Then nobody can tell who voted what."),
        ),
    }  # fmt: skip
    return blocks.field(
        "names", words.plain("Names"), blocks.radios("polls.names", list(levels.values()), levels[level]),
        words.plain("This can't be changed once it is asked."), is_told=True,
    )  # fmt: skip


def _order_field(*, is_shuffled: bool, words: Words) -> Block:
    wanted = blocks.choice(words.plain("Another order for each voter"), "shuffled")
    boxes = blocks.checkboxes("order", [wanted], [wanted] if is_shuffled else [])
    hint = words.plain("What stands first in a list is chosen more often. Votes are then made in a window.")
    return blocks.field("order", words.plain("Order of the options"), boxes, hint, optional=True)


def _terms_fields(filled: Filled, words: Words) -> Iterator[Block]:
    is_sealed = filled.level is Level.ANONYMOUS
    usual = filled.opened_at + USUALLY_SEALED if is_sealed else None
    days = LONGEST_SEALED.days
    hint = words.plain("Up to {days} days from now, in your own time zone.", days=days)
    yield blocks.field(
        CLOSES[filled.level], words.plain("Closes"),
        blocks.moment_field(CLOSES[filled.level], filled.closes_at or usual),
        hint if is_sealed else words.plain("Leave it empty to close it yourself. {limit}", limit=hint),
        optional=not is_sealed,
    )  # fmt: skip
    if is_sealed:
        yield _results_field(filled.results_to, words)
        yield _receipts_field(words)
    else:
        yield _seeing_field(filled.seeing, words)


def _seeing_field(seeing: Seeing, words: Words) -> Block:
    choices = {
        Seeing.LIVE: blocks.choice(words.plain("Everybody, all along"), Seeing.LIVE),
        Seeing.AFTER_VOTE: blocks.choice(words.plain("Each person, after their own vote"), Seeing.AFTER_VOTE),
        Seeing.AFTER_CLOSE: blocks.choice(words.plain("Everybody, after the close"), Seeing.AFTER_CLOSE),
        Seeing.OWNERS: blocks.choice(words.plain("Only me"), Seeing.OWNERS),
    }
    picker = blocks.radios("seeing", list(choices.values()), choices[seeing])
    return blocks.field("seeing", words.plain("Who sees the counts"), picker)


def _results_field(results_to: ResultsTo, words: Words) -> Block:
    everybody = blocks.choice(words.plain("Everybody here"), ResultsTo.ALL)
    owner = blocks.choice(words.plain("Only me"), ResultsTo.OWNERS)
    return blocks.field(
        "results",
        words.plain("Results for"),
        blocks.radios("results", [everybody, owner], owner if results_to is ResultsTo.OWNERS else everybody),
    )


def _receipts_field(words: Words) -> Block:
    wanted = blocks.choice(words.plain("Receipts: each voter gets a code"), "receipts")
    return blocks.field(
        "receipts", words.plain("Receipts"), blocks.checkboxes("receipts", [wanted]),
        words.plain(
            "After the close all ballots are published with their codes, and anybody can count again. "
            "Only for votes nobody will be pressed about: a code proves a vote to whoever sees it."
        ),
        optional=True,
    )  # fmt: skip


def refilled(press: Press, language: str, now: datetime) -> Filled:
    """Return what the form is to show after a choice of names; Slack itself keeps what else was typed."""
    level = _level(press.value)
    typed = (_moment(press.lists.get(field, ())) for field in CLOSES.values())
    return Filled(
        language, now, level, next(filter(None, typed), None),
        choosing.read("".join(press.lists.get("limits", ()))),
        options=tuple("".join(press.lists[field]) for field in OPTIONS if field in press.lists) or ("",),
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


def read_back(draft: Draft, zone: str, words: Words) -> Mrkdwn:
    """Return what was understood of a command, to be looked at before the poll is posted."""
    closes_at = draft.terms.closes_at
    if closes_at is None:
        return words("Some words could be a wish or part of the question. Is this what you mean?")
    return words("Closes {moment} ({zone}). Post it?", moment=_said(closes_at, zone, words), zone=zone)


def _said(moment: datetime, zone: str, words: Words) -> str:
    there = moment.astimezone(ZoneInfo(zone))
    day = format_date(there, "full", locale=words.language)
    return f"{day} {format_time(there.time(), 'short', locale=words.language)}"


def filled(draft: Draft, channel: str, now: datetime) -> Filled:
    """Return the form with a whole poll in it."""
    terms = draft.terms
    return Filled(
        draft.language, now, terms.level, terms.closes_at, (terms.least, terms.most), terms.seeing,
        terms.results_to, terms.is_shuffled, draft.question, in_fields(draft.options), channel,
    )  # fmt: skip


def wished(wishes: Wishes, zone: str, now: datetime) -> Terms:
    """Return what a command asks for; nothing said is as usual. zone: in which a moment is meant."""
    return polls.wished(wishes, None if wishes.closes is None else closing(wishes.closes, now, zone))


def _moment(chosen: tuple[str, ...]) -> datetime | None:
    seconds = "".join(chosen)
    is_moment = seconds.isdecimal() and len(seconds) == 10
    return datetime.fromtimestamp(int(seconds), UTC) if is_moment else None
