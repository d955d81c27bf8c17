"""Polls: who asked what, who voted how, and which messages no longer show it."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, select, true, tuple_, update

from storage import poll_rows, statements
from storage.drawings import Claim, Drawings
from storage.sealed import Mixed
from storage.tables import poll_options, polls
from storage.upsert import insert
from surveys.options import Adding, Option, OptionState
from surveys.polls import Ballot, Chosen, Poll
from surveys.questions import Answer

_KEY = (polls.c.workspace_id, polls.c.poll_id)


class Polls(Drawings[Poll]):
    """The polls of all workspaces."""

    _table, _name = polls, polls.c.poll_id

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._locked: set[tuple[str, str]] = set()

    def create(self, poll: Poll, origin: str, reply_url: str | None) -> bool:
        """Keep a new poll; False when `origin` has asked one already, as Slack's retries do."""
        values = poll_rows.columns(poll) | {"origin": origin, "reply_url": reply_url}
        put = (
            insert(self._connection, polls)
            .values(values)
            .on_conflict_do_nothing(index_elements=[polls.c.workspace_id, polls.c.origin])
            .returning(polls.c.poll_id)
        )
        if self._connection.execute(put).first() is None:
            return False
        options = [
            poll_rows.option_columns(poll, number, option) for number, option in enumerate(poll.options)
        ]
        self._connection.execute(poll_options.insert(), options)
        return True

    def add_option(self, poll: Poll, option: Option) -> None:
        """Put one more option behind those of a poll, which is locked; its message is stale."""
        number = len(poll.options)
        kept = {"workspace_id": poll.workspace, **poll_rows.option_columns(poll, number, option)}
        self._connection.execute(poll_options.insert(), kept)
        self._stale(poll.workspace, poll.id)

    def set_option(self, workspace: str, poll_id: str, number: int, state: OptionState) -> None:
        """Let an option in, or take it away with its votes; the poll is locked, its message is stale.

        Votes in boxes stay there: they are left out when those are counted.
        """
        key = {"workspace": workspace, "poll": poll_id, "its_number": number}
        self._connection.execute(statements.SET_OPTION, key | {"its_state": state})
        poll = self.find(workspace, poll_id)
        if poll is None or poll.privacy.is_sealed or state is not OptionState.GONE:
            self._stale(workspace, poll_id)
            return
        for statement in (
            statements.CLOSE_UP,
            statements.TAKE_ALL_VOTES,
            statements.UNCOUNT_OPTION,
            statements.COUNT_VOTERS_AGAIN,
        ):
            self._connection.execute(statement, key)

    def drop_pictures(self, workspace: str, poll_id: str) -> None:
        """Forget the pictures of a poll's options."""
        its = (poll_options.c.workspace_id == workspace, poll_options.c.poll_id == poll_id)
        self._connection.execute(update(poll_options).where(*its).values(picture="", alt=""))

    def post_now(self, workspace: str, poll_id: str) -> bool:
        """Have a poll posted before its moment; False where it does not wait for that any more."""
        is_free = polls.c.not_before.is_(None) | (polls.c.not_before == polls.c.posts_at)
        waits = (polls.c.message.is_(None), polls.c.posts_at.is_not(None), is_free)
        now = {"not_before": None, "posts_at": None, "trouble": None, "revision": polls.c.revision + 1}
        its = update(polls).where(self._is(workspace, poll_id), *waits)
        return self._connection.execute(its.values(now)).rowcount == 1

    def find(self, workspace: str, poll_id: str) -> Poll | None:
        return self._one(statements.FIND, workspace, poll_id)

    def lock(self, workspace: str, poll_id: str) -> Poll | None:
        """Find a poll that nobody else changes until the transaction ends."""
        found = self._one(statements.LOCK, workspace, poll_id)
        self._locked.add((workspace, poll_id))
        if found is not None and found.adding is not Adding.NO:
            # The statement that waited for the lock read the options as of before the wait.
            return self.find(workspace, poll_id)
        return found

    def ballot(self, workspace: str, poll_id: str, voter: str) -> Ballot:
        """Return what the voter has chosen, empty before the first click; the poll is locked."""
        if (workspace, poll_id) not in self._locked:
            # A statement of its own: one that waits for the lock reads other tables as of before the wait.
            self.lock(workspace, poll_id)
        key = {"workspace": workspace, "poll": poll_id, "voter": voter}
        rows = self._connection.execute(statements.BALLOT, key).all()
        if not rows:
            return Ballot()
        chosen = tuple(row.number for row in rows if row.number is not None)
        first = rows[0]
        return Ballot(chosen, first.clicked_at, first.click_id, first.clicked, first.written)

    def cast(self, workspace: str, poll_id: str, voter: str, before: Ballot, after: Ballot) -> None:
        """Replace a voter's ballot and change the tallies by the difference.

        before: what `ballot` returned in this transaction.
        """
        key = {"workspace": workspace, "poll": poll_id, "voter": voter}
        click = {
            "clicked_at": after.clicked_at,
            "click_id": after.click_id,
            "clicked": after.clicked,
            "its_text": after.written,
        }
        self._connection.execute(statements.KEEP_BALLOT[self._connection.dialect.name], key | click)
        if (before.chosen, before.written) == (after.chosen, after.written):
            return
        self._move_votes(key, before.chosen, after.chosen)
        more = bool(after.chosen) - bool(before.chosen)
        self._connection.execute(
            statements.COUNT_VOTER, {"workspace": workspace, "poll": poll_id, "more": more}
        )

    # --- sealed polls ---

    def count_voter(self, workspace: str, poll_id: str, more: int, is_new_look: bool) -> None:
        """Count somebody in or out of an open sealed poll; its message is stale where it shows that."""
        change = {"more": more, "redraws": int(is_new_look)}
        self._connection.execute(
            statements.COUNT_SEALED_VOTER, {"workspace": workspace, "poll": poll_id} | change
        )

    def put_ballots(self, workspace: str, poll_id: str, batch: Sequence[Mixed]) -> None:
        """Put mixed ballots into a closed poll, with their votes; a poll that is gone takes none.

        Votes for options that were taken away are left out, and ballots that held no other.
        """
        poll = self.lock(workspace, poll_id)
        if poll is None:
            return
        key = {"workspace": workspace, "poll": poll_id}
        left = [(each, _left(each, poll)) for each in batch]
        cast = [(each.id, given) for each, its_left in left for given in its_left]
        voters = [
            {**key, "voter": each.id, "its_code": each.code or None, "its_text": _written(each)}
            for each, its_left in left
            if its_left
        ]
        chosen = [
            {**key, "voter": voter, "number": given.choice, "its_place": given.number or 0}
            for voter, given in cast
        ]
        more = [
            {**key, "its_number": choice, "more": votes}
            for choice, votes in Counter(given.choice for _, given in cast).items()
        ]
        for statement, rows in (
            (statements.PUT_BALLOT, voters),
            (statements.GIVE_VOTE, chosen),
            (statements.ADD_VOTES, more),
        ):
            if rows:
                self._connection.execute(statement, rows)

    def counted(self, workspace: str, poll_id: str) -> None:
        """Note that every sealed ballot of a closed poll is counted; its message is stale."""
        self._connection.execute(statements.COUNTED, {"workspace": workspace, "poll": poll_id})

    def delete(self, workspace: str, poll_id: str) -> bool:
        """Delete a poll with its ballots; False when it is not here."""
        gone = delete(polls).where(self._is(workspace, poll_id))
        return self._connection.execute(gone).rowcount == 1

    def forget(self, workspace: str, poll_id: str, trouble: str) -> bool:
        """Delete a poll that this trouble kept from being posted; False where it is not, or not any more."""
        its = (polls.c.trouble == trouble, polls.c.message.is_(None))
        gone = delete(polls).where(self._is(workspace, poll_id), *its)
        return self._connection.execute(gone).rowcount == 1

    def leave_thread(self, workspace: str, poll_id: str) -> None:
        """Have a poll that is not posted yet stand in its channel, below no message."""
        self._change(workspace, poll_id, thread=None)

    def open_of(self, workspace: str, owner: str, but: str = "") -> tuple[Poll, ...]:
        """Return the owner's open polls, newest first, fifty at most; but: none that this trouble holds."""
        return self._newest(50, workspace, polls.c.owner == owner, _is_free_of(but))

    def latest_of(self, workspace: str, owner: str, channel: str, but: str = "") -> Poll | None:
        """Return the owner's newest open poll in a channel, but none that waits until it is posted.

        but: nor one that this trouble keeps from it.
        """
        is_there = polls.c.posts_at.is_(None) | polls.c.message.is_not(None)
        its = (polls.c.owner == owner, polls.c.channel == channel, is_there, _is_free_of(but))
        found = self._newest(1, workspace, *its)
        return found[0] if found else None

    def _move_votes(self, key: dict[str, str], before: Chosen, after: Chosen) -> None:
        """Change what differs: a vote whose place changes is taken and given again."""
        had, has = _places(before), _places(after)
        taken = [number for number, place in had.items() if has.get(number) != place]
        given = [number for number, place in has.items() if had.get(number) != place]
        if taken:
            self._connection.execute(statements.TAKE_VOTES, key | {"taken": taken})
        if given:
            rows = [{**key, "number": number, "its_place": has[number]} for number in given]
            self._connection.execute(statements.GIVE_VOTE, rows)
        self._count_votes(key, had.keys() - has.keys(), has.keys() - had.keys())

    def _count_votes(self, key: dict[str, str], taken: Set[int], given: Set[int]) -> None:
        if taken or given:
            moved = {"moved": list(taken | given), "given": list(given)}
            self._connection.execute(
                statements.COUNT_VOTES, {"workspace": key["workspace"], "poll": key["poll"]} | moved
            )

    def _stale(self, workspace: str, poll_id: str) -> None:
        self._change(workspace, poll_id, revision=polls.c.revision + 1)

    def _newest(self, most: int, workspace: str, *narrowed: ColumnElement[bool]) -> tuple[Poll, ...]:
        newest = (
            select(*_KEY)
            .where(polls.c.workspace_id == workspace, polls.c.closed_at.is_(None), *narrowed)
            .order_by(polls.c.asked_at.desc(), polls.c.poll_id)
            .limit(most)
        )
        rows = self._connection.execute(statements.WHOLE_POLLS.where(tuple_(*_KEY).in_(newest))).all()
        return tuple(poll for poll, _ in poll_rows.whole(rows))

    def _claims(self, claimed: ColumnElement[bool]) -> tuple[Claim[Poll], ...]:
        rows = self._connection.execute(statements.WHOLE_POLLS.where(claimed)).all()
        return tuple(Claim(poll, row.revision, row.reply_url) for poll, row in poll_rows.whole(rows))

    def _one(self, question: Select[Any], workspace: str, poll_id: str) -> Poll | None:
        rows = self._connection.execute(question, {"workspace": workspace, "poll": poll_id}).all()
        return poll_rows.poll(rows) if rows else None


def _is_free_of(trouble: str) -> ColumnElement[bool]:
    return func.coalesce(polls.c.trouble, "") != trouble if trouble else true()


def _places(chosen: Chosen) -> Mapping[int, int]:
    """Return the place of each option, by its number."""
    return {number: place for place, number in enumerate(chosen)}


def _left(mixed: Mixed, poll: Poll) -> Answer:
    """Return the choices of one box that can still be chosen."""
    return tuple(given for given in mixed.answers.get("", ()) if given.choice in poll.shown)


def _written(mixed: Mixed) -> str:
    return next((given.text for given in mixed.answers.get("", ()) if given.text), "")
