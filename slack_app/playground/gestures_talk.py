"""Talking: messages, mentions, slash commands and shortcuts."""

import re

from slack_app.playground import check, payloads
from slack_app.playground.delivery import Outcome
from slack_app.playground.gestures_answer import Answer, CannotDo, answer_to_press
from slack_app.playground.handed_back import escaped
from slack_app.playground.posting import message_event, respond
from slack_app.playground.refused import SlackError
from slack_app.playground.stage import Stage
from slack_app.playground.triggers import Reply
from slack_app.playground.workspace import BOT_USER, Channel, Message

_MENTION = re.compile(r"(?<!\S)@([\w.-]+)")
_CHANNEL = re.compile(r"(?<!\S)#([\w.-]+)")
_BUILT_IN = frozenset({"/remind", "/invite", "/leave", "/join", "/archive", "/topic", "/me", "/shrug"})


def say(stage: Stage, user: str, channel_id: str, text: str, thread_ts: str | None) -> Answer:
    channel = _may_write(stage, user, channel_id)
    if not text.strip():
        raise CannotDo("There is nothing to send.")
    if text.startswith("/"):
        return _command(stage, user, channel, text, thread_ts)
    typed = _with_mentions(stage, text)
    message = stage.workspace.add(
        Message(channel_id, stage.workspace.new_ts(), user, typed, thread_ts=thread_ts)
    )
    stage.workspace.note("gesture", f"{stage.name(user)} wrote in {stage.where(channel_id)}")
    return _tell(stage, channel, message)


def _may_write(stage: Stage, user: str, channel_id: str) -> Channel:
    person, channel = stage.person(user), stage.channel(channel_id)
    if channel.kind == "im" and stage.app_is_in(channel) and stage.manifest.is_read_only:
        raise CannotDo("Sending messages to this app has been turned off.")
    if user not in channel.members:
        raise CannotDo("Join the channel first.")
    if channel.archived:
        raise CannotDo("This channel has been archived.")
    if channel.read_only and not person.is_admin:
        raise CannotDo("Only admins may post in this channel.")
    return channel


def _tell(stage: Stage, channel: Channel, message: Message) -> Answer:
    if not stage.app_is_in(channel):
        return Answer(True)
    event = message_event(stage, message)
    outcomes = [stage.delivery.event(event, channel.shared)]
    if f"<@{BOT_USER}>" in message.text and channel.kind != "im":
        mention = {k: v for k, v in event.items() if k != "channel_type"} | {"type": "app_mention"}
        outcomes.append(stage.delivery.event(mention, channel.shared))
    heard = [o for o in outcomes if o is not None]
    # People see nothing of it when an event is not answered.
    return Answer(True, heard[-1].status, heard[-1].took_ms) if heard else Answer(True)


def _with_mentions(stage: Stage, text: str, names: bool = False) -> str:
    """Typed text as Slack stores it: control characters escaped, @names turned into mentions."""
    people = {u.name: u.id for u in stage.workspace.users.values()}
    channels = {c.name: c.id for c in stage.workspace.channels.values() if c.name}

    def person(found: re.Match[str]) -> str:
        name = found.group(1).lower()
        if name in ("here", "channel", "everyone"):
            return f"<!{name}>"
        user = people.get(name)
        return (f"<@{user}|{name}>" if names else f"<@{user}>") if user else found.group()

    def channel(found: re.Match[str]) -> str:
        known = channels.get(found.group(1).lower())
        return f"<#{known}|{found.group(1).lower()}>" if known else found.group()

    return _CHANNEL.sub(channel, _MENTION.sub(person, escaped(text)))


def _command(stage: Stage, user: str, channel: Channel, typed: str, thread_ts: str | None) -> Answer:
    name, _, rest = typed.partition(" ")
    if "\n" in name:
        name, _, more = name.partition("\n")
        rest = f"{more} {rest}" if rest else more
    if thread_ts:
        return _told(stage, user, channel, f"{name} is not supported in threads. Sorry!")
    known = stage.manifest.commands.get(name)
    if known is None or not stage.workspace.app_installed or stage.workspace.users[user].is_stranger:
        what = "cannot be used here" if name in _BUILT_IN else "is not a valid command"
        return _told(
            stage,
            user,
            channel,
            f"{name} {what}. In Slack, all messages that start with the “/” character "
            "are interpreted as commands.",
        )
    text = _with_mentions(stage, rest, names=True) if known.get("should_escape") else escaped(rest)
    payload = payloads.command(stage, user, channel, name, text.strip())
    outcome = stage.delivery.send(
        "slash_commands", payload, f"{name} from {stage.name(user)} in {stage.where(channel.id)}"
    )
    return _after_command(stage, user, channel, name, outcome)


def _after_command(stage: Stage, user: str, channel: Channel, name: str, outcome: Outcome) -> Answer:
    if not outcome.ok:
        error = "operation_timeout" if outcome.late else "dispatch_failed"
        told = _told(stage, user, channel, f"{name} failed with the error “{error}”")
        return Answer(False, outcome.status, outcome.took_ms, told.shown)
    shown = _show_answer(stage, Reply(channel.id, user, 0), outcome)
    return Answer(shown is None, outcome.status, outcome.took_ms, shown)


def _show_answer(stage: Stage, reply: Reply, outcome: Outcome) -> str | None:
    """Show what the app answered a command with; return what Slack says if it cannot."""
    if not outcome.body.strip():
        return None
    payload = outcome.json() or {"text": outcome.body}
    try:
        respond(stage, reply, payload)
    except (SlackError, check.Refusal) as refused:
        stage.workspace.note(
            "fault", f"Slack could not show the answer to the command: {refused.error}", ok=False
        )
        return _told(stage, reply.user, stage.channel(reply.channel), _cannot_show(refused.error)).shown
    return None


def _cannot_show(error: str) -> str:
    return f"The command failed with the error “{error}”"


def _told(stage: Stage, user: str, channel: Channel, sentence: str) -> Answer:
    """Slackbot says it to this person alone."""
    stage.workspace.add(Message(channel.id, stage.workspace.new_ts(), "USLACKBOT", sentence, only_for=user))
    return Answer(False, shown=sentence)


def shortcut(stage: Stage, user: str, callback_id: str) -> Answer:
    _may_use_shortcuts(stage, user)
    known = stage.manifest.shortcut(callback_id, "global")
    if known is None:
        raise CannotDo("There is no such shortcut.")
    payload = payloads.shortcut(stage, user, callback_id)
    summary = f"the shortcut {known['name']} from {stage.name(user)}"
    return answer_to_press(stage.delivery.send("interactive", payload, summary))


def _may_use_shortcuts(stage: Stage, user: str) -> None:
    stage.need_app()
    if stage.person(user).is_stranger:
        raise CannotDo(f"{stage.manifest.name} is another organisation’s app.")


def message_shortcut(stage: Stage, user: str, callback_id: str, channel_id: str, ts: str) -> Answer:
    _may_use_shortcuts(stage, user)
    known = stage.manifest.shortcut(callback_id, "message")
    if known is None:
        raise CannotDo("There is no such shortcut.")
    message = stage.workspace.message(channel_id, ts)
    if message is None or user not in stage.channel(channel_id).members or message.only_for:
        raise CannotDo("That message is not there.")
    payload = payloads.message_shortcut(stage, user, callback_id, message)
    summary = f"the shortcut {known['name']} on a message from {stage.name(user)}"
    return answer_to_press(stage.delivery.send("interactive", payload, summary))
