"""Reports: one round's results, or a week's digest of a channel's surveys."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Order:
    """A report that somebody or something asked for, to be posted once.

    round_id: of a report on one round; schedule_id, since: of a week's digest of the channel, None otherwise.
    owner: who is told when it cannot be posted; is_late: a missed run that is made up for.
    """

    id: str
    workspace: str
    channel: str
    owner: str
    language: str
    asked_at: datetime
    round_id: str | None = None
    schedule_id: str | None = None
    since: datetime | None = None
    is_late: bool = False
    message: str | None = None
    trouble: str | None = None
