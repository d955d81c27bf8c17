"""A poll that waits until it is posted: how Home shows it, and how it is posted before its moment."""

from datetime import datetime

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.context import Tools, words_of
from slack_app.kit.dates import told
from slack_app.kit.incoming import Who
from slack_app.kit.not_posted import drop_button
from slack_app.kit.text import Mrkdwn, bold, channel_link
from slack_app.kit.words import Words
from slack_app.polls import buttons, finding, lines
from storage import Database
from surveys.errors import Refused
from surveys.people import Member, check_may_manage
from surveys.polls import Poll


class WaitsNoMore(Refused):
    sentence = "This poll is not waiting to be posted any more; look for it in its channel."


def waits(poll: Poll, now: datetime) -> bool:
    return poll.is_open and poll.message is None and poll.posts_at is not None and poll.posts_at > now


def home_row(poll: Poll, words: Words) -> list[Block]:
    """The poll with its moment, and the buttons to post it now or to drop it."""
    posts_at = poll.posts_at or poll.asked_at
    where = words(
        "To be posted {moment}, in {channel}",
        moment=told(posts_at, words),
        channel=channel_link(poll.channel),
    )
    if poll.closes_at is not None:
        where = Mrkdwn(f"{where} · {lines.until(poll.closes_at, words)}")
    now = blocks.button(words.plain("Post now"), "polls.post_now", poll.id)
    return [
        blocks.section(Mrkdwn(f"{bold(poll.question)}\n{where}")),
        buttons.of_one(poll, [now, drop_button("polls", poll.id, words)], words),
    ]


def tell(poll: Poll | None, who: Who, reply_url: str | None, tools: Tools) -> None:
    """Tell the asker of a poll that waits when it is posted, and what can be done until then."""
    if poll is None or not waits(poll, tools.now()):
        return
    say = tools.words_for(who)
    note = Note(
        say(
            "“{question}” will be posted {moment} in {channel}. "
            "Until then it is in my Home, where you can post it now or drop it.",
            question=poll.question,
            moment=told(poll.posts_at or poll.asked_at, say),
            channel=channel_link(poll.channel),
        )
    )
    tools.later.do(lambda: tools.whisper(who.user, reply_url, note))


def post_now(database: Database, member: Member, who: Who, poll_id: str) -> None:
    """Let the worker post it at once; its close stays as it was said."""
    with database.begin() as store:
        poll = finding.locked(store, who.workspace, poll_id)
        check_may_manage(poll.owner, member)
        if not store.polls.post_now(who.workspace, poll_id):
            raise WaitsNoMore


def tell_never_posted(workspace: str, poll_id: str, tools: Tools) -> None:
    """Tell the asker of a poll whose close came before it could be posted; of any other, nobody."""
    with tools.database.begin() as store:
        poll = store.polls.find(workspace, poll_id)
        if poll is None or poll.message is not None or poll.posts_at is None:
            return
        say = words_of(store, workspace, poll.owner)
    note = Note(
        say(
            "Your poll “{question}” was never posted in {channel}: its close came first. Ask it again.",
            question=poll.question,
            channel=channel_link(poll.channel),
        )
    )
    tools.later.do(lambda: tools.whisper(poll.owner, None, note))
