"""What people see of a ranking: the options by place, what came of it, and a menu a place to vote."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, cut
from slack_app.kit.words import Words
from slack_app.polls import labels, lines, offered, verdicts
from surveys.anonymity import Shown, Withheld
from surveys.options import LONGEST_OPTION
from surveys.polls import Ballot, Poll
from surveys.standings import Outcome, Standing
from surveys.text import length

NO_CHOICE = "none"
"""What empties a place again: Slack's menus have no way back to nothing."""
MENUS, A_CHOICE = 230_000, 90
"""Characters of JSON in all menus, and in a choice beside its text: Slack takes 250 kB for a whole window."""
SHORT_OPTION = 25


def drawn(outcome: Outcome, words: Words) -> list[Block]:
    """The options in the message, by place where places may be seen."""
    if len(outcome.poll.shown) > offered.MOST_BUTTONS:
        return best(outcome, words)
    return lines.in_sections(placed(outcome, words))


def best(outcome: Outcome, words: Words) -> list[Block]:
    """The first ten options, and how many more there are."""
    first = placed(outcome, words)[: lines.MOST_LINES]
    left = len(outcome.poll.shown) - len(first)
    return [
        *lines.in_sections(first),
        *([blocks.context(offered.rest(outcome.poll, left, words))] if left else []),
    ]


def placed(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """All options by place, with how many put each one first; as they were asked where that is not seen."""
    standing = outcome.standing
    ranked = None if isinstance(standing, Withheld) else standing.value.details.ranked
    if isinstance(standing, Withheld) or ranked is None or not standing.value.voters:
        return lines.texts(outcome.poll, words)
    return [
        words(
            "{place}. {option} · {firsts}",
            place=place,
            option=labels.label(outcome.poll.options[number], words),
            firsts=_firsts(ranked.firsts[number], standing.value.voters, words),
        )
        for place, number in ranked.standing
    ]


def _firsts(votes: int, voters: int, words: Words) -> Mrkdwn:
    if not votes:
        return words("nobody's first choice")
    return words("first choice of {votes} of {voters}", votes=votes, voters=voters)


def results(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """All options by place; where there is no room, the first and how many more."""
    if isinstance(outcome.standing, Withheld):
        return []
    whole = placed(outcome, words)
    if sum(map(length, whole)) <= lines.MOST_DRAWN:
        return whole
    fitting = lines.as_many_as_fit(whole, lines.MOST_DRAWN)
    return [*fitting, words("and {count} more, further down", count=len(whole) - len(fitting))]


def charted(_outcome: Outcome, _words: Words) -> list[Block]:
    """No chart: bars of the first choices could show another winner than the places do."""
    return []


def verdict(poll: Poll, standing: Shown[Standing], words: Words) -> list[Mrkdwn]:
    """What came of a closed ranking: what comes first, and whether it is preferred to each other option."""
    ranked, leaders = standing.value.details.ranked, standing.value.leaders
    if ranked is None or len(leaders) != 1:
        return verdicts.verdict(poll, standing, words)
    won = labels.named([leaders[0].option], words)
    if ranked.beats_all(leaders[0].number):
        told = words(
            "{option} comes first: more people prefer it to each other option than the other way round.",
            option=won,
        )
    else:
        told = words(
            "{option} comes first, though no option is preferred to every other one: "
            "the strongest chain of comparisons decides.",
            option=won,
        )
    return [Mrkdwn(f"{told} {verdicts.close_call(words)}") if standing.value.is_close else told]


def how(poll: Poll, words: Words) -> Iterator[Mrkdwn]:
    """What a voter is to do, while the ranking is open."""
    yield Mrkdwn(how_many(poll, words))
    if poll.is_shuffled:
        yield words("Each voter sees the options in another order")
    yield offered.in_window(words)


def how_many(poll: Poll, words: Words) -> str:
    """Return how many options a voter puts in order, such as "Put up to 3 options in order"."""
    match poll.least, poll.limit:
        case (least, most) if least == most:
            return words.plain("Put {most} options in order", most=most)
        case (1, most) if most == len(poll.shown):
            return words.plain("Put as many options in order as you like")
        case (1, most):
            return words.plain("Put up to {most} options in order", most=most)
        case (least, most):
            return words.plain("Put {least} to {most} options in order", least=least, most=most)


def buttons(poll: Poll, words: Words) -> Iterator[Block]:
    yield blocks.button(words.plain("How it is counted"), "polls.method", poll.id)


# --- one's own ranking ---


def own(poll: Poll, ballot: Ballot, words: Words) -> Iterator[Mrkdwn]:
    """One's own order."""
    names = [labels.named([poll.options[each]], words) for each in ballot.chosen]
    for some in lines.side_by_side([Mrkdwn(f"{at}. {name}") for at, name in enumerate(names, 1)]):
        yield words("Your order: {options}.", options=some)


def fields(poll: Poll, ballot: Ballot, order: Sequence[int], words: Words) -> Iterator[Block]:
    """A menu a place, the present ballot in them. order: of the options in each menu."""
    choices = _choices(poll, order, words)
    for place in range(1, poll.limit + 1):
        present = ballot.chosen[place - 1 : place]
        yield _field(place, choices, present, words, is_needed=place <= poll.least)


def _choices(poll: Poll, order: Sequence[int], words: Words) -> dict[int, Block]:
    texts = {number: labels.plain(poll.options[number], words) for number in order}
    size = poll.limit * sum(len(json.dumps(text)) + A_CHOICE for text in texts.values())
    most = LONGEST_OPTION if size <= MENUS else SHORT_OPTION
    return {number: blocks.choice(cut(text, most), str(number)) for number, text in texts.items()}


def _field(
    place: int, choices: Mapping[int, Block], present: Sequence[int], words: Words, *, is_needed: bool
) -> Block:
    each = list(choices.values())
    if not is_needed and len(each) < blocks.MENU:
        each.append(blocks.choice(words.plain("No choice"), NO_CHOICE))
    chosen = next((choices[number] for number in present if number in choices), None)
    menu = blocks.menu(f"place_{place}", each, words.plain("Choose an option"), chosen)
    return blocks.field(f"place_{place}", _place(place, words), menu, optional=not is_needed)


def _place(place: int, words: Words) -> str:
    match place:
        case 1:
            return words.plain("1st choice")
        case 2:
            return words.plain("2nd choice")
        case 3:
            return words.plain("3rd choice")
        case _:
            return words.plain("{place}th choice", place=place)


def is_ranking(chosen: Mapping[str, Sequence[str]]) -> bool:
    """Say whether these are the fields of a ranking."""
    return "place_1" in chosen


def picked(chosen: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the option in each place that is filled, by its field, the first place first."""
    filled = {field: "".join(chosen[field]) for field in chosen if re.fullmatch(r"place_[0-9]{1,2}", field)}
    numbers = {field: int(text) for field, text in filled.items() if re.fullmatch(r"[0-9]{1,3}", text)}
    return dict(sorted(numbers.items(), key=lambda field: int(field[0].removeprefix("place_"))))


def twice(picked: Mapping[str, int], words: Words) -> dict[str, str]:
    """Return what is wrong beside each field with an option that has a place above already."""
    told = words.plain("This option has a place above already. Choose another one here, or none.")
    numbers = list(picked.values())
    return {field: told for at, (field, number) in enumerate(picked.items()) if number in numbers[:at]}
