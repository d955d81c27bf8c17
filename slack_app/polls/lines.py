"""How a poll stands: a line an option, and how many have voted."""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, date_time, mention
from slack_app.kit.words import Words
from slack_app.polls.labels import apart, label
from surveys.anonymity import Shown, Turnout, Withheld
from surveys.honest import MOST_COUNTED, response_rate
from surveys.polls import Poll
from surveys.standings import Line, Outcome
from surveys.text import length

MOST_LINES = 10
MOST_DRAWN = 9000
"""Characters, in a window or a message of Slack's, beside what else is said there."""
REST = 100
"""Room for the line that counts what is left out."""
FIRST_WRITTEN = 3
BAR = 10


def texts(poll: Poll, words: Words) -> list[Mrkdwn]:
    """All options in the order asked, each with its emoji and nothing else."""
    return [label(poll.options[number], words) for number in poll.shown]


def spoken_lines(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """All options in the order asked, with their votes where those may be seen."""
    if isinstance(outcome.standing, Withheld):
        return texts(outcome.poll, words)
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


def cut_short(lines: Sequence[Mrkdwn], room: int, words: Words) -> list[Mrkdwn]:
    """Return all lines, or the first that fit and how many more there are."""
    fitting = as_many_as_fit(lines, room)
    left = len(lines) - len(fitting)
    return [*fitting, words("and {count} more", count=left)] if left else fitting


def _spoken(line: Line, words: Words) -> Mrkdwn:
    votes = words(
        "{option}: {votes}", option=label(line.option, words), votes=votes_of(line.votes, line.share, words)
    )
    return Mrkdwn(" · ".join([votes, *names_of(line.names, line.votes, words), *_written(line, words)]))


def _most_votes(line: Line) -> int:
    return -line.votes


def best(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """The first of a long poll's options, the ones with the most votes where those may be seen."""
    if isinstance(outcome.standing, Withheld):
        return texts(outcome.poll, words)[:MOST_LINES]
    best = sorted(outcome.standing.value.lines, key=_most_votes)[:MOST_LINES]
    return [_drawn(line, words) for line in best]


def options(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """Each option in the order asked, with its votes where those may be seen."""
    if isinstance(outcome.standing, Withheld):
        return texts(outcome.poll, words)
    return [_drawn(line, words) for line in outcome.standing.value.lines]


def drawn_lines(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """All options with their votes; where there is no room, those with the most and how many more."""
    if isinstance(outcome.standing, Withheld):
        return []
    whole = options(outcome, words)
    if (size := sum(map(length, whole))) <= MOST_DRAWN:
        return [*whole, *all_written(outcome, MOST_DRAWN - size, words)]
    best = [_drawn(line, words) for line in sorted(outcome.standing.value.lines, key=_most_votes)]
    fitting = as_many_as_fit(best, MOST_DRAWN)
    return [*fitting, words("and {count} more, none chosen more often", count=len(best) - len(fitting))]


def _drawn(line: Line, words: Words) -> Mrkdwn:
    counted = f"{bar(line.share)} {votes_of(line.votes, line.share, words)}"
    told = [
        label(line.option, words),
        counted,
        *names_of(line.names, line.votes, words),
        *_written(line, words),
    ]
    return Mrkdwn("\n".join(told))


def bar(share: float) -> str:
    full = round(share * BAR)
    return "█" * full + "░" * (BAR - full)


def names_of(names: Sequence[str], votes: int, words: Words) -> list[Mrkdwn]:
    """Return who gave an option its votes, where names are shown; many are folded."""
    if not names:
        return []
    named = Mrkdwn(", ".join(map(mention, names)))
    others = votes - len(names)
    if not others:
        return [named]
    return [words.count("{names} and {number} other", "{names} and {number} others", others, names=named)]


def _written(line: Line, words: Words) -> list[Mrkdwn]:
    """Return the first texts that voters wrote themselves; all are in the results."""
    if not line.written:
        is_kept_back = line.option.is_other and line.votes
        return [words("What they wrote is not shown: too few wrote something.")] if is_kept_back else []
    first = Mrkdwn(" · ".join(words("“{text}”", text=apart(text)) for text in line.written[:FIRST_WRITTEN]))
    others = len(line.written) - FIRST_WRITTEN
    return [words("{texts} and {count} more", texts=first, count=others) if others > 0 else first]


def all_written(outcome: Outcome, room: int, words: Words) -> list[Mrkdwn]:
    """Return what voters wrote themselves beyond what stands in the lines, as far as there is room."""
    if isinstance(outcome.standing, Withheld):
        return []
    texts = outcome.standing.value.details.written
    if len(texts) <= FIRST_WRITTEN:
        return []
    quoted = [words("“{text}”", text=apart(text)) for text in texts]
    return [words("*Written by voters:*"), *cut_short(quoted, room - REST, words)]


def in_sections(drawn: Sequence[Mrkdwn], at_once: int = 5) -> list[Block]:
    """Put texts below each other, so many a block, or as many as it takes."""
    packed: list[list[Mrkdwn]] = []
    for text in drawn:
        if packed and len(packed[-1]) < at_once and length("\n".join([*packed[-1], text])) <= blocks.SECTION:
            packed[-1].append(text)
        else:
            packed.append([text])
    return [blocks.section(Mrkdwn("\n".join(group))) for group in packed]


def side_by_side(texts: Sequence[Mrkdwn]) -> list[Mrkdwn]:
    """Put texts behind each other, in as many lists as it takes for each to fit into a block."""
    packed: list[list[Mrkdwn]] = []
    for text in texts:
        if packed and length(", ".join([*packed[-1], text])) <= blocks.SECTION - REST:
            packed[-1].append(text)
        else:
            packed.append([text])
    return [Mrkdwn(", ".join(group)) for group in packed]


def votes_of(votes: int, share: float, words: Words) -> Mrkdwn:
    told = words.count("{number} vote", "{number} votes", votes)
    return Mrkdwn(f"{told} · {words.percent(share)}")


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


def until(moment: datetime, words: Words) -> Mrkdwn:
    return words("open until {moment}", moment=date_time(moment, "UTC"))
