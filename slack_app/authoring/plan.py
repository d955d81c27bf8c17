"""What an author has chosen so far, as the window itself remembers it from step to step."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

from surveys.anonymity import NAMED, Level, Privacy, ResultsTo
from surveys.errors import Refused

CHANNEL, EACH = "channel", "each"
"""How to ask: by a message in the channel, or by a direct message to each of its members."""
_REMEMBERED = re.compile(
    rf"(\w+)\|([a-z]{{2}})\|(\d{{10}})\|(\w*)\|(?:({CHANNEL}|{EACH})\|)?"
    rf"(?:({Level.NAMED}|{Level.ANONYMOUS})\|({ResultsTo.ALL}|{ResultsTo.OWNERS})\|(\w*)\|)?(.*)",
    re.DOTALL | re.ASCII,
)
"""Windows of earlier versions say less; the title is last, since anything may stand in it."""


class WindowTooOld(Refused):
    sentence = "This window is from an earlier version of Palabre. Close it and begin again with /survey."


@dataclass(frozen=True, slots=True)
class Plan:
    """A survey to be launched. title, channel: "" where the usual ones are to be offered.

    compare_by: the id of a question of its own, "" for none.
    """

    template: str
    language: str
    closes_at: datetime
    channel: str = ""
    title: str = ""
    way: str = CHANNEL
    level: Level = Level.NAMED
    results_to: ResultsTo = ResultsTo.ALL
    compare_by: str = ""

    def choosing(self, template: str, language: str) -> Self:
        """Return the plan for a survey; another one, or another language, has its own title."""
        template, language = template or self.template, language or self.language
        is_same = (template, language) == (self.template, self.language)
        return replace(
            self,
            template=template,
            language=language,
            title=self.title if is_same else "",
            compare_by=self.compare_by if template == self.template else "",
        )

    def privacy(self, fewest: int) -> Privacy:
        """Return what would be promised; fewest: the smallest group whose results are shown here."""
        if self.level is Level.NAMED:
            return NAMED
        return Privacy(self.level, fewest, self.results_to)

    @classmethod
    def read(cls, memory: str) -> Self:
        """Return what a window remembers; refuse one that remembers it in another way than ours."""
        match = _REMEMBERED.fullmatch(memory)
        if match is None:
            raise WindowTooOld
        template, language, closes, channel, way, level, results_to, compare_by, title = match.groups()
        return cls(
            template,
            language,
            datetime.fromtimestamp(int(closes), UTC),
            channel,
            title,
            way or CHANNEL,
            Level(level or Level.NAMED),
            ResultsTo(results_to or ResultsTo.ALL),
            compare_by or "",
        )

    def __str__(self) -> str:
        closes = str(int(self.closes_at.timestamp()))
        said = (self.template, self.language, closes, self.channel, self.way)
        return "|".join((*said, self.level, self.results_to, self.compare_by, self.title))
