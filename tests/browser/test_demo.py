"""The demo as a newcomer meets it: the page, the pretend Slack and the real app."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import demo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo(tmp_path_factory.mktemp("demo")) as url:
        yield url


def visit(browser: Browser, url: str, person: str) -> Page:
    page = browser.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{url}/?as={person}&channel=C0GENERAL")
    page.wait_for_selector(".message")
    return page


def test_a_chip_asks_a_poll_and_a_vote_is_seen_in_the_other_tab(browser: Browser, url: str) -> None:
    ana, ben = visit(browser, url, "U0ANA"), visit(browser, url, "U0BEN")
    ana.get_by_role("button", name="Ask a poll").first.click()
    vote = ben.locator(".message", has_text="Where shall we meet?").locator("[data-does=act]").first
    vote.click()
    expect(ana.locator(".message", has_text="Where shall we meet?")).to_contain_text("1 vote ·")
    expect(ben.get_by_text("Only visible to you")).to_be_visible()
    expect(ana.get_by_text("Only visible to you")).to_have_count(0)
    ana.close()
    ben.close()


def test_the_form_asks_a_poll_too(browser: Browser, url: str) -> None:
    page = visit(browser, url, "U0ANA")
    page.get_by_role("button", name="Use the form").click()
    page.locator("#modal input").first.fill("Tea or coffee?")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the kind of poll
    page.keyboard.type("Tea\nCoffee")
    page.locator("#view-submit").click()
    expect(page.locator("#modal")).to_be_hidden()
    expect(page.locator(".message", has_text="Tea or coffee?")).to_contain_text("Coffee")
    page.close()


def focus_by_keyboard(page: Page, key: str, wanted: str) -> None:
    for _ in range(40):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} never reached {wanted}")


def test_a_poll_is_asked_and_answered_with_the_keyboard_alone(browser: Browser, url: str) -> None:
    page = visit(browser, url, "U0EMI")
    focus_by_keyboard(page, "Tab", ".skip")
    page.keyboard.press("Enter")
    page.keyboard.type("/poll Lunch together?")
    page.keyboard.press("Enter")
    asked = page.locator(".message", has_text="Lunch together?")
    expect(asked).to_contain_text("Abstain")
    focus_by_keyboard(page, "Shift+Tab", ".message:last-child [data-does=act]")
    focus_by_keyboard(page, "Shift+Tab", ".message:last-child .accessory [data-does=act]")
    page.keyboard.press("Enter")
    expect(asked).to_contain_text("1 vote ·")
    expect(page.locator("[data-does=act]:focus")).to_have_count(1)
    page.close()
