"""What happens later with members: the whole list, read once a day."""

from datetime import timedelta

from slack_app.kit.context import Tools

FRESH_FOR = timedelta(days=1)


def read_members(tools: Tools) -> None:
    """Read all members from Slack, unless that was done within the day."""
    now = tools.now()
    with tools.database.begin() as store:
        read_at = store.workspaces.members_read_at(tools.workspace)
    if read_at is not None and now - read_at < FRESH_FOR:
        return
    for page in tools.slack.members():
        with tools.database.begin() as store:
            store.members.keep(tools.workspace, page)
    with tools.database.begin() as store:
        store.workspaces.mark_members_read(tools.workspace, now)
