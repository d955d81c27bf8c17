"""Pages of a survey as JSON and back: kept whole, since questions are never asked for one by one."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from surveys.questions import Kind, Question
from surveys.survey import Page

_ASKED = tuple(field.name for field in fields(Question))


def to_json(pages: Sequence[Page]) -> list[dict[str, Any]]:
    return [asdict(page) for page in pages]


def from_json(kept: Sequence[dict[str, Any]]) -> tuple[Page, ...]:
    """Return the pages that an earlier or later version may have kept: what it does not know is left out."""
    return tuple(Page(page.get("title", ""), tuple(map(_question, page["questions"]))) for page in kept)


def _question(kept: dict[str, Any]) -> Question:
    known = {name: kept[name] for name in _ASKED if name in kept}
    choices = tuple(kept.get("choices", ()))
    return Question(**known | {"kind": Kind(kept["kind"]), "choices": choices})
