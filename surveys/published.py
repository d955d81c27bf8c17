"""Published ballots: a closed poll's ballots with their codes as a file, for anybody to count again.

A JSON object with a ballot a line, in the order of the codes, which tells nothing of who voted when.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.anonymity import RECEIPT_LETTERS, Shown
from surveys.errors import Refused

if TYPE_CHECKING:  # whoever counts again needs the standard library alone, and these need more
    from surveys.polls import Poll
    from surveys.standings import Standing

FORMAT = "palabre-ballots-1"
_CODE = re.compile(f"[{RECEIPT_LETTERS}]{{5}}-[{RECEIPT_LETTERS}]{{5}}")


class NotPublished(Refused):
    sentence = (
        "This is no file of published ballots, or not a whole one: {reason}. "
        "Download it again from the poll's message."
    )


@dataclass(frozen=True, slots=True)
class Published:
    """A poll's ballots, and the counts that its message showed.

    votes: of each option; ballots: each one's code and the numbers of its options, from 0.
    """

    question: str
    options: tuple[str, ...]
    votes: tuple[int, ...]
    voters: int
    ballots: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Recount:
    """What counting again gives, beside what was published. twice: codes that are there more than once."""

    votes: tuple[int, ...]
    voters: int
    twice: tuple[str, ...]

    def agrees(self, found: Published) -> bool:
        return not self.twice and (self.votes, self.voters) == (found.votes, found.voters)


Coded = tuple[tuple[str, tuple[int, ...]], ...]
"""Ballots as they are counted: each one's code and the numbers of its options."""


def file_of(poll: "Poll", standing: "Shown[Standing]", coded: Shown[Coded]) -> Shown[str]:
    """Return the file of a poll. The counts are those of its message: anybody can compare the two."""
    told = standing.value
    counted = {line.number: line.votes for line in told.lines}
    votes = tuple(counted.get(number, 0) for number in range(len(poll.options)))
    options = tuple(option.text for option in poll.options)

    def written(ballots: Coded) -> str:
        return to_text(Published(poll.question, options, votes, told.voters, ballots))

    return coded.then(written)


def recount(found: Published) -> Recount:
    votes = Counter(number for _, chosen in found.ballots for number in chosen)
    codes = Counter(code for code, _ in found.ballots)
    twice = tuple(sorted(code for code, times in codes.items() if times > 1))
    return Recount(tuple(votes[number] for number in range(len(found.options))), len(found.ballots), twice)


def ballot(found: Published, code: str) -> tuple[str, ...] | None:
    """Return the options on the ballot with a code, however that was typed; None where there is none."""
    letters = re.sub(r"[\W_]", "", code).upper()
    wanted = f"{letters[:5]}-{letters[5:]}"
    for its_code, chosen in found.ballots:
        if its_code == wanted:
            return tuple(found.options[number] for number in chosen)
    return None


def to_text(found: Published) -> str:
    """Return the file."""
    head = {
        "format": FORMAT,
        "question": found.question,
        "options": list(found.options),
        "votes": list(found.votes),
        "voters": found.voters,
    }
    lines = [f"  {_json(name)}: {_json(value)}," for name, value in head.items()]
    ballots = ",\n".join(f"    {_json([code, list(chosen)])}" for code, chosen in sorted(found.ballots))
    return "\n".join(["{", *lines, '  "ballots": [', ballots, "  ]", "}", ""])


def from_text(text: str) -> Published:
    """Return what a file publishes, or refuse what is none."""
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotPublished(reason="it is not JSON") from error
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        raise NotPublished(reason=f"it does not say {FORMAT}")
    try:
        found = Published(
            str(kept["question"]),
            tuple(map(str, kept["options"])),
            tuple(map(int, kept["votes"])),
            int(kept["voters"]),
            tuple((str(code), tuple(map(int, chosen))) for code, chosen in kept["ballots"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise NotPublished(reason="a part is missing or is of another kind") from error
    _check(found)
    return found


def _check(found: Published) -> None:
    offered = range(len(found.options))
    if len(found.votes) != len(offered):
        raise NotPublished(reason="there are not as many counts as options")
    for code, chosen in found.ballots:
        if not _CODE.fullmatch(code):
            raise NotPublished(reason=f"“{code[:20]}” is no code")
        if not set(chosen) <= set(offered) or len(set(chosen)) != len(chosen):
            raise NotPublished(reason=f"the ballot {code} names an option that is not there, or one twice")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
