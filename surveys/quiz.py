"""Quiz: a poll some of whose options are right; who answered right, and from when on that may be told."""

from collections.abc import Sequence
from dataclasses import replace

from surveys.anonymity import Asked, Stage
from surveys.errors import Refused
from surveys.options import Adding, Option, Options
from surveys.seeing import Seeing

MOST_RIGHT = 10
"""So many right answers can be named in one sentence."""


class NoRightAnswer(Refused):
    sentence = (
        "Which answer is right? Put a star before it, "
        'as in /poll quiz "The capital of France?" "*Paris" "Lyon".'
    )


class AllRight(Refused):
    sentence = "All answers are marked as right, so there is nothing to know. Add one that is wrong."


class TooManyRight(Refused):
    sentence = "{count} answers are marked as right; {most} is the most."


class NobodyCanBeRight(Refused):
    sentence = (
        "{right} answers are right, but the number each person chooses leaves no room for exactly those, "
        "so nobody could be right. Change one or the other."
    )


class VotersAdd(Refused):
    sentence = "Voters can't add answers to a quiz: nobody could say whether those are right. Leave that out."


class AnswerIsFinal(Refused):
    sentence = "Your first answer counts, and it stays as it is. My vote shows it, and what is right."


class AnsweredTogether(Refused):
    sentence = "In this quiz all answers are chosen together. Press Vote and choose them there."


def right(options: Sequence[Option]) -> tuple[int, ...]:
    """Return the numbers of the right answers."""
    return tuple(number for number, option in enumerate(options) if option.is_right and option.is_open)


def check(options: Sequence[Option], least: int, most: int, adding: Adding) -> None:
    """Refuse a quiz in which nobody could be right, or nobody wrong. least, most: how many are chosen."""
    count, limit = len(right(options)), most or len(options)
    if not count:
        raise NoRightAnswer
    if count == len(options):
        raise AllRight
    if count > MOST_RIGHT:
        raise TooManyRight(count=count, most=MOST_RIGHT)
    if limit > 1 and not least <= count <= limit:
        raise NobodyCanBeRight(right=count)
    if adding is not Adding.NO:
        raise VotersAdd


def is_right(options: Sequence[Option], chosen: Sequence[int], *, has_several: bool) -> bool:
    """Say whether an answer is right: of several choices exactly those, of one choice any of them."""
    wanted = set(right(options))
    return set(chosen) == wanted if has_several else bool(chosen) and set(chosen) <= wanted


def is_final(asked: Asked) -> bool:
    """Say whether each voter is told at once, so that their first answer is their last."""
    return asked.seeing is Seeing.AFTER_VOTE and not asked.privacy.is_sealed


def is_told(asked: Asked) -> bool:
    """Say whether all may know what is right: from the close on, of a sealed one once it is counted."""
    return asked.stage is Stage.COUNTED


def marked(options: Options) -> Options:
    """Return the options with a mark before those that are right."""
    return tuple(
        replace(option, emoji=f"✅ {option.emoji}".strip()) if option.is_right else option
        for option in options
    )


def untold(options: Options) -> Options:
    """Return the options without a word of which are right."""
    return tuple(replace(option, is_right=False) for option in options)
