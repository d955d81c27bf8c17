"""What the owner of a survey is told that too few could answer, so that nobody is asked yet."""

from slack_app.kit import audience
from slack_app.kit.blocks import Note
from slack_app.kit.not_posted import Held, held_note
from slack_app.kit.text import Mrkdwn, channel_link
from slack_app.kit.words import Words
from surveys.anonymity import NobodyToHideAmong
from surveys.survey import Round


def note(asked: Round, people: int, words: Words) -> Note:
    """Why it waits, and the buttons to press next. people: how many can answer in its channel."""
    may_go_on = not audience.is_nobody_else(people)
    reason = _reason(asked, people, words) if may_go_on else words.refusal(NobodyToHideAmong())
    return held_note(
        _kept(asked, words), reason, Held("authoring", asked.id, asked.channel, may_go_on), words
    )


def _kept(asked: Round, words: Words) -> Mrkdwn:
    title = asked.survey.title
    if asked.delivery is None:
        return words("Your survey “{title}” is kept, but it is not posted yet.", title=title)
    return words("Your survey “{title}” is kept, but nobody is asked yet.", title=title)


def _reason(asked: Round, people: int, words: Words) -> Mrkdwn:
    return words(
        "Only {people} people can answer in {channel}. Results of an anonymous survey are shown from "
        "{fewest} people up, so these would never be shown.",
        people=people,
        channel=channel_link(asked.channel),
        fewest=asked.privacy.fewest,
    )
