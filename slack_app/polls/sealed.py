"""Votes in an anonymous poll while it is open: each in a box that nobody ties to a name.

The poll is locked; its message is drawn anew only when the number it shows changes, whatever else happens.
"""

from storage import Boxed, Store
from surveys.anonymity import is_new_step
from surveys.ballots import Click, added, change
from surveys.polls import Ballot, Chosen, Poll, PollClosed
from surveys.questions import Given

CHOICE = ""
"""The one question of a poll, in its boxes."""


def add(store: Store, poll: Poll, voter: str, option: int) -> tuple[Click, str]:
    """Choose one more option, or another where there is one choice; return as `choose` does."""
    token = _token(store, poll, voter)
    before = _chosen(store, poll, token)
    return _put(store, poll, token, before, added(before, option, poll.limit))


def choose(store: Store, poll: Poll, voter: str, chosen: Chosen) -> tuple[Click, str]:
    """Set what the voter has chosen, if anything; return what that did, and their receipt or ""."""
    token = _token(store, poll, voter)
    return _put(store, poll, token, _chosen(store, poll, token), chosen)


def _put(store: Store, poll: Poll, token: str, before: Chosen, after: Chosen) -> tuple[Click, str]:
    what = change(before, after)
    if what is not Click.REPEATED:
        _keep(store, poll, token, after)
        more = bool(after) - bool(before)
        if more:
            _count(store, poll, more)
    return what, _code(store, poll, token) if after else ""


def _keep(store: Store, poll: Poll, token: str, chosen: Chosen) -> None:
    if not chosen:
        store.sealed.take_out(poll.workspace, poll.id, token)
        return
    answer = tuple(Given(choice=number, number=place) for place, number in enumerate(chosen))
    boxed = Boxed({CHOICE: answer}, is_complete=True)
    store.sealed.keep(poll.workspace, poll.id, token, boxed, _code(store, poll, token))


def ballot(store: Store, poll: Poll, voter: str) -> tuple[Ballot, str]:
    """Return what somebody has chosen, and their receipt or ""; nothing from the close on."""
    token = store.sealed.token(poll.workspace, poll.id, voter)
    if token is None:
        return Ballot(), ""
    chosen = _chosen(store, poll, token)
    return Ballot(chosen), _code(store, poll, token) if chosen else ""


def _chosen(store: Store, poll: Poll, token: str) -> Chosen:
    given = store.sealed.find(poll.workspace, poll.id, token).answers.get(CHOICE, ())
    return tuple(each.choice for each in given if each.choice is not None)


def _token(store: Store, poll: Poll, voter: str) -> str:
    token = store.sealed.token(poll.workspace, poll.id, voter)
    if token is None:
        raise PollClosed
    return token


def _code(store: Store, poll: Poll, token: str) -> str:
    return store.sealed.code(poll.workspace, poll.id, token) if poll.privacy.has_receipts else ""


def _count(store: Store, poll: Poll, more: int) -> None:
    """Count the voter in or out. The number that is looked at is the one with this voter in it."""
    _, voters = store.polls.tallies(poll.workspace, poll.id)
    with_them = voters + max(more, 0)
    store.polls.count_voter(poll.workspace, poll.id, more, is_new_step(with_them, poll.privacy))
