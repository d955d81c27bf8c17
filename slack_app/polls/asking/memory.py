"""What a form of a poll brings back: the message it answers, the draft it takes over, what it suggested."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Memory:
    """channel, thread: of the message below which the poll can be posted; held: an unposted poll's id.

    suggested: the closing moment that nobody chose, in seconds.
    """

    channel: str = ""
    thread: str = ""
    held: str = ""
    suggested: str = ""

    def __str__(self) -> str:
        return "|".join((self.channel, self.thread, self.held, self.suggested)).rstrip("|")

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what such a text says; one of another kind says nothing."""
        parts = text.split("|")
        return cls(*parts) if len(parts) <= len(cls.__slots__) else cls()


NOTHING = Memory()
