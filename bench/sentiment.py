"""How many comments a second are scored on one core, beside TextBlob alone, and how often the label is right.

Both read the same comments in turns, A B A B; ours cleans them, tells their language and gives reasons too.
"""

import argparse
from collections.abc import Callable
from statistics import median
from time import process_time

from textblob import TextBlob

from surveys.sentiment import score
from surveys.tone import Label
from tests.sentiment.labelled import CLASSES, Result, comments, held_out, judge

LANGUAGES = ("en", "fr")
CLEAR_FROM = 0.05


def rate(read: Callable[[str], object], texts: list[str]) -> float:
    """Return texts a second of processor time."""
    before = process_time()
    for text in texts:
        read(text)
    return len(texts) / (process_time() - before)


def compare_speed(language: str, rounds: int, times: int) -> None:
    texts = [comment.text for comment in comments(language)] * times
    ours: list[float] = []
    alone: list[float] = []
    for turn in range(rounds + 1):
        pair = (rate(lambda text: score(text, language), texts), rate(_textblob, texts))
        if turn:  # the first round loads the lexicons
            ours.append(pair[0])
            alone.append(pair[1])
    ratio = median(a / b for a, b in zip(ours, alone, strict=True))
    print(
        f"{language}  {len(texts)} comments a round: {median(ours):,.0f} a second,"
        f" TextBlob alone {median(alone):,.0f}, ratio {ratio:.2f} (median of {rounds} rounds)"
    )


def _textblob(text: str) -> float:
    return float(TextBlob(text).sentiment.polarity)


def _textblob_label(text: str) -> Label:
    polarity = _textblob(text)
    if abs(polarity) < CLEAR_FROM:
        return Label.NEUTRAL
    return Label.POSITIVE if polarity > 0 else Label.NEGATIVE


def compare_labels(language: str) -> None:
    told = held_out(language)
    ours = judge(told, lambda text: score(text, language).label)
    show(f"{language}  Palabre", len(told), ours)
    show(f"{language}  TextBlob alone", len(told), judge(told, _textblob_label))
    print("    said:     " + "".join(f"{label:>10}" for label in CLASSES))
    for own in CLASSES:
        row = "".join(f"{ours.confusion[own, given]:>10}" for given in CLASSES)
        print(f"    {own:<10}{row}   F1 {ours.f1(own):.2f}")


def show(name: str, count: int, result: Result) -> None:
    print(
        f"{name}: {count} comments held out, macro-F1 {result.macro_f1:.3f}, wrong {result.error:.1%},"
        f" positive and negative swapped {result.flips}"
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--times", type=int, default=5, help="how often a round reads the labelled comments")
    chosen = options.parse_args()
    for language in LANGUAGES:
        compare_speed(language, chosen.rounds, chosen.times)
    for language in LANGUAGES:
        compare_labels(language)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
