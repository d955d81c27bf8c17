"""Polls that are not posted yet: why, in the words for their asker, and what the asker makes of them."""

from datetime import datetime, timedelta

from slack_app.kit import audience, blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.incoming import Who
from slack_app.kit.not_posted import READ_BACK, Held, held_note, is_in_vain, kept_note, reason_not_posted
from slack_app.kit.text import Mrkdwn, channel_link
from slack_app.kit.words import Words
from slack_app.polls import finding, service
from slack_app.polls.service import AlreadyPosted, Place
from storage import Database, Store
from surveys.anonymity import NobodyToHideAmong
from surveys.people import Member, check_may_manage
from surveys.polls import Draft, Poll, PollClosed

MOST_PEOPLE = 7
"""So many people are in a group conversation, as Slack has it, beside the asker and us."""
TALK = "talk"
"""The block in which they are chosen."""
KEPT_FOR = timedelta(days=1)
"""How long a draft waits for its asker's word."""
FIRST = 1
"""The revision of a poll that was never drawn."""


def not_posted(poll: Poll, error: str, words: Words) -> Note:
    """A poll that Slack would not take: why, and the draft kept with the buttons to press next."""
    reason = reason_not_posted(error, poll.channel, words)
    told = words("Your poll “{question}” is kept, but it is not posted yet.", question=poll.question)
    again = None if is_in_vain(error, poll.channel) else "polls.post_again"
    return kept_note(told, reason, again, "polls.post_in", poll.id, words, _new_talk(poll, words))


def _new_talk(poll: Poll, words: Words) -> tuple[Block, Block]:
    """The people of a new group conversation, and the button that begins it."""
    choose = words.plain("Up to {most} people", most=MOST_PEOPLE)
    menu = blocks.people_menu(f"polls.talk_with:{poll.id}", choose, MOST_PEOPLE)
    told = words("Or in a new group conversation:")
    return blocks.section(told, menu, TALK), blocks.actions(
        blocks.button(words.plain("Begin it and post"), "polls.begin_talk", poll.id)
    )


def note(poll: Poll, people: int, words: Words) -> Note:
    """What the asker is told of it. people: how many can answer in its channel."""
    told = words("Your poll “{question}” is kept, but it is not posted yet.", question=poll.question)
    may_go_on = not audience.is_nobody_else(people)
    reason = _reason(poll, people, words) if may_go_on else words.refusal(NobodyToHideAmong())
    return held_note(told, reason, Held("polls", poll.id, poll.channel, may_go_on), words)


def _reason(poll: Poll, people: int, words: Words) -> Mrkdwn:
    return words(
        "Only {people} people can answer in {channel}. Results of an anonymous poll are shown from {fewest} "
        "people up, so these would never be shown.",
        people=people,
        channel=channel_link(poll.channel),
        fewest=poll.privacy.fewest,
    )


def hold(database: Database, who: Who, draft: Draft, place: Place, now: datetime) -> Poll | None:
    """Keep a poll until its asker says that it is what they mean; None where this asking made it already."""
    with database.begin() as store:
        poll = service.kept(store, who, draft, place, now)
        if poll is not None:
            store.polls.undrawable(who.workspace, poll.id, FIRST, READ_BACK)
            store.later("polls.forget", who.workspace, poll.id, after=KEPT_FOR)
        return poll


def ask_all_the_same(database: Database, member: Member, who: Who, poll_id: str, channel: str) -> None:
    """Have it posted, though its results will never be shown. channel: the one its asker was told of."""
    with database.begin() as store:
        poll = _unposted(store, member, who, poll_id)
        if not poll.is_open:
            raise PollClosed
        audience.check_may_go_on(poll, channel)
        store.polls.ask_all_the_same(who.workspace, poll_id, audience.HELD)


def mine(database: Database, member: Member, who: Who, poll_id: str) -> Poll:
    """Return a poll that is not posted yet, to whoever may change it."""
    with database.begin() as store:
        return _unposted(store, member, who, poll_id)


def drop(database: Database, member: Member, who: Who, poll_id: str) -> Poll:
    """Delete it with its keys; nobody has seen it."""
    with database.begin() as store:
        poll = _unposted(store, member, who, poll_id)
        store.sealed.forget(who.workspace, poll_id)
        store.polls.delete(who.workspace, poll_id)
        store.later("polls.withdraw", who.workspace, poll_id)
        return poll


def _unposted(store: Store, member: Member, who: Who, poll_id: str) -> Poll:
    poll = finding.locked(store, who.workspace, poll_id)
    check_may_manage(poll.owner, member)
    if poll.message is not None:
        raise AlreadyPosted
    return poll
