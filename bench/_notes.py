"""What the gallery shows of Palabre's answers to one person: help, lists and refusals."""

from pathlib import Path

from playwright.sync_api import Browser

from bench._polls import CHANNELS, Language, examples, put
from bench._scene import Scene
from bench._windows import SAID, Visit, until, visit

ONLY_ME = "article.only-me"
LINES: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        ("help", "/poll help"),
        ("unknown", '/poll anonimous "Lunch?" "Tacos" "Sushi"'),
        ("past", '/poll close yesterday "Lunch?" "Tacos" "Sushi"'),
        ("limit", '/poll limit 9 "Lunch?" "Tacos" "Sushi"'),
        ("list", "/poll list"),
    ),
    "fr": (
        ("help", "/poll aide"),
        ("unknown", "/poll annonyme « On mange ? » « Tacos » « Sushis »"),
        ("past", "/poll fin hier « On mange ? » « Tacos » « Sushis »"),
        ("limit", "/poll limite 9 « On mange ? » « Tacos » « Sushis »"),
        ("list", "/poll liste"),
    ),
}


def notes(browser: Browser, there: Scene, language: Language, folder: Path) -> None:
    owner = CHANNELS[language][1]
    with visit(browser, there, language, owner, folder) as asker:
        refused(asker, language)
        found(asker, language)
        said(asker, language)


def said(asker: Visit, language: Language) -> None:
    """Each line that is answered to its writer alone."""
    for name, line in LINES[language]:
        there = asker.page.locator(ONLY_ME).count()
        asker.there.playground.gestures.say(asker.user, asker.channel, line)
        asker.page.locator(ONLY_ME).nth(there).wait_for()
        asker.photograph(f"said-{name}", ONLY_ME)


def refused(asker: Visit, language: Language) -> None:
    """The form, with what can't be asked said beside its field."""
    question, *_ = SAID[language]
    asker.there.playground.gestures.shortcut(asker.user, "polls.ask")
    asker.page.locator("#modal[open] input[type=text]").first.fill(question)
    asker.fill(options="Tacos")
    asker.submit()
    asker.page.locator("#modal .error:not(:empty)").first.wait_for()
    asker.photograph("form-refused")
    asker.close()


def found(asker: Visit, language: Language) -> None:
    """One person, found in “Who voted”."""
    named = next(each for each in examples(language) if each.name == "named-open")
    poll = put(asker.there, named, language)
    asker.press("polls.who", asker.message(poll))
    before = until(lambda: asker.window).hash
    menu = asker.page.locator("#modal[open] select").first
    menu.select_option(value="U0BEN")
    until(lambda: asker.window.hash != before)
    asker.photograph("who-found")
    asker.close()
