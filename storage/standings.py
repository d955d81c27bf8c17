"""How polls stand: the tallies that each vote changes, and what else is told of the votes."""

from collections.abc import Sequence
from hashlib import sha256
from itertools import groupby

from sqlalchemy import Connection, select

from storage import statements
from storage.tables import ballots, polls, votes
from surveys.polls import Chosen


class Standings:
    """How the polls of all workspaces stand; every question names its workspace."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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

    def rankings(self, workspace: str, poll_id: str) -> tuple[tuple[Chosen, int], ...]:
        """Return the ballots of a ranking, the most wanted option first, and how many voters cast each."""
        key = {"workspace": workspace, "poll": poll_id}
        rows = self._connection.execute(statements.RANKINGS, key)
        return tuple((tuple(each for each in places if each is not None), count) for *places, count in rows)

    def orders(self, workspace: str, poll_id: str, first: int, most: int) -> tuple[tuple[str, Chosen], ...]:
        """Return who put the options into which order: user ids, the earliest first, `most` after `first`."""
        key = {"workspace": workspace, "poll": poll_id, "first": first, "most": most}
        rows = self._connection.execute(statements.ORDERS, key).all()
        grouped = groupby(rows, key=lambda row: str(row.voter))
        return tuple((voter.partition(":")[2], tuple(row.number for row in own)) for voter, own in grouped)

    def answered_right(self, workspace: str, poll_id: str, right: Sequence[int], fewest: int) -> int:
        """Return how many voters chose right options alone, at least `fewest` of them."""
        key = {"workspace": workspace, "poll": poll_id, "right": list(right), "fewest": fewest}
        return int(self._connection.execute(statements.COUNT_RIGHT, key).scalar_one())

    def written(self, workspace: str, poll_id: str) -> tuple[str, ...]:
        """Return what voters wrote under "Other…", in no order that means anything."""
        its = (ballots.c.workspace_id == workspace, ballots.c.poll_id == poll_id, ballots.c.written != "")
        asked = select(ballots.c.written).where(*its)
        return tuple(sorted(self._connection.execute(asked).scalars(), key=_shuffled))

    def coded(self, workspace: str, poll_id: str) -> tuple[tuple[str, Chosen], ...]:
        """Return each counted ballot that has a receipt: the code, whose order it is, and what is chosen."""
        asked = (
            select(ballots.c.code, votes.c.number)
            .join(votes, statements.its_votes)
            .where(
                ballots.c.workspace_id == workspace, ballots.c.poll_id == poll_id, ballots.c.code.is_not(None)
            )
        )
        in_order = asked.order_by(ballots.c.code, votes.c.place, votes.c.number)
        grouped = groupby(self._connection.execute(in_order), key=lambda row: str(row.code))
        return tuple((code, tuple(row.number for row in own)) for code, own in grouped)

    def recount(self, workspace: str, poll_id: str) -> tuple[tuple[int, ...], int]:
        """Return what `tallies` should say, counted from the votes."""
        key = {"workspace": workspace, "poll": poll_id}
        each = tuple(self._connection.execute(statements.RECOUNT_VOTES, key).scalars())
        return each, self._connection.execute(statements.RECOUNT_VOTERS, key).scalar_one()


def _shuffled(text: str) -> bytes:
    return sha256(text.encode()).digest()
