"""The privacy card: who may see what people answer, said before their first click."""

from collections.abc import Iterator
from datetime import datetime

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, date_time, mention
from slack_app.kit.words import Words
from surveys.anonymity import Level, Privacy, ResultsTo, Shown, Turnout


def card(privacy: Privacy, owner: str, words: Words) -> Mrkdwn:
    """Return what was promised, in two or three short sentences. owner: the id of whoever asks."""
    match privacy.level:
        case Level.NAMED:
            return names_shown(owner, words)
        case Level.HIDDEN:
            return words("Palabre keeps who voted for what, but shows names to nobody.")
        case Level.ANONYMOUS:
            return Mrkdwn(" ".join([_nobody(owner, words), _results(privacy, owner, words)]))


def names_shown(owner: str, words: Words) -> Mrkdwn:
    return words(
        "Names shown: your answers are kept with your name, and {owner} may see them. "
        "Reports show counts, and quote comments without names, from five comments up.",
        owner=mention(owner),
    )


def have_answered(turnout: Shown[Turnout], fewest: int, words: Words) -> Mrkdwn:
    """Return how many have answered, as far as the gate tells. fewest: the smallest group that is told."""
    people = turnout.value.people
    if not turnout.value.is_about:
        return words.count("{number} person has answered", "{number} people have answered", people)
    if not people:
        return words("fewer than {fewest} people have answered", fewest=fewest)
    return words("about {people} people have answered", people=words.number(people))


def how_kept_button(action: str, subject: str, words: Words) -> Block:
    """The button that opens the details. action: the room's name for it; subject: the id of what is asked."""
    return blocks.button(words.plain("How is this kept?"), action, subject)


def details_modal(
    privacy: Privacy, owner: str, closes_at: datetime, words: Words, *, is_poll: bool = False
) -> Block:
    """How an anonymous survey or poll is kept, and what that can't do."""
    told = poll_details if is_poll else survey_details
    parts = [blocks.section(each) for each in told(privacy, owner, closes_at, words)]
    return blocks.modal("privacy.details", words.plain("Anonymous"), parts, close=words.plain("Close"))


def survey_details(privacy: Privacy, owner: str, closes_at: datetime, words: Words) -> Iterator[Mrkdwn]:
    yield Mrkdwn(f"{_nobody(owner, words)} {_results(privacy, owner, words)}")
    yield words(
        "*While it is open*, your answer is kept encrypted, under a number made from your name with a key of "
        "its own. That is how you can change it, and how nobody who answered is reminded. No results are "
        "shown, only about how many have answered."
    )
    yield _when_it_closes(closes_at, words)
    yield words(
        "*What this can't do:* Slack and the running Palabre see your click when it happens. Backups made "
        "while it is open could still tell, to whoever also has Palabre's master key. Your own words in a "
        "comment may point at you. And if everybody answers the same, everybody knows."
    )
    yield _for_good(owner, words)


def poll_details(privacy: Privacy, owner: str, closes_at: datetime, words: Words) -> Iterator[Mrkdwn]:
    yield Mrkdwn(f"{_nobody(owner, words)} {_results(privacy, owner, words)}")
    yield words(
        "*While it is open*, your vote is kept encrypted, under a number made from your name with a key of "
        "its own. That is how you can see it and change it. No results are shown, only about how many have "
        "voted."
    )
    yield _when_it_closes(closes_at, words)
    yield words(
        "*What this can't do:* Slack and the running Palabre see your click when it happens. Backups made "
        "while it is open could still tell, to whoever also has Palabre's master key. And if everybody votes "
        "the same, everybody knows."
    )
    yield _receipts(privacy, words)
    yield _for_good(owner, words)


def _when_it_closes(closes_at: datetime, words: Words) -> Mrkdwn:
    return words(
        "*When it closes* (at the latest {moment}), that key is destroyed, and the answers are mixed and "
        "kept under new random numbers. From then on nobody can tell who answered what, not even whoever "
        "runs Palabre.",
        moment=date_time(closes_at, "UTC"),
    )


def _for_good(owner: str, words: Words) -> Mrkdwn:
    return words(
        "None of this can be changed after the launch: not by {owner}, not by an admin, not by a setting.",
        owner=mention(owner),
    )


def _nobody(owner: str, words: Words) -> Mrkdwn:
    return words(
        "🔒 *Anonymous:* nobody can see who answered what, neither {owner} nor an admin.",
        owner=mention(owner),
    )


def _results(privacy: Privacy, owner: str, words: Words) -> Mrkdwn:
    if privacy.results_to is ResultsTo.OWNERS:
        return words(
            "Results come after the close, to {owner} alone, and only if at least {fewest} people answered.",
            owner=mention(owner),
            fewest=privacy.fewest,
        )
    return words(
        "Results come after the close, for everybody here, and only if at least {fewest} people answered.",
        fewest=privacy.fewest,
    )


def _receipts(privacy: Privacy, words: Words) -> Mrkdwn:
    if privacy.has_receipts:
        return words(
            "*Receipts are on:* you get a code, and after the close all ballots are published with their "
            "codes, if at least {fewest} people answered, so that you can find yours and count again. "
            "Whoever sees your code can see your vote: show it to nobody.",
            fewest=privacy.fewest,
        )
    return words(
        "*Receipts are off:* you get no code to prove your vote with, so nobody can press you to show it."
    )
