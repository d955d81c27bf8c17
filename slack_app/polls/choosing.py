"""How many options a voter chooses: said in the message, asked in the form, and chosen in "My vote"."""

import re
from collections.abc import Iterator, Sequence

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import cut
from slack_app.kit.words import Words
from slack_app.polls.kinds.dates import whose_clock
from slack_app.polls.labels import plain
from surveys.options import LONGEST_OPTION
from surveys.polls import Ballot, Poll

Limits = tuple[int, int]
"""The least and the most that may be chosen; most 0: as many as there are."""

ONE: Limits = (1, 1)
LIMITS: Sequence[Limits] = (
    ONE,
    (1, 0),
    *((1, most) for most in range(2, 11)),
    *((count, count) for count in range(2, 11)),
    *((least, 0) for least in range(2, 6)),
)
"""What the form offers; a command may wish for others."""
PLACES: Sequence[Limits] = ((1, 0), *((1, most) for most in range(2, 11)))
"""The same of a ranking."""


def how_many(limits: Limits, words: Words) -> str:
    """Return what a voter is to do, such as "Choose up to 3"."""
    match limits:
        case (1, 1):
            return words.plain("Choose one")
        case (1, 0):
            return words.plain("Choose as many as you like")
        case (1, most):
            return words.plain("Choose up to {most}", most=most)
        case (least, 0):
            return words.plain("Choose at least {least}", least=least)
        case (least, most) if least == most:
            return words.plain("Choose exactly {most}", most=most)
        case (least, most):
            return words.plain("Choose from {least} to {most}", least=least, most=most)


def limits_field(chosen: Limits, words: Words) -> Block:
    """The form's field for how many options each person chooses."""
    return _field("limits", chosen, LIMITS, words)


def dates_field(chosen: Limits, words: Words) -> Block:
    """The same of a poll about dates, of which most people name several."""
    return _field("date_limits", chosen, LIMITS, words)


def _field(name: str, chosen: Limits, each: Sequence[Limits], words: Words) -> Block:
    offered = {limits: blocks.choice(how_many(limits, words), _written(limits)) for limits in each}
    offered |= {chosen: blocks.choice(how_many(chosen, words), _written(chosen))}
    menu = blocks.menu(name, list(offered.values()), words.plain("Choose one"), offered[chosen])
    return blocks.field(name, words.plain("How many options each person chooses"), menu)


def places_field(chosen: Limits, words: Words) -> Block:
    """The form's field for how many options each person puts in order."""
    offered = {
        limits: blocks.choice(_places(limits, words), _written(limits)) for limits in (*PLACES, chosen)
    }
    menu = blocks.menu("places", list(offered.values()), words.plain("Choose one"), offered[chosen])
    return blocks.field("places", words.plain("How many options each person puts in order"), menu)


def _places(limits: Limits, words: Words) -> str:
    match limits:
        case (1, 0):
            return words.plain("As many as they like")
        case (1, 1):
            return words.plain("Only their first choice")
        case (1, most):
            return words.plain("Up to {most}", most=most)
        case _:
            return how_many(limits, words)


def read(written: str) -> Limits:
    """Return what was chosen in the form's field; one where it is not shown yet."""
    found = re.fullmatch(r"([1-9][0-9]{0,2})-([0-9]{1,3})", written)
    return (int(found[1]), int(found[2])) if found else ONE


def choice_field(poll: Poll, ballot: Ballot, order: Sequence[int], zone: str, words: Words) -> Block:
    """The field of "My vote": one choice, or several within the poll's limits.

    order: of the options; zone: in which the hours of dates are shown.
    """
    offered = {
        index: blocks.choice(cut(plain(poll.options[index], words, zone), LONGEST_OPTION), str(index))
        for index in order
    }
    choices = list(offered.values())
    chosen = [offered[index] for index in order if index in ballot.chosen]
    clock = whose_clock(poll, zone, words)
    if not poll.has_several:
        return blocks.field("option", words.plain("Your choice"), _one(choices, chosen, words), clock or None)
    hint = (
        f"{how_many((poll.least, poll.most), words)}. {clock}"
        if clock
        else how_many((poll.least, poll.most), words)
    )
    return blocks.field("option", words.plain("Your choice"), _several(poll, choices, chosen, words), hint)


def _one(choices: list[Block], chosen: list[Block], words: Words) -> Block:
    first = chosen[0] if chosen else None
    if len(choices) <= blocks.RADIOS:
        return blocks.radios("option", choices, first)
    return blocks.menu("option", choices, words.plain("Choose an option"), first)


def _several(poll: Poll, choices: list[Block], chosen: list[Block], words: Words) -> Block:
    if len(choices) <= blocks.CHECKBOXES:
        return blocks.checkboxes("option", choices, chosen)
    return blocks.many_menu("option", choices, words.plain("Choose options"), chosen, most=poll.limit)


def other_field(poll: Poll, ballot: Ballot, words: Words, *, optional: bool) -> Iterator[Block]:
    """The field for what is written under "Other…", in a poll that has it."""
    if poll.other is not None:
        name = plain(poll.options[poll.other], words).rstrip("…")
        entry = blocks.text_field("other", most=LONGEST_OPTION, initial=ballot.written)
        yield blocks.field("other", words.plain("{other}: what?", other=name), entry, optional=optional)


def picked(chosen: Sequence[str]) -> Iterator[int]:
    """Yield the indexes of the options chosen in "My vote"."""
    yield from (int(each) for each in chosen if re.fullmatch(r"[0-9]{1,3}", each))


def _written(limits: Limits) -> str:
    return f"{limits[0]}-{limits[1]}"
