"""Votes in an anonymous poll while it is open: each in a box that nobody ties to a name.

The poll is locked; its message is drawn anew only when the number it shows changes, whatever else happens.
"""

from storage import Boxed, Store
from surveys.anonymity import is_new_step
from surveys.polls import Ballot, Click, Poll, PollClosed
from surveys.questions import Answer, Given

CHOICE = ""
"""The one question of a poll, in its boxes."""


def vote(store: Store, poll: Poll, voter: str, option: int) -> tuple[Click, str]:
    """Set the voter's choice; return what that did, and their receipt or ""."""
    token = _token(store, poll, voter)
    answer: Answer = (Given(choice=option),)
    before = store.sealed.find(poll.workspace, poll.id, token)
    code = _code(store, poll, token)
    if before.answers.get(CHOICE) == answer:
        return Click.REPEATED, code
    store.sealed.keep(poll.workspace, poll.id, token, Boxed({CHOICE: answer}, is_complete=True), code)
    if before.is_complete:
        return Click.CHANGED, code
    _count(store, poll, 1)
    return Click.FIRST, code


def take_back(store: Store, poll: Poll, voter: str) -> tuple[Click, str]:
    token = _token(store, poll, voter)
    if not store.sealed.find(poll.workspace, poll.id, token).is_complete:
        return Click.REPEATED, ""
    store.sealed.take_out(poll.workspace, poll.id, token)
    _count(store, poll, -1)
    return Click.TAKEN_BACK, ""


def ballot(store: Store, poll: Poll, voter: str) -> tuple[Ballot, str]:
    """Return what somebody has chosen, and their receipt or ""; nothing from the close on."""
    token = store.sealed.token(poll.workspace, poll.id, voter)
    if token is None:
        return Ballot(), ""
    given = store.sealed.find(poll.workspace, poll.id, token).answers.get(CHOICE, ())
    chosen = frozenset(each.choice for each in given if each.choice is not None)
    return Ballot(chosen), _code(store, poll, token) if chosen else ""


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
