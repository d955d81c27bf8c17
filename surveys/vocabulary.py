"""The words of the poll command: what each language calls things."""

import re

LANGUAGE_WORDS = ("lang", "language", "langue")
LANGUAGES = {
    **dict.fromkeys(("en", "english", "anglais"), "en"),
    **dict.fromkeys(("fr", "french", "français", "francais"), "fr"),
}
ANONYMOUS_WORDS = ("anonymous", "anon", "anonyme", "secret")
YES_NO = ("Yes", "No", "Abstain")
YES_NO_IN_FRENCH = ("Oui", "Non", "Abstention")
"""The options of a poll for which none were given."""
HELP_WORDS = ("help", "aide", "?", "--help", "-h", "—help", "--aide", "—aide")
CLOSE_WORDS = ("close", "fermer", "clore", "fin")
RESULTS_WORDS = ("results", "result", "résultats", "résultat", "resultats", "resultat")
LIST_WORDS = ("list", "liste", "polls", "sondages")
VERB_WORDS = tuple(
    word for word in (*HELP_WORDS, *CLOSE_WORDS, *RESULTS_WORDS, *LIST_WORDS) if word.isalpha()
)

# fmt: off
WISH_WORDS: dict[str, tuple[str, ...]] = {
    "anonymous": ANONYMOUS_WORDS,
    "named": ("named", "names-shown", "nominatif", "nominative", "noms-montrés", "noms-montres"),
    "names-hidden": ("names-hidden", "noms-cachés", "noms-caches", "noms-masqués", "noms-masques"),
    "live": ("live", "progress", "direct", "en-direct"),
    "after-vote": ("after-vote", "après-vote", "apres-vote"),
    "after-close": (
        "after-close", "après-clôture", "apres-cloture", "hidden", "masqué", "masque", "masquée", "masquee",
        "caché", "cache",
    ),
    "owners": ("owners", "owners-only", "responsables"),
    "limit": ("limit", "limite", "votes", "at-most", "au-plus"),
    "exactly": ("exactly", "exactement"),
    "at-least": ("at-least", "au-moins"),
    "multi": ("multi", "multiple", "plusieurs"),
    "add-choice": ("add-choice", "ajout", "add-option", "public-add-option"),
    "add-approved": (
        "add-choice-approved", "ajout-validé", "ajout-valide", "add-option-approved", "add-approved",
    ),
    "other": ("other", "autre"),
    "shuffle": ("shuffle", "shuffled", "mélanger", "melanger", "mélangé", "melange"),
    "ranking": ("ranking", "rank", "classement"),
    "rating": ("rating", "note"),
    "dates": ("dates", "when", "quand"),
    "quiz": ("quiz",),
    "close": ("close", "end", "fin", "clore", "fermer"),
    "on": ("on", "le"),
    "every": ("every", "chaque"),
    "lang": LANGUAGE_WORDS,
}
"""What may be wished, by its first English word; a hyphen may be written as a space."""
WISHES = {word: name for name, words in WISH_WORDS.items() for word in words}
SURE = frozenset(("anonymous", "after-vote", "after-close", "add-choice", "add-approved", "limit"))
"""Wishes that count before a question without quotes too; others begin many a plain sentence."""
MOMENTS = frozenset(("close", "on"))
SURE_WORDS = frozenset(word for word, name in WISHES.items() if name in SURE)
LATER_VERBS = frozenset((
    "edit", "export", "remind", "hold", "every", "config", "modifier", "exporter", "rappeler",
    "suspendre", "chaque",
))
"""What is not done yet, where it stands alone."""
LATER_WISHES = frozenset(("every",))
# fmt: on
WISH_SPELLINGS = sorted(WISHES.keys() - {"le", "on"})
"""What a word beside a question may have been meant to be."""
PROMISED_WORDS = ("anonymous", "anonyme")
"""What nobody may believe to have asked for, and not have: nearly one of these is refused anywhere."""

SURE_MOMENT = re.compile(
    r"(?:close|end|on|every|fin|fermer|clore|chaque)\s+"
    r"(?:(?:in|at|à|dans|le|\w+day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)*\d"
)
"""A wish for a moment at the head of a text, such as “close in 2d” or “every monday 9:00”."""


def is_french(language: str) -> bool:
    """Say whether a language, such as “fr-FR”, has the French words."""
    return language.casefold().startswith("fr")
