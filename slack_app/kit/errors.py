"""From what went wrong to what the person is told: refusals, Slack's no, and bugs with a reference."""

import logging
from collections.abc import Callable
from uuid import uuid4

from slack_app.kit import blocks
from slack_app.kit.answers import Answer, FieldErrors, Private, Replaced
from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Command, Event, Press, Shortcut, Submission, Who
from slack_app.kit.slack import SlackSaidNo
from slack_app.kit.text import Mrkdwn, cut, escaped, unescaped
from slack_app.kit.words import Words
from storage import Busy, CannotOpen, NoMasterKey
from surveys.errors import Refused

log = logging.getLogger("palabre")

Incoming = Command | Press | Submission | Shortcut | Event


def guarded(tools: Tools, incoming: Incoming, listener: Callable[[], Answer]) -> Answer:
    """Run the listener; whatever stops it reaches the person as a sentence."""
    try:
        return listener()
    except Refused as refused:
        log.info("refused: %s, %s", incoming.name, type(refused).__name__)
        told = _in_their_words(tools, incoming.who).refusal(refused)
    except Busy:
        log.warning("busy: %s", incoming.name)
        told = tools.words_last_used(incoming.who)(BUSY)
    except (CannotOpen, NoMasterKey):
        log.error("master key does not fit: %s", incoming.name)
        told = tools.words_last_used(incoming.who)(WRONG_KEY)
    except SlackSaidNo as fault:
        if fault.error == OPENED_ALREADY:
            log.info("came twice: %s", incoming.name)
            return None
        log.warning("slack said no: %s, %s", incoming.name, fault)
        told = _in_their_words(tools, incoming.who)(SLACK_SAID_NO, reason=fault.error)
    except Exception:
        reference = uuid4().hex[:8]
        log.exception("bug %s in %s", reference, incoming.name)
        told = tools.words_last_used(incoming.who)(BUG, reference=reference)
    return tell(tools, incoming, told)


OPENED_ALREADY = "exchanged_trigger_id"
"""The same act came twice, to another process perhaps, and the person has what it opens."""
BUSY = "Palabre is busy just now and nothing was changed. Please try again in a moment."
WRONG_KEY = (
    "Palabre cannot open what is anonymous just now, and nothing was changed. "
    "Please tell your admin: its master key was replaced while it ran, so it has to be started again."
)
SLACK_SAID_NO = "Slack refused to show this ({reason}). Nothing was changed; please try again."
BUG = (
    "Something went wrong on our side and nothing was changed. "
    "Please tell your admin this reference: {reference}."
)


MOST_GIVEN_BACK = 7000
"""Five times as long when escaped, what was typed still is a message Slack takes."""


def tell(tools: Tools, incoming: Incoming, told: Mrkdwn) -> Answer:
    """Bring a sentence to the person by the way that is open from where they acted."""
    match incoming:
        case Command(name=name, text=typed) if typed:
            return Private(Note(Mrkdwn(f"{told}\n>{escaped(cut(f'{name} {typed}', MOST_GIVEN_BACK))}")))
        case Command():
            return Private(Note(told))
        case Submission(entries=entries) if entries:
            return FieldErrors({next(iter(entries)): unescaped(told)})
        case Submission():
            return Replaced(notice(tools.words_last_used(incoming.who), told))
        case Press(who=who, reply_url=url):
            tools.later.do(lambda: tools.whisper(who.user, url, Note(told)))
        case Shortcut(who=who):
            tools.later.do(lambda: tools.whisper(who.user, None, Note(told)))
        case Event(who=who, content={"channel": str(channel), "text": str()} as said):
            thread = said.get("thread_ts")
            tools.later.do(lambda: tools.slack.whisper(channel, who.user, Note(told), thread))
        case Event():
            pass
    return None


def notice(words: Words, told: Mrkdwn) -> blocks.Block:
    """A modal that says one thing."""
    return blocks.modal("kit.notice", "Palabre", [blocks.section(told)], close=words.plain("Close"))


def _in_their_words(tools: Tools, who: Who) -> Words:
    try:
        return tools.words_for(who)
    except Busy:
        return tools.words_last_used(who)
