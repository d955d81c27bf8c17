"""How a poll stands, as far as somebody may see it: for its message, for its owner, for one voter."""

from dataclasses import dataclass

from slack_app.kit.incoming import Who
from slack_app.polls import finding, sealed
from storage import Database, Store
from surveys import ballots as voting
from surveys import quiz, standings
from surveys.anonymity import Level, Shown, Withheld, gate
from surveys.polls import Ballot, Chosen, Poll, PollGone
from surveys.ranking import ranked
from surveys.seeing import PollKind, Seeing
from surveys.standings import NO_DETAILS, Details, Outcome, Reader

FIRST_NAMES, FEWER_NAMES, FEW_OPTIONS = 5, 2, 10
"""So many names stand beside an option in the message, the others are folded; fewer beside many options,
or twenty long ones would not fit."""
MOST_NAMES = 100_000
"""An option, in the window that lists them all: more than any workspace has people."""


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own ballot, and how the poll stands as far as one may see it.

    order: the indexes of the options as one is shown them; zone: by whose clock one reads their hours;
    code: one's receipt, "" where there is none.
    """

    outcome: Outcome
    ballot: Ballot
    order: tuple[int, ...]
    zone: str
    code: str = ""


def ballot(database: Database, who: Who, poll_id: str) -> Mine:
    """Return what somebody has chosen: nothing in an anonymous poll from the close on."""
    with database.begin() as store:
        poll = finding.found(store, who.workspace, poll_id)
        stands = _beside_ballot(store, poll, who)
        own, code = _own(store, poll, who)
        return Mine(stands, own, voting.order(poll, who.voter), finding.zone(store, who), code)


def _beside_ballot(store: Store, poll: Poll, who: Who) -> Outcome:
    """Return how a poll stands for "My vote": only where that shows it are names and rankings read."""
    if poll.seeing is Seeing.AFTER_VOTE:
        return _outcome(store, poll, who)
    votes, voters = store.standings.tallies(poll.workspace, poll.id)
    return standings.outcome(poll, votes, voters, reader=_reader(store, poll, who))


def _own(store: Store, poll: Poll, who: Who) -> tuple[Ballot, str]:
    """Return somebody's ballot and their receipt, "" where there is none."""
    if poll.privacy.is_sealed:
        return sealed.ballot(store, poll, who.voter)
    return store.polls.ballot(who.workspace, poll.id, who.voter), ""


def results(database: Database, workspace: str, poll_id: str, reader: Who | None = None) -> Outcome:
    """Return how a poll stands. reader: who alone will see it; None for its message."""
    with database.begin() as store:
        return _outcome(store, finding.found(store, workspace, poll_id), reader)


def who_voted(database: Database, who: Who, poll_id: str) -> Outcome:
    """Return how a poll stands, with the names of all who voted where names are shown."""
    with database.begin() as store:
        return _outcome(store, finding.found(store, who.workspace, poll_id), who, most_names=MOST_NAMES)


def _outcome(store: Store, poll: Poll, reader: Who | None, most_names: int | None = None) -> Outcome:
    votes, voters = store.standings.tallies(poll.workspace, poll.id)
    folded = FIRST_NAMES if len(poll.options) <= FEW_OPTIONS else FEWER_NAMES
    is_named = poll.privacy.level is Level.NAMED and poll.kind is not PollKind.RANKING
    names = (
        store.standings.names(poll.workspace, poll.id, most_names or folded) if is_named else standings.NOBODY
    )
    by = standings.ALL if reader is None else _reader(store, poll, reader)
    told = _details(store, poll) if standings.is_shown(poll, voters, by) else NO_DETAILS
    return standings.outcome(poll, votes, voters, names, told, reader=by)


def _reader(store: Store, poll: Poll, reader: Who) -> Reader:
    is_owner = reader.team == poll.workspace and reader.user == poll.owner
    return Reader(is_owner, _has_voted(store, poll, reader))


def _has_voted(store: Store, poll: Poll, reader: Who) -> bool:
    """Say whether somebody has voted, where that opens the counts to them."""
    if poll.seeing is not Seeing.AFTER_VOTE or poll.privacy.is_sealed:
        return False
    return bool(store.polls.ballot(poll.workspace, poll.id, reader.voter).chosen)


Published = tuple[tuple[str, Chosen], ...]


def ballots(database: Database, workspace: str, poll_id: str) -> Shown[Published] | Withheld:
    """Return every ballot of a poll with receipts: its code and the options chosen, in the codes' order."""
    with database.begin() as store:
        poll = store.polls.find(workspace, poll_id)
        if poll is None or not poll.privacy.has_receipts:
            raise PollGone
        passing = gate(poll)
        coded = store.standings.coded(workspace, poll_id)
    return passing.table(len(coded), coded)


def _details(store: Store, poll: Poll) -> Details:
    """Return what some kinds of polls tell beside the votes of each option."""
    match poll.kind:
        case PollKind.RANKING:
            return Details(ranked=ranked(store.standings.rankings(poll.workspace, poll.id), poll.shown))
        case PollKind.QUIZ if quiz.is_told(poll):
            fewest = len(quiz.right(poll.options)) if poll.has_several else 1
            right = quiz.right(poll.options)
            return Details(right=store.standings.answered_right(poll.workspace, poll.id, right, fewest))
        case _ if poll.other is not None:
            return Details(written=_written(store, poll))
        case _:
            return NO_DETAILS


def _written(store: Store, poll: Poll) -> tuple[str, ...]:
    """Return what voters wrote; of an anonymous poll nothing where few wrote, whoever asks."""
    texts = store.standings.written(poll.workspace, poll.id)
    is_enough = isinstance(gate(poll, is_for_owner=True).comments(len(texts), None), Shown)
    return texts if is_enough or not poll.privacy.is_sealed else ()
