"""The words the checks are written in: what a string or object may be, and how Slack words a refusal."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeGuard

Surface = Literal["message", "modal", "home"]


class Refusal(Exception):
    """What Slack answers instead of doing it: its error string, and where in the payload each fault is."""

    def __init__(self, error: str, messages: Sequence[str] = ()) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = tuple(messages)


@dataclass(slots=True)
class Findings:
    """Everything found wrong with one payload, and what has to be remembered to find it."""

    surface: Surface
    messages: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    action_ids: set[str] = field(default_factory=set)
    has_focus: bool = False
    blocks_seen: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)

    def refuse(self, sentence: str, at: str) -> None:
        self.messages.append(f"{sentence} [json-pointer:{at}]")


Rule = Callable[[object, str, Findings], None]
Fields = Mapping[str, Rule]


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple)


def items(value: object) -> list[Mapping[str, object]]:
    """Return the objects in a list; what is no list or no object was refused elsewhere."""
    return [item for item in value if is_object(item)] if is_list(value) else []


def length(text: str) -> int:
    """Count a text's characters as JavaScript does, an emoji as two.

    Slack writes nowhere which way it counts; what fits this way fits either way.
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def string(most: int | None = None, least: int = 0, like: str | None = None) -> Rule:
    """A string of `least` to `most` characters that matches the pattern `like` as a whole."""

    def check(value: object, at: str, findings: Findings) -> None:
        if not isinstance(value, str):
            findings.refuse("must provide a string", at)
        elif most is not None and length(value) > most:
            findings.refuse(f"must be less than {most + 1} characters", at)
        elif len(value) < least:
            findings.refuse(f"must be more than {least - 1} characters", at)
        elif like is not None and not re.fullmatch(like, value):
            findings.refuse("must match the required format", at)

    return check


def boolean(value: object, at: str, findings: Findings) -> None:
    if not isinstance(value, bool):
        findings.refuse("must provide a boolean", at)


def integer(least: int, most: int | None = None) -> Rule:
    def check(value: object, at: str, findings: Findings) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            findings.refuse("must provide a whole number", at)
        elif value < least:
            findings.refuse(f"must be at least {least}", at)
        elif most is not None and value > most:
            findings.refuse(f"must be at most {most}", at)

    return check


def number(value: object, at: str, findings: Findings) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        findings.refuse("must provide a number", at)


def one_of(*allowed: object) -> Rule:
    def check(value: object, at: str, findings: Findings) -> None:
        # 1 == True in Python, but not in JSON.
        if isinstance(value, bool) or value not in allowed:
            findings.refuse("must be a valid enum value", at)

    return check


def array(item: Rule, most: int | None = None, least: int = 0) -> Rule:
    def check(value: object, at: str, findings: Findings) -> None:
        if not is_list(value):
            findings.refuse("must provide an array", at)
            return
        if most is not None and len(value) > most:
            findings.refuse(f"no more than {most} items allowed", at)
            return
        if len(value) < least:
            findings.refuse(f"no fewer than {least} items allowed", at)
        for index, one in enumerate(value):
            item(one, f"{at}/{index}", findings)

    return check


def record(required: Fields, optional: Fields, *more: Rule) -> Rule:
    """An object with these fields and no others; `more` rules look at the object as a whole."""
    known = {**required, **optional}

    def check(value: object, at: str, findings: Findings) -> None:
        if not is_object(value):
            findings.refuse("must provide an object", at)
            return
        for name in (name for name in required if name not in value):
            findings.refuse(f"missing required field: {name}", at)
        for name, inner in value.items():
            if name in known:
                known[name](inner, f"{at}/{name}", findings)
            else:
                findings.refuse(f"invalid additional property: {name}", at)
        for rule in more:
            rule(value, at, findings)

    return check


def typed(name: str, required: Fields, optional: Fields, *more: Rule) -> Rule:
    """An object whose `type` is `name`."""
    return record({"type": one_of(name), **required}, optional, *more)


def by_type(kinds: Mapping[str, Rule]) -> Rule:
    """An object checked by the rule its `type` stands for."""

    def check(value: object, at: str, findings: Findings) -> None:
        if not is_object(value):
            findings.refuse("must provide an object", at)
        elif "type" not in value:
            findings.refuse("missing required field: type", at)
        elif not isinstance(kind := value["type"], str) or kind not in kinds:
            findings.refuse(f"unsupported type: {kind}", f"{at}/type")
        else:
            kinds[kind](value, at, findings)

    return check


def exactly_one(*names: str) -> Rule:
    def check(value: object, at: str, findings: Findings) -> None:
        if is_object(value) and sum(name in value for name in names) != 1:
            findings.refuse(f"exactly one of {', '.join(names)} must be given", at)

    return check


def at_least_one(*names: str) -> Rule:
    def check(value: object, at: str, findings: Findings) -> None:
        if is_object(value) and not any(name in value for name in names):
            findings.refuse(f"at least one of {', '.join(names)} must be given", at)

    return check


def only_on(surfaces: frozenset[Surface], rule: Rule) -> Rule:
    """The rule, and a refusal when the payload goes somewhere else."""

    def check(value: object, at: str, findings: Findings) -> None:
        if findings.surface not in surfaces:
            kind = value.get("type") if is_object(value) else value
            findings.refuse(f"unsupported type: {kind}", f"{at}/type")
        else:
            rule(value, at, findings)

    return check


def both(*rules: Rule) -> Rule:
    def check(value: object, at: str, findings: Findings) -> None:
        for rule in rules:
            rule(value, at, findings)

    return check
