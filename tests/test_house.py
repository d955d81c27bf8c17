"""The house keeps its own rules: doors, how a module is written, and workspaces that never mix."""

import ast
import re
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import cast

import pytest
from importlinter.cli import lint_imports
from sqlalchemy import Index, PrimaryKeyConstraint, Table, UniqueConstraint

from slack_app.answering.inputs import INPUTS
from slack_app.kit.kinds import kind_name
from slack_app.kit.words import words
from storage.tables import metadata
from surveys.questions import TYPES, Kind
from tests.reading import PRODUCT, ROOMS, ROOT, modules, shown, tree

# --- doors ---


def test_doors_open_one_way(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert broken == 0, capsys.readouterr().out


MAY_USE = {
    "listeners.py": {"own", "slack_app.kit", "surveys"},
    "service.py": {"own", "slack_app.kit", "storage", "surveys"},
    "blocks.py": {"own", "slack_app.kit", "surveys"},
    "jobs.py": {"own", "slack_app.kit", "storage", "surveys"},
}
NEVER_IN = {
    "service.py": {"listeners", "blocks", "jobs"},
    "blocks.py": {"listeners", "service", "jobs"},
    "listeners.py": {"jobs"},
}


@pytest.mark.parametrize("room", ROOMS)
def test_each_file_of_a_room_uses_only_what_its_kind_may(room: str) -> None:
    wrong = [
        f"{shown(path)} uses {used}"
        for path in modules(f"slack_app/{room}")
        if path.name in MAY_USE
        for used in imported(path)
        if not may_use(path, used)
    ]
    assert wrong == []


def imported(path: Path) -> Iterator[str]:
    """Yield the full name of each thing of ours that a module imports."""
    for node in ast.walk(tree(path)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (name for name in names if name.split(".")[0] in PRODUCT)


def may_use(path: Path, used: str) -> bool:
    room = path.relative_to(ROOT / "slack_app").parts[0]
    own = f"slack_app.{room}."
    if used.startswith(own):
        return not NEVER_IN.get(path.name, set()) & set(used.removeprefix(own).split("."))
    if used.startswith("slack_app.") and not used.startswith("slack_app.kit"):
        return room == "home" and path.name in {"listeners.py", "jobs.py"}
    return any(used.startswith(allowed) for allowed in MAY_USE[path.name])


# --- how a module is written ---


@pytest.mark.parametrize("path", modules(*PRODUCT, "tests", "bench"), ids=shown)
def test_every_module_says_in_its_first_sentence_what_it_is_for(path: Path) -> None:
    module = tree(path)
    if not module.body:
        return
    first = (ast.get_docstring(module) or "").split("\n\n")[0].strip()
    assert first.endswith((".", "?", "!", ":")), f"{shown(path)} opens with {first!r}"


# The one place where a bug becomes a reference, and the threads that have no caller who could report one.
CATCHES_BUGS = {
    "slack_app/kit/errors.py",
    "slack_app/kit/context.py",
    "slack_app/redraws.py",
    "slack_app/worker.py",
    "storage/attempts.py",
    "storage/durable.py",
}


def test_bugs_are_caught_in_listed_places_only() -> None:
    found = {
        shown(path) for path in modules(*PRODUCT) if any(catches_all(node) for node in ast.walk(tree(path)))
    }
    assert found <= CATCHES_BUGS


def catches_all(node: ast.AST) -> bool:
    if not isinstance(node, ast.ExceptHandler):
        return False
    return node.type is None or "Exception" in {
        name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)
    }


def test_untyped_payloads_stop_at_the_edge() -> None:
    """`Any` stands for Slack's own JSON, which the kit turns into values: rules and rooms have none of it."""
    rooms = (f"slack_app/{room}" for room in ROOMS)
    found = [
        shown(path)
        for path in modules("surveys", *rooms)
        if any(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(tree(path)))
    ]
    assert found == []


SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore)(?P<rule>(:\s*[A-Z]+\d+|\[[\w-]+\])?)(?P<reason>.*)")
# A word such as "token" taken for a password: the rule's name is the reason.
CLEAR_BY_ITSELF = re.compile(r":\s*S10[56]")


def test_a_silenced_rule_is_named_and_has_its_reason() -> None:
    bare = [
        f"{shown(path)}:{number}"
        for path in [*modules(*PRODUCT, "tests", "bench"), ROOT / "dev"]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for hit in SILENCED.finditer(line)
        if "re.compile" not in line and not is_explained(hit["rule"], hit["reason"])
    ]
    assert bare == []


def is_explained(rule: str, reason: str) -> bool:
    return bool(CLEAR_BY_ITSELF.fullmatch(rule)) or bool(rule and len(reason.strip(" -#")) >= 6)


# --- a new question type is three places ---


def places_missing(kinds: Iterable[Kind], types: Container[Kind], inputs: Container[Kind]) -> list[str]:
    """List where a question type is still unknown, each with what to write there."""
    places: list[tuple[str, Callable[[Kind], object]]] = [
        ("surveys/questions.py: what it accepts, in TYPES", lambda kind: kind in types),
        ("slack_app/answering/inputs.py: its form element, in INPUTS", lambda kind: kind in inputs),
        ("slack_app/kit/kinds.py: its name, in kind_name", lambda kind: kind_name(kind, words("en"))),
    ]
    return [f"{kind}: {place}" for kind in kinds for place, is_known in places if not is_known(kind)]


def test_each_question_type_is_known_in_all_three_places() -> None:
    assert places_missing(Kind, TYPES, INPUTS) == []


def test_a_type_that_is_known_nowhere_is_missed_in_each_place() -> None:
    assert places_missing([cast("Kind", "matrix")], TYPES, INPUTS) == [
        "matrix: surveys/questions.py: what it accepts, in TYPES",
        "matrix: slack_app/answering/inputs.py: its form element, in INPUTS",
        "matrix: slack_app/kit/kinds.py: its name, in kind_name",
    ]


def test_a_type_that_only_its_form_lacks_is_missed_there_alone() -> None:
    inputs = set(INPUTS) - {Kind.RATING}
    assert places_missing(Kind, TYPES, inputs) == [
        "rating: slack_app/answering/inputs.py: its form element, in INPUTS"
    ]


# --- workspaces never mix ---

# Each looks across workspaces on purpose, and says so where it stands.
ACROSS_WORKSPACES = {"claim_stale", "due", "uncounted", "_before", "_check_master"}
LEADS_ACROSS_WORKSPACES = {"schedules: ix_schedules_due", "executors: pk_executors", "masters: pk_masters"}
NAMES_ITS_WORKSPACE = {"workspace: str", "poll: Poll", "asked: Round", "order: Order", "schedule: Schedule"}
STATEMENTS = {"select", "update", "delete", "insert", "text", "exists"}
DRAWERS = [
    path
    for path in sorted((ROOT / "storage").glob("*.py"))
    # executors.py: its rows are processes, which serve every workspace. health.py: numbers alone, over all.
    # masters.py: its one row is the database's. cleaning.py: it reads no rows.
    # jobs.py, lock.py, presence.py: jobs are found by ids that begin with their workspace.
    if path.name
    not in {
        "__init__.py",
        "attempts.py",
        "cleaning.py",
        "database.py",
        "durable.py",
        "executors.py",
        "health.py",
        "jobs.py",
        "lock.py",
        "masters.py",
        "presence.py",
        "tables.py",
        "upsert.py",
        "vault.py",
    }
]


def test_every_query_names_its_workspace() -> None:
    forgetful = [
        f"{shown(path)}: {function.name}"
        for path in DRAWERS
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef)
        and makes_statement(function)
        and not re.search(r"workspace_id|_(is|change)\(workspace, |\bkey: dict\b", ast.unparse(function))
        and function.name not in ACROSS_WORKSPACES
    ]
    assert forgetful == []


def test_every_question_to_storage_begins_with_the_workspace() -> None:
    forgetful = [
        f"{shown(path)}: {function.name}"
        for path in DRAWERS
        for drawer in tree(path).body
        if isinstance(drawer, ast.ClassDef)
        for function in drawer.body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and "property" not in map(ast.unparse, function.decorator_list)
        and "".join(ast.unparse(function.args).split(", ")[1:2]) not in NAMES_ITS_WORKSPACE
        and function.name not in ACROSS_WORKSPACES
    ]
    assert forgetful == []


def makes_statement(function: ast.FunctionDef) -> bool:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return bool({ast.unparse(call).split(".")[-1] for call in calls} & STATEMENTS)


def test_the_workspace_leads_every_primary_key_and_index() -> None:
    leading = {
        f"{table.name}: {key.name or 'primary key'}": next(iter(key.columns)).name
        for table in metadata.tables.values()
        for key in keys(table)
    }
    assert len(leading) >= 6
    others = {name for name, column in leading.items() if column != "workspace_id"}
    assert others == LEADS_ACROSS_WORKSPACES


def keys(table: Table) -> list[PrimaryKeyConstraint | UniqueConstraint | Index]:
    unique = [key for key in table.constraints if isinstance(key, UniqueConstraint)]
    return [table.primary_key, *table.indexes, *unique]
