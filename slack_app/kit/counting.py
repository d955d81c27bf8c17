"""Counting sealed answers after the close: each box is opened, and its answers are kept under a random id.

It may be stopped at any moment and begun again: a box is counted and emptied in one transaction.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from slack_app.kit.context import Tools, new_id
from storage import Database, Mixed, Store, TryAgain

BATCH = 25
REST_SECONDS = 0.05
"""Between batches, so that whoever waits for the database gets a turn."""

T = TypeVar("T")
Put = Callable[[Store, Sequence[Mixed]], None]


class StillOpen(Exception):
    """A poll or round that nobody has closed is not counted."""


def count(workspace: str, subject: str, tools: Tools, put: Put) -> None:
    """Put every complete answer of a closed poll or round where it is counted, and destroy its keys.

    put: keeps a batch; in the same transaction its boxes are emptied.
    """
    with tools.database.reading() as store:
        if store.sealed.is_open(workspace, subject):
            raise StillOpen(subject)
        waiting = store.sealed.waiting(workspace, subject)
        unfinished = store.sealed.unfinished(workspace, subject)
    # Sorting by ids that are random shuffles, and is the order that the answers are kept in.
    mixed = sorted((new_id(), token) for token in waiting)
    for batch in _batches(mixed):
        _count_batch(workspace, subject, tools.database, batch, put)
        tools.rest(REST_SECONDS)
    for tokens in _batches(unfinished):
        with tools.database.begin() as store:
            store.sealed.empty(workspace, subject, tokens)
        tools.rest(REST_SECONDS)
    with tools.database.begin() as store:
        store.sealed.forget(workspace, subject)
    tools.database.clean()


def _count_batch(
    workspace: str, subject: str, database: Database, batch: Sequence[tuple[str, str]], put: Put
) -> None:
    tokens = [token for _, token in batch]
    with database.reading() as store:
        opened = {box.token: box for box in store.sealed.opened(workspace, subject, tokens)}
    mixed = [
        Mixed(mixed_id, opened[token].answers, opened[token].code)
        for mixed_id, token in batch
        if token in opened
    ]
    if not mixed:
        return
    with database.begin() as store:
        put(store, mixed)
        if store.sealed.empty(workspace, subject, tokens) != len(mixed):
            raise TryAgain("somebody else counts the same")


def _batches(whole: Sequence[T]) -> Iterator[Sequence[T]]:
    return (whole[start : start + BATCH] for start in range(0, len(whole), BATCH))
