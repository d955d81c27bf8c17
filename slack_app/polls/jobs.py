"""What happens later with polls: the message follows the votes, they close, and sealed ones are counted."""

import logging
from collections.abc import Callable
from functools import partial

from slack_app.kit import counting, drawing, farewells
from slack_app.kit.blocks import REFUSED_BLOCKS, Note
from slack_app.kit.context import Tools, words_of
from slack_app.kit.drawing import Drawing, HasTurn
from slack_app.kit.incoming import Who
from slack_app.kit.slack import SlackSaidNo
from slack_app.kit.words import Words, words
from slack_app.polls import blocks, closing, outcomes, pictures, publishing, service
from slack_app.polls.asking import held, waiting
from slack_app.polls.publishing import Due
from storage import Claim, Farewell, Store
from surveys.anonymity import Stage
from surveys.polls import Poll, PollGone
from surveys.standings import Outcome

log = logging.getLogger("palabre")


def draw(claim: Claim[Poll], tools: Tools, has_turn: HasTurn) -> float:
    """Bring one poll's message up to date; return the seconds that Slack asks to wait after it."""
    try:
        drawn = _drawing(claim.asked.workspace, claim.asked.id, tools)
    except PollGone:
        return 0.0
    return drawing.draw(claim, tools, drawn, has_turn)


def _drawing(workspace: str, poll_id: str, tools: Tools) -> Drawing[Poll]:
    outcome = outcomes.results(tools.database, workspace, poll_id)
    poll, say = outcome.poll, words(outcome.poll.language)
    return Drawing(
        drawer=lambda store: store.polls,
        asked=poll,
        is_open=poll.is_open,
        note=blocks.poll_message(outcome, say),
        not_posted=partial(_not_posted, poll),
        held=lambda people, say: held.note(poll, people, say),
        when_posted=lambda store, message: _posted(store, poll, message),
        thread=poll.thread,
        otherwise=_otherwise(outcome, say),
        again=lambda: _drawing(workspace, poll_id, tools),
    )


def _otherwise(outcome: Outcome, say: Words) -> list[Callable[[], Note]]:
    """What is shown where Slack takes no chart, or can't load a picture any more."""
    plain = partial(blocks.poll_message, has_chart=False)
    has_no_chart = [] if outcome.poll.is_open else [partial(plain, outcome, say)]
    bare = [partial(plain, pictures.without(outcome), say)] if pictures.has_pictures(outcome.poll) else []
    return [*has_no_chart, *bare]


def _not_posted(poll: Poll, error: str, say: Words) -> Note:
    if error in REFUSED_BLOCKS and pictures.has_pictures(poll):
        return pictures.not_posted(poll, say)
    return held.not_posted(poll, error, say)


def _posted(store: Store, poll: Poll, message: str) -> None:
    """Have the message of a poll that was deleted meanwhile withdrawn."""
    if store.polls.find(poll.workspace, poll.id) is None:
        store.surveys.keep_farewell(poll.workspace, poll.id, Farewell(poll.channel, message, poll.language))
        store.later("polls.withdraw", poll.workspace, poll.id, revision=1)


def close(workspace: str, subject: str, tools: Tools) -> None:
    """Close a poll whose moment has come; any other is left alone. subject: the poll's id."""
    if closing.close_in_time(tools.database, workspace, subject, tools.now()):
        waiting.tell_never_posted(workspace, subject, tools)
        tools.redraw_due.set()


def forget(workspace: str, subject: str, tools: Tools) -> None:
    """Delete a draft whose asker never said that it is what they mean. subject: the poll's id."""
    with tools.database.begin() as store:
        service.forget(store, workspace, subject)


def count(workspace: str, subject: str, tools: Tools) -> None:
    """Mix and count the sealed votes of a closed poll, then let them be seen. subject: the poll's id."""
    with tools.database.begin() as store:
        poll = store.polls.find(workspace, subject)
    if poll is None or poll.stage is not Stage.COUNTING:
        return
    counting.count(
        workspace, subject, tools, lambda store, batch: store.polls.put_ballots(workspace, subject, batch)
    )
    closing.counted(tools.database, poll)
    tools.redraw_due.set()


def tell(workspace: str, subject: str, tools: Tools) -> None:
    """Send the results that go to the owner alone. subject: the poll's id."""
    with tools.database.begin() as store:
        poll = store.polls.find(workspace, subject)
        if poll is None:
            return
        say = words_of(store, workspace, poll.owner)
    outcome = outcomes.results(tools.database, workspace, subject, Who(workspace, workspace, poll.owner))
    tools.slack.post(poll.owner, blocks.owners_note(outcome, say))


def publish(workspace: str, subject: str, tools: Tools) -> None:
    """Share a counted poll's ballots below its message; where Slack refuses, tell its owner.

    subject: the poll's id, and which try it is. The engine does each try once; where the process ends before
    it kept that, the same file is shared again: two are better than none.
    """
    due = publishing.due(tools.database, workspace, subject)
    if due is None:
        return
    poll, say = due.poll, words(due.poll.language)
    name, comment = publishing.file_name(poll), publishing.comment(poll, say)
    try:
        tools.slack.share(poll.channel, poll.thread or poll.message, name, due.text.value, comment)
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        _tell_not_published(due, fault.error, tools)


def _tell_not_published(due: Due, error: str, tools: Tools) -> None:
    with tools.database.begin() as store:
        say = words_of(store, due.poll.workspace, due.poll.owner)
    try:
        tools.slack.post(due.poll.owner, publishing.not_published(due, error, say))
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        log.warning("owner of poll %s not told: %s", due.poll.id, fault)


def withdraw(workspace: str, subject: str, tools: Tools) -> None:
    """Take what a deleted poll left away. subject: its id."""
    farewells.withdraw(workspace, subject, tools, blocks.deleted_note)
