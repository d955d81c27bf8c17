"""The command line scores texts and says why."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from slack_app.__main__ import main


def run(*words: str, typed: bytes = b"") -> Result:
    return CliRunner().invoke(main, ["sentiment", *words], input=typed)


def test_each_line_of_a_file_becomes_an_object(tmp_path: Path) -> None:
    file = tmp_path / "comments.txt"
    file.write_text("We loved the new schedule\nC'était pas terrible\n", encoding="utf-8")
    said = run(str(file), "--language", "fr")
    assert said.exit_code == 0
    assert [json.loads(line) for line in said.output.splitlines()] == [
        {
            "text": "We loved the new schedule",
            "label": "positive",
            "score": 0.5994,
            "language": "en",
            "reasons": [{"word": "loved", "part": 2.9, "note": ""}],
            "version": "1",
        },
        {
            "text": "C'était pas terrible",
            "label": "negative",
            "score": -0.3818,
            "language": "fr",
            "reasons": [{"word": "C'était pas terrible", "part": -1.6, "note": ""}],
            "version": "1",
        },
    ]


def test_what_is_typed_is_read_where_no_file_is_named() -> None:
    said = run(typed="👍\n".encode())
    assert json.loads(said.output)["label"] == "positive"


def test_bytes_that_are_no_text_are_read_all_the_same() -> None:
    said = run(typed=b"good \xff\xfe\x00 work\n\n")
    assert said.exit_code == 0
    assert [json.loads(line)["label"] for line in said.output.splitlines()] == ["positive", "none"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    said = run(str(tmp_path / "none.txt"))
    assert said.exit_code == 2
    assert "none.txt" in said.output
