"""The form of a new poll on a phone: every kind of poll, and a poll asked by it. The real app answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import demo

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Chloé, who reads French, with the form open on a phone in the dark."""
    with demo(tmp_path) as url:
        context = browser.new_context(viewport=PHONE, color_scheme="dark")  # type: ignore[arg-type]  # a dict does
        page = context.new_page()
        page.goto(f"{url}/?as=U0CHLOE")
        page.get_by_role("button", name="Use the form").click()
        page.get_by_role("dialog").wait_for()
        yield page
        context.close()


def choose(page: Page, kind: str, shown: str) -> None:
    """Choose a kind of poll, and wait for a field that it shows."""
    page.get_by_label("Type de sondage").select_option(label=kind)
    expect(page.get_by_role("dialog").get_by_text(shown).first).to_be_visible()


def test_every_kind_fits_a_phone_and_keeps_what_was_typed(page: Page) -> None:
    page.get_by_label("Que voulez-vous demander").fill("Et alors ?")
    for kind, shown in (
        ("Classement", "100 options au plus."),
        ("Dates", "Date 5"),
        ("Quiz", "Pourquoi c’est la bonne réponse"),
        ("Note", "Échelons, du plus bas au plus haut"),
    ):
        choose(page, kind, shown)
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Plus de choix").click()
    expect(page.get_by_role("dialog").get_by_text("Qui voit les décomptes")).to_be_visible()
    page.get_by_label("Échelons, du plus bas au plus haut").fill("😞 😐 🙂")
    page.get_by_role("button", name="Poser").click()
    expect(page.locator(".blocks").get_by_text("Et alors ?").first).to_be_visible(timeout=20_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
