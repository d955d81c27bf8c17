"""How many could answer what is anonymous, counted before it is posted: there may be nobody to hide among."""

from collections.abc import Sequence
from typing import Protocol

from slack_app.kit.context import Tools
from storage import Store
from surveys.anonymity import NobodyToHideAmong, Privacy
from surveys.errors import Refused
from surveys.honest import MOST_COUNTED

HELD = "audience"
"""Why something is not posted: too few can answer it."""


class ElsewhereByNow(Refused):
    sentence = "This is to be asked in another channel by now."


class Asked(Protocol):
    """What polls and rounds have in common: somebody asked it, and a message in a channel shows it."""

    @property
    def id(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def workspace(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def message(self) -> str | None: ...
    @property
    def privacy(self) -> Privacy: ...
    @property
    def audience(self) -> int | None: ...


def is_unknown(asked: Asked) -> bool:
    """Tell whether those who can answer are to be counted first; who joins later changes nothing."""
    return asked.privacy.is_sealed and asked.message is None and asked.audience is None


def is_left_uncounted(asked: Asked, *, is_open: bool) -> bool:
    """Tell whether those who could answer are to be counted now that it is closed."""
    return not is_open and not asked.privacy.is_sealed and asked.audience is None


def is_too_small(people: int, privacy: Privacy) -> bool:
    return people < privacy.fewest


def is_nobody_else(people: int) -> bool:
    """Tell whether an answer would be known to be its one author's."""
    return people < 2


def count(asked: Asked, tools: Tools) -> int:
    """Return how many people are in its channel, a thousand at most."""
    people = 0
    for users in tools.slack.channel_members(asked.channel, at_once=999):
        with tools.database.begin() as store:
            people += len(people_among(store, asked.workspace, [user for user in users if user != tools.me]))
        if people >= MOST_COUNTED:
            return MOST_COUNTED
    return people


def people_among(store: Store, workspace: str, users: Sequence[str]) -> list[str]:
    """Return those who can answer; who is not known yet counts as a person until we hear otherwise."""
    known = store.members.find_all(workspace, users)
    silent = {member.id for member in known if member.is_bot or member.has_left}
    return [user for user in users if user not in silent]


def check_may_go_on(asked: Asked, channel: str) -> None:
    """Refuse to ask all the same where one person alone could answer. channel: the one its owner was told."""
    if asked.channel != channel:
        raise ElsewhereByNow
    if asked.audience is not None and is_nobody_else(asked.audience):
        raise NobodyToHideAmong
