"""What kind of poll it is, and who sees how it stands while it is open."""

from enum import StrEnum


class PollKind(StrEnum):
    """What voters do with the options."""

    CHOICE = "choice"
    RANKING = "ranking"
    RATING = "rating"
    DATES = "dates"
    QUIZ = "quiz"


class Seeing(StrEnum):
    """From when on a poll's standing is seen, and by whom."""

    LIVE = "live"
    AFTER_VOTE = "after_vote"
    """By each voter, once they have voted."""
    AFTER_CLOSE = "after_close"
    OWNERS = "owners"
