"""What a command asks for, its moments and dates read in the zone and language of whoever wrote them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time

from slack_app.kit.dates import written
from slack_app.kit.text import Mrkdwn, escaped
from slack_app.kit.words import Words
from slack_app.polls import labels
from surveys import dates, moments, polls
from surveys.anonymity import USUALLY_SEALED, Level
from surveys.grammar import Ask
from surveys.moments import Ahead, At, When
from surveys.options import Options
from surveys.polls import Draft, Terms
from surveys.seeing import PollKind
from surveys.wishes import Wishes

MORNING = time(9)
"""When a poll is posted on a day that was named without a time."""


def has_moments(wanted: Ask) -> bool:
    """Whether what is asked for depends on the zone of whoever asks."""
    wishes = wanted.wishes
    return bool(wishes.closes or wishes.posts) or wishes.kind is PollKind.DATES


def draft(wanted: Ask, zone: str, language: str, now: datetime) -> Draft:
    """Return the poll, checked. zone, language: of whoever wrote the command."""
    asked = terms(wanted.wishes, zone, language, now)
    offered = _offered(wanted, zone, language, now)
    return polls.draft(wanted.question, offered, wanted.language or language, asked)


def _offered(wanted: Ask, zone: str, language: str, now: datetime) -> Options:
    if wanted.wishes.kind is PollKind.DATES:
        return dates.read(wanted.options, now, zone, language)
    other = (labels.other(wanted.language or language),) if wanted.wishes.has_other else ()
    return (*wanted.offered, *other)


def terms(wishes: Wishes, zone: str, language: str, now: datetime) -> Terms:
    """Return how votes are to be kept; nothing said is as usual."""
    posts_at = moments.closing(_with_time(wishes.posts), now, zone, language) if wishes.posts else None
    closes_at = _closing(wishes.closes, posts_at or now, now, zone, language) if wishes.closes else None
    if posts_at and wishes.level is Level.ANONYMOUS:
        closes_at = closes_at or posts_at + USUALLY_SEALED
    return polls.wished(wishes, closes_at, posts_at)


def _with_time(posts: When) -> When:
    return replace(posts, at=MORNING) if isinstance(posts, At) and posts.at is None else posts


def _closing(closes: When, posts_at: datetime, now: datetime, zone: str, language: str) -> datetime:
    """Return when it closes; counted from when it is posted, but tomorrow is the day after today."""
    if isinstance(closes, At) and isinstance(closes.day, Ahead):
        found = moments.closing(closes, now, zone, language)
        if found > posts_at:
            return found
    return moments.closing(closes, posts_at, zone, language)


def read_back(draft: Draft, zone: str, words: Words) -> Mrkdwn:
    """Return what was understood of a command, to be looked at before the poll is posted."""
    told = [*told_dates(draft, zone, words), *told_moments(draft.terms, zone, words)]
    if not told:
        return words("Some words could be a wish or part of the question. Is this what you mean?")
    return Mrkdwn("\n".join(told))


def told_dates(draft: Draft, zone: str, words: Words) -> Iterator[Mrkdwn]:
    """Yield the dates of a poll that looks for one, as they are understood in a zone."""
    if draft.terms.kind is PollKind.DATES:
        yield words("These dates, by the clock of {zone}; each reader sees them by their own:", zone=zone)
        yield from (escaped(f"• {labels.plain(option, words, zone)}") for option in draft.options)


def told_moments(terms: Terms, zone: str, words: Words) -> Iterator[Mrkdwn]:
    """Yield when the poll is posted and closed, where that was said."""
    posts = written(terms.posts_at, zone, words) if terms.posts_at else ""
    closes = written(terms.closes_at, zone, words) if terms.closes_at else ""
    if posts and closes:
        yield words(
            "To be posted {posts} ({zone}), and open until {closes}. Is this right?",
            posts=posts,
            zone=zone,
            closes=closes,
        )
    elif posts:
        yield words(
            "To be posted {posts} ({zone}), and open until you close it. Is this right?",
            posts=posts,
            zone=zone,
        )
    elif closes:
        yield words("Closes {moment} ({zone}). Post it?", moment=closes, zone=zone)
