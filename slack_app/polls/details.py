"""What some kinds of polls tell beside the votes of each option, read from what is kept."""

from storage import Store
from surveys import quiz
from surveys.polls import Poll
from surveys.ranking import ranked
from surveys.seeing import PollKind
from surveys.standings import NO_DETAILS, Details


def of(store: Store, poll: Poll) -> Details:
    match poll.kind:
        case PollKind.RANKING:
            return Details(ranked=ranked(store.polls.rankings(poll.workspace, poll.id), poll.shown))
        case PollKind.QUIZ if quiz.is_told(poll):
            fewest = len(quiz.right(poll.options)) if poll.has_several else 1
            right = quiz.right(poll.options)
            return Details(right=store.polls.right(poll.workspace, poll.id, right, fewest))
        case PollKind.QUIZ if quiz.is_told(poll):
            fewest = len(quiz.right(poll.options)) if poll.has_several else 1
            right = quiz.right(poll.options)
            return Details(right=store.polls.right(poll.workspace, poll.id, right, fewest))
        case _:
            return NO_DETAILS
