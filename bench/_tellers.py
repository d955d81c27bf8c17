"""Who walks through a first survey for the pictures, and what is said and written there, in each language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Teller:
    """Who asks, who answers, where, what others comment, and what each step is called."""

    language: str
    owner: str
    answerer: str
    channel: str
    comments: tuple[str, ...]
    asking: tuple[str, ...]
    reading: tuple[str, ...]
    answers: str


ENGLISH = Teller(
    language="en-GB",
    owner="U0ANA",
    answerer="U0BEN",
    channel="C0GENERAL",
    comments=(
        "I love the monthly meetings, they are wonderful and friendly.",
        "Great people and excellent talks, thank you so much!",
        "The meetings are too long, it was boring and awful.",
        "A second meeting in the morning would suit those with children.",
        "The library is a lovely place and everybody is kind.",
        "The sound in the big room is terrible, I could not follow.",
        "What a fantastic evening, I enjoyed it a lot.",
    ),
    asking=(
        "Choose a survey",
        "Look it over",
        "Launched",
        "In the channel",
        "Page 1",
        "Refused beside the field",
        "The last page",
        "Thank you",
    ),
    reading=("Home", "Ask for a report", "The report", "Where Slack takes no charts", "Each week"),
    answers="Answers: {people}",
)
FRENCH = Teller(
    language="fr-FR",
    owner="U0CHLOE",
    answerer="U0DRISS",
    channel="C0LYON",
    comments=(
        "J’adore les rencontres mensuelles, elles sont chaleureuses et joyeuses.",
        "Des gens formidables et d’excellentes conférences, merci beaucoup\N{NARROW NO-BREAK SPACE}!",
        "Les réunions sont trop longues, c’était ennuyeux et pénible.",
        "Une deuxième rencontre le matin, pour ceux qui ont des enfants.",
        "La bibliothèque est un lieu agréable et tout le monde est gentil.",
        "Le son dans la grande salle est affreux, je n’ai rien compris.",
        "Quelle soirée fantastique, j’ai beaucoup aimé.",
    ),
    asking=(
        "Choisir une enquête",
        "La relire",
        "C’est parti",
        "Dans le canal",
        "Page 1",
        "Refusé à côté du champ",
        "La dernière page",
        "Merci",
    ),
    reading=(
        "L’accueil",
        "Demander un rapport",
        "Le rapport",
        "Là où Slack ne prend pas de graphiques",
        "Chaque semaine",
    ),
    answers="Réponses\N{NO-BREAK SPACE}: {people}",
)
