"""Comparisons: how a round's other questions are answered by those who chose this or that in one of them.

The groups are made once for the whole round, from how many people made each choice, and no other table by
groups is ever shown: so no two tables differ by a group that is smaller than the smallest shown.
"""

from collections import Counter
from collections.abc import Mapping

from surveys import questions
from surveys.anonymity import gate, merged
from surveys.questions import Counted, Kind, Question, Tally
from surveys.shapes import Bars, Compared, Group
from surveys.survey import Round

Split = Mapping[int | None, Mapping[str, Tally]]
"""Tallies by question id, for each choice of another question; None: of those who chose nothing there."""

Together = tuple[int | None, ...]


def segment(asked: Round) -> Question | None:
    """Return the question that a round compares by, None where it does not.

    Only one in which nobody has two choices: whoever stood in two groups could be found where they meet.
    """
    found = (each for each in asked.survey.questions if each.id == asked.compare_by)
    return next((each for each in found if each.kind is Kind.SINGLE_CHOICE), None)


def groups(asked: Round, tallies: Mapping[str, Tally]) -> tuple[Together, ...]:
    """Return which choices are told together, None for no choice; nothing where there are too few people."""
    by = segment(asked)
    if by is None:
        return ()
    chosen = tallies.get(by.id, Tally())
    sizes: dict[int | None, int] = dict.fromkeys(range(len(by.choices)), 0)
    sizes |= {counted.choice: counted.people for counted in chosen.counts}
    sizes |= {None: asked.people - chosen.people}
    names = {str(choice): choice for choice in sizes}
    by_name = {name: sizes[choice] for name, choice in names.items()}
    made = merged(by_name, gate(asked).fewest)
    return tuple(tuple(names[name] for name in group) for group in made)


def compared(asked: Round, question: Question, tallies: Mapping[str, Tally], split: Split) -> Compared | None:
    """Return a question's answers by groups, None where there is nothing to compare."""
    by = segment(asked)
    if by is None or by.id == question.id:
        return None
    made = [_group(question, by, group, split) for group in groups(asked, tallies)]
    found = tuple(group for group in made if group is not None)
    return Compared(by.text, found) if found else None


def _group(question: Question, by: Question, group: Together, split: Split) -> Group | None:
    shape = questions.shape(question, _summed([split.get(choice, {}).get(question.id) for choice in group]))
    if not isinstance(shape, Bars):
        return None
    choices = tuple(by.choices[choice] for choice in group if choice is not None)
    return Group(choices, None in group, shape)


def _summed(tallies: list[Tally | None]) -> Tally:
    """Return several people's answers added up; nobody is in two of the tallies."""
    known = [tally for tally in tallies if tally is not None]
    counts: Counter[tuple[int | None, int | None, int | None]] = Counter()
    for each in (counted for tally in known for counted in tally.counts):
        counts[each.item, each.choice, each.number] += each.people
    parts = tuple(Counted(people, *part) for part, people in counts.items())
    return Tally(sum(tally.people for tally in known), parts)
