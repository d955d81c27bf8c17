"""What some kinds of polls tell beside the votes of each option, read from what is kept."""

from storage import Store
from surveys import quiz
from surveys.anonymity import Shown, gate
from surveys.polls import Poll
from surveys.ranking import ranked
from surveys.seeing import PollKind
from surveys.standings import NO_DETAILS, Details


def of(store: Store, poll: Poll) -> Details:
    match poll.kind:
        case PollKind.RANKING:
            return Details(ranked=ranked(store.standings.rankings(poll.workspace, poll.id), poll.shown))
        case PollKind.QUIZ if quiz.is_told(poll):
            fewest = len(quiz.right(poll.options)) if poll.has_several else 1
            right = quiz.right(poll.options)
            return Details(right=store.standings.right(poll.workspace, poll.id, right, fewest))
        case _ if poll.other is not None:
            return Details(written=_written(store, poll))
        case _:
            return NO_DETAILS


def _written(store: Store, poll: Poll) -> tuple[str, ...]:
    """Return what voters wrote; of an anonymous poll nothing where few wrote, whoever asks."""
    texts = store.standings.written(poll.workspace, poll.id)
    is_enough = isinstance(gate(poll, is_for_owner=True).comments(len(texts), None), Shown)
    return texts if is_enough or not poll.privacy.is_sealed else ()
