"""What a channel sees of a survey: values in, blocks out."""

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.not_posted import kept_note
from slack_app.kit.privacy import names_shown
from slack_app.kit.text import Mrkdwn, bold, cut, date_time, escaped, mention
from slack_app.kit.words import Words
from surveys.survey import Round, about_minutes

INTRO = 600
"""Five times as long when escaped, it still is a section Slack takes."""


def survey_message(asked: Round, words: Words) -> Note:
    """The survey in its channel: what it is, how long it takes, until when, and who will see the answers."""
    survey = asked.survey
    parts = [blocks.section(bold(survey.title))]
    if survey.intro:
        parts.append(blocks.section(escaped(cut(survey.intro, INTRO))))
    if asked.closed_at is None:
        parts += [blocks.section(_effort(asked, words)), blocks.actions(_answer_button(asked, words))]
    parts += [blocks.context(_state(asked, words)), blocks.context(names_shown(asked.owner, words))]
    return blocks.message(spoken(asked, words), parts)


def spoken(asked: Round, words: Words) -> Mrkdwn:
    """All that the message says, as text: screen readers and notifications have nothing else."""
    survey = asked.survey
    lines = [words("Survey by {owner}: {title}", owner=mention(asked.owner), title=survey.title)]
    if survey.intro:
        lines.append(escaped(cut(survey.intro, INTRO)))
    if asked.closed_at is None:
        lines.append(_effort(asked, words))
    return Mrkdwn("\n".join([*lines, _state(asked, words), names_shown(asked.owner, words)]))


def deleted_message(words: Words) -> Note:
    """What stays of a survey that was deleted."""
    told = words("This survey was deleted by its owner.")
    return blocks.message(told, [blocks.section(told)])


def not_posted(asked: Round, reason: Mrkdwn, words: Words) -> Note:
    """A survey that Slack would not take: why, and the survey kept with the buttons to press next."""
    told = words("Your survey “{title}” is kept, but it is not posted yet.", title=asked.survey.title)
    return kept_note(told, reason, "authoring.post_again", "authoring.post_in", asked.id, words)


def _effort(asked: Round, words: Words) -> Mrkdwn:
    count, minutes = len(tuple(asked.survey.questions)), about_minutes(asked.survey)
    return words(
        "{questions}, {minutes} · open until {moment}",
        questions=words.count("{number} question", "{number} questions", count),
        minutes=words.count("about {number} minute", "about {number} minutes", minutes),
        moment=date_time(asked.closes_at, "UTC"),
    )


def _state(asked: Round, words: Words) -> Mrkdwn:
    parts = [
        words("From {owner}", owner=mention(asked.owner)),
        words.count("{number} person has answered", "{number} people have answered", asked.people),
    ]
    return Mrkdwn(" · ".join([*parts, words("Survey closed")] if asked.closed_at else parts))


def _answer_button(asked: Round, words: Words) -> Block:
    label = words.plain("Answer the survey {title}", title=asked.survey.title)
    return blocks.button(words.plain("Answer"), "answering.open", asked.id, label=label, style="primary")
