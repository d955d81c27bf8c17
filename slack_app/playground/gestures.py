"""Whatever a person can do in the pretend Slack: one layer under the page, the control API and the tests."""

from typing import Any

from slack_app.playground import (
    gestures_app,
    gestures_blocks,
    gestures_channels,
    gestures_house,
    gestures_talk,
    gestures_views,
)
from slack_app.playground.gestures_answer import Answer, CannotDo
from slack_app.playground.scheduled import run_due
from slack_app.playground.stage import Stage
from slack_app.playground.workspace import BOT_USER

__all__ = ["Answer", "CannotDo", "Gestures"]


class Gestures:
    """Each gesture returns once the app has answered, or 3 seconds have passed."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    # Talking

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Answer:
        """Type into a channel: a message, or a command when it begins with a slash."""
        return gestures_talk.say(self._stage, user, channel, text, thread_ts)

    def shortcut(self, user: str, callback_id: str) -> Answer:
        return gestures_talk.shortcut(self._stage, user, callback_id)

    def message_shortcut(self, user: str, callback_id: str, channel: str, ts: str) -> Answer:
        return gestures_talk.message_shortcut(self._stage, user, callback_id, channel, ts)

    # Buttons and fields

    def act(
        self,
        user: str,
        surface: str,
        block_id: str,
        action_id: str,
        choice: Any = None,
        confirmed: bool = False,
    ) -> Answer:
        """Press a button or choose in a menu; `confirmed` answers its confirmation dialog with yes."""
        return gestures_blocks.act(self._stage, user, surface, block_id, action_id, choice, confirmed)

    def fill(self, user: str, surface: str, block_id: str, action_id: str, choice: Any) -> Answer:
        """Fill in an input; the app hears of it only where the block says so."""
        return gestures_blocks.fill(self._stage, user, surface, block_id, action_id, choice)

    def suggest(
        self, user: str, surface: str, block_id: str, action_id: str, query: str
    ) -> list[dict[str, Any]]:
        """The options (or option groups) an external select offers for a query."""
        return gestures_blocks.suggest(self._stage, user, surface, block_id, action_id, query)

    # Views

    def submit(self, user: str, view_id: str) -> Answer:
        return gestures_views.submit(self._stage, user, view_id)

    def close(self, user: str, view_id: str, clear: bool = False) -> Answer:
        return gestures_views.close(self._stage, user, view_id, clear)

    def open_home(self, user: str, tab: str = "home") -> Answer:
        return gestures_views.open_home(self._stage, user, tab)

    # Channels

    def join(self, user: str, channel: str) -> Answer:
        return gestures_channels.join(self._stage, user, channel)

    def leave(self, user: str, channel: str) -> Answer:
        return gestures_channels.leave(self._stage, user, channel)

    def invite_app(self, channel: str, user: str = "U0ANA") -> Answer:
        return gestures_channels.invite_app(self._stage, user, channel)

    def remove_app(self, channel: str) -> Answer:
        return gestures_channels.leave(self._stage, BOT_USER, channel)

    def archive(self, channel: str) -> Answer:
        return gestures_channels.archive(self._stage, channel)

    def unarchive(self, channel: str, user: str = "U0ANA") -> Answer:
        return gestures_channels.unarchive(self._stage, user, channel)

    def open_dm(self, user: str, other: str = BOT_USER) -> str:
        """The direct conversation with the app (or somebody else); returns its channel id."""
        self._stage.person(user)
        return self._stage.workspace.dm(user, other).id

    def open_talk(self, user: str, others: list[str]) -> str:
        """A group conversation with these people, the app among them or not; returns its channel id."""
        return gestures_channels.open_talk(self._stage, user, others)

    def reload(self, user: str) -> Answer:
        """Reload Slack: ephemeral messages are gone."""
        return gestures_channels.reload(self._stage, user)

    # The app

    def uninstall(self, user: str = "U0ANA", tokens_first: bool | None = None) -> Answer:
        """Take the app out of the workspace; its token is dead from then on."""
        return gestures_app.uninstall(self._stage, user, tokens_first)

    def install(self, user: str = "U0ANA") -> Answer:
        """Put the app into the workspace again, with the token from before."""
        return gestures_app.install(self._stage, user)

    # The house

    def move_clock(self, seconds: float) -> Answer:
        """Let time pass; what was due in between happens now."""
        self._stage.workspace.clock.move(seconds)
        self._stage.workspace.note("gesture", f"The clock was moved {seconds:g} seconds forward")
        run_due(self._stage)
        self._stage.after_move(seconds)
        return Answer(True)

    def move_to_monday(self, user: str) -> Answer:
        """Let time pass until Monday, 9:00, where this person lives."""
        return self.move_clock(gestures_house.seconds_to_monday(self._stage, user))

    def leave_workspace(self, user: str) -> Answer:
        """Somebody leaves for good, as when an admin deactivates them."""
        return gestures_house.leave_workspace(self._stage, user)

    def show_charts(self, shown: bool) -> Answer:
        """Whether data_visualization blocks are known here yet; where not, messages with them are refused."""
        return gestures_house.show_charts(self._stage, shown)

    def reset(self) -> Answer:
        """Seed everything anew."""
        self._stage.delivery.forget()
        self._stage.faults.clear()
        self._stage.limits.clear()
        self._stage.bot_revoked = False
        self._stage.workspace.reset()
        self._stage.after_reset()
        return Answer(True)
