"""What happens later with work that failed: whose work it was is told."""

import logging

from slack_app.kit.context import Tools, words_of
from slack_app.kit.slack import SlackSaidNo
from slack_app.upkeep import blocks, service

log = logging.getLogger("palabre")


def tell(workspace: str, subject: str, tools: Tools) -> None:
    """Tell the owner of what a failed job was for; nobody where that is gone, or the job is no failure now.

    subject: the failed job's id.
    """
    failed = service.failed_job(tools.database, workspace, subject)
    if failed is None or failed.about is None:
        return
    with tools.database.begin() as store:
        say = words_of(store, workspace, failed.about.owner)
    try:
        tools.slack.post(failed.about.owner, blocks.failed_note(failed, failed.about, say))
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        log.warning("owner of failed job %s not told: %s", subject, fault)


def tick(tools: Tools) -> None:
    """Have owners told of what failed since the last minute."""
    service.have_owners_told(tools.database, tools.workspace)
