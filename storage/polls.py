"""Polls: who asked what, who voted how, and which messages no longer show it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, select, tuple_

from storage import promises, statements
from storage.drawings import Claim, Drawings
from storage.sealed import Mixed
from storage.tables import ballots, poll_options, polls, votes
from storage.upsert import insert
from surveys.polls import Ballot, Poll
from surveys.seeing import Seeing

_KEY = (polls.c.workspace_id, polls.c.poll_id)


class Polls(Drawings[Poll]):
    """The polls of all workspaces."""

    _table, _name = polls, polls.c.poll_id

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._locked: set[tuple[str, str]] = set()

    def create(self, poll: Poll, origin: str, reply_url: str | None) -> bool:
        """Keep a new poll; False when `origin` has asked one already, as Slack's retries do."""
        values = _columns(poll) | {"origin": origin, "reply_url": reply_url}
        put = (
            insert(self._connection, polls)
            .values(values)
            .on_conflict_do_nothing(index_elements=[polls.c.workspace_id, polls.c.origin])
            .returning(polls.c.poll_id)
        )
        if self._connection.execute(put).first() is None:
            return False
        options = [
            {"workspace_id": poll.workspace, "poll_id": poll.id, "number": number, "text": option}
            for number, option in enumerate(poll.options)
        ]
        self._connection.execute(poll_options.insert(), options)
        return True

    def find(self, workspace: str, poll_id: str) -> Poll | None:
        return self._one(statements.FIND, workspace, poll_id)

    def lock(self, workspace: str, poll_id: str) -> Poll | None:
        """Find a poll that nobody else changes until the transaction ends."""
        found = self._one(statements.LOCK, workspace, poll_id)
        self._locked.add((workspace, poll_id))
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
        chosen = frozenset(row.number for row in rows if row.number is not None)
        return Ballot(chosen, rows[0].clicked_at, rows[0].click_id, rows[0].clicked)

    def cast(self, workspace: str, poll_id: str, voter: str, before: Ballot, after: Ballot) -> None:
        """Replace a voter's ballot and change the tallies by the difference.

        before: what `ballot` returned in this transaction.
        """
        key = {"workspace": workspace, "poll": poll_id, "voter": voter}
        click = {"clicked_at": after.clicked_at, "click_id": after.click_id, "clicked": after.clicked}
        self._connection.execute(statements.KEEP_BALLOT[self._connection.dialect.name], key | click)
        if before.chosen == after.chosen:
            return
        self._move_votes(key, before.chosen - after.chosen, after.chosen - before.chosen)
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
        """Put mixed ballots into a closed poll, with their votes; a poll that is gone takes none."""
        if self.lock(workspace, poll_id) is None:
            return
        key = {"workspace": workspace, "poll": poll_id}
        cast = [(each.id, given.choice) for each in batch for given in each.answers.get("", ())]
        voters = [{**key, "voter": each.id, "its_code": each.code or None} for each in batch]
        chosen = [{**key, "voter": voter, "number": choice} for voter, choice in cast]
        more = [
            {**key, "its_number": choice, "more": votes}
            for choice, votes in Counter(choice for _, choice in cast).items()
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

    def coded(self, workspace: str, poll_id: str) -> tuple[tuple[str, frozenset[int]], ...]:
        """Return each counted ballot that has a receipt: the code, whose order it is, and what is chosen."""
        asked = (
            select(ballots.c.code, votes.c.number)
            .join(votes, statements.its_votes)
            .where(
                ballots.c.workspace_id == workspace, ballots.c.poll_id == poll_id, ballots.c.code.is_not(None)
            )
        )
        rows = self._connection.execute(asked.order_by(ballots.c.code)).all()
        grouped = groupby(rows, key=lambda row: str(row.code))
        return tuple((code, frozenset(row.number for row in own)) for code, own in grouped)

    def delete(self, workspace: str, poll_id: str) -> bool:
        """Delete a poll with its ballots; False when it is not here."""
        gone = delete(polls).where(self._is(workspace, poll_id))
        return self._connection.execute(gone).rowcount == 1

    # --- how a poll stands ---

    def tallies(self, workspace: str, poll_id: str) -> tuple[tuple[int, ...], int]:
        """Return the votes of each option in the order asked, and the number of voters."""
        key = {"workspace": workspace, "poll": poll_id}
        rows = self._connection.execute(statements.TALLIES, key).all()
        return tuple(row.votes for row in rows), rows[0].voters if rows else 0

    def tallies_of(self, workspace: str, poll_ids: Sequence[str]) -> dict[str, tuple[tuple[int, ...], int]]:
        """Return what `tallies` says of each of several polls, by poll id."""
        asked = statements.ALL_TALLIES.where(polls.c.workspace_id == workspace, polls.c.poll_id.in_(poll_ids))
        rows = self._connection.execute(asked).all()
        grouped = ((poll_id, list(group)) for poll_id, group in groupby(rows, key=lambda row: row.poll_id))
        return {poll_id: (tuple(row.votes for row in own), own[0].voters) for poll_id, own in grouped}

    def names(self, workspace: str, poll_id: str, most: int) -> dict[int, tuple[str, ...]]:
        """Return who voted for each option, by its number: user ids, the earliest first, `most` an option."""
        key = {"workspace": workspace, "poll": poll_id, "most": most}
        rows = self._connection.execute(statements.NAMES, key).all()
        grouped = groupby(rows, key=lambda row: int(row.number))
        return {number: tuple(row.voter.partition(":")[2] for row in own) for number, own in grouped}

    def recount(self, workspace: str, poll_id: str) -> tuple[tuple[int, ...], int]:
        """Return what `tallies` should say, counted from the votes."""
        key = {"workspace": workspace, "poll": poll_id}
        each = tuple(self._connection.execute(statements.RECOUNT_VOTES, key).scalars())
        return each, self._connection.execute(statements.RECOUNT_VOTERS, key).scalar_one()

    def open_of(self, workspace: str, owner: str) -> tuple[Poll, ...]:
        """Return the owner's open polls, newest first, fifty at most."""
        return self._newest(50, workspace, polls.c.owner == owner)

    def latest_of(self, workspace: str, owner: str, channel: str) -> Poll | None:
        """Return the owner's newest open poll in a channel."""
        found = self._newest(1, workspace, polls.c.owner == owner, polls.c.channel == channel)
        return found[0] if found else None

    def _move_votes(self, key: dict[str, str], taken: frozenset[int], given: frozenset[int]) -> None:
        if taken:
            self._connection.execute(statements.TAKE_VOTES, key | {"taken": list(taken)})
        if given:
            self._connection.execute(statements.GIVE_VOTE, [key | {"number": number} for number in given])
        moved = {"moved": list(taken | given), "given": list(given)}
        self._connection.execute(
            statements.COUNT_VOTES, {"workspace": key["workspace"], "poll": key["poll"]} | moved
        )

    def _newest(self, most: int, workspace: str, *narrowed: ColumnElement[bool]) -> tuple[Poll, ...]:
        newest = (
            select(*_KEY)
            .where(polls.c.workspace_id == workspace, polls.c.closed_at.is_(None), *narrowed)
            .order_by(polls.c.asked_at.desc(), polls.c.poll_id)
            .limit(most)
        )
        rows = self._connection.execute(statements.WHOLE_POLLS.where(tuple_(*_KEY).in_(newest))).all()
        return tuple(poll for poll, _ in _whole(rows))

    def _claims(self, claimed: ColumnElement[bool]) -> tuple[Claim[Poll], ...]:
        rows = self._connection.execute(statements.WHOLE_POLLS.where(claimed)).all()
        return tuple(Claim(poll, row.revision, row.reply_url) for poll, row in _whole(rows))

    def _one(self, question: Select[Any], workspace: str, poll_id: str) -> Poll | None:
        rows = self._connection.execute(question, {"workspace": workspace, "poll": poll_id}).all()
        return _poll(rows) if rows else None


def _columns(poll: Poll) -> dict[str, object]:
    return {
        "workspace_id": poll.workspace,
        "poll_id": poll.id,
        "owner": poll.owner,
        "channel": poll.channel,
        "question": poll.question,
        "language": poll.language,
        "asked_at": poll.asked_at,
        "message": poll.message,
        "closed_at": poll.closed_at,
        "closes_at": poll.closes_at,
        "is_counted": poll.is_counted,
        "audience": poll.audience,
        "least": poll.least,
        "most": poll.most,
        "seeing": poll.seeing,
        "is_shuffled": poll.is_shuffled,
        **promises.columns(poll.privacy),
    }


def _whole(rows: Iterable[Row[Any]]) -> Iterable[tuple[Poll, Row[Any]]]:
    """Yield each poll, made of its rows (an option each), and the first of those rows."""
    for _, group in groupby(rows, key=lambda row: (row.workspace_id, row.poll_id)):
        together = list(group)
        yield _poll(together), together[0]


def _poll(rows: Sequence[Row[Any]]) -> Poll:
    first = rows[0]
    return Poll(
        id=first.poll_id,
        workspace=first.workspace_id,
        owner=first.owner,
        channel=first.channel,
        question=first.question,
        options=tuple(row.text for row in rows),
        language=first.language,
        asked_at=first.asked_at,
        message=first.message,
        closed_at=first.closed_at,
        closes_at=first.closes_at,
        privacy=promises.privacy(first),
        is_counted=first.is_counted,
        audience=first.audience,
        least=first.least,
        most=first.most,
        seeing=Seeing(first.seeing),
        is_shuffled=first.is_shuffled,
    )
