"""Web API: people, conversations, the team."""

from typing import Any

from slack_app.playground.handed_back import back
from slack_app.playground.refused import SlackError
from slack_app.playground.web_api_call import Call, page
from slack_app.playground.workspace import BOT_ID, BOT_USER, Channel

_KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def team_info(call: Call) -> dict[str, Any]:
    workspace = call.stage.workspace
    team = {"id": workspace.team_id, "name": workspace.team_name, "domain": workspace.domain}
    return {"team": team | {"email_domain": "", "icon": {"image_default": True}}}


def users_list(call: Call) -> dict[str, Any]:
    workspace = call.stage.workspace
    people = [u for u in workspace.users.values() if u.team_id == workspace.team_id]
    rows, metadata = page(call, people)
    with_locale = call.flag("include_locale")
    members = [u.as_slack(with_locale) for u in rows]
    return {"members": members, "cache_ts": int(workspace.clock.now()), "response_metadata": metadata}


def users_info(call: Call) -> dict[str, Any]:
    return {"user": call.user().as_slack(call.flag("include_locale"))}


def users_conversations(call: Call) -> dict[str, Any]:
    member = call.text("user") or BOT_USER
    if member not in call.stage.workspace.users:
        raise SlackError("user_not_found")
    seen = [c for c in _of_types(call) if member in c.members]
    rows, metadata = page(call, seen)
    return {"channels": [_row(c) for c in rows], "response_metadata": metadata}


def conversations_list(call: Call) -> dict[str, Any]:
    rows, metadata = page(call, _of_types(call))
    return {"channels": [_row(c) for c in rows], "response_metadata": metadata}


def _row(channel: Channel) -> dict[str, Any]:
    return channel.as_slack(BOT_USER)


def _of_types(call: Call) -> list[Channel]:
    """Conversations of the asked types that the app may know of."""
    types = [t.strip() for t in (call.text("types") or "public_channel").split(",")]
    if any(t not in _KINDS for t in types):
        raise SlackError("invalid_types")
    kinds = {_KINDS[t] for t in types}
    for kind, scope in (
        ("public", "channels:read"),
        ("private", "groups:read"),
        ("im", "im:read"),
        ("mpim", "mpim:read"),
    ):
        if kind in kinds:
            call.need(scope)
    known = [
        c
        for c in call.stage.workspace.channels.values()
        if c.kind in kinds and (c.kind == "public" or BOT_USER in c.members)
    ]
    return [c for c in known if not (c.archived and call.flag("exclude_archived"))]


def conversations_info(call: Call) -> dict[str, Any]:
    channel = call.seen_channel()
    call.need_kind(channel)
    shown = _row(channel)
    if not call.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def conversations_members(call: Call) -> dict[str, Any]:
    channel = call.seen_channel()
    call.need_kind(channel)
    rows, metadata = page(call, sorted(channel.members))
    return {"members": rows, "response_metadata": metadata}


def conversations_open(call: Call) -> dict[str, Any]:
    if call.text("channel"):
        return {"channel": {"id": call.seen_channel().id}}
    users = list(dict.fromkeys(u.strip() for u in call.needed("users").split(",") if u.strip()))
    if len(users) > 8:
        raise SlackError("too_many_users")
    for user in users:
        _may_be_written_to(call, user)
    workspace = call.stage.workspace
    call.need("im:write" if len(users) == 1 else "mpim:write")
    if len(users) == 1:
        return {"channel": {"id": workspace.dm(users[0]).id}}
    return {"channel": {"id": workspace.talk({BOT_USER, *users}).id}}


def _may_be_written_to(call: Call, user: str) -> None:
    person = call.stage.workspace.users.get(user)
    if person is None:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")
    if person.is_bot or user == "USLACKBOT":
        raise SlackError("cannot_dm_bot")
    if person.is_stranger:
        raise SlackError("user_not_visible")


def conversations_join(call: Call) -> dict[str, Any]:
    channel = call.seen_channel()
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    already = BOT_USER in channel.members
    with call.stage.workspace.lock:
        channel.members.add(BOT_USER)
        call.stage.workspace.touch()
    warning = {"warning": "already_in_channel"} if already else {}
    return {"channel": _row(channel)} | warning


def conversations_history(call: Call) -> dict[str, Any]:
    channel = call.seen_channel()
    call.need({"public": "channels", "private": "groups"}.get(channel.kind, channel.kind) + ":history")
    if not call.stage.app_is_in(channel):
        raise SlackError("not_in_channel")
    shown = [m for m in call.stage.workspace.messages(channel.id) if not m.deleted and m.only_for is None]
    # 15 rows: what an app sold outside the Marketplace gets (SLACK.md section 5).
    rows = [back(m.as_slack()) for m in reversed(shown) if not m.thread_ts or m.thread_ts == m.ts][:15]
    return {"messages": rows, "has_more": len(shown) > len(rows), "pin_count": 0}


def usergroups_list(call: Call) -> dict[str, Any]:
    return {"usergroups": list(call.stage.workspace.usergroups)}


def bots_info(call: Call) -> dict[str, Any]:
    for user in call.stage.workspace.users.values():
        if user.bot_id and user.bot_id == (call.text("bot") or BOT_ID):
            return {"bot": {"id": user.bot_id, "name": user.real_name, "user_id": user.id, "deleted": False}}
    raise SlackError("bot_not_found")
