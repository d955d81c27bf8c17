"""Slack's own few words around an app's, in the language of who looks."""

_FRENCH = {
    "Only visible to you": "Visible uniquement par vous",
    "Download": "Télécharger",
    "(edited)": "(modifié)",
    "Choose": "Choisir",
    "Reply": "Répondre dans le fil",
    "optional": "facultatif",
    "The numbers": "Les chiffres",
    "Please complete this required field.": "Veuillez remplir ce champ obligatoire.",
}


def said(text: str, locale: str) -> str:
    """Return Slack's words as a reader of that locale sees them; in English where we have no others."""
    return _FRENCH.get(text, text) if locale.startswith("fr") else text
