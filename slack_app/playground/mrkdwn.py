"""Slack's mrkdwn and Markdown as safe HTML: a text becomes markup only where a rule here says so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import emoji
from babel.dates import format_date, format_time
from markupsafe import Markup, escape

from slack_app.playground.said import said

# Finished pieces of HTML are put aside behind these two private characters while the rest is worked on.
OPEN, SHUT = "\ue000", "\ue001"
SAFE_LINK = re.compile(r"^(https?://|mailto:|tel:)", re.IGNORECASE)
ANGLE = re.compile(r"<([^<>\n]+)>")
FENCE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
STASHED = re.compile(f"{OPEN}(\\d+){SHUT}")
STYLES = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), "s"),
)
BROADCASTS = ("channel", "here", "everyone")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the page: names they know, and the zone, language and moment dates are shown in."""

    id: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    zone: str = "Etc/UTC"
    locale: str = "en-US"
    now: float = 0.0

    def at(self, seconds: float) -> datetime:
        return datetime.fromtimestamp(seconds, ZoneInfo(self.zone))

    def clock(self, seconds: float) -> str:
        return format_time(self.at(seconds), "short", locale=self.language)

    def day(self, seconds: float, style: str = "long") -> str:
        return format_date(self.at(seconds), style, locale=self.language)

    def said(self, text: str) -> str:
        return said(text, self.locale)

    @property
    def language(self) -> str:
        return self.locale.replace("-", "_")


class Pieces:
    """The finished pieces of one text."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def keep(self, html: str) -> str:
        self.kept.append(html)
        return f"{OPEN}{len(self.kept) - 1}{SHUT}"

    def restore(self, html: str) -> Markup:
        while STASHED.search(html):
            html = STASHED.sub(lambda found: self.kept[int(found[1])], html)
        return Markup(html)  # noqa: S704 - every piece was escaped before it was kept


def plain(text: str) -> str:
    """Undo the only three entities Slack knows."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def clean(text: str) -> str:
    return text.replace(OPEN, "").replace(SHUT, "").replace("\r\n", "\n")


def with_emoji(text: str) -> Markup:
    """Plain text, escaped, its short names and emoji in spans of their own."""
    pieces = Pieces()
    return pieces.restore(_emoji(str(escape(clean(text))), pieces).replace("\n", "<br>"))


def _emoji(html: str, pieces: Pieces) -> str:
    def span(sign: str, _facts: dict[str, str]) -> str:
        return pieces.keep(f'<span class="emoji">{sign}</span>')

    return emoji.replace_emoji(emoji.emojize(html, language="alias"), replace=span)


def mrkdwn(text: str, reader: Reader) -> Markup:
    pieces = Pieces()
    text = clean(text)
    text = FENCE.sub(lambda m: pieces.keep(f"<pre>{escape(plain(m[1]))}</pre>"), text)
    text = CODE.sub(lambda m: pieces.keep(f"<code>{escape(plain(m[1]))}</code>"), text)
    text = ANGLE.sub(lambda m: pieces.keep(angle(m[1], reader)), text)
    return pieces.restore(_lines(_inline(plain(text), pieces)))


def _inline(text: str, pieces: Pieces) -> str:
    html = _emoji(str(escape(text)), pieces)
    for pattern, tag in STYLES:
        html = pattern.sub(rf"<{tag}>\1</{tag}>", html)
    return html


def _lines(html: str) -> str:
    """Lines that begin with > become quotes, the others are broken where they were."""
    out: list[str] = []
    quoted: list[str] = []
    for line in [*html.split("\n"), None]:
        if line is not None and line.startswith("&gt;"):
            quoted.append(line.removeprefix("&gt;").lstrip())
            continue
        if quoted:
            out.append(f"<blockquote>{'<br>'.join(quoted)}</blockquote>")
            quoted = []
        if line is not None:
            out.append(line)
    return (
        "<br>".join(out)
        .replace("</blockquote><br>", "</blockquote>")
        .replace("<br><blockquote>", "<blockquote>")
    )


def angle(inside: str, reader: Reader) -> str:
    """What stands between < and >: a mention, a channel, a date or a link."""
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return mention(
            "@" + reader.people.get(target[1:], plain(label) or target[1:]), target[1:] == reader.id
        )
    if target.startswith("#"):
        return mention("#" + reader.channels.get(target[1:], plain(label) or target[1:]))
    if target.startswith("!"):
        return special(target[1:], plain(label), reader)
    return link(plain(target), plain(label))


def special(target: str, label: str, reader: Reader) -> str:
    if target in BROADCASTS:
        return mention("@" + target, True)
    if target.startswith("date^"):
        return date(target, label, reader)
    return mention(label or "@" + target.rpartition("^")[2])


def mention(name: str, for_me: bool = False) -> str:
    return f'<span class="mention{" mine" if for_me else ""}">{escape(name)}</span>'


def link(target: str, label: str = "") -> str:
    if not SAFE_LINK.match(target):
        return str(escape(f"<{target}|{label}>" if label else f"<{target}>"))
    return outside(target, str(with_emoji(label or target)))


def outside(target: str, html: str) -> str:
    return f'<a href="{escape(target)}" target="_blank" rel="noopener noreferrer">{html}</a>'


def date(target: str, fallback: str, reader: Reader) -> str:
    """A <!date^…> in the reader's own zone and language; its fallback when it can't be read."""
    parts = target.split("^")
    if len(parts) < 3 or not re.fullmatch(r"-?\d{1,11}", parts[1]):
        return str(escape(fallback))
    seconds = int(parts[1])
    shown = re.sub(r"\{(\w+)\}", lambda m: _date_part(m[1], seconds, reader) or m[0], parts[2])
    html = f'<time datetime="{reader.at(seconds).isoformat()}">{escape(shown)}</time>'
    if len(parts) > 3 and SAFE_LINK.match(parts[3]):
        return outside(parts[3], html)
    return html


def _date_part(name: str, seconds: int, reader: Reader) -> str | None:
    if name == "time":
        return reader.clock(seconds)
    if name == "time_secs":
        return format_time(reader.at(seconds), "medium", locale=reader.language)
    if name == "date_num":
        return reader.at(seconds).strftime("%Y-%m-%d")
    if name == "ago":
        return _ago(seconds - reader.now)
    styles = {"date": "long", "date_short": "medium", "date_long": "full"}
    base = name.removesuffix("_pretty")
    if base not in styles:
        return None
    return (_near_day(seconds, reader) if name != base else None) or reader.day(seconds, styles[base])


def _near_day(seconds: int, reader: Reader) -> str | None:
    away = (reader.at(seconds).date() - reader.at(reader.now).date()) // timedelta(days=1)
    words = (
        ("hier", "aujourd’hui", "demain")
        if reader.locale.startswith("fr")
        else ("yesterday", "today", "tomorrow")
    )
    return words[away + 1] if -1 <= away <= 1 else None


def _ago(away: float) -> str:
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        count = int(abs(away) // size)
        if count:
            words = f"{count} {word}{'' if count == 1 else 's'}"
            return f"in {words}" if away > 0 else f"{words} ago"
    return "now"


MARKDOWN_STYLES = (
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), "strong"),
    (re.compile(r"~~(?=\S)(.+?)(?<=\S)~~"), "s"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), "em"),
    (re.compile(r"(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)"), "em"),
)
MARKDOWN_LINK = re.compile(r"!?\[([^\]\n]+)\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
ITEM = re.compile(r"^\s*(?:([-*+])|\d+[.)])\s+(.*)$")


def markdown(text: str) -> Markup:
    """The common part of Markdown: headings, lists, quotes, code, links and three styles."""
    pieces = Pieces()
    text = re.sub(
        r"```\w*\n?(.+?)\n?```",
        lambda m: pieces.keep(f"<pre>{escape(m[1])}</pre>"),
        clean(text),
        flags=re.DOTALL,
    )
    text = CODE.sub(lambda m: pieces.keep(f"<code>{escape(m[1])}</code>"), text)
    text = MARKDOWN_LINK.sub(lambda m: pieces.keep(link(m[2], m[1])), text)
    return pieces.restore("".join(_markdown_part(part, pieces) for part in re.split(r"\n{2,}", text.strip())))


def _markdown_part(part: str, pieces: Pieces) -> str:
    html = ""
    lines = part.split("\n")
    while lines:
        heading, item = HEADING.match(lines[0]), ITEM.match(lines[0])
        if heading:
            html += f'<p class="heading">{_markdown_inline(heading[2], pieces)}</p>'
            lines.pop(0)
        elif item:
            html += _list(lines, "ul" if item[1] else "ol", pieces)
        else:
            html += _paragraph(lines, pieces)
    return html


def _list(lines: list[str], tag: str, pieces: Pieces) -> str:
    items = ""
    while lines and (item := ITEM.match(lines[0])):
        items += f"<li>{_markdown_inline(item[2], pieces)}</li>"
        lines.pop(0)
    return f"<{tag}>{items}</{tag}>"


def _paragraph(lines: list[str], pieces: Pieces) -> str:
    taken: list[str] = []
    quote = lines[0].startswith(">")
    while (
        lines
        and lines[0].startswith(">") == quote
        and not HEADING.match(lines[0])
        and not ITEM.match(lines[0])
    ):
        taken.append(_markdown_inline(lines.pop(0).removeprefix(">").strip(), pieces))
    return f"<{'blockquote' if quote else 'p'}>{'<br>'.join(taken)}</{'blockquote' if quote else 'p'}>"


def _markdown_inline(text: str, pieces: Pieces) -> str:
    html = _emoji(str(escape(text)), pieces)
    for pattern, tag in MARKDOWN_STYLES:
        html = pattern.sub(rf"<{tag}>\1</{tag}>", html)
    return html
