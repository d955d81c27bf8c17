"""User text on its way to Slack and back: escaped once, cut safely, unescaped where Slack escaped it."""

import re
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from surveys.text import length


class Mrkdwn(str):
    """Text that is safe to send as mrkdwn: what people typed in it is already escaped."""

    __slots__ = ()

    def filled(self, **values: object) -> Self:
        """Return this template with `values` in it, each escaped unless it is Mrkdwn itself."""
        safe = {name: escaped(value) for name, value in values.items()}
        return type(self)(self.format(**safe))


def escaped(value: object) -> Mrkdwn:
    """Return `value` as Mrkdwn; the three characters are all that Slack asks to escape."""
    if isinstance(value, Mrkdwn):
        return value
    return Mrkdwn(str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def unescaped(text: str) -> str:
    """Return what the person typed; Slack escapes the text of commands and events."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


_SLACK_MARK = re.compile(r"<(?P<sign>[@#!]?)(?P<id>[^<>|\s][^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_SIGNS = {"!": "@", "": ""}


def as_typed(text: str) -> str:
    """Return what the person typed, where Slack made marks of it: <@U1|ben> was @ben, <https://a.b|a.b> a.b.

    What people type in angle brackets themselves comes escaped, so it is no such mark.
    """
    return unescaped(_SLACK_MARK.sub(_typed, text))


def _typed(mark: re.Match[str]) -> str:
    sign = _SIGNS.get(mark["sign"], mark["sign"])
    label = mark["label"] or mark["id"]
    is_written_out = mark["sign"] == "!" and "^" in mark["id"]
    return label if is_written_out or label.startswith("@") else sign + label


def cut(text: str, most: int) -> str:
    """Return `text` in at most `most` characters, an ellipsis at the end where some were left out.

    To be used before escaping: an entity cut in half would show.
    """
    if length(text) <= most:
        return text
    kept = text[: most - 1]
    while length(kept) > most - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def mention(user: str) -> Mrkdwn:
    return Mrkdwn(f"<@{user}>")


def channel_link(channel: str) -> Mrkdwn:
    return Mrkdwn(f"<#{channel}>")


def date_time(moment: datetime, zone_fallback: str) -> Mrkdwn:
    """Return a moment that Slack shows in the reader's own zone, or in `zone_fallback` where it can't."""
    local = moment.astimezone(ZoneInfo(zone_fallback))
    shown = "{date_short_pretty} {time}"
    return Mrkdwn(f"<!date^{int(moment.timestamp())}^{shown}|{local:%Y-%m-%d %H:%M} {local.tzname()}>")


def bold(value: object) -> Mrkdwn:
    """Return `value` in bold. Its own asterisks would end the bold, so look-alikes stand in for them."""
    return Mrkdwn(f"*{escaped(value).replace('*', '∗')}*")
