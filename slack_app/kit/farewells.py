"""What is left to do for something deleted: the files cleaned, and its message saying that it is gone."""

import logging

from slack_app.kit.context import Tools
from slack_app.kit.drawing import Telling
from slack_app.kit.slack import SlackSaidNo
from slack_app.kit.words import words

log = logging.getLogger("palabre")


def withdraw(workspace: str, subject: str, tools: Tools, gone: Telling) -> None:
    """Clean what a deleted poll or round left, and show that it is gone, unless Slack refuses that for good.

    subject: its id; gone: its last message.
    """
    tools.database.clean()
    with tools.database.begin() as store:
        said = store.surveys.farewell(workspace, subject)
    if said is None:
        return
    try:
        tools.slack.update(said.channel, said.message, gone(words(said.language)))
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        log.warning("deleted %s not withdrawn: %s", subject, fault)
    with tools.database.begin() as store:
        store.surveys.farewell_said(workspace, subject)
