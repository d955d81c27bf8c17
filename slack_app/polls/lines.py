"""How a poll stands, a line an option, and what is said where that may not be seen."""

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, escaped, mention
from slack_app.kit.words import Words
from surveys.anonymity import Shown, Turnout, Why, Withheld
from surveys.polls import Poll
from surveys.seeing import Seeing
from surveys.standings import Line, Outcome, Standing

MOST_LINES = 10
BAR = 10


def spoken_lines(poll: Poll, standing: Shown[Standing] | Withheld, words: Words) -> list[Mrkdwn]:
    if isinstance(standing, Withheld):
        return [escaped(option) for option in poll.options]
    return [
        Mrkdwn(
            " · ".join(
                [
                    words("{option}: {votes}", option=line.option, votes=_votes(line, words)),
                    *_names(line, words),
                ]
            )
        )
        for line in standing.value.lines
    ]


def best(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """The first of a long poll's options, the ones with the most votes where those may be seen."""
    if isinstance(outcome.standing, Withheld):
        return [escaped(option) for option in outcome.poll.options[:MOST_LINES]]
    best = sorted(outcome.standing.value.lines, key=lambda line: -line.votes)[:MOST_LINES]
    return [_drawn(line, words) for line in best]


def drawn_lines(standing: Shown[Standing] | Withheld, words: Words) -> list[Mrkdwn]:
    if isinstance(standing, Withheld):
        return []
    return [_drawn(line, words) for line in standing.value.lines]


def _drawn(line: Line, words: Words) -> Mrkdwn:
    full = round(line.share * BAR)
    bar = "█" * full + "░" * (BAR - full)
    return Mrkdwn("\n".join([f"{escaped(line.option)}\n{bar} {_votes(line, words)}", *_names(line, words)]))


def _names(line: Line, words: Words) -> list[Mrkdwn]:
    """Return who chose an option, where names are shown; many are folded."""
    if not line.names:
        return []
    named = Mrkdwn(", ".join(map(mention, line.names)))
    others = line.votes - len(line.names)
    if not others:
        return [named]
    return [words.count("{names} and {number} other", "{names} and {number} others", others, names=named)]


def in_sections(drawn: list[Mrkdwn], at_once: int = 5) -> list[Block]:
    groups = [drawn[start : start + at_once] for start in range(0, len(drawn), at_once)]
    return [blocks.section(Mrkdwn("\n".join(group))) for group in groups]


def _votes(line: Line, words: Words) -> Mrkdwn:
    votes = words.count("{number} vote", "{number} votes", line.votes)
    return Mrkdwn(f"{votes} · {words.percent(line.share)}")


def turnout(poll: Poll, turnout: Shown[Turnout], words: Words) -> Mrkdwn:
    people = turnout.value.people
    if not turnout.value.is_about:
        return words.count("{number} person has voted", "{number} people have voted", people)
    if people:
        return words("About {people} people have voted", people=words.number(people))
    if not poll.is_open:
        return words("Fewer than {fewest} people have voted", fewest=poll.privacy.fewest)
    return words("Fewer than {fewest} people have voted so far", fewest=poll.privacy.fewest)


def notice(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """What is to be said of numbers that are not shown, or say more than they seem to."""
    poll = outcome.poll
    if isinstance(outcome.standing, Shown):
        is_told = poll.privacy.is_sealed and outcome.standing.value.is_unanimous
        return [words("Everybody who voted chose the same option.")] if is_told else []
    match outcome.standing.why:
        case Why.OPEN:
            return [_when_seen(poll, words)] if not poll.privacy.is_sealed else []
        case Why.COUNTING:
            return [words("Closed; the votes are being mixed and counted.")]
        case Why.TOO_FEW:
            fewest = outcome.standing.fewest
            return [words("Too few people voted to show results (fewer than {fewest}).", fewest=fewest)]
        case Why.OWNERS_ONLY:
            return [words("Results go to {owner}.", owner=mention(poll.owner))]


def _when_seen(poll: Poll, words: Words) -> Mrkdwn:
    if poll.seeing is Seeing.AFTER_VOTE:
        return words("Whoever has voted sees how it stands: press My vote.")
    return words("How it stands is shown when it closes.")
