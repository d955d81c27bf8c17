"""How a poll stands, a line an option, and what is said where that may not be seen."""

from collections.abc import Sequence
from itertools import accumulate

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, bold, escaped, mention
from slack_app.kit.words import Words
from surveys.anonymity import Shown, Turnout, Why, Withheld
from surveys.honest import MOST_COUNTED, response_rate
from surveys.polls import Poll
from surveys.seeing import Seeing
from surveys.standings import Line, Outcome, Standing
from surveys.text import length

MOST_LINES = 10
MOST_TIED = 5
MOST_DRAWN = 9000
"""Characters, in a window or a message of Slack's, beside what else is said there."""
BAR = 10


def _texts(poll: Poll) -> list[Mrkdwn]:
    return [escaped(poll.options[number].text) for number in poll.shown]


def spoken_lines(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """All options in the order asked, with their votes where those may be seen."""
    if isinstance(outcome.standing, Withheld):
        return _texts(outcome.poll)
    return [_spoken(line, words) for line in outcome.standing.value.lines]


def spoken_best(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """All options, the ones with the most votes first where those may be seen."""
    if isinstance(outcome.standing, Withheld):
        return spoken_lines(outcome, words)
    return [_spoken(line, words) for line in sorted(outcome.standing.value.lines, key=_most_votes)]


def as_many_as_fit(lines: Sequence[Mrkdwn], room: int) -> list[Mrkdwn]:
    """Return the first lines that together, each on its own, have at most so many characters."""
    sizes = accumulate(length(line) + 1 for line in lines)
    return [line for line, size in zip(lines, sizes, strict=True) if size <= room]


def _spoken(line: Line, words: Words) -> Mrkdwn:
    votes = words("{option}: {votes}", option=line.option.text, votes=_votes(line, words))
    return Mrkdwn(" · ".join([votes, *_names(line, words)]))


def _most_votes(line: Line) -> int:
    return -line.votes


def best(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """The first of a long poll's options, the ones with the most votes where those may be seen."""
    if isinstance(outcome.standing, Withheld):
        return _texts(outcome.poll)[:MOST_LINES]
    best = sorted(outcome.standing.value.lines, key=_most_votes)[:MOST_LINES]
    return [_drawn(line, words) for line in best]


def options(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """Each option in the order asked, with its votes where those may be seen."""
    if isinstance(outcome.standing, Withheld):
        return _texts(outcome.poll)
    return [_drawn(line, words) for line in outcome.standing.value.lines]


def drawn_lines(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """All options with their votes; where there is no room, those with the most and how many more."""
    if isinstance(outcome.standing, Withheld):
        return []
    whole = options(outcome, words)
    if sum(map(length, whole)) <= MOST_DRAWN:
        return whole
    best = [_drawn(line, words) for line in sorted(outcome.standing.value.lines, key=_most_votes)]
    fitting = as_many_as_fit(best, MOST_DRAWN)
    return [*fitting, words("and {count} more, each chosen less often", count=len(best) - len(fitting))]


def _drawn(line: Line, words: Words) -> Mrkdwn:
    full = round(line.share * BAR)
    bar = "█" * full + "░" * (BAR - full)
    return Mrkdwn(
        "\n".join([f"{escaped(line.option.text)}\n{bar} {_votes(line, words)}", *_names(line, words)])
    )


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
        voted = words.count("{number} person has voted", "{number} people have voted", people)
        return voted if poll.is_open else _of_all(voted, people, poll.audience, words)
    if people:
        return words("About {people} people have voted", people=words.number(people))
    if not poll.is_open:
        return words("Fewer than {fewest} people have voted", fewest=poll.privacy.fewest)
    return words("Fewer than {fewest} people have voted so far", fewest=poll.privacy.fewest)


def _of_all(voted: Mrkdwn, people: int, audience: int | None, words: Words) -> Mrkdwn:
    """Return how many voted, and of how many where that is known."""
    rate = response_rate(people, audience or 0)
    if rate is None or audience == MOST_COUNTED:
        return voted
    return words("{voted}, of {all} who could ({rate})", voted=voted, all=audience, rate=words.percent(rate))


def notice(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """What is to be said of numbers that are not shown, or say more than they seem to."""
    poll = outcome.poll
    if isinstance(outcome.standing, Shown):
        is_told = poll.privacy.is_sealed and outcome.standing.value.is_unanimous
        same = [words("Everybody who voted chose the same option.")] if is_told else []
        return [*same, *([] if poll.is_open else _verdict(outcome.standing, words))]
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
        return words("Once you have voted, you see how it stands.")
    return words("How it stands is shown when it closes.")


def _verdict(standing: Shown[Standing], words: Words) -> list[Mrkdwn]:
    """Return what came of a closed poll: the option that won, those that tie, and what may be chance."""
    leaders = standing.value.leaders
    if not leaders:
        return []
    if len(leaders) > MOST_TIED:
        return [words("A tie between {count} options.", count=len(leaders))]
    named = Mrkdwn(", ".join(bold(line.option.text) for line in leaders))
    if len(leaders) > 1:
        return [words("A tie between {options}.", options=named)]
    won = words("{option} has the most votes.", option=named)
    return [Mrkdwn(f"{won} {_close_call(words)}") if standing.value.is_close else won]


def _close_call(words: Words) -> Mrkdwn:
    return words("Too close to call: among so few votes a lead as small as this one may be chance.")
