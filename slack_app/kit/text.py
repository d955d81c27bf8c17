"""User text on its way to Slack and back: escaped once, cut safely, unescaped where Slack escaped it."""

import re
from collections.abc import Mapping
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


_USER = re.compile(r"<@(?P<id>[^<>|\s]+)>")
_STYLED = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)([^\n]+?)(?<=\S)\1(?![\w*_~`])")
_FENCE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_QUOTED_LINE = re.compile(r"^(?:&gt;)+ ?", re.MULTILINE)


def mentioned(text: str) -> list[str]:
    """Return the ids of those whom a message mentions without saying their names."""
    return _USER.findall(text)


def named(text: str, names: Mapping[str, str]) -> str:
    """Return a message's text with each mention saying its person's name, as far as names has it."""
    return _USER.sub(lambda mark: f"<@{mark['id']}|{names.get(mark['id'], mark['id'])}>", text)


def plain(text: str) -> str:
    """Return what a message's text says, without marks for bold, code, quotes and the like."""
    words = _QUOTED_LINE.sub("", _FENCE.sub(r"\1", text))
    for _ in range(_NESTED):
        words = _STYLED.sub(r"\2", words)
    return as_typed(words)


_NESTED = 3
"""So deep may one style stand in another."""


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
