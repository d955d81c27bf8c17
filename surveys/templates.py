"""The surveys that come ready made: by name, in each language that has its own texts."""

from surveys import templates_en, templates_fr
from surveys.drafts import Draft
from surveys.errors import Refused

_BY_LANGUAGE = {"en": templates_en.TEMPLATES, "fr": templates_fr.TEMPLATES}

TEMPLATES = tuple(templates_en.TEMPLATES)
"""The names of all templates; the first is offered first."""


class NoSuchTemplate(Refused):
    sentence = "This survey is no longer offered. Choose another one with /survey."


def template(name: str, language: str) -> Draft:
    """Return a ready-made survey, in English where the language has no texts of its own."""
    draft = _BY_LANGUAGE.get(language, templates_en.TEMPLATES).get(name)
    if draft is None:
        raise NoSuchTemplate
    return draft
