"""Rows of a table of limits: what just fits, what is just past it, and how Slack says so."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from slack_app.playground.check import Refusal
from tests.playground.payloads import AT, Json, Sent, home, message, modal, plain, without

Build = Callable[[int], Sent]


@dataclass(frozen=True, slots=True)
class Row:
    """One limit: what just fits, what is just past it, and how Slack says so."""

    name: str
    fits: Sent
    past: Sent
    says: str
    error: str


def most(name: str, build: Build, number: int, says: str, error: str = "") -> Row:
    """A row for a limit upwards: `number` fits and one more does not."""
    return row(name, build(number), build(number + 1), says, error)


def least(name: str, build: Build, number: int, says: str, error: str = "") -> Row:
    return row(name, build(number), build(number - 1), says, error)


def row(name: str, fits: Sent, past: Sent, says: str, error: str = "") -> Row:
    usual = {"modal": "invalid_arguments", "home": "invalid_arguments"}.get(past.way, "invalid_blocks")
    return Row(name, fits, past, says, error or usual)


def longest(name: str, block: Json, field: str, number: int, says: str) -> Row:
    """A row for a plain string field of a block in a message."""
    return most(name, lambda n: message({**block, field: "x" * n}), number, says)


def longest_text(name: str, block: Json, field: str, number: int) -> Row:
    says = f"must be less than {number + 1} characters {AT}/{field}/text]"
    return most(name, lambda n: message({**block, field: plain(n)}), number, says)


def needs(block: Json, field: str) -> Row:
    name = f"{block['type']} needs {field}"
    return row(name, message(block), message(without(block, field)), f"missing required field: {field} {AT}]")


def knows_no(field: str, block: Json) -> Row:
    name = f"{block['type']} knows no {field}"
    past = message({**block, field: "x"})
    return row(name, message(block), past, f"invalid additional property: {field} {AT}]")


def elsewhere(block: Json, fits: str, past: str) -> Row:
    ways = {"message": message, "modal": modal, "home": home}
    at = "/blocks/0/type" if past == "message" else "/view/blocks/0/type"
    name = f"{block['type']} in a {fits}, not in a {past}"
    says = f"unsupported type: {block['type']} [json-pointer:{at}]"
    return row(name, ways[fits](block), ways[past](block), says)


def too_long(number: int, where: str) -> str:
    return f"must be less than {number + 1} characters {where}]"


def too_many(number: int, where: str) -> str:
    return f"no more than {number} items allowed {where}]"


def too_few(where: str) -> str:
    return f"no fewer than 1 items allowed {where}]"


def assert_refused(case: Row) -> None:
    with pytest.raises(Refusal) as refused:
        case.past.check()
    assert refused.value.error == case.error
    assert refused.value.messages[:1] == ((case.says,) if case.says else ())
