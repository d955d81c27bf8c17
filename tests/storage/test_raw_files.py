"""What the database's own files hold of an anonymous poll and survey: open, and after the count."""

import sqlite3
from pathlib import Path

import psycopg
import pytest

from storage import Database, vault
from storage.vault import CannotOpen, Vault
from surveys.questions import Given
from tests.conftest import SECRET
from tests.sealing import answer, ask, close, count_all, vote

PEOPLE = tuple(f"T1:U0PERSON{number:02}" for number in range(12))
WORDS = "a comment that nobody else writes"


def raw(database_url: str) -> bytes:
    """Everything that is in the files."""
    if database_url.startswith("sqlite:///"):
        file = Path(database_url.removeprefix("sqlite:///"))
        return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")  # what is in memory only goes to the files
        folder = Path(str(connection.execute("SHOW data_directory").fetchone()[0]))  # type: ignore[index] # one row
        asked = (
            "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r','t','i') AND oid > 16383"
        )
        files = [str(row[0]) for row in connection.execute(asked.encode())]
    return b"".join(path.read_bytes() for file in files for path in folder.glob(f"{file}*"))


def take_part(database: Database) -> list[str]:
    """Have twelve people vote and answer; return the tokens they had."""
    ask(database)
    for number, person in enumerate(PEOPLE):
        vote(database, person, number % 3)
        answer(
            database,
            person,
            {"team": (Given(choice=number % 2),), "why": (Given(text=f"{WORDS}, {number:02}"),)},
        )
    with database.begin() as store:
        return [
            token
            for subject in ("p1", "r1")
            for person in PEOPLE
            if (token := store.sealed.token("T1", subject, person))
        ]


def test_while_open_no_file_holds_an_answer_or_a_person(database: Database, database_url: str) -> None:
    tokens = take_part(database)
    found = raw(database_url)
    assert tokens[0].encode() in found  # so it is these files that hold the boxes
    assert WORDS.encode() not in found
    assert b'"answers"' not in found
    assert [person for person in PEOPLE if person.encode() in found] == []
    assert b"U0PERSON" not in found


def test_after_the_count_no_file_ties_an_answer_to_a_person(database: Database, database_url: str) -> None:
    tokens = take_part(database)
    close(database)
    count_all(database)
    found = raw(database_url)
    assert f"{WORDS}, 07".encode() in found
    assert b"U0PERSON" not in found
    if database_url.startswith("sqlite"):
        assert [token for token in tokens if token.encode() in found] == []


def test_after_the_count_no_row_holds_a_token_or_the_order(database: Database) -> None:
    tokens = take_part(database)
    close(database)
    count_all(database)
    with database.begin() as store:
        assert store.sealed.waiting("T1", "p1") == store.sealed.waiting("T1", "r1") == ()
        assert [store.responses.find("T1", "r1", token).answers for token in tokens] == [{}] * 24


def test_the_keys_are_in_no_file_once_all_is_counted(database: Database, database_url: str) -> None:
    take_part(database)
    sealed_keys, boxes = kept(database_url)
    assert all(key.encode() in raw(database_url) for key in sealed_keys)
    close(database)
    count_all(database)
    found = raw(database_url)
    assert [key for key in sealed_keys if key.encode() in found] == []
    master = Vault(SECRET)
    for sealed in boxes:
        with pytest.raises(CannotOpen):
            master.open(sealed, "T1:p1:content")
        with pytest.raises(CannotOpen):
            vault.unseal(vault.new_key(), sealed, "T1:p1:content")


def kept(database_url: str) -> tuple[list[str], list[str]]:
    """Return the sealed keys and the boxes as they are in the tables."""
    asked = "SELECT token_key FROM seals UNION ALL SELECT content_key FROM seals", "SELECT box FROM boxes"
    keys, boxes = (rows(database_url, each) for each in asked)
    assert (len(keys), len(boxes)) == (4, 24)
    return keys, boxes


def rows(database_url: str, asked: str) -> list[str]:
    if database_url.startswith("sqlite"):
        connection = sqlite3.connect(database_url.removeprefix("sqlite:///"))
        try:
            return [str(row[0]) for row in connection.execute(asked)]
        finally:
            connection.close()
    with psycopg.connect(database_url) as server:
        return [str(row[0]) for row in server.execute(asked.encode())]
