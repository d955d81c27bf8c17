"""Members of a workspace, and who may do what."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from surveys.errors import Refused


class NotYours(Refused):
    sentence = "Only the person who asked this, or an admin, can do that."


@dataclass(frozen=True, slots=True)
class Member:
    """A person as Slack last described them.

    locale: Slack's, such as "fr-FR"; zone: an IANA name; is_guest: None where Slack has not told us.
    """

    id: str
    name: str
    locale: str | None = None
    zone: str | None = None
    is_admin: bool = False
    is_guest: bool | None = None
    is_bot: bool = False
    has_left: bool = False

    def keeping(self, before: "Member | None") -> "Member":
        """Return this member with what Slack leaves out of its events, the locale, as it was known before."""
        return replace(self, locale=self.locale or before.locale) if before else self


def usual(values: Iterable[str | None]) -> str | None:
    """Return the commonest of what is known of each member, such as a locale; None where nothing is."""
    known = Counter(value for value in values if value)
    return known.most_common(1)[0][0] if known else None


def check_may_manage(owner: str, member: Member) -> None:
    """Refuse whoever neither asked nor administers the workspace."""
    if member.id != owner and not member.is_admin:
        raise NotYours
