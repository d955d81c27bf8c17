"""A poll posted in a new group conversation: who can be in it, and how it is begun."""

from collections.abc import Sequence

from slack_app.kit.answers import Answer
from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Press
from slack_app.kit.routing import Routes
from slack_app.kit.slack import SlackSaidNo
from slack_app.kit.text import Mrkdwn, mention
from slack_app.kit.words import Words
from slack_app.polls import service
from slack_app.polls.asking import held
from slack_app.polls.asking.held import MOST_PEOPLE, TALK
from slack_app.polls.service import Place
from surveys.errors import Refused
from surveys.polls import Poll

CANNOT_BE_THERE = frozenset({"user_not_visible", "user_not_found", "user_disabled", "cannot_dm_bot"})
"""What Slack says of people who can't be in a conversation with us."""


class NobodyChosen(Refused):
    sentence = "Choose at least one other person. You and Palabre are in it anyway."


class TooManyPeople(Refused):
    sentence = "You chose {count} people; {most} is the most. Take some out, or post it in a channel."


class NotAPerson(Refused):
    sentence = "{names} can't be in this conversation: choose people only, who are still here."


class NotFromHere(Refused):
    sentence = (
        "Slack says that somebody you chose can't be in a conversation with Palabre, such as people of "
        "another organisation. Take them out, or post it in a channel."
    )


def begin(press: Press, tools: Tools) -> Answer:
    """A new group conversation with the people chosen in the message, and the poll in it."""
    poll = held.mine(tools.database, tools.known(press.who), press.who, press.value)
    others = _others(press, tools)
    say = tools.words_for(press.who)

    def open_and_post() -> None:
        tools.whisper(press.who.user, press.reply_url, Note(_posted(press, poll, others, tools, say)))

    tools.later.do(open_and_post)
    return None


def _others(press: Press, tools: Tools) -> list[str]:
    """Return the people chosen beside the one who chose and ourselves, or refuse with the reason."""
    who = press.who
    others = [user for user in dict.fromkeys(press.lists.get(TALK, ())) if user not in (who.user, tools.me)]
    if not others:
        raise NobodyChosen
    if len(others) > MOST_PEOPLE:
        raise TooManyPeople(count=len(others), most=MOST_PEOPLE)
    with tools.database.begin() as store:
        known = store.members.find_all(who.workspace, others)
    odd = [member.name for member in known if member.is_bot or member.has_left]
    if odd:
        raise NotAPerson(names=", ".join(sorted(odd)))
    return others


def _posted(press: Press, poll: Poll, others: Sequence[str], tools: Tools, say: Words) -> Mrkdwn:
    """Post it there; return what the person is told."""
    who = press.who
    try:
        channel = tools.slack.open_talk([who.user, *others])
        place = Place(channel, press.click, press.reply_url)
        service.post_again(tools.database, tools.known(who), who, poll.id, place)
    except Refused as refused:
        return say.refusal(refused)
    except SlackSaidNo as fault:
        if fault.error in CANNOT_BE_THERE:
            return say.refusal(NotFromHere())
        return say("Slack refused it ({error}). Try again, or choose another channel.", error=fault.error)
    tools.redraw_due.set()
    people = Mrkdwn(", ".join(map(mention, others)))
    return say(
        "“{question}” is on its way to your group conversation with {people}.",
        question=poll.question,
        people=people,
    )


def chosen(_press: Press, _tools: Tools) -> Answer:
    """People chosen so far: Slack keeps them until the button is pressed."""
    return None


def register(routes: Routes) -> None:
    routes.presses.update({"polls.begin_talk": begin, "polls.talk_with": chosen})
