"""Drawings: rows that a message in Slack shows, and who brings the message up to date."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class Claim(Generic[Asked]):
    """What one worker may draw now: the revision it will show, and Slack's way to answer if any."""

    asked: Asked
    revision: int
    reply_url: str | None
