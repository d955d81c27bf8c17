"""What a listener works with: the database, Slack, the clock, the reader's words, and what may wait."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from uuid import uuid4

from slack_app.kit.blocks import Note
from slack_app.kit.incoming import Who
from slack_app.kit.slack import Slack, SlackSaidNo, reply
from slack_app.kit.words import Words, language_of, words
from storage import Busy, Database, Store
from surveys.people import Member

log = logging.getLogger("palabre")


@dataclass(frozen=True, slots=True)
class Tools:
    """The parts, put together once at start. redraw_due wakes the worker of this process.

    rest: waits within a job, and leaves the job when the process stops: a long one rests between its parts.
    me: the app's own user in the workspace.
    """

    database: Database
    slack: Slack
    now: Callable[[], datetime]
    workspace: str
    redraw_due: Event
    later: "Afterwards" = field(repr=False)
    languages_heard: dict[str, str] = field(default_factory=dict, repr=False)
    rest: Callable[[float], None] = time.sleep
    me: str = ""

    def words_for(self, who: Who) -> Words:
        with self.database.begin() as store:
            return self._heard(who, words_of(store, who.workspace, who.user))

    def met(self, who: Who) -> tuple[Member, Words]:
        """Return the member and their words, read together; see `known` for one not yet known."""
        with self.database.begin() as store:
            member = store.members.find(who.workspace, who.user) if who.team == who.workspace else None
            found = words_of(store, who.workspace, who.user)
        if member is None and who.team == who.workspace:
            return self.known(who), self.words_for(who)
        return member or _outsider(who), self._heard(who, found)

    def _heard(self, who: Who, found: Words) -> Words:
        self.languages_heard[who.voter] = found.language
        return found

    def words_last_used(self, who: Who) -> Words:
        """Return the person's words without the database, for when that is what is wrong."""
        return words(self.languages_heard.get(who.voter, "en"))

    def whisper(self, user: str, reply_url: str | None, note: Note) -> None:
        """Tell one person where they acted, or by direct message where that way is closed."""
        if reply_url is not None:
            try:
                reply(reply_url, note)
            except SlackSaidNo as fault:
                log.info("the way back is closed: %s", fault)
            else:
                return
        self.slack.post(user, note)

    def known(self, who: Who) -> Member:
        """Return the member, asking Slack within a second for one not yet known.

        Where Slack does not answer in time, a member without rights comes back: nobody waits for it.
        So does one for a person of another organisation, who may carry an id or a title known here.
        """
        if who.team != who.workspace:
            return _outsider(who)
        with self.database.begin() as store:
            member = store.members.find(who.workspace, who.user)
        if member is not None:
            return member
        try:
            member = self.slack.member(who.user)
        except SlackSaidNo as fault:
            log.warning("member not read: %s", fault)
            return Member(who.user, who.user)
        with self.database.begin() as store:
            store.members.keep(who.workspace, [member])
        return member


def _outsider(who: Who) -> Member:
    """A person of another organisation: nothing known here is theirs, whatever id they carry."""
    return Member(who.voter, who.user)


def words_of(store: Store, workspace: str, user: str) -> Words:
    """Return the words of a member's language; the workspace's where theirs is unknown."""
    member = store.members.find(workspace, user)
    home = store.workspaces.find(workspace)
    return words(language_of(member.locale if member else None, home[0] if home else "en"))


def new_id() -> str:
    return uuid4().hex


class Afterwards:
    """What follows the answer to Slack and may be lost with the process: a private note, a fresh Home."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="afterwards")
        self._under_way: set[Future[None]] = set()

    def do(self, work: Callable[[], None]) -> None:
        under_way = self._threads.submit(self._watched, work)
        self._under_way.add(under_way)
        under_way.add_done_callback(self._under_way.discard)

    def wait(self) -> None:
        """Return when all that was asked for so far is done."""
        wait(set(self._under_way))

    def close(self) -> None:
        self._threads.shutdown(wait=True)

    @staticmethod
    def _watched(work: Callable[[], None]) -> None:
        try:
            work()
        except SlackSaidNo as fault:
            log.warning("not delivered: %s", fault)
        except Busy:
            log.warning("not delivered: the database is busy")
        except Exception:
            log.exception("bug after the answer")
