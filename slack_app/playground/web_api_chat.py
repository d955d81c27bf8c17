"""Web API: messages, reactions, pins, files."""

import secrets
from typing import Any

from slack_app.playground import check, posting
from slack_app.playground.handed_back import back
from slack_app.playground.refused import SlackError
from slack_app.playground.web_api_call import Call, page
from slack_app.playground.workspace import BOT_ID, BOT_USER, Channel, Message, Scheduled

_SCHEDULE_SECONDS = 120 * 86400
_SCHEDULE_WINDOW = 300
_SCHEDULE_MOST = 30


def post_message(call: Call) -> dict[str, Any]:
    channel = _writable(call)
    message = posting.post(call.stage, channel.id, call.payload(), thread_ts=_thread(call, channel))
    return {"channel": channel.id, "ts": message.ts, "message": back(message.as_slack())}


def _thread(call: Call, channel: Channel) -> str | None:
    """The message to reply to: one that everybody sees, and no reply itself. Stricter than Slack."""
    thread = call.text("thread_ts")
    if not thread:
        return None
    root = call.stage.workspace.message(channel.id, thread)
    if root is None or root.only_for is not None or root.thread_ts not in (None, root.ts):
        raise SlackError("cannot_reply_to_message")
    return thread


def _writable(call: Call) -> Channel:
    """The conversation to write to, or why not; for chat.postMessage a person's id is one too.

    The pages of chat.postEphemeral and chat.scheduleMessage ask for the id of a conversation.
    """
    name = call.text("channel")
    stage = call.stage
    is_person = call.method == "chat.postMessage" and name.startswith(("U", "W"))
    channel = _direct(call, name) if is_person else call.seen_channel()
    if channel.archived:
        raise SlackError("is_archived")
    if not stage.app_is_in(channel) and "chat:write.public" not in stage.manifest.scopes:
        raise SlackError("not_in_channel")
    if channel.read_only:
        raise SlackError("restricted_action")
    if channel.kind == "im" and not stage.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    return channel


def _direct(call: Call, user: str) -> Channel:
    person = call.stage.workspace.users.get(user)
    if person is None or person.deleted:
        raise SlackError("channel_not_found")
    if person.is_bot or user == "USLACKBOT":
        raise SlackError("cannot_dm_bot")
    return call.stage.workspace.dm(user)


def _message(call: Call, channel: Channel, ts_name: str = "ts") -> Message:
    message = call.stage.workspace.message(channel.id, call.needed(ts_name))
    if message is None or message.only_for is not None:
        raise SlackError("message_not_found")
    return message


def _own_message(call: Call, error: str) -> Message:
    channel = call.seen_channel()
    if channel.archived:
        # The word of chat.update's page; new messages are refused with is_archived.
        raise SlackError("is_inactive")
    message = _message(call, channel)
    if not message.app or message.user != BOT_USER:
        raise SlackError(error)
    if not call.stage.app_is_in(channel):
        raise SlackError("not_in_channel")
    return message


def update(call: Call) -> dict[str, Any]:
    message = _own_message(call, "cant_update_message")
    posting.update(call.stage, message, call.payload())
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": back(message.as_slack()),
    }


def delete(call: Call) -> dict[str, Any]:
    message = _own_message(call, "cant_delete_message")
    posting.remove(call.stage, message)
    return {"channel": message.channel, "ts": message.ts}


def post_ephemeral(call: Call) -> dict[str, Any]:
    channel = _writable(call)
    user = call.needed("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    thread = _thread(call, channel)
    message = posting.post(call.stage, channel.id, call.payload(), only_for=user, thread_ts=thread)
    return {"message_ts": message.ts}


def get_permalink(call: Call) -> dict[str, Any]:
    channel = call.seen_channel()
    message = _message(call, channel, "message_ts")
    link = f"{call.stage.url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def schedule_message(call: Call) -> dict[str, Any]:
    channel = _writable(call)
    now, post_at = call.stage.workspace.clock.now(), call.number("post_at", 0)
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + _SCHEDULE_SECONDS:
        raise SlackError("time_too_far")
    payload = {k: v for k, v in call.payload().items() if k != "post_at"}
    check.check_message(payload)
    with call.stage.workspace.lock:
        others = [s for s in call.stage.workspace.scheduled.values() if s.channel == channel.id]
        if sum(abs(s.post_at - post_at) < _SCHEDULE_WINDOW for s in others) >= _SCHEDULE_MOST:
            raise SlackError("restricted_too_many")
        one = Scheduled(f"Q{secrets.token_hex(5).upper()}", channel.id, post_at, now, payload)
        call.stage.workspace.scheduled[one.id] = one
        call.stage.workspace.touch()
    message = {"text": payload.get("text", ""), "type": "delayed_message", "bot_id": BOT_ID, "user": BOT_USER}
    return {"channel": channel.id, "scheduled_message_id": one.id, "post_at": post_at, "message": message}


def scheduled_messages(call: Call) -> dict[str, Any]:
    every = sorted(call.stage.workspace.scheduled.values(), key=lambda s: s.post_at)
    mine = [s for s in every if call.text("channel") in ("", s.channel)]
    rows, metadata = page(call, mine)
    shown = [
        {
            "id": s.id,
            "channel_id": s.channel,
            "post_at": s.post_at,
            "date_created": int(s.made_at),
            "text": s.payload.get("text", ""),
        }
        for s in rows
    ]
    return {"scheduled_messages": shown, "response_metadata": metadata}


def delete_scheduled_message(call: Call) -> dict[str, Any]:
    channel = call.seen_channel()
    with call.stage.workspace.lock:
        one = call.stage.workspace.scheduled.get(call.needed("scheduled_message_id"))
        # Within its last minute a message can no longer be stopped.
        if one is None or one.channel != channel.id or one.post_at - call.stage.workspace.clock.now() < 60:
            raise SlackError("invalid_scheduled_message_id")
        del call.stage.workspace.scheduled[one.id]
        call.stage.workspace.touch()
    return {}


def add_reaction(call: Call) -> dict[str, Any]:
    name = call.text("name").strip(":")
    if not name:
        raise SlackError("invalid_name")
    channel = call.seen_channel()
    if not call.stage.app_is_in(channel):
        raise SlackError("not_in_channel")
    message = _message(call, channel, "timestamp")
    with call.stage.workspace.lock:
        who = message.reactions.setdefault(name, set())
        if BOT_USER in who:
            raise SlackError("already_reacted")
        who.add(BOT_USER)
        call.stage.workspace.touch()
    return {}


def add_pin(call: Call) -> dict[str, Any]:
    channel = call.seen_channel()
    if not call.stage.app_is_in(channel):
        raise SlackError("not_in_channel")
    message = _message(call, channel, "timestamp")
    if message.pinned:
        raise SlackError("already_pinned")
    with call.stage.workspace.lock:
        message.pinned = True
        call.stage.workspace.touch()
    return {}


def get_upload_url(call: Call) -> dict[str, Any]:
    length = call.number("length", 0)
    name = call.needed("filename")
    if length <= 0:
        raise SlackError("invalid_arguments")
    file_id = f"F0{secrets.token_hex(5).upper()}"
    with call.stage.workspace.lock:
        call.stage.workspace.files[file_id] = {
            "id": file_id,
            "name": name,
            "length": length,
            "bytes": None,
            "is_complete": False,
        }
    return {"upload_url": f"{call.stage.url}/upload/{file_id}", "file_id": file_id}


def complete_upload(call: Call) -> dict[str, Any]:
    shown = [_uploaded(call, wanted) for wanted in call.parsed("files") or []]
    if not shown:
        raise SlackError("invalid_arguments")
    if call.text("channel_id"):
        channel = _file_place(call)
        text = call.text("initial_comment") or ", ".join(str(file["title"]) for file in shown)
        posting.post(call.stage, channel.id, {"text": text}, thread_ts=_thread(call, channel), files=shown)
    with call.stage.workspace.lock:
        for file in shown:
            call.stage.workspace.files[file["id"]]["is_complete"] = True
    return {"files": shown}


def _file_place(call: Call) -> Channel:
    """Where a file is shared, or why not, in the words of the page of files.completeUploadExternal."""
    try:
        channel = call.seen_channel("channel_id")
    except SlackError as unknown:
        raise SlackError("invalid_channel") from unknown
    if channel.archived or channel.read_only or not call.stage.app_is_in(channel):
        raise SlackError("posting_to_channel_denied")
    return channel


def _uploaded(call: Call, wanted: Any) -> dict[str, Any]:
    """A file whose bytes are here and which nothing shows yet."""
    if not isinstance(wanted, dict):
        raise SlackError("malformed_files")
    file = call.stage.workspace.files.get(str(wanted.get("id")))
    if file is None or file["bytes"] is None or file["is_complete"]:
        raise SlackError("file_not_found")
    return {
        "id": file["id"],
        "name": file["name"],
        "title": wanted.get("title") or file["name"],
        "size": file["length"],
    }
