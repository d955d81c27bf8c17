"""Names to listeners: one catch-all Bolt listener per kind of payload over a table of names.

Each plain Bolt listener that does not match costs a request 15 µs; a table costs nothing.
"""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from slack_bolt import Ack, App, BoltResponse

from slack_app.kit import incoming
from slack_app.kit.answers import Answer
from slack_app.kit.context import Tools
from slack_app.kit.errors import guarded
from slack_app.kit.incoming import Command, Event, Press, Shortcut, Submission

log = logging.getLogger("palabre")

ANY = re.compile(".*", re.DOTALL)


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Routes:
    """The table. A room's `register(routes)` adds the names it answers to."""

    commands: dict[str, Callable[[Command, Tools], Answer]] = field(default_factory=dict)
    presses: dict[str, Callable[[Press, Tools], Answer]] = field(default_factory=dict)
    submissions: dict[str, Callable[[Submission, Tools], Answer]] = field(default_factory=dict)
    shortcuts: dict[str, Callable[[Shortcut, Tools], Answer]] = field(default_factory=dict)
    events: dict[str, Callable[[Event, Tools], Answer]] = field(default_factory=dict)


def attach(routes: Routes, bolt: App, tools: Tools, after_an_act: Callable[[], None] = _nothing) -> None:
    """Let Bolt hand every payload to the table.

    after_an_act: done once a person's act is answered, never after an event: Slack may repeat an old one.
    """
    bolt.command(ANY)(_listener(tools, routes.commands, incoming.command, after_an_act))
    bolt.action(ANY)(_listener(tools, routes.presses, incoming.press, after_an_act))
    bolt.view(ANY)(_listener(tools, routes.submissions, incoming.submission, after_an_act))
    bolt.view_closed(ANY)(_ignored)
    bolt.options(ANY)(_ignored)
    bolt.shortcut(ANY)(_listener(tools, routes.shortcuts, incoming.shortcut, after_an_act))
    bolt.event(ANY)(_listener(tools, routes.events, incoming.event, _nothing))
    bolt.error(_unreadable)


Sent = TypeVar("Sent", Command, Press, Submission, Shortcut, Event)


def _listener(
    tools: Tools,
    table: Mapping[str, Callable[[Sent, Tools], Answer]],
    read: Callable[[str, Mapping[str, Any]], Sent],
    afterwards: Callable[[], None],
) -> Callable[..., None]:
    def listen(ack: Ack, body: dict[str, Any]) -> None:
        answer = _answered(body)
        if answer is None:
            ack()
        else:
            ack(answer.body())
        if afterwards is not _nothing:
            tools.later.do(afterwards)

    def _answered(body: Mapping[str, Any]) -> Answer:
        try:
            sent = read(tools.workspace, body)
        except (KeyError, IndexError, TypeError, AttributeError) as fault:
            log.warning("malformed payload: %r", fault)
            return None
        known = table.get(sent.name)
        if known is None:
            log.info("no room answers to %s", sent.name)
            return None
        return guarded(tools, sent, partial(known, sent, tools))

    return listen


def _ignored(ack: Ack) -> None:
    ack()


def _unreadable(error: Exception) -> BoltResponse:
    """Bolt itself stumbled over the payload: no listener lets an exception through."""
    log.warning("malformed payload", exc_info=error)
    return BoltResponse(status=400, body="This is not a payload of Slack's.")
