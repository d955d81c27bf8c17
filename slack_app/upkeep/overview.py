"""What is known of later work: what waits, what failed, and why, as values."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto


class Cause(Enum):
    """What made a job fail."""

    REFUSED = auto()
    """Slack said no for good."""
    SLACK = auto()
    """Slack took no calls, or did not answer, for too long."""
    DATABASE = auto()
    CRASHES = auto()
    BUG = auto()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a job failed. word: Slack's own, or the fault's kind; reference: where the log has more, or ""."""

    cause: Cause
    word: str
    reference: str


OF_DATABASE = ("busy", "connection", "OperationalError", "InterfaceError")


def reason(kept: str) -> Reason:
    """Read a reason as it is kept, such as "chat.postMessage: not_in_channel, reference 1a2b3c4d"."""
    said, _, reference = kept.partition(", reference ")
    method, _, refused = said.partition(": ")
    if refused:
        return Reason(Cause.REFUSED, refused, reference)
    if said == "too many crashes":
        return Reason(Cause.CRASHES, said, reference)
    if any(part in said for part in OF_DATABASE):
        return Reason(Cause.DATABASE, said, reference)
    # Slack's words are of small letters, the names of faults are not.
    is_slacks = re.fullmatch("[a-z0-9_]+", method)
    return Reason(Cause.SLACK if is_slacks else Cause.BUG, said, reference)


@dataclass(frozen=True, slots=True)
class About:
    """What a job was for. title: its survey's or its poll's question, None for a channel's week."""

    owner: str
    channel: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Lot:
    """The waiting jobs of a name: how many, since when the oldest waits, when the first is due."""

    name: str
    jobs: int
    since: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class Failed:
    """A job that was given up. about: None where what it was for is gone."""

    id: str
    name: str
    at: datetime
    reason: Reason
    about: About | None


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits in a workspace, and what failed, newest first; more: how many failed ones are left out."""

    waiting: tuple[Lot, ...]
    failed: tuple[Failed, ...]
    more: int
