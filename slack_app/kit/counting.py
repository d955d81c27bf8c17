"""Counting sealed answers after the close: each box is opened, and its answers are kept under a random id.

It may be stopped at any moment and begun again: a box is counted and emptied in one transaction.
"""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from slack_app.kit.context import Tools, new_id
from storage import Database, Mixed, Store, TryAgain

FIRST_BATCH, MOST_AT_ONCE = 5, 100
BATCH_SECONDS = 0.04
"""As many boxes are counted at a time as this allows: for so long, others wait for the database."""
REST_SECONDS = 0.05
"""The least between batches, so that whoever waits for the database gets a turn."""

T = TypeVar("T")
Put = Callable[[Store, Sequence[Mixed]], None]


class StillOpen(Exception):
    """A poll or round that nobody has closed is not counted."""


def count(workspace: str, subject: str, tools: Tools, put: Put, most_at_once: int = MOST_AT_ONCE) -> None:
    """Put every complete answer of a closed poll or round where it is counted, and destroy its keys.

    put: keeps a batch, of `most_at_once` at the most; in the same transaction its boxes are emptied.
    """
    with tools.database.reading() as store:
        if store.sealed.is_open(workspace, subject):
            raise StillOpen(subject)
        waiting = store.sealed.waiting(workspace, subject)
        unfinished = store.sealed.unfinished(workspace, subject)
    # Sorting by ids that are random shuffles, and is the order that the answers are kept in.
    mixed = sorted((new_id(), token) for token in waiting)
    by_batches = partial(_by_batches, tools, most_at_once)
    by_batches(mixed, lambda batch: _count_batch(workspace, subject, tools.database, batch, put))
    by_batches(unfinished, lambda tokens: _drop(workspace, subject, tools.database, tokens))
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


def _drop(workspace: str, subject: str, database: Database, tokens: Sequence[str]) -> None:
    with database.begin() as store:
        store.sealed.empty(workspace, subject, tokens)


def _by_batches(
    tools: Tools, most_at_once: int, whole: Sequence[T], work: Callable[[Sequence[T]], None]
) -> None:
    """Do the work on as much at a time as keeps others waiting for a moment only, with rests as long."""
    done, size = 0, FIRST_BATCH
    while done < len(whole):
        size = max(1, min(size, most_at_once))
        since = time.monotonic()
        work(whole[done : done + size])
        seconds = time.monotonic() - since
        done += size
        size = min(size * 2, int(size * BATCH_SECONDS / max(seconds, 0.001)))
        tools.rest(max(seconds, REST_SECONDS))
