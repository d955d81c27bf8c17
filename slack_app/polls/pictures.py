"""The pictures of a poll's options: in a window of their own, and where Slack can't load one."""

from dataclasses import replace

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.incoming import Who
from slack_app.kit.not_posted import kept_note
from slack_app.kit.text import bold
from slack_app.kit.words import Words
from slack_app.polls import finding, service
from slack_app.polls.labels import label
from slack_app.polls.offered import picture_of
from storage import Database
from surveys.people import Member, check_may_manage
from surveys.polls import Poll, PollClosed
from surveys.standings import Outcome

MOST_ADDRESSES = 150_000
"""Characters, of the 250,000 bytes that Slack takes for a window."""


def has_pictures(poll: Poll) -> bool:
    return any(poll.options[number].picture for number in poll.shown)


def without(outcome: Outcome) -> Outcome:
    """Return the same without its pictures, as it is shown where Slack can't load one any more."""
    return replace(outcome, poll=bare(outcome.poll))


def bare(poll: Poll) -> Poll:
    return replace(poll, options=tuple(replace(option, picture="") for option in poll.options))


def pictures_modal(poll: Poll, words: Words) -> Block:
    """All options with their pictures, of a poll whose message has no room for them."""
    left, parts = MOST_ADDRESSES, []
    for number in poll.shown[: blocks.VIEW_BLOCKS]:
        option = poll.options[number]
        left -= len(option.picture)
        shown = picture_of(option, words) if option.picture and left >= 0 else None
        parts.append(blocks.section(bold(label(option, words)), shown))
    return blocks.modal("polls.pictures", words.plain("Pictures"), parts, close=words.plain("Close"))


def not_posted(poll: Poll, words: Words) -> Note:
    """A poll with a picture that Slack can't load: kept, and how it is posted all the same."""
    told = words("Your poll “{question}” is kept, but it is not posted yet.", question=poll.question)
    reason = words(
        "Slack could not load one of its pictures: each has to be reached from the internet without signing "
        "in, as PNG, JPEG or GIF. Put it back and press Try again, or post the poll without pictures."
    )
    plain = blocks.button(words.plain("Post it without pictures"), "polls.post_plain", poll.id)
    return kept_note(
        told, reason, "polls.post_again", "polls.post_in", poll.id, words, (blocks.actions(plain),)
    )


def drop(database: Database, member: Member, who: Who, poll_id: str, reply_url: str | None) -> None:
    """Have a poll posted that was not, without its pictures; only the owner or an admin may."""
    with database.begin() as store:
        poll = finding.locked(store, who.workspace, poll_id)
        check_may_manage(poll.owner, member)
        if not poll.is_open:
            raise PollClosed
        if poll.message is not None:
            raise service.AlreadyPosted
        store.polls.drop_pictures(who.workspace, poll_id)
        store.polls.post_again(who.workspace, poll_id, poll.channel, reply_url)
