"""What happens later with options that wait: their owner is asked, and whoever added them is told."""

from collections.abc import Callable

from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools, words_of
from slack_app.kit.words import Words
from slack_app.polls import added, additions
from slack_app.polls.additions import Addition
from surveys.options import OptionState


def propose(workspace: str, subject: str, tools: Tools) -> None:
    """Ask the owner of a poll whether an option is let in. subject: the poll's id and the option's number."""
    addition = _found(workspace, subject, tools)
    if addition is not None and addition.option.state is OptionState.WAITING and addition.poll.is_open:
        _post(addition.poll.owner, addition, tools, added.proposed_note)


def tell_adder(workspace: str, subject: str, tools: Tools) -> None:
    """Tell whoever added an option what its owner decided. subject: the poll's id and the option's number."""
    addition = _found(workspace, subject, tools)
    if addition is not None and addition.option.added_by:
        _post(addition.option.added_by.partition(":")[2], addition, tools, added.answer_note)


def _post(user: str, addition: Addition, tools: Tools, note: Callable[[Addition, Words], Note]) -> None:
    with tools.database.begin() as store:
        say = words_of(store, addition.poll.workspace, user)
    tools.slack.post(user, note(addition, say))


def _found(workspace: str, subject: str, tools: Tools) -> Addition | None:
    poll_id, number = additions.read(subject)
    with tools.database.begin() as store:
        poll = store.polls.find(workspace, poll_id)
    return None if poll is None or not 0 <= number < len(poll.options) else Addition(poll, number)
