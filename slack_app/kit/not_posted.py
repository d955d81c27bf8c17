"""What an owner is told of a message that Slack would not take."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.text import Mrkdwn, channel_link
from slack_app.kit.words import Words


@dataclass(frozen=True, slots=True)
class Held:
    """What is not posted yet, since too few can answer it. room: whose buttons they are.

    may_go_on: whether it may be asked all the same, which one person alone could not answer in secret.
    """

    room: str
    id: str
    channel: str
    may_go_on: bool


def kept_note(
    told: Mrkdwn,
    reason: Mrkdwn,
    again: str | None,
    elsewhere: str,
    asked_id: str,
    words: Words,
    more: Sequence[Block] = (),
) -> Note:
    """Something that Slack would not take: why, and the buttons to press next.

    again, elsewhere: the actions' names, again None where that would be in vain; more: what else may be done.
    """
    retry = [blocks.button(words.plain("Try again"), again, asked_id, style="primary")] if again else []
    return blocks.message(
        Mrkdwn(f"{told}\n{reason}"),
        [
            blocks.section(told),
            blocks.section(reason),
            blocks.actions(
                *retry,
                blocks.channel_menu(f"{elsewhere}:{asked_id}", words.plain("Post it elsewhere")),
            ),
            *more,
        ],
    )


def held_note(told: Mrkdwn, reason: Mrkdwn, held: Held, words: Words) -> Note:
    """Something anonymous that too few can answer: why it waits, and what its owner may do about it."""
    return blocks.message(
        Mrkdwn(f"{told}\n{reason}"),
        [blocks.section(told), blocks.section(reason), blocks.actions(*_choices(held, words))],
    )


def _choices(held: Held, words: Words) -> Iterator[Block]:
    yield blocks.channel_menu(f"{held.room}.post_in:{held.id}", words.plain("Choose another channel"))
    if held.may_go_on:
        anyway = f"{held.room}.ask_all_the_same:{held.channel}"
        yield blocks.button(words.plain("Ask all the same"), anyway, held.id)
    yield drop_button(held.room, held.id, words)


def drop_button(room: str, asked_id: str, words: Words) -> Block:
    """The way to drop what nobody was asked yet. room: whose button it is."""
    sure = blocks.confirm(
        words.plain("Drop it?"),
        words("Nobody was asked yet. Nothing of it is kept."),
        words.plain("Drop it"),
        words.plain("Keep it"),
    )
    return blocks.button(words.plain("Drop it"), f"{room}.drop", asked_id, style="danger", confirm=sure)


READ_BACK = "read_back"
"""Why something is not posted: its asker is to say first whether it is what they mean."""
THREAD_GONE = "cannot_reply_to_message"


def is_in_vain(error: str, channel: str) -> bool:
    """Tell whether Slack will refuse it there for ever, whatever anybody does."""
    return error == THREAD_GONE or _is_between_two(error, channel)


def _is_between_two(error: str, channel: str) -> bool:
    return error in {"not_in_channel", "channel_not_found"} and channel.startswith("D")


def reason_not_posted(error: str, channel: str, words: Words) -> Mrkdwn:
    """Slack's error in words, with the mend."""
    place = channel_link(channel)
    if _is_between_two(error, channel):
        return words("I can't be added to a conversation between two people. Choose where else to post it.")
    if error == THREAD_GONE:
        return words("The message it was to stand below is gone. Choose where else to post it.")
    if error in {"not_in_channel", "channel_not_found"}:
        return words(
            "I am not in {channel}. Write /invite @Palabre there, then press Try again.", channel=place
        )
    if error == "is_archived":
        return words("{channel} is archived. Choose another channel.", channel=place)
    if error in {"restricted_action", "restricted_action_read_only_channel"}:
        return words("I may not post in {channel}. Ask an admin, or choose another channel.", channel=place)
    if error == "doubtful":
        return words(
            "Slack did not say whether it arrived in {channel}. "
            "Look there; if it is missing, press Try again.",
            channel=place,
        )
    return words("Slack refused it ({error}). Try again, or choose another channel.", error=error)
