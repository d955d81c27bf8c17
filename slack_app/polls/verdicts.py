"""What came of a closed poll: the option that won, those that tie, and what may be chance."""

from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words
from slack_app.polls.labels import named
from surveys.anonymity import Shown
from surveys.polls import Poll
from surveys.standings import Standing

MOST_TIED = 5


def verdict(_poll: Poll, standing: Shown[Standing], words: Words) -> list[Mrkdwn]:
    """Return what came of a closed poll: the option that won, those that tie, and what may be chance."""
    leaders = standing.value.leaders
    if not leaders:
        return []
    if len(leaders) > MOST_TIED:
        return [words("A tie between {count} options.", count=len(leaders))]
    best = named([line.option for line in leaders], words)
    if len(leaders) > 1:
        return [words("A tie between {options}.", options=best)]
    won = words("{option} has the most votes.", option=best)
    return [Mrkdwn(f"{won} {close_call(words)}") if standing.value.is_close else won]


def close_call(words: Words) -> Mrkdwn:
    return words("Too close to call: among so few votes a lead as small as this one may be chance.")
