"""The windows in which a survey is chosen to report on: values in, blocks out."""

from collections.abc import Sequence

from babel.dates import format_date

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, bold, channel_link, cut
from slack_app.kit.words import Words
from slack_app.reports.headline import turnout_in_short, why_withheld
from surveys.anonymity import Withheld, gate
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
    people = turnout_in_short(gate(asked).turnout(asked.people), asked.privacy, words)
    return blocks.choice(cut(asked.survey.title, blocks.OPTION), asked.id, f"{date} · {people}")


def _nothing_modal(words: Words) -> Block:
    told = words(
        "You have no survey to report on yet. Begin one with {survey}; its report is posted when it closes.",
        survey=Mrkdwn("`/survey`"),
    )
    return blocks.modal(
        "reports.nothing", words.plain("Report"), [blocks.section(told)], close=words.plain("Close")
    )


def withheld_modal(asked: Round, withheld: Withheld, words: Words) -> Block:
    """Why there is no report yet, and when there will be."""
    return blocks.modal(
        "reports.withheld",
        words.plain("Report"),
        [blocks.section(bold(asked.survey.title)), blocks.section(why_withheld(asked, withheld, words))],
        close=words.plain("Close"),
    )


def comes_to_you_modal(title: str, words: Words) -> Block:
    told = words(
        "The report on “{title}” comes to you as a direct message, and to nobody else: "
        "that was promised when the survey began.",
        title=title,
    )
    return blocks.modal(
        "reports.on_its_way", words.plain("Report"), [blocks.section(told)], close=words.plain("Close")
    )


def on_its_way_modal(title: str, channel: str, words: Words) -> Block:
    told = words(
        "The report on “{title}” is on its way to {channel}.", title=title, channel=channel_link(channel)
    )
    return blocks.modal(
        "reports.on_its_way", words.plain("Report"), [blocks.section(told)], close=words.plain("Close")
    )
