"""What `/palabre privacy` shows: the three levels in plain words, and the smallest group told of here."""

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words
from surveys.anonymity import MOST_FEWEST


def privacy_note(fewest: int, words: Words, *, may_raise: bool) -> Note:
    """Who may see what people answer. fewest: the workspace's smallest group; may_raise: for an admin."""
    told = [_levels(words), _smallest(fewest, words), *([] if may_raise else [_who_raises(words)])]
    parts = [blocks.section(text) for text in told]
    if may_raise:
        parts.append(blocks.actions(blocks.button(words.plain("Raise…"), "home.raise_fewest", "privacy")))
    return blocks.message(Mrkdwn("\n\n".join(told)), parts)


def _levels(words: Words) -> Mrkdwn:
    lines = [
        words("*Who may see what you answer* stands on every poll and survey before your first click:"),
        words("• *Names shown:* your answers are kept with your name, and whoever asked may see them."),
        words("• *Names hidden:* Palabre keeps who voted for what, but shows names to nobody."),
        words(
            "• *Anonymous:* answers are kept encrypted until the close; then the key is destroyed, and "
            "nobody can tell who answered what, no admin and not whoever runs Palabre. "
            "Results come after that only."
        ),
        words("This is fixed at the launch. Nothing and nobody can change it afterwards."),
    ]
    return Mrkdwn("\n".join(lines))


def _smallest(fewest: int, words: Words) -> Mrkdwn:
    return words(
        "*The smallest group here is {fewest} people.* Anonymous results of fewer are shown to nobody: "
        "not of a whole poll or survey, not of one question, and not of one group among others. "
        "What is asked from now on keeps this number.",
        fewest=fewest,
    )


def _who_raises(words: Words) -> Mrkdwn:
    return words("An admin of this workspace can raise this number. Nobody can lower it.")


def raise_modal(fewest: int, words: Words) -> Block:
    field = blocks.field(
        "fewest",
        words.plain("The smallest group whose anonymous results are shown"),
        blocks.number_field("fewest", fewest),
        words.plain(
            "From {fewest} to {most} people. Once raised, it can't be lowered.",
            fewest=fewest,
            most=MOST_FEWEST,
        ),
    )
    told = words(
        "It counts for polls and surveys launched from now on; others keep the number they began with."
    )
    return blocks.modal(
        "home.raise_fewest", words.plain("Privacy"), [field, blocks.context(told)],
        submit=words.plain("Raise"), close=words.plain("Cancel"),
    )  # fmt: skip


def raised_modal(fewest: int, words: Words) -> Block:
    return blocks.modal(
        "home.raised", words.plain("Privacy"), [blocks.section(_smallest(fewest, words))],
        close=words.plain("Close"),
    )  # fmt: skip


def help_note(words: Words) -> Note:
    told = words(
        "*Who may see what you answer:* {privacy} tells, and an admin can raise the smallest group shown.",
        privacy=Mrkdwn("`/palabre privacy`"),
    )
    return blocks.message(told, [blocks.section(told)])
