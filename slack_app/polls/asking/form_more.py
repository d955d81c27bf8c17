"""The fields of the form that most people leave as they are: names, how many, who sees it, when."""

from collections.abc import Iterator

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.words import Words
from slack_app.polls import choosing
from slack_app.polls.asking.filled import (
    CLOSES,
    LONGEST_FIELD,
    MANY,
    OPEN_TO_MORE,
    SHUFFLED,
    WITH_PICTURES,
    Filled,
)
from slack_app.polls.asking.form_kinds import Part
from slack_app.polls.choosing import ONE
from surveys.anonymity import LONGEST_SEALED, Level, ResultsTo
from surveys.options import Adding
from surveys.seeing import PollKind, Seeing


def parts(filled: Filled, words: Words) -> Iterator[Part]:
    yield Part((_names_field(filled.level, words),), True, filled.level is Level.HIDDEN)
    yield from _limits(filled, words)
    yield from _seeing(filled, words)
    yield from _openness(filled, words)
    yield from _times(filled, words)
    pictures = (_pictures_field(filled.pictures, words),)
    yield Part(pictures, filled.kind in WITH_PICTURES, not filled.pictures)


def _limits(filled: Filled, words: Words) -> Iterator[Part]:
    """How many each person chooses: a field a kind, as each has its own usual."""
    kind, limits, dates = filled.kind, filled.limits, filled.date_limits
    is_chosen = kind in (PollKind.CHOICE, PollKind.QUIZ)
    yield Part((choosing.limits_field(limits, words),), is_chosen, limits == ONE)
    yield Part((choosing.dates_field(dates, words),), kind is PollKind.DATES, dates == MANY)
    places = (choosing.places_field(filled.places, words),)
    yield Part(places, kind is PollKind.RANKING, filled.places == MANY)


def _seeing(filled: Filled, words: Words) -> Iterator[Part]:
    """Who sees the counts; of a quiz that is asked together with when its answer is told."""
    seeing, is_sealed = filled.seeing, filled.is_sealed
    is_seen = not is_sealed and filled.kind is not PollKind.QUIZ
    yield Part((_seeing_field(seeing, words),), is_seen, seeing is Seeing.LIVE)
    results = (_results_field(filled.results_to, words),)
    yield Part(results, is_sealed, filled.results_to is ResultsTo.ALL)
    receipts = (_receipts_field(has_receipts=filled.has_receipts, words=words),)
    yield Part(receipts, is_sealed, not filled.has_receipts)


def _openness(filled: Filled, words: Words) -> Iterator[Part]:
    """What voters may add, and in which order they see what is there."""
    kind, has_other = filled.kind, filled.has_other
    adding = (_adding_field(filled.adding, words),)
    yield Part(adding, kind in OPEN_TO_MORE, filled.adding is Adding.NO)
    yield Part((_other_field(is_wanted=has_other, words=words),), kind is PollKind.CHOICE, not has_other)
    order = (_order_field(is_shuffled=filled.is_shuffled, words=words),)
    yield Part(order, kind in SHUFFLED, not filled.is_shuffled)


def _times(filled: Filled, words: Words) -> Iterator[Part]:
    posts = blocks.field(
        "posts", words.plain("Posted"), blocks.moment_field("posts", filled.posts_at),
        words.plain("Leave it empty to post it at once."), optional=True,
    )  # fmt: skip
    yield Part((posts,), True, filled.posts_at is None)
    yield Part((_closes_field(filled, words),), True, filled.closes_at is None)


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
            words.plain("Counts come after the close. Then nobody can tell who voted for what."),
        ),
    }  # fmt: skip
    return blocks.field(
        "names", words.plain("Names"), blocks.radios("polls.names", list(levels.values()), levels[level]),
        words.plain("This can't be changed once it is asked."), is_told=True,
    )  # fmt: skip


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


def _receipts_field(*, has_receipts: bool, words: Words) -> Block:
    wanted = blocks.choice(words.plain("Receipts: each voter gets a code"), "receipts")
    return blocks.field(
        "receipts",
        words.plain("Receipts"),
        blocks.checkboxes("receipts", [wanted], [wanted] if has_receipts else []),
        words.plain(
            "After the close all ballots are published with their codes, and anybody can count again. "
            "Only for votes nobody will be pressed about: a code proves a vote to whoever sees it."
        ),
        optional=True,
    )


def _adding_field(adding: Adding, words: Words) -> Block:
    choices = {
        Adding.NO: blocks.choice(words.plain("No"), Adding.NO),
        Adding.ANYONE: blocks.choice(words.plain("Yes, anyone"), Adding.ANYONE),
        Adding.APPROVED: blocks.choice(words.plain("Yes, once I approve it"), Adding.APPROVED),
    }
    picker = blocks.radios("adding", list(choices.values()), choices[adding])
    return blocks.field("adding", words.plain("May voters add options?"), picker)


def _other_field(*, is_wanted: bool, words: Words) -> Block:
    wanted = blocks.choice(words.plain("Offer “Other…”, to be filled in by the voter"), "other")
    boxes = blocks.checkboxes("other", [wanted], [wanted] if is_wanted else [])
    return blocks.field("other", words.plain("An answer of their own"), boxes, optional=True)


def _order_field(*, is_shuffled: bool, words: Words) -> Block:
    wanted = blocks.choice(words.plain("Another order for each voter"), "shuffled")
    boxes = blocks.checkboxes("order", [wanted], [wanted] if is_shuffled else [])
    hint = words.plain("What stands first in a list is chosen more often. Votes are then made in a window.")
    return blocks.field("order", words.plain("Order of the options"), boxes, hint, optional=True)


def _closes_field(filled: Filled, words: Words) -> Block:
    is_sealed, name = filled.is_sealed, CLOSES[filled.level]
    hint = words.plain("Up to {days} days from now, in your own time zone.", days=LONGEST_SEALED.days)
    return blocks.field(
        name, words.plain("Closes"), blocks.moment_field(name, filled.closes_at or filled.suggested_close),
        hint if is_sealed else words.plain("Leave it empty to close it yourself. {limit}", limit=hint),
        optional=not is_sealed,
    )  # fmt: skip


def _pictures_field(pictures: str, words: Words) -> Block:
    return blocks.field(
        "pictures",
        words.plain("Pictures, one address per line"),
        blocks.text_field("pictures", most=LONGEST_FIELD, lines=True, initial=pictures),
        words.plain(
            "In the order of the options, each beginning with https://; leave a line empty where there is "
            "none. After a space, say what is to be seen, for those who can't see it."
        ),
        optional=True,
    )
