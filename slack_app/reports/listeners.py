"""What Slack calls about reports."""

from slack_app.kit.routing import Routes


def register(routes: Routes) -> None:
    routes.presses.update({})
