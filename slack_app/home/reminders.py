"""What the Home tab of an owner shows of reminders: the button, and what came of the latest one."""

from collections.abc import Iterator
from datetime import datetime

from slack_app.home.mine import Mine
from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words
from surveys.reminding import Reminder


def reminded(mine: Mine, now: datetime, words: Words) -> Iterator[Mrkdwn]:
    """What came of the latest one, in an anonymous survey without any number."""
    last = mine.reminder
    if last is None or not mine.asked.is_open(now):
        return
    if last.left:
        yield words("Whoever has not answered is being reminded")
    elif mine.asked.privacy.is_sealed:
        yield words("Everybody who had not answered has been reminded")
    else:
        yield _numbers(last, words)


def _numbers(last: Reminder, words: Words) -> Mrkdwn:
    reached = words.count("{number} reminded", "{number} reminded", last.reminded)
    had = words.count("{number} had answered", "{number} had answered", last.had_answered)
    return Mrkdwn(f"{reached}, {had}")


def remind_button(mine: Mine, now: datetime, words: Words) -> Iterator[Block]:
    """The button, where it is known who is asked and answers still count."""
    if not mine.invited or not mine.asked.is_open(now):
        return
    said = words.plain("Remind")
    sure = blocks.confirm(words.plain("Remind people?"), _means(mine, words), said, words.plain("Not now"))
    label = words.plain("{action}: {title}", action=said, title=mine.asked.survey.title)
    yield blocks.button(said, "delivery.remind", mine.asked.id, label=label, confirm=sure)


def _means(mine: Mine, words: Words) -> Mrkdwn:
    means = words.count(
        "{number} person is asked. Only who has not answered gets a message, at most twice in all.",
        "{number} people are asked. Only who has not answered gets a message, at most twice in all.",
        mine.invited,
    )
    if not mine.asked.privacy.is_sealed:
        return means
    return Mrkdwn(f"{means} {words('Nobody learns who that is, you included.')}")
