"""Where a person can act: a message or a view, the elements in it and what they have filled in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from slack_app.playground.elements import initial_state
from slack_app.playground.ids import elements_of, inner_blocks
from slack_app.playground.refused import CannotDo
from slack_app.playground.workspace import Message, View, Workspace

STATELESS = frozenset({"button", "overflow", "workflow_button", "feedback_buttons", "icon_button"})


@dataclass(frozen=True, slots=True)
class Place:
    """An element and the block that holds it."""

    block: dict[str, Any]
    element: dict[str, Any]

    @property
    def is_input(self) -> bool:
        return self.block.get("type") == "input"


@dataclass(frozen=True, slots=True)
class Surface:
    message: Message | None
    view: View | None

    @property
    def blocks(self) -> list[dict[str, Any]]:
        if self.message is not None:
            return self.message.blocks
        return self.view.blocks if self.view is not None else []


def find_surface(workspace: Workspace, user: str, name: str) -> Surface:
    """The surface of that name, if this person sees it: `message:<channel>:<ts>` or `view:<id>`."""
    kind, _, rest = name.partition(":")
    if kind == "view":
        return Surface(None, _own_view(workspace, user, rest))
    channel_id, _, ts = rest.rpartition(":")
    channel = workspace.channels.get(channel_id)
    message = workspace.message(channel_id, ts)
    if kind != "message" or channel is None or message is None:
        raise CannotDo("That message is no longer there.")
    if message.only_for not in (None, user):
        raise CannotDo("Only somebody else sees that message.")
    if user not in channel.members:
        raise CannotDo("Join the channel first.")
    if channel.archived:
        raise CannotDo("This channel has been archived.")
    return Surface(message, None)


def _own_view(workspace: Workspace, user: str, view_id: str) -> View:
    view = workspace.view(view_id)
    if view is None or view.user != user:
        raise CannotDo("That view is no longer open.")
    if view.type == "modal" and workspace.stacks[user][-1] is not view:
        raise CannotDo("Another view lies on top of that one.")
    return view


def places(blocks: Sequence[dict[str, Any]]) -> Iterator[Place]:
    """Every element with an action_id, in order."""
    for block in blocks:
        for element in elements_of(block):
            yield Place(block, element)
        yield from places(inner_blocks(block))


def find_place(surface: Surface, block_id: str, action_id: str) -> Place:
    for place in places(surface.blocks):
        if place.element.get("action_id") == action_id and place.block.get("block_id", block_id) == block_id:
            return place
    raise CannotDo("That button or field is no longer there.")


def state_of(workspace: Workspace, surface: Surface, user: str) -> dict[str, Any]:
    """What the surface's inputs hold for one person; the stored values, to be changed in place."""
    if surface.view is not None:
        return surface.view.state
    message = surface.message
    if message is None:
        return {}
    filled = workspace.message_state(message.channel, message.ts)
    filled[user] = kept(filled.get(user, {}), message.blocks)
    return filled[user]


def kept(old: dict[str, Any], blocks: list[dict[str, Any]]) -> dict[str, Any]:
    """The state of new blocks: what was filled in stays under the same block_id and action_id only."""
    state: dict[str, Any] = initial_state(blocks)
    for block_id, actions in state.items():
        for action_id, value in actions.items():
            before = old.get(block_id, {}).get(action_id)
            if before is not None and before.get("type") == value.get("type"):
                actions[action_id] = before
    return state
