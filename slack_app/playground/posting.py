"""How a message comes to stand in a channel: from the Web API, a command's answer or a response_url."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_app.playground import check
from slack_app.playground.faults import lost_pictures
from slack_app.playground.handed_back import back
from slack_app.playground.ids import with_ids
from slack_app.playground.refused import SlackError
from slack_app.playground.stage import Stage
from slack_app.playground.triggers import Reply
from slack_app.playground.workspace import BOT_USER, TEAM_ID, Message

_TEXT_CUT = 40_000
_KINDS = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}


def post(
    stage: Stage,
    channel: str,
    payload: Mapping[str, Any],
    *,
    only_for: str | None = None,
    thread_ts: str | None = None,
    files: Sequence[dict[str, Any]] = (),
) -> Message:
    """Add the app's message, or raise Slack's refusal of it. files: those that stand below it."""
    _check(stage, payload)
    message = Message(
        channel,
        stage.workspace.new_ts(),
        BOT_USER,
        _text(payload)[:_TEXT_CUT],
        _blocks(payload),
        thread_ts=thread_ts,
        only_for=only_for,
        app=True,
        metadata=payload.get("metadata") or None,
        attachments=list(payload.get("attachments") or []),
        files=list(files),
    )
    stage.workspace.add(message)
    if only_for is None:
        _tell_app(stage, message)
    return message


def update(stage: Stage, message: Message, payload: Mapping[str, Any]) -> None:
    """Change the app's message; text alone takes the blocks away, as in Slack."""
    _check(stage, payload, updating=True)
    before = message.as_slack()
    with stage.workspace.lock:
        if "blocks" in payload or "text" in payload or "markdown_text" in payload:
            message.text = _text(payload)
            message.blocks = _blocks(payload)
        if "attachments" in payload:
            message.attachments = list(payload["attachments"] or [])
        if "metadata" in payload:
            message.metadata = payload["metadata"] or None
        message.edited = True
        stage.workspace.touch()
    changed = {"subtype": "message_changed", "message": back(message.as_slack())}
    _tell_of_change(stage, message, changed | {"previous_message": back(before)})


def remove(stage: Stage, message: Message) -> None:
    with stage.workspace.lock:
        message.deleted = True
        stage.workspace.touch()
    gone = {"subtype": "message_deleted", "deleted_ts": message.ts}
    _tell_of_change(stage, message, gone | {"previous_message": back(message.as_slack())})


def respond(stage: Stage, reply: Reply, payload: Mapping[str, Any]) -> None:
    """What a response_url or a command's answer does: replace, delete, or say something new."""
    if stage.workspace.channels[reply.channel].archived:
        raise SlackError("is_archived")
    if payload.get("delete_original"):
        remove(stage, _original(stage, reply))
        return
    if payload.get("replace_original"):
        update(stage, _original(stage, reply), payload)
        return
    for_all = payload.get("response_type") == "in_channel"
    post(
        stage,
        reply.channel,
        payload,
        only_for=None if for_all else reply.user,
        thread_ts=str(payload["thread_ts"]) if payload.get("thread_ts") else reply.thread_ts,
    )


def _original(stage: Stage, reply: Reply) -> Message:
    """The app's message that was acted on. What Slack does without one is written nowhere: it is refused."""
    message = stage.workspace.message(reply.channel, reply.message_ts or "")
    if message is None:
        raise SlackError("message_not_found")
    if not message.app:
        raise SlackError("cant_update_message")
    return message


def _check(stage: Stage, payload: Mapping[str, Any], *, updating: bool = False) -> None:
    check.check_message(payload, updating=updating)
    refused = [
        f"[ERROR] unsupported type: data_visualization [json-pointer:/blocks/{index}/type]"
        for index, block in enumerate(payload.get("blocks") or [])
        if block.get("type") == "data_visualization" and not stage.workspace.takes_charts
    ]
    refused += [
        f"[ERROR] downloading image failed [json-pointer:{at}]"
        for at in lost_pictures(payload.get("blocks") or [], stage.workspace.lost_pictures)
    ]
    if refused:
        raise check.Refusal("invalid_blocks", refused)


def _text(payload: Mapping[str, Any]) -> str:
    return str(payload.get("text") or payload.get("markdown_text") or "")


def _blocks(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    if payload.get("markdown_text"):
        return with_ids([{"type": "markdown", "text": payload["markdown_text"]}])
    return with_ids(list(payload.get("blocks") or []))


def _tell_app(stage: Stage, message: Message) -> None:
    """Slack sends the app its own messages too, where it subscribed to messages."""
    channel = stage.workspace.channels[message.channel]
    if not stage.app_is_in(channel):
        return
    event = message_event(stage, message) | {"bot_id": message.as_slack()["bot_id"]}
    stage.delivery.event_soon(event, channel.shared)


def _tell_of_change(stage: Stage, message: Message, what: dict[str, Any]) -> None:
    """An app that hears messages hears of each change of one, its own included."""
    channel = stage.workspace.channels[message.channel]
    if message.only_for is not None or not stage.app_is_in(channel):
        return
    stamp = stage.workspace.new_ts()
    event = {
        "type": "message",
        "hidden": True,
        "channel": channel.id,
        "channel_type": _KINDS[channel.kind],
        "ts": stamp,
        "event_ts": stamp,
    }
    stage.delivery.event_soon(event | what, channel.shared)


def _team_of(stage: Stage, user: str) -> str:
    person = stage.workspace.users.get(user)
    return person.team_id if person else TEAM_ID


def message_event(stage: Stage, message: Message) -> dict[str, Any]:
    channel = stage.workspace.channels[message.channel]
    event: dict[str, Any] = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": _team_of(stage, message.user),
        "channel": channel.id,
        "channel_type": _KINDS[channel.kind],
        "event_ts": message.ts,
    }
    if channel.shared:
        event |= {"user_team": event["team"], "source_team": event["team"]}
    if message.blocks:
        event["blocks"] = message.blocks
    if message.thread_ts:
        event["thread_ts"] = message.thread_ts
    return back(event)
