"""A poll that looks for a date: what came of it, and by whose clock its hours are shown."""

from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words
from slack_app.polls import labels, verdicts
from surveys.anonymity import Shown
from surveys.polls import Poll
from surveys.standings import Standing


def verdict(_poll: Poll, standing: Shown[Standing], words: Words) -> list[Mrkdwn]:
    """Return which date most people can, or which ones as many can."""
    leaders, voters = standing.value.leaders, standing.value.voters
    if not leaders:
        return []
    votes = leaders[0].votes
    if len(leaders) > verdicts.MOST_TIED:
        told = words(
            "{count} dates suit as many: {votes} of {voters}.", count=len(leaders), votes=votes, voters=voters
        )
        return [told]
    best = Mrkdwn(" · ".join(labels.named([line.option], words) for line in leaders))
    if len(leaders) > 1:
        return [
            words(
                "These dates suit as many, {votes} of {voters}: {dates}",
                dates=best,
                votes=votes,
                voters=voters,
            )
        ]
    return [words("{date} suits the most: {votes} of {voters}.", date=best, votes=votes, voters=voters)]


def has_hours(poll: Poll) -> bool:
    """Say whether some of its dates begin at an hour, which is another one in another zone."""
    return any(option.moment is not None and not option.is_day for option in poll.options)


def whose_clock(poll: Poll, zone: str, words: Words) -> str:
    """Return what is said beside hours in a window, or "". zone: its reader's."""
    return words.plain("Hours are by your clock ({zone}).", zone=zone) if has_hours(poll) else ""
