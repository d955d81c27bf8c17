"""The smallest group whose anonymous results a workspace shows: to read, and for an admin to raise."""

from slack_app.kit.incoming import Who
from storage import Database
from surveys.anonymity import MOST_FEWEST, OnlyHigher
from surveys.errors import Refused
from surveys.people import Member


class OnlyAdmins(Refused):
    sentence = "Only an admin of this workspace can raise the smallest group."


def fewest(database: Database, who: Who) -> int:
    with database.begin() as store:
        return store.workspaces.fewest(who.workspace)


def check_may_raise(member: Member) -> None:
    if not member.is_admin:
        raise OnlyAdmins


def raise_to(database: Database, member: Member, who: Who, written: str) -> int:
    """Raise the smallest group to what was written in the form; it never becomes lower than it was."""
    check_may_raise(member)
    with database.begin() as store:
        wanted = _number(written, store.workspaces.fewest(who.workspace))
        store.workspaces.raise_fewest(who.workspace, wanted)
        return store.workspaces.fewest(who.workspace)


def _number(written: str, before: int) -> int:
    # No more digits than a threshold has: int() refuses thousands of them.
    if not (written.isascii() and written.isdigit() and len(written) <= 4):
        raise OnlyHigher(fewest=before, most=MOST_FEWEST)
    return int(written)
