"""How English feels: VADER decides, inside TextBlob, and TextBlob's own speaks where VADER is silent."""

import re
from collections.abc import Container, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from textblob import TextBlob
from textblob.base import CONTINUOUS, BaseSentimentAnalyzer
from textblob.en import sentiment as textblob_sentiment
from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentimentIntensityAnalyzer, SentiText

from surveys import phrases
from surveys.emoji_tones import EMOJI
from surveys.tone import Reason

TEXTBLOB_SPEAKS_FROM = 0.3
TEXTBLOB_TO_VADER = 3.0
"""TextBlob's polarity goes from -1 to 1, VADER's words from -4 to 4 and seldom beyond 3."""

FAINT = 1.0
IDIOM_REACH = 3
"""How far from a word VADER looks for its idioms."""

BUT = frozenset({"but", "however", "although", "though"})
_EDGES = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~…"

_LONG = re.compile(r"([^\W\d])\1{2,}")


class Vader(SentimentIntensityAnalyzer):  # type: ignore[misc] # it comes without types
    """VADER with our words, phrases and emoji, telling what each word added."""

    def __init__(self) -> None:
        super().__init__()
        self.lexicon: dict[str, float]
        entries = dict(phrases.read("own_en.txt"))
        self.phrases = phrases.collect(entries.items())
        self.silent = {word for word, value in entries.items() if not value}
        ours = {
            phrase.replace(" ", "_"): value for phrase, value in entries.items() if self._lacks(phrase, value)
        }
        self.lexicon = {word: value for word, value in (self.lexicon | ours | EMOJI).items() if value}

    def _lacks(self, word: str, value: float) -> bool:
        """Ten people rated each of VADER's words: where we agree on the side, theirs is the number.

        But it never finds its phrases, and what is faint in a tweet is a complaint in a survey ("confusing").
        """
        theirs = self.lexicon.get(word, 0.0)
        return " " in word or theirs * value <= 0 or abs(theirs) < FAINT

    def reasons(self, text: str) -> tuple[Reason, ...]:
        """text: with its phrases joined."""
        told = SentiText(text)
        words: Sequence[str] = told.words_and_emoticons
        parts: list[float] = []
        for place, word in enumerate(words):
            if word.lower() in BOOSTER_DICT:
                parts.append(0.0)
            else:
                parts = self.sentiment_valence(0.0, told, word, place, parts)
        return tuple(self._told(words, parts))

    def joined(self, text: str) -> str:
        """Return the text with each of our phrases as one word; those that say nothing are left out."""
        written = [self._shortened(word) for word in text.split()]
        plain = [word.lower().strip(_EDGES) or word for word in written]
        return " ".join(self._joined(written, plain))

    def _shortened(self, word: str) -> str:
        """Write "sooo" as "so" and "goood" as "good"."""
        if not _LONG.search(word):
            return word
        twice, once = _LONG.sub(r"\1\1", word), _LONG.sub(r"\1", word)
        return twice if self._knows(twice) or not self._knows(once) else once

    def _knows(self, word: str) -> bool:
        plain = word.lower().strip(_EDGES)
        return plain in self.lexicon or plain in BOOSTER_DICT

    def _joined(self, written: Sequence[str], plain: Sequence[str]) -> Iterator[str]:
        at = 0
        while at < len(plain):
            found = self.phrases.find(plain, at)
            if found is None:
                yield written[at]
                at += 1
                continue
            phrase, value = found
            yield "_".join(phrase) if value else "…"
            at += len(phrase)

    def _special_idioms_check(self, valence: float, words: Sequence[str], place: int) -> float:
        """VADER's own, shown only the words that it looks at: it lowers all of a long text for each word."""
        start = max(place - IDIOM_REACH, 0)
        near = words[start : place + IDIOM_REACH]
        changed: float = super()._special_idioms_check(valence, near, place - start)
        return changed

    def _told(self, words: Sequence[str], parts: Sequence[float]) -> Iterator[Reason]:
        turn = next((place for place, word in enumerate(words) if word.lower() in BUT), None)
        for place, (word, part) in enumerate(zip(words, parts, strict=True)):
            if part:
                weighed = part if turn is None else part * (0.5 if place < turn else 1.5)
                yield Reason(
                    word.replace("_", " ").replace(phrases.ANY, "…"),
                    round(weighed, 2),
                    self._note(word, part),
                )

    def _note(self, word: str, part: float) -> str:
        usual = self.lexicon[word.lower()]
        if usual * part < 0:
            return "negated"
        return "stronger" if abs(part) > abs(usual) else "weaker" if abs(part) < abs(usual) else ""


class Sentiment(NamedTuple):
    """What TextBlob gives back: polarity is the sum of the parts on VADER's scale."""

    polarity: float
    reasons: tuple[Reason, ...]


class Analyzer(BaseSentimentAnalyzer):  # type: ignore[misc] # it comes without types
    """TextBlob's way to another opinion: ours."""

    kind = CONTINUOUS
    RETURN_TYPE = Sentiment

    def __init__(self) -> None:
        super().__init__()
        self.vader = Vader()

    def analyze(self, text: str) -> Sentiment:
        joined = self.vader.joined(text)
        reasons = self.vader.reasons(joined) or textblob_alone(joined, self.vader.silent)
        return Sentiment(sum(reason.part for reason in reasons), reasons)


def textblob_alone(text: str, silent: Container[str]) -> tuple[Reason, ...]:
    """Return what TextBlob finds where it is sure enough to speak; silent: words that say nothing."""
    found = textblob_sentiment(text)
    if abs(found[0]) < TEXTBLOB_SPEAKS_FROM:
        return ()
    return tuple(
        Reason(" ".join(words), round(polarity * TEXTBLOB_TO_VADER, 2), "TextBlob")
        for words, polarity, _subjectivity, _label in found.assessments
        if polarity and words[0] not in BOOSTER_DICT and words[0] not in silent
    )


@cache
def analyzer() -> Analyzer:
    return Analyzer()


def feeling(text: str) -> tuple[Reason, ...]:
    """Return what counts in a clean English text, and how much, on VADER's scale of -4 to 4 a word."""
    sentiment: Sentiment = TextBlob(text, analyzer=analyzer()).sentiment
    return sentiment.reasons
