"""What happens by itself as time passes: repeats of events and scheduled messages."""

from slack_app.playground import check
from slack_app.playground.posting import post
from slack_app.playground.refused import SlackError
from slack_app.playground.stage import Stage
from slack_app.playground.workspace import Scheduled


def run_due(stage: Stage) -> None:
    """Do everything whose time has come; on return none of it is still under way elsewhere."""
    with stage.due_lock:
        _post_scheduled(stage)
        stage.delivery.run_due()


def _post_scheduled(stage: Stage) -> None:
    now = stage.workspace.clock.now()
    with stage.workspace.lock:
        due = sorted(
            (s for s in stage.workspace.scheduled.values() if s.post_at <= now), key=lambda s: s.post_at
        )
        for one in due:
            del stage.workspace.scheduled[one.id]
    for one in due:
        _post_one(stage, one)


def _post_one(stage: Stage, one: Scheduled) -> None:
    channel = stage.workspace.channels.get(one.channel)
    if stage.bot_token_is or channel is None or channel.archived or not stage.app_is_in(channel):
        stage.workspace.note("fault", "A scheduled message could not be posted", ok=False)
        return
    try:
        post(stage, one.channel, one.payload, thread_ts=one.payload.get("thread_ts"))
    except (SlackError, check.Refusal) as refused:
        stage.workspace.note("fault", f"A scheduled message was refused: {refused.error}", ok=False)
