"""Everything one playground shares: the workspace, the app's manifest, deliveries, triggers and faults."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from slack_app.playground.app_manifest import AppManifest
from slack_app.playground.delivery import Delivery
from slack_app.playground.faults import Faults
from slack_app.playground.limits_by_tier import Limits
from slack_app.playground.refused import CannotDo
from slack_app.playground.triggers import Replies, Triggers
from slack_app.playground.workspace import BOT_USER, Channel, User, Workspace


@dataclass(slots=True)
class Stage:
    workspace: Workspace
    manifest: AppManifest
    delivery: Delivery
    triggers: Triggers
    replies: Replies
    faults: Faults
    limits: Limits
    url: str = ""
    bot_token: str = field(default_factory=lambda: f"xoxb-playground-{secrets.token_hex(12)}", repr=False)
    app_token: str = field(default_factory=lambda: f"xapp-playground-{secrets.token_hex(12)}", repr=False)
    bot_revoked: bool = False
    after_reset: Callable[[], None] = lambda: None
    after_move: Callable[[float], None] = lambda _seconds: None
    due_lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def response_url(
        self, channel: str, user: str, message_ts: str | None = None, thread_ts: str | None = None
    ) -> str:
        return f"{self.url}/response/{self.replies.mint(channel, user, message_ts, thread_ts)}"

    @property
    def bot_token_is(self) -> str:
        """Slack's word for what is wrong with the bot's token, "" while nothing is."""
        if not self.workspace.app_installed:
            return "account_inactive"
        return "token_revoked" if self.bot_revoked else ""

    def need_app(self) -> None:
        if not self.workspace.app_installed:
            raise CannotDo(f"{self.manifest.name} is not in this workspace.")

    def app_is_in(self, channel: Channel) -> bool:
        return BOT_USER in channel.members

    def person(self, user: str) -> User:
        person = self.workspace.users.get(user)
        if person is None:
            raise CannotDo("There is no such person here.")
        if person.deleted:
            raise CannotDo(f"{person.real_name} has left.")
        if person.is_bot or user == "USLACKBOT":
            raise CannotDo("A bot does nothing by itself.")
        return person

    def channel(self, channel: str) -> Channel:
        found = self.workspace.channels.get(channel)
        if found is None:
            raise CannotDo("There is no such channel.")
        return found

    def name(self, user: str) -> str:
        person = self.workspace.users.get(user)
        return person.real_name if person else user

    def where(self, channel_id: str) -> str:
        channel = self.workspace.channels.get(channel_id)
        if channel is None:
            return channel_id
        return f"#{channel.name}" if channel.name else "a direct message"
