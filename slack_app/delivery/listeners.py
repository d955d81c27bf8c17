"""What Slack calls about delivery: pause, resume and cancel, a reminder, and no more of them."""

from slack_app.delivery import blocks, service
from slack_app.kit.answers import Answer
from slack_app.kit.blocks import Note
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


def remind(press: Press, tools: Tools) -> Answer:
    """Remind, pressed in Home and confirmed there."""
    service.remind(tools.database, tools.known(press.who), press, tools.now())
    return None


def no_reminders(press: Press, tools: Tools) -> Answer:
    service.stop_reminders(tools.database, press.who)
    _whisper(press, tools, blocks.reminders_stopped(tools.words_for(press.who)))
    return None


def reminders_again(press: Press, tools: Tools) -> Answer:
    service.resume_reminders(tools.database, press.who)
    _whisper(press, tools, blocks.reminders_resumed(tools.words_for(press.who)))
    return None


def _whisper(press: Press, tools: Tools, note: Note) -> None:
    """Tell the person below the message they pressed; Home shows it by itself."""
    if press.channel is not None:
        tools.later.do(lambda: tools.whisper(press.who.user, press.reply_url, note))


def register(routes: Routes) -> None:
    routes.presses.update(
        {
            "delivery.pause": pause,
            "delivery.resume": resume,
            "delivery.cancel": cancel,
            "delivery.remind": remind,
            "delivery.no_reminders": no_reminders,
            "delivery.reminders_again": reminders_again,
        }
    )
