"""What Slack calls about answering."""

from slack_app.kit.routing import Routes


def register(routes: Routes) -> None:
    routes.presses.update({})
