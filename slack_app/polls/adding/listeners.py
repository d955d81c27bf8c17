"""What Slack calls about options that voters add: add, undo, let in, decline, and take away."""

import logging

from slack_app.kit.answers import Answer
from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Press, Submission, Who
from slack_app.kit.routing import Routes
from slack_app.kit.slack import SlackSaidNo
from slack_app.polls import service as poll_service
from slack_app.polls.adding import blocks, service
from surveys import adding
from surveys.adding import Addition
from surveys.people import Member
from surveys.polls import Poll

log = logging.getLogger("palabre")


def ask(press: Press, tools: Tools) -> Answer:
    """Add an option, pressed below a poll."""
    poll, say = poll_service.found(tools.database, press.who, press.value), tools.words_for(press.who)
    adding.check_open(poll, tools.now())
    tools.slack.open_modal(press.trigger, blocks.add_modal(poll, say))
    return None


def add(sent: Submission, tools: Tools) -> Answer:
    """The option sent from its window; a refusal is said beside the field."""
    text = sent.entries.get("added", "")
    addition = service.add(tools.database, sent.who, sent.memory, text, tools.now())
    tools.redraw_due.set()
    note = blocks.added_note(addition, tools.words_for(sent.who))
    tools.later.do(lambda: _tell(tools, addition.poll, sent.who.user, note))
    return None


def _tell(tools: Tools, poll: Poll, user: str, note: Note) -> None:
    """Tell one person beside the poll, or by direct message where Slack doesn't take that."""
    try:
        tools.slack.whisper(poll.channel, user, note, poll.thread)
    except SlackSaidNo as fault:
        log.info("not told in the channel: %s", fault)
        tools.slack.post(user, note)


def undo(press: Press, tools: Tools) -> Answer:
    """Undo, pressed below the note of an option that one added."""
    addition = service.undo(tools.database, press.who, *service.read(press.value), tools.now())
    tools.redraw_due.set()
    note = blocks.undone_note(addition, tools.words_for(press.who))
    tools.later.do(lambda: tools.whisper(press.who.user, press.reply_url, note))
    return None


def let_in(press: Press, tools: Tools) -> Answer:
    return _decided(press, tools, service.let_in(tools.database, *_named(press, tools)))


def decline(press: Press, tools: Tools) -> Answer:
    return _decided(press, tools, service.decline(tools.database, *_named(press, tools)))


def _named(press: Press, tools: Tools) -> tuple[Member, Who, str, int]:
    """Who presses, and which option of which poll the button names."""
    return tools.known(press.who), press.who, *service.read(press.value)


def _decided(press: Press, tools: Tools, addition: Addition) -> Answer:
    """Approve or Decline, pressed in the owner's message or in the window of what was added."""
    tools.redraw_due.set()
    if press.view is not None:
        _show_managed(press, tools, addition.poll.id)
    elif press.channel is not None and press.message is not None:
        channel, message = press.channel, press.message
        note = blocks.decided_note(addition, tools.words_for(press.who))
        tools.later.do(lambda: tools.slack.update(channel, message, note))
    return None


def manage(press: Press, tools: Tools) -> Answer:
    """Manage options, pressed below a poll or in Home."""
    managed = service.managed(tools.database, tools.known(press.who), press.who, press.value)
    tools.slack.open_modal(press.trigger, blocks.manage_modal(managed, tools.words_for(press.who)))
    return None


def take_away(press: Press, tools: Tools) -> Answer:
    poll_id, number = service.read(press.value)
    service.take_away(tools.database, tools.known(press.who), press.who, poll_id, number, tools.now())
    tools.redraw_due.set()
    _show_managed(press, tools, poll_id)
    return None


def _show_managed(press: Press, tools: Tools, poll_id: str) -> None:
    window = press.view
    if window is not None:
        managed = service.managed(tools.database, tools.known(press.who), press.who, poll_id)
        view = blocks.manage_modal(managed, tools.words_for(press.who))
        tools.later.do(lambda: tools.slack.update_modal(window, view))


def register(routes: Routes) -> None:
    routes.presses.update(
        {
            "polls.add": ask,
            "polls.undo_add": undo,
            "polls.let_in": let_in,
            "polls.decline": decline,
            "polls.manage": manage,
            "polls.take_away": take_away,
        }
    )
    routes.submissions["polls.add"] = add
