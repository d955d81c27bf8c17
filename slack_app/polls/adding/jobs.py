"""What happens later with options that wait: their owner is asked, and whoever added them is told."""

import logging

from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools, words_of
from slack_app.kit.slack import SlackSaidNo
from slack_app.kit.words import Words
from slack_app.polls.adding import blocks, service
from surveys.adding import Addition
from surveys.options import OptionState

log = logging.getLogger("palabre")


def propose(workspace: str, subject: str, tools: Tools) -> None:
    """Ask the owner of a poll whether an option is let in. subject: the poll's id and the option's number."""
    addition = _found(workspace, subject, tools)
    if addition is not None and addition.option.state is OptionState.WAITING and addition.poll.is_open:
        owner = addition.poll.owner
        _post(owner, blocks.proposed_note(addition, _words_of(owner, addition, tools)), tools)


def tell_adder(workspace: str, subject: str, tools: Tools) -> None:
    """Tell whoever added an option what its owner decided. subject: the poll's id and the option's number."""
    addition = _found(workspace, subject, tools)
    if addition is not None and addition.option.added_by:
        user = addition.option.added_by.partition(":")[2]
        _post(user, blocks.answer_note(addition, _words_of(user, addition, tools)), tools)


def _post(user: str, note: Note, tools: Tools) -> None:
    """Tell somebody directly; whoever Slack won't reach sees it in the poll, or in “Manage options”."""
    try:
        tools.slack.post(user, note)
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        log.warning("not told of an option: %s", fault)


def _words_of(user: str, addition: Addition, tools: Tools) -> Words:
    with tools.database.begin() as store:
        return words_of(store, addition.poll.workspace, user)


def _found(workspace: str, subject: str, tools: Tools) -> Addition | None:
    poll_id, number = service.read(subject)
    with tools.database.begin() as store:
        poll = store.polls.find(workspace, poll_id)
    return None if poll is None or not 0 <= number < len(poll.options) else Addition(poll, number)
