"""The answers a listener may give Slack within its three seconds."""

from dataclasses import dataclass
from typing import Any

from slack_app.kit.blocks import Block, Note
from slack_app.kit.text import Mrkdwn


@dataclass(frozen=True, slots=True)
class Private:
    """A note only the person sees; the answer to a command."""

    note: Note

    def body(self) -> dict[str, Any]:
        return {
            "response_type": "ephemeral",
            "text": str(self.note.text),
            **({"blocks": list(self.note.blocks)} if self.note.blocks else {}),
        }


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """What is wrong, beside the fields it is wrong in: input block id to sentence."""

    errors: dict[str, str]

    def body(self) -> dict[str, Any]:
        return {"response_action": "errors", "errors": self.errors}


@dataclass(frozen=True, slots=True)
class Replaced:
    """The modal turns into this one."""

    view: Block

    def body(self) -> dict[str, Any]:
        return {"response_action": "update", "view": self.view}


Answer = Private | FieldErrors | Replaced | None


def private(text: Mrkdwn) -> Private:
    return Private(Note(text))
