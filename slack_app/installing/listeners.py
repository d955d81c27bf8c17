"""What Slack calls when the app is taken out of the workspace, and when its tokens die."""

from slack_app.installing import service
from slack_app.kit.answers import Answer
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Event
from slack_app.kit.routing import Routes


def uninstalled(event: Event, tools: Tools) -> Answer:
    service.leave(tools.database, event.who.workspace, tools.now())
    return None


def revoked(event: Event, tools: Tools) -> Answer:
    """Leave where the bot's token died; the tokens of people, which we do not have, are told of here too."""
    if event.content["tokens"].get("bot"):
        service.leave(tools.database, event.who.workspace, tools.now())
    return None


def register(routes: Routes) -> None:
    routes.events.update({"app_uninstalled": uninstalled, "tokens_revoked": revoked})
