"""Reads our own sources, for the tests that keep the house in order."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("slack_app", "surveys", "storage")
ROOMS = sorted(path.parent.name for path in (ROOT / "slack_app").glob("*/listeners.py"))


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def speaking() -> list[Path]:
    """Return the modules that may say something to a person in Slack."""
    silent = {"slack_app/kit/words.py"}
    return [
        path for path in modules(*PRODUCT) if shown(path) not in silent and "playground" not in path.parts
    ]
