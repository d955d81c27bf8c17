"""`palabre verify`: anybody counts published ballots again, finds their own, and is told what differs."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from slack_app.__main__ import main
from slack_app.verify import verify
from storage import Database
from surveys.published import Published, to_text
from tests.reading import ROOT
from tests.storage.test_polls import LUNCH, cast, keep
from tests.surveys.test_published import LUNCH as MEAL

LEADER = Published(
    "Who should lead?",
    ("Ana", "Ben"),
    votes=(2, 1),
    voters=3,
    ballots=(("A2345-6789B", (0,)), ("C2345-6789D", (1,)), ("E2345-6789F", (0,))),
)
COUNTS = (
    "Who should lead?\n"
    "  Ana: 2 published, 2 counted\n"
    "  Ben: 1 published, 1 counted\n"
    "  Ballots: 3 published, 3 counted\n"
    "The published counts are what the ballots say.\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ballots.json"
    path.write_text(to_text(LEADER), encoding="utf-8")
    return path


def run(*words: str, typed: str | None = None, **environ: str) -> tuple[int, str]:
    answer = CliRunner(env=environ).invoke(main, ["verify", *words], input=typed)
    return answer.exit_code, answer.output


def changed(file: Path, old: str, new: str) -> str:
    """Put other words into the file; return its name."""
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_text(before.replace(old, new), encoding="utf-8")
    return str(file)


# --- a file ---


def test_counts_that_agree_are_said_to(file: Path) -> None:
    assert run(str(file)) == (0, COUNTS)


@pytest.mark.parametrize(
    "code", [("C2345-6789D",), ("c2345", "6789d"), ("c23456789d",), ("  c2345 - 6789d ",)]
)
def test_a_code_finds_its_ballot_however_it_is_typed(file: Path, code: tuple[str, ...]) -> None:
    said = " ".join(code).strip()
    assert run(str(file), *code) == (0, f"{COUNTS}The ballot with your code {said} says: Ben\n")


def test_a_code_that_is_not_there_is_said_and_ends_with_1(file: Path) -> None:
    told = "There is no ballot with the code C2345-6789E. One is left out where all that it held was taken"
    assert run(str(file), "C2345-6789E") == (1, f"{COUNTS}{told} away before the close.\n")


def test_the_places_of_a_ranking_are_counted_again(file: Path) -> None:
    file.write_text(to_text(MEAL), encoding="utf-8")
    assert run(str(file), "C2345-6789D")[1] == (
        "Lunch?\n"
        "  Tacos: place 1 (first choice of 2) published, place 1 (first choice of 2) counted\n"
        "  Sushi: place 2 (first choice of 1) published, place 2 (first choice of 1) counted\n"
        "  Soup: place 3 (first choice of 0) published, place 3 (first choice of 0) counted\n"
        "  Ballots: 3 published, 3 counted\n"
        "The published counts are what the ballots say.\n"
        "The ballot with your code C2345-6789D says: 1. Sushi, 2. Tacos\n"
    )


def test_a_ranking_that_was_turned_around_is_told(file: Path) -> None:
    file.write_text(to_text(MEAL), encoding="utf-8")
    code, said = run(changed(file, '"E2345-6789F", [0, 2]', '"E2345-6789F", [2, 0]'))
    assert code == 1
    assert "place 1 (first choice of 2) published, place 1 (first choice of 1) counted  <- differs" in said
    assert said.endswith("The published counts are NOT what the ballots say.\n")


def test_what_is_piped_in_is_read() -> None:
    assert run("-", typed=to_text(LEADER)) == (0, COUNTS)


def test_a_moved_vote_is_shown_beside_what_was_published(file: Path) -> None:
    code, said = run(changed(file, '"C2345-6789D", [1]', '"C2345-6789D", [0]'))
    assert code == 1
    assert said == (
        "Who should lead?\n"
        "  Ana: 2 published, 3 counted  <- differs\n"
        "  Ben: 1 published, 0 counted  <- differs\n"
        "  Ballots: 3 published, 3 counted\n"
        "The published counts are NOT what the ballots say.\n"
    )


def test_a_code_that_is_there_twice_is_named(file: Path) -> None:
    code, said = run(changed(file, "E2345-6789F", "A2345-6789B"))
    assert code == 1
    assert said.endswith(
        "The code A2345-6789B is there more than once.\n"
        "The published counts are what the ballots say, but each code may be there only once.\n"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is not JSON"),
        (b"PK\x03\x04\xff\xfe", "it is not JSON"),
        (b'{"format": "palabre-ballots-9"}', "it does not say palabre-ballots-2"),
        (b"[" * 200_000, "it is not JSON"),
        (to_text(LEADER).replace("[2, 1]", "[Infinity, 1]").encode(), "a part is missing or is of another"),
        (to_text(LEADER).encode()[:-40], "it is not JSON"),
    ],
)
def test_another_file_is_refused_with_the_reason_and_ends_with_2(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(content)
    code, said = run(str(path))
    assert code == 2
    assert said.startswith("This is no file of published ballots, or not a whole one: ")
    assert reason in said


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    name = str(tmp_path / "none.json")
    assert run(name) == (2, f"{name} cannot be read: No such file or directory.\n")


def test_a_file_saved_by_an_editor_with_its_mark_is_read(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert run(str(file)) == (0, COUNTS)


def test_an_option_cannot_pass_for_a_line_of_ours(file: Path) -> None:
    lines = verify(changed(file, '"Ben"', '"Ben\\u001b[2A\\nAll is well \\ud800"')).lines
    assert lines[2] == "  Ben�[2A�All is well �: 1 published, 1 counted"


def test_a_file_of_twenty_thousand_ballots_is_counted(file: Path) -> None:
    letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
    codes = ["".join(letters[number // 30**place % 30] for place in range(10)) for number in range(20_000)]
    ballots = tuple((f"{code[:5]}-{code[5:]}", (number % 2,)) for number, code in enumerate(codes))
    file.write_text(to_text(Published("Which?", ("A", "B"), (10_000, 10_000), 20_000, ballots)), "utf-8")
    found = verify(str(file), codes[19_999])
    assert found.exit_code == 0
    assert found.lines[-1] == f"The ballot with your code {codes[19_999]} says: B"


def test_it_runs_from_the_sources_with_the_standard_library_alone(file: Path) -> None:
    words = [sys.executable, "-S", "-m", "slack_app.verify", str(file), "c2345 6789d"]
    said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout == f"{COUNTS}The ballot with your code c2345 6789d says: Ben\n"


# --- the database ---


def test_the_counts_of_the_database_are_counted_again(database: Database, database_url: str) -> None:
    keep(database, LUNCH)
    cast(database, "T1:UBEN", 1)
    asked = {"PALABRE_DATABASE_URL": database_url}
    assert run(**asked) == (0, "The counts of all polls are what their votes say.\n")
    with database._engine.begin() as connection:  # noqa: SLF001 the fault that no drawer makes
        connection.execute(text("update poll_options set votes = votes + 1 where number = 0"))
    assert run(**asked) == (1, "The counts of poll p1 in T1 are NOT what its votes say.\n")


def test_a_database_that_is_not_ready_is_named(tmp_path: Path) -> None:
    code, said = run(PALABRE_DATABASE_URL=f"sqlite:///{tmp_path}/palabre.sqlite3")
    assert (code, said) == (1, "Error: The tables are not up to date. Run: palabre migrate\n")
