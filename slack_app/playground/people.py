"""Who and what a workspace holds: its people and its channels, with the shapes Slack gives them."""

from dataclasses import dataclass, field
from typing import Any, Literal

ChannelKind = Literal["public", "private", "im", "mpim"]


@dataclass(slots=True)
class User:
    id: str
    name: str
    real_name: str
    tz: str = "Etc/UTC"
    tz_offset: int = 0
    locale: str = "en-US"
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    deleted: bool = False
    team_id: str = "T0PLAYGRD"
    is_stranger: bool = False
    bot_id: str | None = None

    def as_slack(self, with_locale: bool = False) -> dict[str, Any]:
        """The user object of users.info; someone who left has lost the zone and the roles."""
        user: dict[str, Any] = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "profile": self._profile(),
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 0,
        }
        if self.is_stranger:
            user["is_stranger"] = True
        if not self.deleted:
            user |= self._roles()
        if with_locale and not self.deleted:
            user["locale"] = self.locale
        return user

    def _profile(self) -> dict[str, Any]:
        first, _, last = self.real_name.partition(" ")
        profile = {
            "real_name": self.real_name,
            "display_name": self.name,
            "first_name": first,
            "last_name": last,
            "team": self.team_id,
        }
        if self.bot_id:
            profile["bot_id"] = self.bot_id
        return profile

    def _roles(self) -> dict[str, Any]:
        return {
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": self.tz_offset,
            "is_admin": self.is_admin,
            "is_owner": self.is_owner,
            "is_primary_owner": self.is_owner,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": False,
        }


@dataclass(slots=True)
class Channel:
    id: str
    name: str
    kind: ChannelKind = "public"
    members: set[str] = field(default_factory=set)
    archived: bool = False
    read_only: bool = False
    shared: bool = False
    creator: str = "U0ANA"
    topic: str = ""

    @property
    def payload_name(self) -> str:
        """The name commands and interactions carry: only a public channel's real one."""
        return {"public": self.name, "private": "privategroup", "im": "directmessage", "mpim": self.name}[
            self.kind
        ]

    def as_slack(self, for_user: str) -> dict[str, Any]:
        if self.kind == "im":
            other = next(iter(sorted(self.members - {for_user})), for_user)
            return {"id": self.id, "created": 0, "is_im": True, "is_archived": False, "user": other}
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "public",
            "is_group": False,
            "is_im": False,
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "public",
            "is_archived": self.archived,
            "is_general": self.name == "general",
            "is_member": for_user in self.members,
            "is_shared": self.shared,
            "is_ext_shared": self.shared,
            "is_org_shared": False,
            "is_read_only": self.read_only,
            "created": 0,
            "creator": self.creator,
            "num_members": len(self.members),
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }
