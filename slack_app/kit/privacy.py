"""The privacy card: who may see what people answer, said before their first click."""

from slack_app.kit.text import Mrkdwn, mention
from slack_app.kit.words import Words


def names_shown(owner: str, words: Words) -> Mrkdwn:
    """Return the card of a survey that keeps names. owner: the id of whoever asks."""
    return words(
        "Names shown: your answers are kept with your name, and {owner} may see them. "
        "Reports show counts, and quote comments without names, from five comments up.",
        owner=mention(owner),
    )
