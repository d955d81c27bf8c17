"""The words of the poll command: what each language calls things, and what is promised for later."""

import re

LANGUAGE_WORDS = ("lang", "language", "langue")
LANGUAGES = {
    **dict.fromkeys(("en", "english", "anglais"), "en"),
    **dict.fromkeys(("fr", "french", "français", "francais"), "fr"),
}
ANONYMOUS_WORDS = ("anonymous", "anon", "anonyme", "secret")
HELP_WORDS = ("help", "aide", "?", "--help", "-h", "—help", "--aide", "—aide")
CLOSE_WORDS = ("close", "fermer", "clore", "fin")
RESULTS_WORDS = ("results", "result", "résultats", "résultat", "resultats", "resultat")
VERB_WORDS = tuple(word for word in (*HELP_WORDS, *CLOSE_WORDS, *RESULTS_WORDS) if word.isalpha())

# fmt: off
LATER_WORDS = frozenset((
    "anonymous", "anon", "anonyme", "secret", "hidden", "masqué", "masque", "masquée", "caché", "limit",
    "limite", "votes", "add-choice", "ajout", "after-vote", "après-vote", "after-close", "après-clôture",
))
LATER_BESIDE_QUOTES = LATER_WORDS | {
    "live", "progress", "close", "end", "on", "every", "fin", "fermer", "clore", "le", "chaque", "multi",
    "public-add-option",
}
"""These begin many a plain sentence (“On y va ?”), so they count only where the question is in quotes."""
LATER_ALONE = LATER_WORDS | {
    "edit", "export", "list", "remind", "hold", "schedule", "config", "modifier", "exporter", "liste",
    "rappeler", "suspendre",
}
# fmt: on
KNOWN_WORDS = sorted({*LATER_BESIDE_QUOTES, *LANGUAGE_WORDS, *VERB_WORDS} - {"le", "on"})

LATER_MOMENT = re.compile(
    r"(?:close|end|on|every|fin|fermer|clore|chaque)\s+"
    r"(?:(?:in|at|à|dans|le|\w+day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)*\d"
)
"""A wish for a moment at the head of a text, such as “close in 2d” or “every monday 9:00”."""
