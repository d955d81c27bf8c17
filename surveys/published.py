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
from surveys.ranking import Places, ranked

if TYPE_CHECKING:  # whoever counts again needs the standard library alone, and these need more
    from surveys.options import Option
    from surveys.polls import Poll
    from surveys.standings import Standing

FORMAT = "palabre-ballots-2"
OLDER = "palabre-ballots-1"
"""The same without the kind of poll, which was a choice always."""
CHOICE, RANKING = "choice", "ranking"
_CODE = re.compile(f"[{RECEIPT_LETTERS}]{{5}}-[{RECEIPT_LETTERS}]{{5}}")


class NotPublished(Refused):
    sentence = (
        "This is no file of published ballots, or not a whole one: {reason}. "
        "Download it again from the poll's message."
    )


@dataclass(frozen=True, slots=True)
class Published:
    """A poll's ballots, and the counts that its message showed.

    votes: of each option; ballots: each one's code and the numbers of its options, from 0. Of a ranking the
    most wanted option comes first on a ballot; firsts: how many put each option first; places: the options'
    numbers, place by place.
    """

    question: str
    options: tuple[str, ...]
    votes: tuple[int, ...]
    voters: int
    ballots: tuple[tuple[str, tuple[int, ...]], ...]
    kind: str = CHOICE
    firsts: tuple[int, ...] = ()
    places: Places = ()

    @property
    def is_ranking(self) -> bool:
        return self.kind == RANKING


@dataclass(frozen=True, slots=True)
class Recount:
    """What counting again gives, beside what was published. twice: codes that are there more than once."""

    votes: tuple[int, ...]
    voters: int
    twice: tuple[str, ...]
    firsts: tuple[int, ...] = ()
    places: Places = ()

    def agrees(self, found: Published) -> bool:
        return not self.twice and self.counts_as(found)

    def counts_as(self, found: Published) -> bool:
        """Say whether the counts are those published, whatever is to be said of the codes."""
        published = found.votes, found.voters, found.firsts, found.places
        return (self.votes, self.voters, self.firsts, self.places) == published


Coded = tuple[tuple[str, tuple[int, ...]], ...]
"""Ballots as they are counted: each one's code and the numbers of its options."""


def file_of(poll: "Poll", standing: "Shown[Standing]", coded: Shown[Coded]) -> Shown[str]:
    """Return the file of a poll. The counts are those of its message: anybody can compare the two."""
    told = standing.value
    counted = {line.number: line.votes for line in told.lines}
    votes = tuple(counted.get(number, 0) for number in range(len(poll.options)))
    options, order = tuple(map(_named, poll.options)), told.details.ranked
    firsts = () if order is None else tuple(order.firsts.get(number, 0) for number in range(len(options)))
    places = () if order is None else order.places

    def written(ballots: Coded) -> str:
        question, voters, kind = poll.question, told.voters, str(poll.kind)
        return to_text(Published(question, options, votes, voters, ballots, kind, firsts, places))

    return coded.then(written)


def _named(option: "Option") -> str:
    """Return an option as the file names it: a date that was not written by hand by its moment."""
    told = option.text or (option.moment.isoformat() if option.moment is not None else "")
    return f"{option.emoji} {told}".strip()


def recount(found: Published) -> Recount:
    votes = Counter(number for _, chosen in found.ballots for number in chosen)
    codes = Counter(code for code, _ in found.ballots)
    twice = tuple(sorted(code for code, times in codes.items() if times > 1))
    each = tuple(votes[number] for number in range(len(found.options)))
    if not found.is_ranking:
        return Recount(each, len(found.ballots), twice)
    # An option that was taken away has no place, unless a ballot names it all the same.
    ranking = sorted({number for place in found.places for number in place} | set(votes))
    order = ranked(((chosen, 1) for _, chosen in found.ballots), ranking)
    firsts = tuple(order.firsts.get(number, 0) for number in range(len(found.options)))
    return Recount(each, len(found.ballots), twice, firsts, order.places)


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
    head: dict[str, object] = {
        "format": FORMAT,
        "kind": found.kind,
        "question": found.question,
        "options": list(found.options),
        "votes": list(found.votes),
        "voters": found.voters,
    }
    if found.is_ranking:
        head |= {"firsts": list(found.firsts), "places": [list(place) for place in found.places]}
    lines = [f"  {_json(name)}: {_json(value)}," for name, value in head.items()]
    ballots = ",\n".join(f"    {_json([code, list(chosen)])}" for code, chosen in sorted(found.ballots))
    return "\n".join(["{", *lines, '  "ballots": [', ballots, "  ]", "}", ""])


def from_text(text: str) -> Published:
    """Return what a file publishes, or refuse what is none."""
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotPublished(reason="it is not JSON") from error
    if not isinstance(kept, dict) or kept.get("format") not in (FORMAT, OLDER):
        raise NotPublished(reason=f"it does not say {FORMAT}")
    try:
        found = Published(
            str(kept["question"]),
            tuple(map(str, kept["options"])),
            tuple(map(int, kept["votes"])),
            int(kept["voters"]),
            tuple((str(code), tuple(map(int, chosen))) for code, chosen in kept["ballots"]),
            str(kept["kind"]) if kept["format"] == FORMAT else CHOICE,
            tuple(map(int, kept.get("firsts", ()))),
            tuple(tuple(map(int, place)) for place in kept.get("places", ())),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise NotPublished(reason="a part is missing or is of another kind") from error
    _check(found)
    return found


def _check(found: Published) -> None:
    offered = range(len(found.options))
    if len(found.votes) != len(offered):
        raise NotPublished(reason="there are not as many counts as options")
    if found.is_ranking:
        _check_ranking(found, offered)
    for code, chosen in found.ballots:
        if not _CODE.fullmatch(code):
            raise NotPublished(reason=f"“{code[:20]}” is no code")
        if not set(chosen) <= set(offered) or len(set(chosen)) != len(chosen):
            raise NotPublished(reason=f"the ballot {code} names an option that is not there, or one twice")


def _check_ranking(found: Published, offered: range) -> None:
    if len(found.firsts) != len(offered):
        raise NotPublished(reason="there are not as many counts as options")
    placed = [number for place in found.places for number in place]
    if not set(placed) <= set(offered) or len(set(placed)) != len(placed):
        raise NotPublished(reason="a place names an option that is not there, or one twice")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
