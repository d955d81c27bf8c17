"""What happens later with members: the whole list, read once a day."""

from datetime import timedelta

from slack_app.kit.context import Tools
from slack_app.kit.words import language_of
from surveys.people import Member, usual

FRESH_FOR = timedelta(days=1)


def read_members(tools: Tools) -> None:
    """Read all members from Slack, unless that was done within the day or the workspace left."""
    now = tools.now()
    with tools.database.begin() as store:
        if store.workspaces.is_removed(tools.workspace):
            return
        read_at = store.workspaces.members_read_at(tools.workspace)
    if read_at is not None and now - read_at < FRESH_FOR:
        return
    people: list[Member] = []
    for page in tools.slack.members():
        with tools.database.begin() as store:
            store.members.keep(tools.workspace, page)
        people += (member for member in page if not member.is_bot and not member.has_left)
    language = language_of(usual(member.locale for member in people))
    zone = usual(member.zone for member in people) or "UTC"
    with tools.database.begin() as store:
        store.workspaces.remember(tools.workspace, language, zone)
        store.workspaces.mark_members_read(tools.workspace, now)
