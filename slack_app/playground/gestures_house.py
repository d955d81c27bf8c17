"""What befalls the whole workspace: its clock, who leaves it, and what it can draw."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from slack_app.playground.gestures_answer import Answer, CannotDo
from slack_app.playground.stage import Stage

_MORNING = 9


def seconds_to_monday(stage: Stage, user: str) -> float:
    """How long until the next Monday, 9:00, where this person lives."""
    now = datetime.fromtimestamp(stage.workspace.clock.now(), ZoneInfo(stage.person(user).tz))
    monday = now + timedelta(days=-now.weekday() % 7)
    morning = monday.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    if morning <= now:
        morning += timedelta(days=7)
    return morning.timestamp() - now.timestamp()


def show_charts(stage: Stage, shown: bool) -> Answer:
    with stage.workspace.lock:
        stage.workspace.takes_charts = shown
        stage.workspace.touch()
    stage.workspace.note(
        "gesture", f"Charts are {'' if shown else 'not '}taken in this workspace from now on"
    )
    return Answer(True)


def leave_workspace(stage: Stage, user: str) -> Answer:
    """Deactivate somebody: gone from every channel, and known as one who left."""
    person, workspace = stage.person(user), stage.workspace
    if person.is_owner or person.is_stranger:
        raise CannotDo("An owner stays, and somebody from elsewhere was never a member.")
    with workspace.lock:
        person.deleted = True
        for channel in workspace.channels.values():
            if channel.kind != "im":
                channel.members.discard(user)
        workspace.stacks.pop(user, None)
        workspace.touch()
    workspace.note("gesture", f"{person.real_name} left the workspace")
    at = workspace.new_ts()
    stage.delivery.event(
        {"type": "user_change", "user": person.as_slack(), "cache_ts": int(float(at)), "event_ts": at}
    )
    return Answer(True)
