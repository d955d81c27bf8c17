"""The form behind a bare /poll: what to ask, where, and how the votes are kept."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words, languages, own_name
from slack_app.polls import choosing
from slack_app.polls.filled import CLOSES, LONGEST_FIELD, OPTIONS, Filled
from surveys.anonymity import LONGEST_SEALED, USUALLY_SEALED, Level, ResultsTo
from surveys.options import MOST_OPTIONS
from surveys.polls import LONGEST_QUESTION, Draft
from surveys.seeing import Seeing


def ask_modal(filled: Filled, words: Words) -> Block:
    fields = [
        *(blocks.section(told) for told in (filled.read_back, filled.note) if told),
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
        memory=str(filled.memory),
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
    if filled.memory.thread:
        yield _thread_field(is_in_thread=filled.is_in_thread, words=words)


def _thread_field(*, is_in_thread: bool, words: Words) -> Block:
    wanted = blocks.choice(words.plain("Post it in the thread of this message"), "thread")
    boxes = blocks.checkboxes("thread", [wanted], [wanted] if is_in_thread else [])
    return blocks.field("thread", words.plain("Thread"), boxes, optional=True)


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
