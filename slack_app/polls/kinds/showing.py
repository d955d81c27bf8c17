"""How each kind of poll is shown, where that differs from a choice among options: a line a kind."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words
from slack_app.polls import charts, lines, offered, verdicts
from slack_app.polls.kinds import dates, quiz, ranking, rating
from surveys.anonymity import Shown
from surveys.polls import Poll
from surveys.seeing import PollKind
from surveys.standings import Outcome, Standing


def nothing(_poll: Poll, _words: Words) -> Iterator[Block]:
    """No buttons but those that every poll has."""
    yield from ()


def nothing_drawn(_outcome: Outcome, _words: Words) -> list[Block]:
    return []


def nothing_told(_outcome: Outcome, _words: Words) -> list[Mrkdwn]:
    return []


@dataclass(frozen=True, slots=True)
class Showing:
    """How polls of one kind are shown.

    drawn: the options in the message; best: the first of them, where not all fit; charted: a chart of them
    once closed, or nothing; spoken: the options for who hears the message; spoken_best: the same with what
    matters most first, as only the first may fit; results: the lines of the window of results; verdict: what
    came of it, once closed; told: what is said of it in any case; how: what a voter is to press,
    while it is open; buttons: more of them below the message; is_in_window: whether votes are chosen in
    "My vote" alone.
    """

    drawn: Callable[[Outcome, Words], list[Block]] = offered.drawn
    charted: Callable[[Outcome, Words], list[Block]] = charts.charted
    spoken: Callable[[Outcome, Words], list[Mrkdwn]] = lines.spoken_lines
    spoken_best: Callable[[Outcome, Words], list[Mrkdwn]] = lines.spoken_best
    best: Callable[[Outcome, Words], list[Block]] = offered.best
    results: Callable[[Outcome, Words], list[Mrkdwn]] = lines.drawn_lines
    verdict: Callable[[Poll, Shown[Standing], Words], list[Mrkdwn]] = verdicts.verdict
    told: Callable[[Outcome, Words], list[Mrkdwn]] = nothing_told
    how: Callable[[Poll, Words], Iterator[Mrkdwn]] = offered.how
    buttons: Callable[[Poll, Words], Iterator[Block]] = nothing
    is_in_window: Callable[[Poll], bool] = offered.is_chosen_in_window


USUAL = Showing()
RANKING = Showing(
    drawn=ranking.drawn,
    charted=ranking.charted,
    spoken=ranking.placed,
    spoken_best=ranking.placed,
    best=ranking.best,
    results=ranking.results,
    verdict=ranking.verdict,
    how=ranking.how,
    buttons=ranking.buttons,
)
RATING = Showing(
    drawn=rating.drawn,
    charted=nothing_drawn,
    spoken=rating.spoken,
    spoken_best=rating.spoken,
    results=rating.results,
    verdict=rating.verdict,
    how=rating.how,
)
QUIZ = Showing(verdict=quiz.verdict, told=quiz.told, how=quiz.how)
DATES = Showing(charted=nothing_drawn, verdict=dates.verdict)
SHOWN: Mapping[PollKind, Showing] = {
    PollKind.RANKING: RANKING,
    PollKind.RATING: RATING,
    PollKind.QUIZ: QUIZ,
    PollKind.DATES: DATES,
}


def of(poll: Poll) -> Showing:
    return SHOWN.get(poll.kind, USUAL)
