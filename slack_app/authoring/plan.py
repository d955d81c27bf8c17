"""What an author has chosen so far, as the window itself remembers it from step to step."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

from surveys.errors import Refused

CHANNEL, EACH = "channel", "each"
"""How to ask: by a message in the channel, or by a direct message to each of its members."""
_REMEMBERED = re.compile(
    rf"(\w+)\|([a-z]{{2}})\|(\d{{10}})\|(\w*)\|(?:({CHANNEL}|{EACH})\|)?(.*)", re.DOTALL | re.ASCII
)


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
    way: str = CHANNEL

    def choosing(self, template: str, language: str) -> Self:
        """Return the plan for a survey; another one, or another language, has its own title."""
        template, language = template or self.template, language or self.language
        is_same = (template, language) == (self.template, self.language)
        return replace(self, template=template, language=language, title=self.title if is_same else "")

    def filled(self, title: str, channel: str, closes_at: datetime | None, way: str) -> Self:
        """Return the plan with what is filled in so far."""
        closes_at = closes_at or self.closes_at
        return replace(self, title=title, channel=channel, closes_at=closes_at, way=way or self.way)

    @classmethod
    def read(cls, memory: str) -> Self:
        """Return what a window remembers; refuse one that remembers it in another way than ours."""
        match = _REMEMBERED.fullmatch(memory)
        if match is None:
            raise WindowTooOld
        template, language, closes, channel, way, title = match.groups()
        closes_at = datetime.fromtimestamp(int(closes), UTC)
        return cls(template, language, closes_at, channel, title, way or CHANNEL)

    def __str__(self) -> str:
        closes = int(self.closes_at.timestamp())
        return "|".join((self.template, self.language, str(closes), self.channel, self.way, self.title))
