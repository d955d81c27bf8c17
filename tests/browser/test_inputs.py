"""A form of choices, several choices and moments on the page: filled in by keyboard, on a phone, and sent."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from slack_app.playground import modals
from slack_app.playground.server import Playground
from tests.playground.test_inputs import MOMENT, OPTIONS, PEOPLE, TALKS, form, values
from tests.playground.tiny_app import TinyApp, say

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
Opened = Callable[..., Page]


@pytest.fixture
def app() -> Iterator[TinyApp]:
    with TinyApp() as tiny:
        yield tiny


@pytest.fixture
def playground(app: TinyApp) -> Iterator[Playground]:
    with Playground(app.url) as started:
        yield started


@pytest.fixture
def page_of(browser: Browser, playground: Playground) -> Iterator[Opened]:
    """Open the page with a form on it."""
    contexts = []

    def opened(view: dict[str, Any], **look: Any) -> Page:
        modals.open_modal(playground.stage, playground.stage.triggers.mint("U0ANA", "C0GENERAL"), view)
        context = browser.new_context(**{"viewport": DESK, **look})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.goto(f"{playground.url}/?as=U0ANA")
        page.get_by_role("dialog").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()


def part(page: Page, name: str) -> Locator:
    return page.locator(f'dialog [data-block="{name}"]').first


def assert_no_violations(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_the_form_is_filled_in_with_the_keyboard_alone(
    page_of: Opened, playground: Playground, app: TinyApp
) -> None:
    page = page_of(form())
    press = page.keyboard.press
    expect(part(page, "best").get_by_role("radio").first).to_be_focused()
    press("Space")
    press("Tab")
    expect(part(page, "liked").get_by_label("Talks")).to_be_focused()
    press("Space")
    press("Tab")
    press("Tab")
    press("Space")
    press("Tab")
    press("Enter")
    press("Tab")
    press("Tab")
    press("Space")
    expect(page.locator("details.many summary")).to_have_text("1 chosen")
    press("Tab")
    press("Tab")
    part(page, "close").fill("2026-11-25T09:00")
    press("Tab")
    page.locator("#view-submit").press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert values(app) == {
        "best": {"best": {"type": "radio_buttons", "selected_option": TALKS}},
        "liked": {"liked": {"type": "checkboxes", "selected_options": [TALKS, OPTIONS[2]]}},
        "days": {"days": {"type": "multi_static_select", "selected_options": [PEOPLE]}},
        "close": {"close": {"type": "datetimepicker", "selected_date_time": MOMENT}},
    }


def test_a_form_shows_what_it_begins_with_and_sends_it(
    page_of: Opened, playground: Playground, app: TinyApp
) -> None:
    begun = form(
        best={"initial_option": TALKS},
        liked={"initial_options": [PEOPLE]},
        days={"initial_options": [TALKS, PEOPLE]},
        close={"initial_date_time": MOMENT},
    )
    page = page_of(begun)
    expect(part(page, "best").get_by_label("Talks")).to_be_checked()
    expect(part(page, "liked").get_by_label("People")).to_be_checked()
    expect(page.locator("details.many summary")).to_have_text("2 chosen")
    expect(part(page, "close")).to_have_value("2026-11-25T09:00")
    expect(page.get_by_text("All five of them").first).to_be_visible()
    page.locator("#view-submit").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert values(app)["liked"]["liked"]["selected_options"] == [PEOPLE]
    assert values(app)["close"]["close"]["selected_date_time"] == MOMENT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_error_stands_beside_its_field_without_an_axe_violation(
    page_of: Opened, app: TinyApp, scheme: str, size: dict[str, int]
) -> None:
    page = page_of(form(), viewport=size, color_scheme=scheme)
    page.locator("details.many summary").click()
    assert_no_violations(page)
    page.locator("#view-submit").click()
    expect(page.get_by_role("dialog").get_by_text("Please complete this required field.")).to_have_count(4)
    for name in ("best", "liked", "days", "close"):
        expect(part(page, name)).to_have_accessible_description("Please complete this required field.")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert_no_violations(page)


def test_the_apps_error_stands_beside_the_moment_and_goes_when_it_is_mended(
    page_of: Opened, app: TinyApp
) -> None:
    page = page_of(form(optional=True, close={"initial_date_time": MOMENT}))
    app.answer = lambda _delivered: say({"response_action": "errors", "errors": {"close": "That is past."}})
    page.locator("#view-submit").click()
    expect(part(page, "close")).to_have_accessible_description("That is past.")
    part(page, "close").fill("2026-11-26T09:00")
    part(page, "close").press("Tab")
    expect(page.get_by_role("dialog").get_by_text("That is past.")).to_have_count(0)
