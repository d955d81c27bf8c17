"""What Slack calls about authoring."""

from slack_app.kit.routing import Routes


def register(routes: Routes) -> None:
    routes.presses.update({})
