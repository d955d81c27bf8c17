"""What an author has chosen so far, as the window itself remembers it from step to step."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

from surveys.errors import Refused

_REMEMBERED = re.compile(r"(\w+)\|([a-z]{2})\|(\d{10})\|(\w*)\|(.*)", re.DOTALL | re.ASCII)


class WindowTooOld(Refused):
    sentence = "This window is from an earlier version of Palabre. Close it and begin again with /survey."


@dataclass(frozen=True, slots=True)
class Plan:
    """A survey to be launched. title, channel: "" where the usual ones are to be offered."""

    template: str
    language: str
    closes_at: datetime
    channel: str = ""
    title: str = ""

    def choosing(self, template: str, language: str) -> Self:
        """Return the plan for a survey; another one, or another language, has its own title."""
        template, language = template or self.template, language or self.language
        is_same = (template, language) == (self.template, self.language)
        return replace(self, template=template, language=language, title=self.title if is_same else "")

    def filled(self, title: str, channel: str, closes_at: datetime | None) -> Self:
        """Return the plan with what is filled in so far."""
        return replace(self, title=title, channel=channel, closes_at=closes_at or self.closes_at)

    @classmethod
    def read(cls, memory: str) -> Self:
        """Return what a window remembers; refuse one that remembers it in another way than ours."""
        match = _REMEMBERED.fullmatch(memory)
        if match is None:
            raise WindowTooOld
        template, language, closes, channel, title = match.groups()
        return cls(template, language, datetime.fromtimestamp(int(closes), UTC), channel, title)

    def __str__(self) -> str:
        closes = int(self.closes_at.timestamp())
        return "|".join((self.template, self.language, str(closes), self.channel, self.title))
