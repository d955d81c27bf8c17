"""What Slack calls when a member joins or changes."""

from slack_app.kit.answers import Answer
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Event
from slack_app.kit.routing import Routes
from slack_app.kit.slack import member_from


def changed(event: Event, tools: Tools) -> Answer:
    member = member_from(event.content["user"])
    with tools.database.begin() as store:
        known = store.members.find(event.who.workspace, member.id)
        store.members.keep(event.who.workspace, [member.keeping(known)])
    return None


def register(routes: Routes) -> None:
    routes.events.update({"team_join": changed, "user_change": changed})
