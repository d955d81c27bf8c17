"""What stands for an option wherever it is shown: its emoji and text, or its date."""

import re
from collections.abc import Sequence

from slack_app.kit import dates
from slack_app.kit.text import Mrkdwn, bold, escaped
from slack_app.kit.words import Words, words
from surveys.options import Option

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
APART, TOGETHER = "\u2068", "\u2069"


def other(language: str) -> Option:
    """Return the option whose voters write something of their own, which comes last."""
    return Option(words(language).plain("Other…"), is_other=True)


def label(option: Option, words: Words) -> Mrkdwn:
    """Return an option for a message: Slack shows a moment to each reader in their own zone."""
    if option.moment is not None and not option.is_day:
        return dates.told(option.moment, words)
    return escaped(apart(plain(option, words)))


def named(options: Sequence[Option], words: Words) -> Mrkdwn:
    """Return options within a sentence: one or more, an other one without its dots."""
    *first, last = [
        bold(label(each, words).removesuffix("…") if each.is_other else label(each, words))
        for each in options
    ]
    return words("{names} and {last}", names=Mrkdwn(", ".join(first)), last=last) if first else last


def apart(text: str) -> str:
    """Return what is written from right to left set apart, or the votes behind it would be read before it."""
    return f"{APART}{text}{TOGETHER}" if RIGHT_TO_LEFT.search(text) else text


def plain(option: Option, words: Words, zone: str | None = None) -> str:
    """Return an option for a place that shows text as it is.

    zone: the reader's, an IANA name; None where everybody is shown the same: an hour is UTC's, and says so.
    """
    if option.moment is None:
        return option.whole
    if option.is_day:
        return words.day(option.moment.date())
    return (
        dates.written(option.moment, zone, words)
        if zone
        else f"{dates.written(option.moment, 'UTC', words)} UTC"
    )
