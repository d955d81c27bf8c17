"""Asking each person by a message of their own: how far it has come, and why some could not be asked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class Progress:
    """How many are to be asked, were, could not be (by Slack's word for why) and are left."""

    asked: int
    sent: int
    failed: Mapping[str, int] = field(default_factory=dict)
    left: int = 0


class Why(Enum):
    """Why somebody could not be asked. OTHER: for a reason that only Slack's own word tells."""

    LEFT = "left"
    BOT = "bot"
    TAB_OFF = "tab off"
    NO_ANSWER = "no answer"
    OTHER = "other"


LEFT, NO_ANSWER = "has_left", "no_answer"
"""Words of ours, beside Slack's: nothing was sent to who is known to have left, or Slack never answered."""
_KINDS = {
    LEFT: Why.LEFT,
    "user_not_found": Why.LEFT,
    "user_disabled": Why.LEFT,
    "channel_not_found": Why.LEFT,  # said of a person who is not in the workspace any more
    "cannot_dm_bot": Why.BOT,
    "is_bot": Why.BOT,
    "messages_tab_disabled": Why.TAB_OFF,
    NO_ANSWER: Why.NO_ANSWER,
}


def why_not(failed: Mapping[str, int]) -> dict[tuple[Why, str], int]:
    """Return how many could not be asked for each kind of reason, the commonest first.

    The second part of a key is Slack's own word where the kind is OTHER, "" elsewhere.
    """
    counted: Counter[tuple[Why, str]] = Counter()
    for reason, people in failed.items():
        kind = _KINDS.get(reason, Why.OTHER)
        counted[kind, reason if kind is Why.OTHER else ""] += people
    return dict(counted.most_common())
