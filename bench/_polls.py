"""Polls of every kind, in both languages, with votes in them: what the gallery and README show."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from bench._scene import Scene
from slack_app.kit.incoming import Who
from slack_app.kit.words import words
from slack_app.playground.workspace import TEAM_ID
from slack_app.polls import closing, service
from slack_app.polls.service import Place
from surveys.anonymity import Level
from surveys.options import Option, asked
from surveys.people import Member
from surveys.polls import Poll, Terms, draft
from surveys.seeing import PollKind, Seeing

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")
CHANNELS: dict[Language, tuple[str, str]] = {"en": ("C0GENERAL", "U0ANA"), "fr": ("C0LYON", "U0CHLOE")}
CROWD = 10
"""How many more are in the channel than the demo brings: of fewer, nothing anonymous is asked."""
DRAWN_SECONDS = 90.0
PEOPLE = ("U0BEN", "U0CHLOE", "U0DRISS", "U0GIL", "U0JO", "U0ANA", "U0EMI")


@dataclass(frozen=True, slots=True)
class Example:
    """A poll to be shown. votes: the options that each voter chooses, in the order of PEOPLE."""

    name: str
    question: str
    options: Sequence[Option]
    terms: Terms
    votes: Sequence[tuple[int, ...]]
    is_closed: bool = False
    caption: str = ""


def examples(language: Language) -> list[Example]:
    """Return every kind of poll, open and closed."""
    return [
        Example(
            f"{name}-{'closed' if is_closed else 'open'}",
            question,
            options,
            terms,
            votes,
            is_closed,
            CAPTIONS[language].get(name, name),
        )
        for name, question, options, terms, votes in (_english() if language == "en" else _french())
        for is_closed in (False, True)
    ]


CAPTIONS: dict[Language, dict[str, str]] = {
    "en": {
        "choice": "A choice, counted live",
        "anonymous": "Anonymous, closed and counted",
        "ranking": "A ranking",
        "dates": "A date that suits the most",
        "rating": "A rating",
        "quiz": "A quiz",
    },
    "fr": {
        "choice": "Un choix, compté en direct",
        "anonymous": "Anonyme, clos et compté",
        "ranking": "Un classement",
        "dates": "Une date qui convient au plus grand nombre",
        "rating": "Une note",
        "quiz": "Un quiz",
    },
}

Row = tuple[str, str, Sequence[Option], Terms, Sequence[tuple[int, ...]]]
ONE = ((0,), (0,), (1,), (0,), (2,), (0,))
SEVERAL = ((0, 1), (0,), (1, 2), (0, 2), (0, 1))
ORDERS = ((0, 1, 2), (0, 2, 1), (1, 0, 2), (0, 1, 2), (2, 0, 1))
HIGH = ((4,), (3,), (4,), (2,), (4,), (1,))
NAMED, SEALED = Terms(Level.NAMED), Terms(Level.ANONYMOUS, seeing=Seeing.AFTER_CLOSE)
LATER, MANY = Terms(seeing=Seeing.AFTER_CLOSE), Terms(most=0)
RANKING, DATES = Terms(kind=PollKind.RANKING, most=0), Terms(kind=PollKind.DATES, most=0)
RATING = Terms(kind=PollKind.RATING)


def _quiz(explanation: str) -> Terms:
    return Terms(kind=PollKind.QUIZ, seeing=Seeing.AFTER_CLOSE, explanation=explanation)


def _days(language: Language) -> list[Option]:
    moments = [datetime(2027, 1, day, 17, 30, tzinfo=UTC) for day in (14, 15)]
    words = (
        ("January 14 18:30", "January 15 18:30")
        if language == "en"
        else ("14 janvier 18:30", "15 janvier 18:30")
    )
    day = Option(
        "January 16" if language == "en" else "16 janvier",
        moment=datetime(2027, 1, 16, 12, tzinfo=UTC),
        is_day=True,
    )
    return [*(Option(word, moment=moment) for word, moment in zip(words, moments, strict=True)), day]


def _pictured(*texts: str) -> list[Option]:
    return [Option(text, picture=f"https://pictures.example/{text}.png", alt=text) for text in texts]


def _english() -> list[Row]:
    places = (Option("Café de la Paix", "☕"), Option("The library", "📚"), Option("Online", ":computer:"))
    many = asked(f"Chapter {number}: what we read in week {number}" for number in range(1, 31))
    right = (Option("The Seine", is_right=True), Option("The Loire"), Option("The Rhône"))
    return [
        ("choice", "Where shall we meet?", places, Terms(), ONE),
        ("named", "Who brings what?", asked(("Bread", "Cheese", "Salad")), NAMED, ONE),
        ("several", "Which topics interest you?", asked(("Gardens", "Books", "Games")), MANY, SEVERAL),
        (
            "anonymous",
            "Shall we keep meeting on Tuesdays?",
            asked(("Yes", "No", "I don't mind")),
            SEALED,
            ONE,
        ),
        ("later", "How long should it take?", asked(("One hour", "Two hours", "All evening")), LATER, ONE),
        ("long", "Which chapter shall we talk about?", many, Terms(), ONE),
        ("pictures", "Which poster shall we print?", _pictured("Tree", "River", "Lamp"), Terms(), ONE),
        ("ranking", "What matters most to you?", asked(("Price", "Distance", "Quiet")), RANKING, ORDERS),
        ("dates", "When can you come?", _days("en"), DATES, SEVERAL),
        ("rating", "How was the meeting?", asked("12345"), RATING, HIGH),
        ("quiz", "Which river runs through Paris?", right, _quiz("It rises at Source-Seine."), ONE),
    ]


def _french() -> list[Row]:
    places = (
        Option("Café de la Paix", "☕"),
        Option("La bibliothèque", "📚"),
        Option("En ligne", ":computer:"),
    )
    many = asked(f"Chapitre {number} : la lecture de la semaine {number}" for number in range(1, 31))
    right = (Option("La Seine", is_right=True), Option("La Loire"), Option("Le Rhône"))
    return [
        ("choice", "Où nous retrouvons-nous ?", places, Terms(), ONE),
        ("named", "Qui apporte quoi ?", asked(("Du pain", "Du fromage", "Une salade")), NAMED, ONE),
        (
            "several",
            "Quels sujets vous intéressent ?",
            asked(("Les jardins", "Les livres", "Les jeux")),
            MANY,
            SEVERAL,
        ),
        ("anonymous", "On garde le mardi ?", asked(("Oui", "Non", "Peu importe")), SEALED, ONE),
        ("later", "Combien de temps ?", asked(("Une heure", "Deux heures", "Toute la soirée")), LATER, ONE),
        ("long", "De quel chapitre parlons-nous ?", many, Terms(), ONE),
        ("pictures", "Quelle affiche imprimer ?", _pictured("Arbre", "Rivière", "Lampe"), Terms(), ONE),
        (
            "ranking",
            "Qu’est-ce qui compte le plus ?",
            asked(("Le prix", "La distance", "Le calme")),
            RANKING,
            ORDERS,
        ),
        ("dates", "Quand pouvez-vous venir ?", _days("fr"), DATES, SEVERAL),
        ("rating", "Comment était la rencontre ?", asked("12345"), RATING, HIGH),
        ("quiz", "Quel fleuve traverse Paris ?", right, _quiz("Elle prend sa source à Source-Seine."), ONE),
    ]


def ask(there: Scene, example: Example, language: Language) -> Poll:
    """Have an example asked, voted on and, where it is to be, closed."""
    channel, owner = CHANNELS[language]
    there.crowd(channel, CROWD)
    tools, who = there.palabre.tools, Who(TEAM_ID, TEAM_ID, owner)
    asking = draft(example.question, example.options, language, example.terms)
    poll = service.ask(tools.database, who, asking, Place(channel, f"{example.name} {language}"), tools.now())
    if poll is None:
        raise RuntimeError(f"“{example.question}” was asked before.")
    for person, chosen in zip(PEOPLE, example.votes, strict=False):
        service.choose(tools.database, Who(TEAM_ID, TEAM_ID, person), poll.id, chosen, tools.now())
    tools.redraw_due.set()
    return poll


def close(there: Scene, poll: Poll) -> None:
    tools = there.palabre.tools
    closing.close(
        tools.database,
        Member(poll.owner, poll.owner),
        Who(TEAM_ID, TEAM_ID, poll.owner),
        poll.id,
        tools.now(),
    )
    tools.redraw_due.set()


def put(there: Scene, example: Example, language: Language) -> Poll:
    """Ask, wait until it stands there, close, and wait again."""
    poll = ask(there, example, language)
    until_drawn(there, poll, is_closed=False)
    if example.is_closed:
        close(there, poll)
        until_drawn(there, poll, is_closed=True)
    return poll


def until_drawn(there: Scene, poll: Poll, *, is_closed: bool) -> None:
    """Wait until its message is there, and says that it is closed where it is."""
    until, closed = time.monotonic() + DRAWN_SECONDS, words(poll.language)("Closed")
    while time.monotonic() < until:
        stamp = stamp_of(there, poll)
        message = there.playground.workspace.message(poll.channel, stamp) if stamp else None
        if message is not None and (not is_closed or f"· {closed}" in message.text):
            return
        time.sleep(0.3)
    raise RuntimeError(f"“{poll.question}” is not drawn.")


def stamp_of(there: Scene, poll: Poll) -> str:
    with there.palabre.tools.database.begin() as store:
        found = store.polls.find(poll.workspace, poll.id)
    return found.message or "" if found else ""


def message_of(there: Scene, poll: Poll) -> str:
    """Return where the page shows its message."""
    return f"article[id$='{stamp_of(there, poll).replace('.', '_2e_')}']"
