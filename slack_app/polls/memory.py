"""What a form of a poll is opened with, in ids only: the message it answers, and the draft it takes over."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Memory:
    """channel, thread: of the message below which the poll can be posted; held: an unposted poll's id."""

    channel: str = ""
    thread: str = ""
    held: str = ""

    def __str__(self) -> str:
        return "|".join((self.channel, self.thread, self.held)).rstrip("|")

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what such a text says; one of another kind says nothing."""
        parts = text.split("|")
        return cls(*parts) if len(parts) <= len(cls.__slots__) else cls()


NOTHING = Memory()
