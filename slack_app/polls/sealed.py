"""Votes in an anonymous poll while it is open: each in a box that nobody ties to a name.

The poll is locked; its message is drawn anew only when the number it shows changes, whatever else happens.
"""

from dataclasses import replace

from storage import Boxed, Store
from surveys import other
from surveys.anonymity import is_new_step
from surveys.ballots import Click, added, what_changed
from surveys.polls import Ballot, Chosen, Poll, PollClosed
from surveys.questions import Given

CHOICE = ""
"""The one question of a poll, in its boxes."""


def add(store: Store, poll: Poll, voter: str, option: int, text: str | None = None) -> tuple[Click, str]:
    """Choose one more option, or another where there is one choice; return as `choose` does."""
    token = _token(store, poll, voter)
    before = _boxed(store, poll, token)
    chosen = added(_left(poll, before).chosen, option, poll.limit)
    return _put(store, poll, token, before, _written(poll, before, chosen, text))


def choose(
    store: Store, poll: Poll, voter: str, chosen: Chosen, text: str | None = None
) -> tuple[Click, str]:
    """Set what the voter has chosen, if anything; return what that did, and their receipt or ""."""
    token = _token(store, poll, voter)
    before = _boxed(store, poll, token)
    return _put(store, poll, token, before, _written(poll, before, chosen, text))


def _written(poll: Poll, before: Ballot, chosen: Chosen, text: str | None) -> Ballot:
    return Ballot(chosen, written=other.written(poll, before, chosen, text))


def _put(store: Store, poll: Poll, token: str, before: Ballot, after: Ballot) -> tuple[Click, str]:
    """Keep a ballot. Whoever is in a box was counted, even where all they chose was taken away since."""
    what = what_changed(_left(poll, before), after)
    if what is not Click.REPEATED:
        _keep(store, poll, token, after)
        more = bool(after.chosen) - bool(before.chosen)
        if more:
            _count(store, poll, more)
    return what, _code(store, poll, token) if after.chosen else ""


def _keep(store: Store, poll: Poll, token: str, ballot: Ballot) -> None:
    if not ballot.chosen:
        store.sealed.take_out(poll.workspace, poll.id, token)
        return
    answer = tuple(
        Given(choice=number, number=place, text=ballot.written if number == poll.other else None)
        for place, number in enumerate(ballot.chosen)
    )
    boxed = Boxed({CHOICE: answer}, is_complete=True)
    store.sealed.keep(poll.workspace, poll.id, token, boxed, _code(store, poll, token))


def ballot(store: Store, poll: Poll, voter: str) -> tuple[Ballot, str]:
    """Return what somebody has chosen, and their receipt or ""; nothing from the close on."""
    token = store.sealed.token(poll.workspace, poll.id, voter)
    if token is None:
        return Ballot(), ""
    own = _left(poll, _boxed(store, poll, token))
    return own, _code(store, poll, token) if own.chosen else ""


def _boxed(store: Store, poll: Poll, token: str) -> Ballot:
    given = store.sealed.find(poll.workspace, poll.id, token).answers.get(CHOICE, ())
    chosen = tuple(each.choice for each in given if each.choice is not None)
    return Ballot(chosen, written=next((each.text for each in given if each.text), ""))


def _left(poll: Poll, ballot: Ballot) -> Ballot:
    """Return a ballot without the options that were taken away since."""
    return replace(ballot, chosen=tuple(number for number in ballot.chosen if number in poll.shown))


def _token(store: Store, poll: Poll, voter: str) -> str:
    token = store.sealed.token(poll.workspace, poll.id, voter)
    if token is None:
        raise PollClosed
    return token


def _code(store: Store, poll: Poll, token: str) -> str:
    return store.sealed.code(poll.workspace, poll.id, token) if poll.privacy.has_receipts else ""


def _count(store: Store, poll: Poll, more: int) -> None:
    """Count the voter in or out. The number that is looked at is the one with this voter in it."""
    _, voters = store.standings.tallies(poll.workspace, poll.id)
    with_them = voters + max(more, 0)
    store.polls.count_voter(poll.workspace, poll.id, more, is_new_step(with_them, poll.privacy))
