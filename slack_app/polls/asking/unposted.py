"""What Slack calls about polls that are kept but not posted: try again, elsewhere, all the same, or drop."""

from slack_app.kit.answers import Answer
from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Press
from slack_app.kit.routing import Routes
from slack_app.polls import service
from slack_app.polls.asking import held, waiting
from slack_app.polls.service import Place


def post_again(press: Press, tools: Tools) -> Answer:
    return _post_in(press, tools, press.value, "")


def post_in(press: Press, tools: Tools) -> Answer:
    return _post_in(press, tools, press.argument, press.value)


def _post_in(press: Press, tools: Tools, poll_id: str, channel: str) -> Answer:
    member = tools.known(press.who)
    place = Place(channel, press.click, press.reply_url)
    poll = service.post_again(tools.database, member, press.who, poll_id, place)
    tools.redraw_due.set()
    waiting.tell(poll, press.who, press.reply_url, tools)
    return None


def ask_all_the_same(press: Press, tools: Tools) -> Answer:
    """Ask an anonymous poll of so few people that no results will be shown."""
    held.ask_all_the_same(tools.database, tools.known(press.who), press.who, press.value, press.argument)
    tools.redraw_due.set()
    return None


def post_now(press: Press, tools: Tools) -> Answer:
    """Post now, pressed in Home beside a poll that waits for its moment."""
    waiting.post_now(tools.database, tools.known(press.who), press.who, press.value)
    tools.redraw_due.set()
    return None


def drop(press: Press, tools: Tools) -> Answer:
    """Drop it, pressed and confirmed below the note of why it is not posted yet."""
    poll = held.drop(tools.database, tools.known(press.who), press.who, press.value)
    told = tools.words_for(press.who)("“{title}” is dropped, and nothing of it is kept.", title=poll.question)
    tools.later.do(lambda: tools.whisper(press.who.user, press.reply_url, Note(told)))
    return None


def register(routes: Routes) -> None:
    routes.presses.update(
        {
            "polls.post_again": post_again,
            "polls.post_in": post_in,
            "polls.ask_all_the_same": ask_all_the_same,
            "polls.post_now": post_now,
            "polls.drop": drop,
        }
    )
