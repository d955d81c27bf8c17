"""What Slack calls about the Home tab, and `/palabre`, which leads everywhere."""

from collections.abc import Callable

from slack_app.home import blocks, service
from slack_app.kit.answers import Answer, Private
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Command, Event, Press, Who
from slack_app.kit.routing import Routes
from slack_app.polls import listeners as poll_listeners
from slack_app.polls.blocks import help_note, home_polls

ROOMS: dict[str, Callable[[Command, Tools], Answer]] = {
    "poll": poll_listeners.command,
    "sondage": poll_listeners.command,
}


def palabre(sent: Command, tools: Tools) -> Answer:
    """`/palabre poll …` where another app owns `/poll`; anything else is answered with the help."""
    first, _, rest = sent.text.strip().partition(" ")
    room = ROOMS.get(first.casefold())
    if room is None:
        return Private(help_note(tools.words_for(sent.who)))
    return room(sent.saying(rest.strip()), tools)


def opened(event: Event, tools: Tools) -> Answer:
    if event.content.get("tab") == "home":
        tools.later.do(lambda: show(event.who, tools))
    return None


def close(press: Press, tools: Tools) -> Answer:
    """Close a poll from Home, where the list follows at once."""
    try:
        return poll_listeners.close(press, tools)
    finally:  # refused or not: a poll that is closed by now should leave the list
        if press.channel is None:
            tools.later.do(lambda: show(press.who, tools))


def show(who: Who, tools: Tools) -> None:
    words = tools.words_for(who)
    mine, has_more = service.my_open_polls(tools.database, who)
    view = blocks.home(home_polls(mine, words), words, has_more=has_more)
    tools.slack.publish_home(who.user, view)


def register(routes: Routes) -> None:
    routes.commands["/palabre"] = palabre
    routes.events["app_home_opened"] = opened
    routes.presses["polls.close"] = close
