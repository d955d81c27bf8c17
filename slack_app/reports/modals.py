"""The windows in which a survey is chosen to report on: values in, blocks out."""

from collections.abc import Sequence

from babel.dates import format_date

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, channel_link, cut
from slack_app.kit.words import Words
from surveys.survey import Round


def choose_modal(rounds: Sequence[Round], chosen: str, channel: str | None, words: Words) -> Block:
    """Which survey to report on, and where."""
    if not rounds:
        return _nothing_modal(words)
    choices = {asked.id: _choice(asked, words) for asked in rounds}
    first = choices.get(chosen) or next(iter(choices.values()))
    fields = [
        blocks.field(
            "survey", words.plain("Which survey?"),
            blocks.menu("survey", list(choices.values()), words.plain("Choose a survey"), first),
        ),
        blocks.field("channel", words.plain("Where to post"), blocks.channel_field("channel", channel)),
    ]  # fmt: skip
    return blocks.modal(
        "reports.post", words.plain("Report"), fields,
        submit=words.plain("Post"), close=words.plain("Cancel"),
    )  # fmt: skip


def _choice(asked: Round, words: Words) -> Block:
    date = str(format_date(asked.asked_at, "medium", locale=words.language))
    people = words.count("{number} answer", "{number} answers", asked.people)
    return blocks.choice(cut(asked.survey.title, blocks.OPTION), asked.id, f"{date} · {people}")


def _nothing_modal(words: Words) -> Block:
    told = words(
        "You have no survey to report on yet. Begin one with {survey}; its report is posted when it closes.",
        survey=Mrkdwn("`/survey`"),
    )
    return blocks.modal(
        "reports.nothing", words.plain("Report"), [blocks.section(told)], close=words.plain("Close")
    )


def on_its_way_modal(title: str, channel: str, words: Words) -> Block:
    told = words(
        "The report on “{title}” is on its way to {channel}.", title=title, channel=channel_link(channel)
    )
    return blocks.modal(
        "reports.on_its_way", words.plain("Report"), [blocks.section(told)], close=words.plain("Close")
    )
