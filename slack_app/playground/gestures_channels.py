"""Channels: joining, leaving, inviting the app, archiving, reloading."""

from slack_app.playground.gestures_answer import Answer, CannotDo
from slack_app.playground.stage import Stage
from slack_app.playground.workspace import BOT_USER, TEAM_ID

MOST_IN_A_TALK = 9


def join(stage: Stage, user: str, channel_id: str) -> Answer:
    person, channel = stage.person(user), stage.channel(channel_id)
    if channel.kind != "public" or channel.archived or person.is_restricted or person.is_stranger:
        raise CannotDo("This channel cannot be joined.")
    return _add(stage, user, channel_id)


def invite_app(stage: Stage, user: str, channel_id: str) -> Answer:
    stage.need_app()
    channel = stage.channel(channel_id)
    if user not in channel.members or channel.archived:
        raise CannotDo("Only a member of the channel can invite somebody.")
    return _add(stage, BOT_USER, channel_id)


def _add(stage: Stage, user: str, channel_id: str) -> Answer:
    channel = stage.channel(channel_id)
    if user in channel.members:
        return Answer(True)
    with stage.workspace.lock:
        channel.members.add(user)
        stage.workspace.touch()
    stage.workspace.note("gesture", f"{stage.name(user)} joined {stage.where(channel_id)}")
    return _tell(stage, "member_joined_channel", user, channel_id)


def leave(stage: Stage, user: str, channel_id: str) -> Answer:
    channel = stage.channel(channel_id)
    if user not in channel.members or channel.name == "general" or channel.kind == "im":
        raise CannotDo("This channel cannot be left.")
    with stage.workspace.lock:
        channel.members.discard(user)
        stage.workspace.touch()
    stage.workspace.note("gesture", f"{stage.name(user)} left {stage.where(channel_id)}")
    return _tell(stage, "member_left_channel", user, channel_id)


def _tell(stage: Stage, event: str, user: str, channel_id: str) -> Answer:
    channel = stage.channel(channel_id)
    if stage.app_is_in(channel):
        body = {
            "type": event,
            "user": user,
            "channel": channel_id,
            "channel_type": "C" if channel.kind == "public" else "G",
            "team": TEAM_ID,
            "event_ts": stage.workspace.new_ts(),
        }
        stage.delivery.event(body, channel.shared)
    return Answer(True)


def archive(stage: Stage, channel_id: str) -> Answer:
    channel = stage.channel(channel_id)
    if channel.name == "general" or channel.kind == "im":
        raise CannotDo("This channel cannot be archived.")
    with stage.workspace.lock:
        channel.archived = True
        stage.workspace.touch()
    stage.workspace.note("gesture", f"{stage.where(channel_id)} was archived")
    name = "channel_archive" if channel.kind == "public" else "group_archive"
    stage.delivery.event({"type": name, "channel": channel_id, "event_ts": stage.workspace.new_ts()})
    return Answer(True)


def unarchive(stage: Stage, user: str, channel_id: str) -> Answer:
    """Open an archived channel again."""
    person, channel = stage.person(user), stage.channel(channel_id)
    if not channel.archived or person.is_restricted or person.is_stranger:
        raise CannotDo("There is nothing to open again.")
    with stage.workspace.lock:
        channel.archived = False
        stage.workspace.touch()
    stage.workspace.note("gesture", f"{person.real_name} opened {stage.where(channel_id)} again")
    name = "channel_unarchive" if channel.kind == "public" else "group_unarchive"
    stage.delivery.event(
        {"type": name, "channel": channel_id, "user": user, "event_ts": stage.workspace.new_ts()}
    )
    return Answer(True)


def open_talk(stage: Stage, user: str, others: list[str]) -> str:
    """Begin a group conversation, or find it again. Slack takes up to nine people in one."""
    stage.person(user)
    members = {user, *others}
    unknown = members - stage.workspace.users.keys()
    if unknown or not 3 <= len(members) <= MOST_IN_A_TALK:
        raise CannotDo("Choose two to eight people for a group conversation.")
    return stage.workspace.talk(members).id


def reload(stage: Stage, user: str) -> Answer:
    with stage.workspace.lock:
        for channel in stage.workspace.channels:
            for message in stage.workspace.messages(channel):
                if message.only_for == user:
                    message.deleted = True
        stage.workspace.touch()
    return Answer(True)
