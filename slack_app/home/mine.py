"""A survey as the Home tab of its owner shows it."""

from dataclasses import dataclass

from surveys.asking import Progress
from surveys.reminding import Reminder
from surveys.survey import Round


@dataclass(frozen=True, slots=True)
class Mine:
    """A survey of one's own. invited: how many people it asks, 0 where that is not known.

    progress: how far its direct messages have come, where it is asked by such.
    reminder: the latest one, None where nobody was reminded.
    """

    asked: Round
    invited: int
    progress: Progress
    reminder: Reminder | None
