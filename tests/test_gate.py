"""Nothing leaves the app but through the gate: the type checker refuses it, and our sources keep to it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from mypy import api

from tests.reading import modules, shown, tree

# --- the type checker ---

HEAD = """
from dataclasses import replace
from slack_app.kit.words import Words
from slack_app.reports import charts, headline
from surveys.anonymity import Shown, Turnout, gate
from surveys.questions import Question, Tally
from surveys.reports import Average, Mood, Report
from surveys.sections import Section
from surveys.shapes import Bars, Compared, Quotes, Tones
from surveys.survey import Round

def draw(asked: Round, question: Question, bars: Bars, quotes: Quotes, told: Report, words: Words) -> None:
"""
FINE = "charts.drawn(Section(question, (gate(asked).table(bars.people, bars),)), words)"
REFUSED = {
    "bars drawn": ("charts.drawn(bars, words)", "arg-type"),
    "bars charted": ("charts.charted(bars, words)", "arg-type"),
    "bars spoken": ("charts.spoken(bars, words)", "arg-type"),
    "bars in a section": ("Section(question, (bars,))", "arg-type"),
    "quotes in a section": ("Section(question, (quotes,))", "arg-type"),
    "groups in a section": ("Section(question, (), Compared('team', ()))", "arg-type"),
    "a tally drawn": ("charts.drawn(Tally(), words)", "arg-type"),
    "a count as turnout": ("replace(told, turnout=Turnout(3))", "arg-type"),
    "an average as what leads": ("replace(told, leading=Average(4.2, 1, 5))", "arg-type"),
    "a mood": ("replace(told, mood=Mood.CALM)", "arg-type"),
    "an average as a headline": (
        "headline.headline(Average(4.2, 1, 5), words)",
        "arg-type",
    ),
    "a Shown of one's own": ("Shown(bars)", "call-arg"),
    "what may be withheld, unasked": ("gate(asked).table(3, bars).value", "union-attr"),
    "a count in a menu": ("headline.turnout_in_short(asked.people, asked.privacy, words)", "arg-type"),
}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """What mypy says of each line, by its number."""
    folder = tmp_path_factory.mktemp("typed")
    lines = [FINE, *(line for line, _ in REFUSED.values())]
    source = folder / "outlet.py"
    source.write_text(HEAD + "".join(f"    {line}\n" for line in lines), encoding="utf-8")
    told, trouble, _ = api.run(
        [
            "--strict",
            "--config-file=",
            "--no-error-summary",
            "--follow-imports=silent",
            f"--cache-dir={folder}",
            str(source),
        ]
    )
    assert trouble == ""
    first = HEAD.count("\n") + 1
    return {int(line.split(":")[1]) - first: line for line in told.splitlines() if ": error: " in line}


def test_the_type_checker_lets_through_what_passed_the_gate(complaints: dict[int, str]) -> None:
    assert 0 not in complaints


@pytest.mark.parametrize("name", REFUSED)
def test_the_type_checker_refuses_what_did_not(complaints: dict[int, str], name: str) -> None:
    number = list(REFUSED).index(name) + 1
    assert f"[{REFUSED[name][1]}]" in complaints.get(number, "")


# --- our own sources ---

RAW = {"Bar", "Bars", "Tones", "Quotes", "Group", "Compared", "Shape", "Tally", "Counted", "Line", "Standing"}
"""What answers add up to, before the gate."""
OUTLETS = [path for path in modules("slack_app") if "playground" not in path.parts]


def raw_parameters(module: ast.Module) -> Iterator[str]:
    """Yield the functions others may call that take numbers which did not pass the gate."""
    for node in ast.walk(module):
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if any(RAW & named_bare(each.annotation) for each in given if each.annotation):
            yield node.name


def named_bare(annotation: ast.expr) -> set[str]:
    """Return the names in an annotation that do not stand inside Shown[…]."""
    match annotation:
        case ast.Subscript(value=ast.Name(id="Shown")):
            return set()
        case ast.Name(id=name):
            return {name}
        case ast.Constant(value=str(text)):
            return named_bare(ast.parse(text, mode="eval").body)
        case _:
            return {
                name
                for child in ast.iter_child_nodes(annotation)
                if isinstance(child, ast.expr)
                for name in named_bare(child)
            }


@pytest.mark.parametrize("path", OUTLETS, ids=shown)
def test_no_outlet_takes_numbers_that_did_not_pass_the_gate(path: Path) -> None:
    assert list(raw_parameters(tree(path))) == []


def test_an_outlet_that_forgets_the_gate_is_found() -> None:
    forgetful = ast.parse("def draw(bars: 'tuple[Bars, ...]', shown: Shown[Tones]): ...")
    careful = ast.parse("def draw(bars: Shown[Bars] | Withheld, asked: Round): ...")
    assert list(raw_parameters(forgetful)) == ["draw"]
    assert list(raw_parameters(careful)) == []


COUNTS = {"people", "voters"}
GATES = {"turnout", "table", "comments", "comparison", "is_new_step"}
READS_COUNTS: dict[tuple[str, str], str] = {
    ("slack_app/reports/charts.py", "*"): "draws what it took out of Shown",
    ("slack_app/authoring/service.py", "_has_asked"): "asks whether there is anything to report",
    ("slack_app/delivery/sending.py", "*"): "the people of a batch are those to be asked",
    ("slack_app/verify.py", "_counts"): "counts a file again that was published already",
}
"""Who reads a count otherwise, and why that is no way around the gate."""


def counts_read(node: ast.AST, function: str = "") -> Iterator[str]:
    """Yield the functions that read how many people took part, and neither ask the gate nor were let pass."""
    for child in ast.iter_child_nodes(node):
        within = child.name if isinstance(child, ast.FunctionDef) else function
        if isinstance(child, ast.Call) and name_of(child.func) in GATES:
            yield from counts_read(child.func, within)
            continue
        if isinstance(child, ast.Attribute) and child.attr in COUNTS and ".value" not in ast.unparse(child):
            yield within
        yield from counts_read(child, within)


def name_of(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def test_no_room_reads_a_count_but_through_the_gate() -> None:
    found = {(shown(path), function) for path in OUTLETS for function in counts_read(tree(path))}
    allowed = {
        (path, function) for path, function in found if {(path, function), (path, "*")} & set(READS_COUNTS)
    }
    assert sorted(found - allowed) == []


def test_a_count_read_past_the_gate_is_found() -> None:
    past = ast.parse("def told(asked): return words(asked.people)")
    through = ast.parse("def told(asked): return gate(asked).turnout(asked.people).value.people")
    assert list(counts_read(past)) == ["told"]
    assert list(counts_read(through)) == []


def test_rooms_make_nothing_new_of_what_was_shown() -> None:
    """`then` passes on whatever it is given: what follows from shown values is decided in surveys/."""
    found = [
        shown(path)
        for path in modules("slack_app")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and name_of(node.func) in {"then", "together"}
    ]
    assert found == []


def test_only_the_gates_module_knows_what_lets_pass() -> None:
    found = [
        shown(path)
        for path in modules("slack_app", "surveys", "storage")
        if "_PASS" in path.read_text(encoding="utf-8")
    ]
    assert found == ["surveys/anonymity.py"]
