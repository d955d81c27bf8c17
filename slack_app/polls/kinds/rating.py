"""A rating in its message and its results: the mean, how the votes lie on the scale, and a button a place."""

from collections.abc import Iterator

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, cut
from slack_app.kit.words import Words
from slack_app.polls import lines
from slack_app.polls.labels import label, plain
from surveys import rating
from surveys.anonymity import Shown, Withheld
from surveys.honest import is_few
from surveys.polls import Poll
from surveys.standings import Line, Outcome, Standing


def drawn(outcome: Outcome, words: Words) -> list[Block]:
    """The mean and the scale, where those may be seen, above one row of buttons."""
    return [*lines.in_sections(results(outcome, words), at_once=6), *_row(outcome.poll, words)]


def results(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """The mean, then a bar a place."""
    if isinstance(outcome.standing, Withheld):
        return []
    standing = outcome.standing
    return [*_mean(outcome.poll, standing, words), *(_bar(line, words) for line in standing.value.lines)]


def spoken(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """The mean, then each place with its votes."""
    told = _mean(outcome.poll, outcome.standing, words) if isinstance(outcome.standing, Shown) else []
    return [*told, *lines.spoken_lines(outcome, words)]


def verdict(_poll: Poll, _standing: Shown[Standing], _words: Words) -> list[Mrkdwn]:
    """Nothing more: the mean says what came of it, and no place on a scale wins."""
    return []


def how(poll: Poll, words: Words) -> Iterator[Mrkdwn]:
    if poll.privacy.is_sealed:
        yield words("Press your rating; change it or take it back with My vote")
    else:
        yield words("Press your rating; press it again to take it back")


def _mean(poll: Poll, standing: Shown[Standing], words: Words) -> Iterator[Mrkdwn]:
    """The mean, on which scale, and how far it can be trusted; nothing where nobody voted."""
    scale, votes = _scale(poll), [line.votes for line in standing.value.lines]
    mean = rating.mean(scale, votes)
    if mean is None:
        return
    told = words("{mean} of {most}", mean=words.decimal(mean), most=max(scale))
    if not rating.is_numbered(poll.options):
        best = label(standing.value.lines[rating.nearest(scale, mean)].option, words)
        told = words("{mean}, nearest to {option}", mean=told, option=best)
    counted = words.count("{mean}, {number} vote", "{mean}, {number} votes", sum(votes), mean=_bold(told))
    yield Mrkdwn(" · ".join([counted, *_trust(poll, votes, words)]))


def _trust(poll: Poll, votes: list[int], words: Words) -> Iterator[Mrkdwn]:
    between = rating.interval(_scale(poll), votes, poll.audience)
    if is_few(sum(votes)):
        yield words("too few to say much")
    elif between is not None and not poll.is_open:
        low, high = map(words.decimal, between)
        yield words("likely from {low} to {high}, had everybody voted", low=low, high=high)


def _scale(poll: Poll) -> tuple[int, ...]:
    return rating.values([poll.options[number] for number in poll.shown])


def _bold(told: Mrkdwn) -> Mrkdwn:
    return Mrkdwn(f"*{told.replace('*', '∗')}*")


def _bar(line: Line, words: Words) -> Mrkdwn:
    votes = lines.votes_of(line.votes, line.share, words)
    counted = f"{lines.bar(line.share)} {label(line.option, words)} · {votes}"
    return Mrkdwn("\n".join([counted, *lines.names_of(line.names, line.votes, words)]))


def _row(poll: Poll, words: Words) -> Iterator[Block]:
    if poll.is_open:
        yield blocks.actions(*(_button(poll, at, words) for at in range(len(poll.shown))), block_id="rating")


def _button(poll: Poll, at: int, words: Words) -> Block:
    """A button with its number or emoji; a screen reader says which place it has on the scale."""
    scale, number = _scale(poll), poll.shown[at]
    text = plain(poll.options[number], words)
    said = words.plain("Rate {value} of {most}", value=scale[at], most=max(scale))
    if not rating.is_numbered(poll.options):
        said = f"{said}: {text}"
    return blocks.button(cut(text, blocks.BUTTON), f"polls.vote:{number}", poll.id, label=said)
