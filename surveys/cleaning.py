"""What a person meant by a text from Slack: without its mark-up, with each emoji as itself."""

import re
from collections.abc import Mapping
from functools import cache

from surveys.emoji_tones import EMOJI

_LINK = re.compile(r"<(?:https?|mailto|tel)[^<>|]*(?:\|([^<>]*))?>")
_MENTION = re.compile(r"<[@#!][^<>]*>")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|[\w.+\-]+@[\w\-]+\.\w[\w.\-]*")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_SHORTCODE = re.compile(r":(?=[^:\s]*[a-zA-Z_+\-])[\w+'&.\-]+:")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]|:skin-tone-[2-6]:")
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_STYLE = re.compile(r"(?<![\w*])([*_~])(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_QUOTED = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "\xa0": " ", "\u202f": " "}
)
_BY_EMOJI = re.compile("|".join(map(re.escape, sorted(EMOJI, key=len, reverse=True))))


def clean(text: str) -> str:
    """Return the words and emoji of `text`: a link keeps its label; mentions, code and custom emoji go.

    Every kind of quote is a straight one afterwards.
    """
    return _cleaned(text, _QUOTED)


def legible(text: str) -> str:
    """Return the same for people to read: with the quotes and apostrophes that were written."""
    return _cleaned(text, {})


def _cleaned(text: str, quotes: Mapping[int, str]) -> str:
    text = _CODE.sub(" ", _UNREADABLE.sub(" ", text))
    text = _MENTION.sub(" ", _LINK.sub(lambda link: f" {link[1] or ''} ", text))
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").translate(quotes)
    text = _SKIN.sub("", _ADDRESS.sub(" ", text))
    text = _SHORTCODE.sub(_emoji_of, text)
    text = _STYLE.sub(r"\2", text)
    return " ".join(_BY_EMOJI.sub(r" \g<0> ", text).split())


def _emoji_of(found: re.Match[str]) -> str:
    """Slack keeps 👍 as :+1:. A name that no emoji has is the workspace's own, and says nothing to us."""
    return f" {_shortcodes().get(found[0].lower(), '')} "


@cache
def _shortcodes() -> dict[str, str]:
    import emoji

    return {
        name: sign.replace("\ufe0f", "")
        for sign, data in emoji.EMOJI_DATA.items()
        for name in (data["en"], *data.get("alias", ()))
    }
