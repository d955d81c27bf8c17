"""What happens later with surveys: they close at their moment."""

from slack_app.authoring import service
from slack_app.kit.context import Tools


def close(workspace: str, subject: str, tools: Tools) -> None:
    """Close a round whose moment has come, and order its report; any other is left alone.

    subject: the round's id.
    """
    if service.close_in_time(tools.database, workspace, subject, tools.now()):
        tools.redraw_due.set()
