"""What Slack calls about delivery: pause, resume and cancel, pressed on what shows how far it has come."""

from slack_app.delivery import service
from slack_app.kit.answers import Answer
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Press
from slack_app.kit.routing import Routes


def pause(press: Press, tools: Tools) -> Answer:
    service.pause(tools.database, tools.known(press.who), press.who, press.value)
    tools.redraw_due.set()
    return None


def resume(press: Press, tools: Tools) -> Answer:
    service.resume(tools.database, tools.known(press.who), press.who, press.value)
    tools.redraw_due.set()
    return None


def cancel(press: Press, tools: Tools) -> Answer:
    service.cancel(tools.database, tools.known(press.who), press.who, press.value)
    tools.redraw_due.set()
    return None


def register(routes: Routes) -> None:
    routes.presses.update({"delivery.pause": pause, "delivery.resume": resume, "delivery.cancel": cancel})
