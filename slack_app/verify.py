"""`palabre verify`: count published ballots again and find one's own; with the standard library alone.

Whoever trusts no installation runs it from the sources: `python3 -m slack_app.verify FILE [CODE]`.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from surveys.published import NotPublished, Published, Recount, ballot, from_text, recount
from surveys.ranking import numbered

AGREES, DIFFERS, NO_SUCH_FILE = 0, 1, 2
LEFT_OUT = "One is left out where all that it held was taken away before the close."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said, line by line, and the exit code: 0 where all is well, 1 where not, 2 for another file."""

    lines: tuple[str, ...]
    exit_code: int


def verify(name: str, code: str = "") -> Verdict:
    """Count the ballots of a file again, "-" being what is typed or piped in; look one up by its code."""
    try:
        found = from_text(_read(name))
    except OSError as fault:
        return Verdict((f"{_plain(name)} cannot be read: {fault.strerror}.",), NO_SUCH_FILE)
    except NotPublished as refused:
        return Verdict((_plain(str(refused)),), NO_SUCH_FILE)
    counted = recount(found)
    looked_up, is_there = _looked_up(found, code)
    is_well = counted.agrees(found) and is_there
    return Verdict((*_counts(found, counted), *looked_up), AGREES if is_well else DIFFERS)


def recounted(differing: Sequence[tuple[str, str]]) -> Verdict:
    """Say which polls of a database show other counts than a recount. differing: workspace and poll ids."""
    if not differing:
        return Verdict(("The counts of all polls are what their votes say.",), AGREES)
    lines = (
        f"The counts of poll {poll} in {workspace} are NOT what its votes say."
        for workspace, poll in differing
    )
    return Verdict(tuple(lines), DIFFERS)


def _read(name: str) -> str:
    content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    # What is no UTF-8 is no file of ours: the marks left in it make that seen.
    return content.decode("utf-8-sig", errors="replace")


def _counts(found: Published, counted: Recount) -> Iterator[str]:
    yield _plain(found.question)
    yield from _places(found, counted) if found.is_ranking else _votes(found, counted)
    yield _line("Ballots", found.voters, counted.voters)
    for code in counted.twice:
        yield f"The code {code} is there more than once."
    if counted.agrees(found):
        yield "The published counts are what the ballots say."
    elif counted.counts_as(found):
        yield "The published counts are what the ballots say, but each code may be there only once."
    else:
        yield "The published counts are NOT what the ballots say."


def _votes(found: Published, counted: Recount) -> Iterator[str]:
    for option, told, again in zip(found.options, found.votes, counted.votes, strict=True):
        yield _line(option, told, again)


def _places(found: Published, counted: Recount) -> Iterator[str]:
    """Each option of a ranking, in the order of the places counted here."""
    published = {number: place for place, number in numbered(found.places)}
    for place, number in numbered(counted.places):
        told = _place(published.get(number), found.firsts[number])
        yield _line(found.options[number], told, _place(place, counted.firsts[number]))


def _place(place: int | None, firsts: int) -> str:
    return f"place {place or '-'} (first choice of {firsts})"


def _line(what: str, told: object, again: object) -> str:
    mark = "" if told == again else "  <- differs"
    return f"  {_plain(what)}: {told} published, {again} counted{mark}"


def _looked_up(found: Published, code: str) -> tuple[tuple[str, ...], bool]:
    if not code.strip():
        return (), True
    chosen = ballot(found, code)
    if chosen is None:
        return (f"There is no ballot with the code {_plain(code.strip())}. {LEFT_OUT}",), False
    in_order = (f"{place}. {option}" for place, option in enumerate(chosen, 1))
    named = ", ".join(map(_plain, in_order if found.is_ranking else chosen)) or "no option"
    return (f"The ballot with your code {_plain(code.strip())} says: {named}",), True


def _plain(text: str) -> str:
    """Return a text without what could move the cursor or pass for a line of ours."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def main(words: Sequence[str]) -> int:
    if not words or words[0] in {"-h", "--help"}:
        sys.stdout.write("python3 -m slack_app.verify FILE [CODE]   FILE may be - for what is piped in\n")
        return AGREES if words else NO_SUCH_FILE
    found = verify(words[0], " ".join(words[1:]))
    sys.stdout.buffer.write("".join(f"{line}\n" for line in found.lines).encode())
    return found.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
