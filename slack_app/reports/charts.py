"""How a report's shapes are drawn: as Slack's own charts, and as lines of text that say the same."""

from collections.abc import Iterator, Sequence

from babel.numbers import format_decimal

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, bold, cut, escaped, unescaped
from slack_app.kit.words import Words
from surveys.anonymity import Shown, Why, Withheld
from surveys.honest import is_few
from surveys.questions import SCALES, Question, scale
from surveys.sections import Section
from surveys.shapes import Bar, Bars, Compared, Group, Quotes, Shape, Tones
from surveys.text import length
from surveys.tone import Label

BAR = 10
MOST_BARS = 15
LONGEST_LABEL = 75
LONGEST_QUESTION = 300
MOST_IN_GROUP, LONGEST_IN_GROUP = 3, 40
"""So many choices are told of each group that is compared, and so much of each."""
MOST_COMPARED = 2000
"""What a comparison may take, in characters: groups beyond are counted only."""


def fits_a_chart(section: Section) -> bool:
    """Say whether a chart shows this whole: Slack cuts long labels, and draws no more than twenty bars."""
    bars = _bars(section)
    return (
        bars is not None
        and not is_few(bars.people)
        and len(bars.bars) <= blocks.CHART_POINTS
        and all(length(bar.label) <= blocks.CHART_LABEL for bar in bars.bars)
    )


def charted(section: Section, words: Words) -> list[Block]:
    """A question with its chart, and the numbers that a chart does not say."""
    bars = _bars(section)
    if bars is None:
        return drawn(section, words)
    pairs = [(bar.label, bar.people) for bar in bars.bars]
    title = " · ".join(map(unescaped, _measured(section.question, bars, words)))
    numbers = Mrkdwn(" · ".join(_said(bar, bars, words) for bar in bars.bars))
    return [
        blocks.section(_title(section.question)),
        blocks.chart(title, pairs, words.plain("Answers")),
        blocks.context(_ends(section.question) or numbers, *_alike(bars, words)),
        *(blocks.section(text) for text in _packed(list(_comparison(section, words)))),
    ]


def drawn(section: Section, words: Words) -> list[Block]:
    """A question with its results as text."""
    lines = [_title(section.question)]
    for shape in _passed(section):
        lines += _lines(section.question, shape, words)
    lines += map(_quiet, _withheld(section, words))
    lines += _comparison(section, words)
    return [blocks.section(text) for text in _packed(lines)]


def spoken(section: Section, words: Words) -> list[Mrkdwn]:
    """A question with its results for who hears the message: words and numbers, no bars."""
    told = [escaped(cut(section.question.text, LONGEST_QUESTION))]
    for shape in _passed(section):
        match shape:
            case Bars():
                ends = _ends(section.question)
                told += [*_summary(section.question, shape, words), *([ends] if ends else ())]
                told += [_said(bar, shape, words) for bar in _shown(shape)]
            case Tones():
                told += [_tone(label, number, shape, words) for label, number in shape.counts]
                told += _silence(shape, words)
            case Quotes():
                told += [_said_by_somebody(text, words) for text in shape.texts]
    told += _withheld(section, words)
    told += _comparison(section, words)
    return [Mrkdwn(f"{told[0]}\n• " + "\n• ".join(told[1:])) if told[1:] else told[0]]


def average(mean: float, words: Words) -> str:
    return str(format_decimal(round(mean, 1), "0.0", locale=words.language))


def _bars(section: Section) -> Bars | None:
    return next((shape for shape in _passed(section) if isinstance(shape, Bars)), None)


def _passed(section: Section) -> list[Shape]:
    """Return what the gate let pass of a question."""
    return [shape.value for shape in section.shapes if isinstance(shape, Shown)]


def _withheld(section: Section, words: Words) -> Iterator[Mrkdwn]:
    """Say why there is nothing of a question."""
    held = [shape for shape in section.shapes if isinstance(shape, Withheld)]
    if not held or _passed(section):
        return
    if held[0].why is Why.COUNTING:
        yield words("These comments are not read yet.")
    else:
        yield words("Too few people answered this to show it: fewer than {fewest}.", fewest=held[0].fewest)


def _comparison(section: Section, words: Words) -> Iterator[Mrkdwn]:
    """A question by groups, a line each, or why not."""
    match section.compared:
        case Shown(value=Compared(by=by, groups=groups)):
            yield words("By “{question}”:", question=cut(by, LONGEST_LABEL))
            told = _that_fit([_group(section.question, group, words) for group in groups])
            yield from told
            if len(told) < len(groups):
                left = len(groups) - len(told)
                yield words.count("and {number} more group", "and {number} more groups", left)
        case Withheld(fewest=fewest) if _passed(section):
            yield _quiet(
                words(
                    "Not told by groups: in one of them fewer than {fewest} people answered this.",
                    fewest=fewest,
                )
            )


def _group(question: Question, group: Group, words: Words) -> Mrkdwn:
    """Those who chose this or that elsewhere: how many answered, and what most of them said."""
    names = [cut(choice, LONGEST_IN_GROUP) for choice in group.choices]
    if group.has_silent:
        names.append(words.plain("no answer"))
    found = " · ".join(_of_group(question, group.bars, words))
    name = bold(cut(", ".join(names), LONGEST_LABEL))
    return words("{option}: {votes}", option=name, votes=Mrkdwn(found))


def _of_group(question: Question, bars: Bars, words: Words) -> list[Mrkdwn]:
    told = _summary(question, bars, words)
    if bars.mean is not None:
        return told
    longest = sorted(bars.bars, key=lambda bar: -bar.people)[:MOST_IN_GROUP]
    return told + [
        words(
            "{option} {share}",
            option=cut(bar.label, LONGEST_IN_GROUP),
            share=words.percent(bar.people / bars.people),
        )
        for bar in longest
        if bar.people
    ]


def _that_fit(lines: Sequence[Mrkdwn]) -> list[Mrkdwn]:
    kept: list[Mrkdwn] = []
    for line in lines:
        if length("\n".join([*kept, line])) > MOST_COMPARED:
            break
        kept.append(line)
    return kept


def _title(question: Question) -> Mrkdwn:
    return bold(cut(question.text, LONGEST_QUESTION))


def _quiet(text: Mrkdwn) -> Mrkdwn:
    """Return a text in italics; its own underscores would end them, so look-alikes stand in."""
    return Mrkdwn(f"_{text.replace('_', '＿')}_")


def _lines(question: Question, shape: Shape, words: Words) -> Iterator[Mrkdwn]:
    match shape:
        case Bars():
            yield from _bar_lines(question, shape, words)
            ends = _ends(question)
            yield from map(
                _quiet, [Mrkdwn(" · ".join(_summary(question, shape, words))), *([ends] if ends else ())]
            )
        case Tones():
            yield from (_tone_line(label, number, shape, words) for label, number in shape.counts)
            yield from _silence(shape, words)
        case Quotes():
            yield from (Mrkdwn(f"> {_said_by_somebody(text, words)}") for text in shape.texts)


def _bar_lines(question: Question, shape: Bars, words: Words) -> Iterator[Mrkdwn]:
    if is_few(shape.people):
        yield from (_said(bar, shape, words) for bar in _shown(shape) if bar.people)
        return
    for bar in _shown(shape):
        number = Mrkdwn(f"{_bar(bar.people / shape.people)} {_share(bar.people, shape.people, words)}")
        if question.kind in SCALES:
            yield Mrkdwn(f"`{bar.label:\N{FIGURE SPACE}>2}` {number}")
        else:
            yield Mrkdwn(f"{escaped(cut(bar.label, LONGEST_LABEL))}\n{number}")
    if len(shape.bars) > MOST_BARS:
        yield words("and {count} more, none chosen more often", count=len(shape.bars) - MOST_BARS)


def _shown(shape: Bars) -> Sequence[Bar]:
    """Return the bars in their own order, or the longest of them where they are too many to read."""
    if len(shape.bars) <= MOST_BARS:
        return shape.bars
    return sorted(shape.bars, key=lambda bar: -bar.people)[:MOST_BARS]


def _bar(share: float) -> str:
    full = round(share * BAR)
    return "█" * full + "░" * (BAR - full)


def _share(people: int, of: int, words: Words) -> str:
    """How many, and their part where enough answered for one."""
    if is_few(of):
        return words.count("{number} answer", "{number} answers", people)
    return f"{people} · {words.percent(people / of)}"


def _said(bar: Bar, shape: Bars, words: Words) -> Mrkdwn:
    label = cut(bar.label, LONGEST_LABEL)
    return words("{option}: {votes}", option=label, votes=_share(bar.people, shape.people, words))


def _summary(question: Question, shape: Bars, words: Words) -> list[Mrkdwn]:
    return [*_measured(question, shape, words), *_alike(shape, words)]


def _measured(question: Question, shape: Bars, words: Words) -> list[Mrkdwn]:
    """How many answered, and the average of a scale: short enough for a chart's title."""
    parts = [words.count("{number} answer", "{number} answers", shape.people)]
    if shape.mean is not None and not is_few(shape.people):
        most = scale(question.kind)[-1]
        parts.append(words("average {mean} out of {most}", mean=average(shape.mean, words), most=most))
    return parts


def _alike(shape: Bars, words: Words) -> list[Mrkdwn]:
    return [words("all answered the same")] if shape.is_unanimous else []


def _ends(question: Question) -> Mrkdwn | None:
    """What the ends of a scale mean."""
    if question.kind not in SCALES or not (question.low and question.high):
        return None
    numbers = scale(question.kind)
    return escaped(f"{numbers[0]} = {question.low} · {numbers[-1]} = {question.high}")


def _tone_line(label: Label, number: int, shape: Tones, words: Words) -> Mrkdwn:
    if is_few(shape.read):
        return _tone(label, number, shape, words)
    share = _share(number, shape.read, words)
    return Mrkdwn(f"{_face(label)} {_label(label, words)}\n{_bar(number / shape.read)} {share}")


def _tone(label: Label, number: int, shape: Tones, words: Words) -> Mrkdwn:
    share = _share(number, shape.read, words)
    return words("{option}: {votes}", option=_label(label, words), votes=share)


def _silence(shape: Tones, words: Words) -> Iterator[Mrkdwn]:
    if not shape.read and not shape.unread:
        yield words("Nobody wrote a comment.")


def _said_by_somebody(text: str, words: Words) -> Mrkdwn:
    """A comment in quotes. Its backticks would turn what follows into code, so look-alikes stand in."""
    return words("“{text}”", text=text.replace("`", "ˋ"))


def _label(label: Label, words: Words) -> Mrkdwn:
    match label:
        case Label.POSITIVE:
            return words("Positive")
        case Label.NEUTRAL:
            return words("Neutral")
        case Label.MIXED:
            return words("Both good and bad")
        case Label.NEGATIVE:
            return words("Negative")
        case Label.NONE:
            return words("No feeling found")


def _face(label: Label) -> str:
    faces = {Label.POSITIVE: "🙂", Label.NEUTRAL: "😐", Label.MIXED: "🤔", Label.NEGATIVE: "🙁"}
    return faces.get(label, "⚪")


def _packed(lines: Sequence[Mrkdwn]) -> list[Mrkdwn]:
    """Return the lines as few texts as Slack's sections can hold."""
    packed: list[Mrkdwn] = []
    for line in lines:
        together = Mrkdwn(f"{packed[-1]}\n{line}") if packed else line
        if packed and length(together) <= blocks.SECTION:
            packed[-1] = together
        else:
            packed.append(line)
    return packed


def short(section: Section, words: Words) -> Iterator[Mrkdwn]:
    """A question's numbers in a line, where a report stands among others; nothing for comments."""
    bars = _bars(section)
    if bars is None or not bars.people:
        return
    question = cut(section.question.text, LONGEST_LABEL)
    if bars.mean is not None and not is_few(bars.people):
        found = escaped(f"{average(bars.mean, words)} / {scale(section.question.kind)[-1]}")
    else:
        first = max(bars.bars, key=lambda bar: bar.people)
        found = _said(first, bars, words)
    yield Mrkdwn(f"• {escaped(question)} {found}")
