"""What is to be said of a poll's numbers: why they are not shown, or what came of them."""

from slack_app.kit.text import Mrkdwn, mention
from slack_app.kit.words import Words
from slack_app.polls.kinds import showing
from surveys.anonymity import Shown, Why
from surveys.polls import Poll
from surveys.seeing import PollKind, Seeing
from surveys.standings import Outcome


def notice(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    """What is to be said of numbers that are not shown, or say more than they seem to, and of the kind."""
    return [*_of_numbers(outcome, words), *showing.of(outcome.poll).told(outcome, words)]


def _of_numbers(outcome: Outcome, words: Words) -> list[Mrkdwn]:
    poll = outcome.poll
    if isinstance(outcome.standing, Shown):
        is_told = poll.privacy.is_sealed and outcome.standing.value.is_unanimous
        same = [_same(poll, words)] if is_told else []
        return [*same, *([] if poll.is_open else showing.of(poll).verdict(poll, outcome.standing, words))]
    match outcome.standing.why:
        case Why.OPEN:
            return [_when_seen(poll, words)] if not poll.privacy.is_sealed else []
        case Why.COUNTING:
            return [words("Closed; the votes are being mixed and counted.")]
        case Why.TOO_FEW:
            fewest = outcome.standing.fewest
            return [words("Too few people voted to show results (fewer than {fewest}).", fewest=fewest)]
        case Why.OWNERS_ONLY:
            return [words("Results go to {owner}.", owner=mention(poll.owner))]


def _same(poll: Poll, words: Words) -> Mrkdwn:
    if poll.kind is PollKind.RANKING:
        return words("Everybody who voted put the same option first.")
    return words("Everybody who voted chose the same option.")


def _when_seen(poll: Poll, words: Words) -> Mrkdwn:
    if poll.seeing is Seeing.AFTER_VOTE:
        return words("Once you have voted, you see how it stands.")
    return words("How it stands is shown when it closes.")
