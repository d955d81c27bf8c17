"""What a quiz tells: which answers are right and why, to each voter at once or to all at the close."""

from collections.abc import Iterator, Sequence

from slack_app.kit.text import Mrkdwn, bold, cut, escaped
from slack_app.kit.words import Words
from slack_app.polls import offered
from slack_app.polls.choosing import how_many
from slack_app.polls.labels import apart
from surveys import quiz
from surveys.anonymity import Shown, Withheld
from surveys.ballots import is_final
from surveys.polls import Poll
from surveys.seeing import Seeing
from surveys.standings import Outcome, Standing

LONGEST_NAMED = 50
"""Characters of each right answer in a sentence that names up to ten of them."""


def how(poll: Poll, words: Words) -> Iterator[Mrkdwn]:
    """What a voter is to do, and when they are told what is right."""
    if not is_final(poll):
        yield from offered.how(poll, words)
        yield words("Which answer is right is told at the close")
        return
    if poll.has_several:
        yield escaped(how_many((poll.least, poll.most), words))
    if poll.is_shuffled:
        yield words("Each voter sees the options in another order")
    yield words("Your first answer counts, and you are told at once whether it is right")


def verdict(_poll: Poll, _standing: Shown[Standing], _words: Words) -> list[Mrkdwn]:
    """Nothing: in a quiz no answer wins."""
    return []


def told(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """What all are told of it from the close on: what is right, how many knew it, and why it is."""
    poll = outcome.poll
    if not quiz.is_told(poll):
        return []
    return [Mrkdwn(" ".join([_right(poll, words), *_knew(outcome, words)])), *_why(poll)]


def own(poll: Poll, chosen: Sequence[int], words: Words) -> Iterator[Mrkdwn]:
    """What a voter is told of their answer in "My vote": nothing as long as it may not be told.

    From the close on, where the counts stand there as well, what is right is said with those.
    """
    if not quiz.right(poll.options):
        return
    if chosen:
        yield _whether(poll, chosen, words)
    if poll.is_open or poll.seeing is not Seeing.AFTER_VOTE:
        yield _right(poll, words)
        yield from _why(poll)


def answered(poll: Poll, chosen: Sequence[int], words: Words) -> list[Mrkdwn]:
    """What a voter is told at once, in private."""
    counted = words("Your answer counted.")
    return [Mrkdwn(f"{counted} {_whether(poll, chosen, words)} {_right(poll, words)}"), *_why(poll)]


def first_counts(poll: Poll, words: Words) -> Iterator[Mrkdwn]:
    """What to know before one answers."""
    if is_final(poll):
        yield words("Your first answer counts, and you are told at once whether it is right.")


def _whether(poll: Poll, chosen: Sequence[int], words: Words) -> Mrkdwn:
    if quiz.is_right(poll.options, chosen, has_several=poll.has_several):
        return words("✅ It is right.")
    return words("❌ It is not right.")


def _right(poll: Poll, words: Words) -> Mrkdwn:
    right = quiz.right(poll.options)
    named = Mrkdwn(", ".join(bold(apart(cut(poll.options[each].text, LONGEST_NAMED))) for each in right))
    return words.count("Right answer: {options}.", "Right answers: {options}.", len(right), options=named)


def _knew(outcome: Outcome, words: Words) -> Iterator[Mrkdwn]:
    """How many voters were right, where the counts may be seen."""
    standing = outcome.standing
    if isinstance(standing, Withheld) or standing.value.details.right is None or not standing.value.voters:
        return
    yield words.count(
        "{number} of {voters} answered right.",
        "{number} of {voters} answered right.",
        standing.value.details.right,
        voters=standing.value.voters,
    )


def _why(poll: Poll) -> Iterator[Mrkdwn]:
    if poll.explanation:
        yield escaped(poll.explanation)
