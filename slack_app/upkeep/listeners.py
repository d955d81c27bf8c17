"""What Slack calls about later work: an admin looks, retries and drops."""

from slack_app.kit.answers import Answer
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Command, Press
from slack_app.kit.routing import Routes
from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words
from slack_app.upkeep import blocks, service


def command(sent: Command, tools: Tools) -> Answer:
    """`/palabre jobs`: what waits, what failed and why."""
    member, say = tools.met(sent.who)
    service.check_is_admin(member)
    found = service.overview(tools.database, sent.who)
    tools.slack.open_modal(sent.trigger, blocks.jobs_modal(found, say))
    return None


def retry(press: Press, tools: Tools) -> Answer:
    member, say = tools.met(press.who)
    service.check_is_admin(member)
    is_done = service.retry(tools.database, press.who, press.value)
    return _shown_anew(press, tools, say, blocks.tried_again(say) if is_done else blocks.not_here(say))


def drop(press: Press, tools: Tools) -> Answer:
    member, say = tools.met(press.who)
    service.check_is_admin(member)
    is_done = service.drop(tools.database, press.who, press.value)
    return _shown_anew(press, tools, say, blocks.dropped(say) if is_done else blocks.not_here(say))


def _shown_anew(press: Press, tools: Tools, say: Words, said: Mrkdwn) -> Answer:
    if press.view is not None:
        window = press.view
        view = blocks.jobs_modal(service.overview(tools.database, press.who), say, said)
        tools.later.do(lambda: tools.slack.update_modal(window, view, press.shown))
    return None


def register(routes: Routes) -> None:
    routes.presses.update({"upkeep.retry": retry, "upkeep.drop": drop})
