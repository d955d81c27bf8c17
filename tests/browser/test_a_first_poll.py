"""The whole way in a browser: a chip, a poll, two people in two tabs, a close. The real app answers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import demo

pytestmark = pytest.mark.browser

As = Callable[..., Page]


@pytest.fixture
def tab(browser: Browser, tmp_path: Path) -> Iterator[As]:
    """Open a tab of the demo as somebody."""
    with demo(tmp_path) as url:
        contexts = []

        def open_tab(person: str, **options: object) -> Page:
            context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})  # type: ignore[arg-type]  # Playwright types each option
            contexts.append(context)
            page = context.new_page()
            page.goto(f"{url}/?as={person}")
            return page

        yield open_tab
        for context in contexts:
            context.close()


def in_message(page: Page, text: str) -> Locator:
    return page.locator(".blocks").get_by_text(text)


def test_a_newcomer_asks_votes_and_closes_without_reading(tab: As) -> None:
    ana, ben = tab("U0ANA"), tab("U0BEN")
    ana.get_by_role("button", name="Ask a poll", exact=True).first.click()
    ben.get_by_role("button", name="Vote for The library").click()
    expect(in_message(ana, "1 vote · 100%")).to_be_visible(timeout=20_000)
    expect(in_message(ana, "Your vote counted.")).to_have_count(0)
    ana.get_by_role("button", name="Vote for Online").click()
    expect(in_message(ben, "2 people have voted")).to_be_visible(timeout=20_000)
    ben.get_by_role("button", name="My vote").click()
    expect(ben.get_by_role("dialog").get_by_text("You voted for The library.")).to_be_visible()
    ben.keyboard.press("Escape")
    ana.get_by_role("button", name="Close poll").click()
    ana.get_by_role("button", name="Close it").click()
    expect(in_message(ben, "· Closed")).to_be_visible(timeout=20_000)
    expect(ben.get_by_role("button", name="Vote for The library")).to_have_count(0)


def test_a_poll_is_asked_and_answered_by_keyboard_alone(tab: As) -> None:
    page = tab("U0CHLOE")
    page.get_by_role("textbox").first.focus()
    page.keyboard.type("/poll « On y va ? » « Oui » « Plus tard »")
    page.keyboard.press("Enter")
    vote = page.get_by_role("button", name="Voter pour Oui")
    vote.wait_for()
    vote.focus()
    page.keyboard.press("Enter")
    expect(in_message(page, "1 vote · 100")).to_be_visible(timeout=20_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_poll_and_its_form_have_no_axe_violations(tab: As, scheme: str, width: int) -> None:
    page = tab("U0ANA", color_scheme=scheme, viewport={"width": width, "height": 850})
    page.get_by_role("button", name="Ask a poll", exact=True).first.click()
    page.get_by_role("button", name="Vote for Online").wait_for()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Use the form").click()
    page.get_by_role("dialog").wait_for()
    assert Axe().run(page).response["violations"] == []


def test_starting_afresh_leaves_nothing_of_before(tab: As) -> None:
    page = tab("U0ANA")
    page.get_by_role("button", name="Ask a poll", exact=True).first.click()
    page.get_by_role("button", name="Vote for Online").wait_for()
    page.get_by_role("button", name="Start afresh").click()
    page.get_by_role("dialog").get_by_role("button", name="Start afresh").click()
    expect(page.get_by_role("button", name="Vote for Online")).to_have_count(0)
    page.get_by_role("link", name="Palabre Home").first.click()
    expect(page.locator(".text", has_text="You have no open poll.")).to_be_visible()
