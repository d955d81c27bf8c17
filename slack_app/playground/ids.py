"""Names for the blocks and elements an app left nameless, as Slack gives them."""

import json
import secrets
import string
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_LETTERS = string.ascii_letters + string.digits
# These answer to nothing, so they carry no action_id.
_SILENT = frozenset(["image", "plain_text", "mrkdwn"])


def with_ids(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a copy of the blocks in which each has a block_id and each interactive element an action_id."""
    named: list[dict[str, Any]] = json.loads(json.dumps(list(blocks)))
    for block in _all_blocks(named):
        block.setdefault("block_id", _random_id())
        for element in elements_of(block):
            element.setdefault("action_id", _random_id())
    return named


def elements_of(block: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what can be pressed, chosen or filled in one block, in the order it is shown."""
    if block.get("type") in ("actions", "context_actions"):
        yield from block["elements"]
    elif block.get("type") == "card":
        yield from block.get("actions", [])
    for name in ("accessory", "element"):
        if name in block and block[name].get("type") not in _SILENT:
            yield block[name]


def inner_blocks(block: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the blocks inside a block: a container's children, a carousel's cards, a plan's tasks."""
    name = {"container": "child_blocks", "carousel": "elements", "plan": "tasks"}.get(str(block.get("type")))
    children: list[dict[str, Any]] = block.get(name, []) if name else []
    return children


def _all_blocks(blocks: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        yield block
        yield from _all_blocks(inner_blocks(block))


def _random_id() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(5))
