"""What happens later with surveys: they close at their moment, and what is sealed is counted then."""

from slack_app.authoring import service
from slack_app.kit import counting
from slack_app.kit.context import Tools


def close(workspace: str, subject: str, tools: Tools) -> None:
    """Close a round whose moment has come, and order its report; any other is left alone.

    subject: the round's id.
    """
    if service.close_in_time(tools.database, workspace, subject, tools.now()):
        tools.redraw_due.set()


def count(workspace: str, subject: str, tools: Tools) -> None:
    """Mix and count the sealed answers of a closed round, then order its report; any other is left alone.

    subject: the round's id. Begun again after any stop, it ends the same.
    """
    asked = service.to_count(tools.database, workspace, subject)
    if asked is None:
        return
    counting.count(workspace, subject, tools, lambda store, batch: service.put_responses(store, asked, batch))
    service.counted(tools.database, asked, tools.now())
    tools.redraw_due.set()
