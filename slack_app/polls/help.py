"""What can be written after the poll command."""

from collections.abc import Iterator

from slack_app.kit import blocks
from slack_app.kit.blocks import Note
from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words


def help_note(words: Words) -> Note:
    """What can be written after the command, each with an example."""
    told = Mrkdwn("\n".join([*_asking(words), "", *_wishing(words)]))
    return blocks.message(told, [blocks.section(told)])


def _asking(words: Words) -> Iterator[Mrkdwn]:
    yield words("*Ask in a channel with one line.* Examples:")
    yield words('`/poll "Where shall we meet?" "Café de la Paix" "The library" "Online"`')
    yield words(
        "Without quotes it is Yes / No / Abstain: {example}",
        example=words("`/poll Shall we start at nine?`"),
    )
    yield words("A bar parts the options as well: {example}", example=words("`/poll Lunch? | Tacos | Sushi`"))
    yield words("{command} alone opens a form.", command=Mrkdwn("`/poll`"))
    yield words(
        "In a message or a thread: {example}. On a message: “Poll this”, in its menu.",
        example=words("`@Palabre Lunch? | Tacos | Sushi`"),
    )
    yield words(
        "{close} closes your latest poll here, {results} shows how it stands, {open} lists your open ones.",
        close=words("`/poll close`"),
        results=words("`/poll results`"),
        open=words("`/poll list`"),
    )


def _wishing(words: Words) -> Iterator[Mrkdwn]:
    yield words("*Words before the question, or flags after it,* say more, in French as well:")
    yield words("• `limit 2`, `exactly 2`, `at least 2`, `multi`: how many options each person chooses")
    yield words("• `ranking`: each person puts the options in order, which makes one order of all")
    yield words('• `rating "How was it?"`: from 1 to 5, or on a scale of emojis or short texts of your own')
    yield words('• `quiz "Capital of France?" "*Paris" "Lyon"`: a star marks the right one, told at close')
    yield words("• `shuffle`: each voter sees the options in another order")
    yield words("• `add-choice`: voters may add options; `add-choice-approved`: once you let them in")
    yield words("• `other`: “Other…” as the last option, for an answer of the voter's own")
    yield words("• `named`: everybody sees who voted for what")
    yield words("• `anonymous`: nobody can tell who voted for what")
    yield words("• `live`, `after-vote`, `hidden`, `owners`: who sees the counts, and from when on")
    yield words("• `close friday 17:00`, `close in 2d`: when it closes, shown to you before it is posted")
    yield words(
        "• `on monday 9:00`: when it is posted, shown to you as well; a close `in 2d` counts from then"
    )
    yield words(
        '• `dates "When?" "friday 18:00" "saturday"`: looks for a date, the hours by each reader\'s own clock'
    )
    yield words("• `lang fr`: the language of the poll")
