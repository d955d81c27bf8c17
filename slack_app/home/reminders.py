"""What the Home tab shows of reminders: the owner's button, what came of the latest, and how to get none."""

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
        yield words("Reminders went to those who had not answered and want them")
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
        "{number} person is asked. Only those who have not answered get a message, at most twice in all.",
        "{number} people are asked. Only those who have not answered get a message, at most twice in all.",
        mine.invited,
    )
    if not mine.asked.privacy.is_sealed:
        return means
    return Mrkdwn(f"{means} {words('Nobody learns who they are, you included.')}")


def own_reminders(*, are_stopped: bool, words: Words) -> list[Block]:
    """How to get none, or some again: for everybody, so that who presses it tells nobody they got one."""
    if are_stopped:
        told = words("You get no reminders of surveys.")
        button = blocks.button(words.plain("Get reminders again"), "delivery.reminders_again", "all")
    else:
        told = words("You get reminders of surveys that wait for your answer, two of each at most.")
        button = blocks.button(words.plain("Stop reminders"), "delivery.no_reminders", "all")
    return [blocks.divider(), blocks.section(told, button)]
