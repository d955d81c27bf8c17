"""The whole way in a browser: a survey, an answer, a change of mind, a close, the report of the real app."""

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.browser.conftest import demo

pytestmark = pytest.mark.browser

As = Callable[..., Page]
QUICK, DRAWN = 10_000, 20_000
Scheme = Literal["light", "dark"]
LOOKS: tuple[tuple[int, Scheme, dict[str, list[str]]], ...] = (
    (1280, "light", {}),
    (390, "dark", {}),
)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo(tmp_path_factory.mktemp("demo")) as url:
        yield url


@pytest.fixture
def tab(browser: Browser, url: str) -> Iterator[As]:
    """Open a tab of the demo as somebody; an error that the browser reports fails the test."""
    contexts, problems = [], list[str]()

    def told(said: ConsoleMessage) -> None:
        if said.type == "error":
            problems.append(said.text)

    def open_tab(person: str, channel: str = "C0GENERAL") -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(QUICK)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", told)
        page.goto(f"{url}/?as={person}&channel={channel}")
        page.wait_for_selector("[data-slot=title] h1")
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert problems == []


def modal(page: Page) -> Locator:
    return page.get_by_role("dialog")


def message(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text).last


def looks_right(page: Page, part: str = "html") -> None:
    """Assert that axe finds nothing at a desk in the light and on a phone in the dark."""
    for width, scheme, options in LOOKS:
        # As high as everything: axe takes what must be scrolled to for hidden.
        page.set_viewport_size({"width": width, "height": 2000})
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, part, options).response["violations"]
        assert [(width, scheme, each["id"], each["nodes"][0]["html"]) for each in found] == []


# --- by mouse ---


def test_a_survey_is_launched_answered_changed_and_closed_with_a_report(tab: As) -> None:
    ana, ben = tab("U0ANA"), tab("U0BEN")
    ana.get_by_role("button", name="Start a survey", exact=True).click()
    modal(ana).get_by_role("button", name="Look it over").click()
    modal(ana).get_by_role("button", name="Launch").click()
    expect(modal(ana).get_by_text("is on its way to")).to_be_visible()
    modal(ana).get_by_role("button", name="Close", exact=True).click()

    ben.get_by_role("button", name="Answer the survey How are you doing").click(timeout=DRAWN)
    modal(ben).get_by_label("4", exact=True).check()
    modal(ben).get_by_label("How likely are you to recommend it").select_option("8")
    modal(ben).get_by_role("button", name="Next").click()
    modal(ben).get_by_label("Events").check()
    modal(ben).get_by_label("What should we change, and why?").fill("More evenings like this one.")
    modal(ben).get_by_role("button", name="Send").click()
    expect(modal(ben).get_by_text("Thank you, your answer counted.")).to_be_visible()

    modal(ben).get_by_role("button", name="Change").click()
    expect(modal(ben).get_by_label("4", exact=True)).to_be_checked()
    modal(ben).get_by_label("5 – Very satisfied").check()
    modal(ben).get_by_role("button", name="Next").click()
    expect(modal(ben).get_by_label("What should we change, and why?")).to_have_value(
        "More evenings like this one."
    )
    modal(ben).get_by_role("button", name="Send").click()
    modal(ben).get_by_role("button", name="Close", exact=True).click()
    expect(message(ana, "How are you doing").get_by_text("1 person has answered")).to_be_visible(
        timeout=DRAWN
    )

    ana.get_by_role("link", name="Palabre Home").first.click()
    ana.get_by_role("button", name="Close survey: How are you doing").click()
    ana.get_by_role("dialog").get_by_role("button", name="Close survey").click()
    expect(message(ben, "Survey closed")).to_be_visible(timeout=DRAWN)
    report = message(ben, "Report: How are you doing")
    expect(report.get_by_text("1 of 12 people answered.")).to_be_visible(timeout=DRAWN)
    expect(report).to_contain_text("5: 1 answer")


# --- by keyboard ---


def test_a_survey_is_launched_and_answered_by_keyboard_alone(tab: As) -> None:
    page = tab("U0CHLOE", "C0LYON")
    page.get_by_role("textbox").first.focus()
    page.keyboard.type("/survey rétrospective")
    page.keyboard.press("Enter")
    press(page, modal(page).get_by_role("button", name="Lancer"))
    expect(modal(page).get_by_text("est en route vers")).to_be_visible()
    press(page, modal(page).get_by_role("button", name="Fermer", exact=True))
    expect(modal(page)).to_be_hidden()
    press(page, page.get_by_role("button", name="Répondre à l’enquête"))
    modal(page).get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    press(page, modal(page).get_by_role("button", name="Envoyer"))
    expect(modal(page).get_by_text("Merci, votre réponse compte.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Répondre à l’enquête")).to_be_focused()


def press(page: Page, button: Locator) -> None:
    button.wait_for(timeout=DRAWN)
    button.focus()
    page.keyboard.press("Enter")


# --- for everybody ---


def test_each_step_has_no_axe_violations(tab: As) -> None:
    page = tab("U0ANA", "C0RANDOM")
    say(page, "/survey")
    step(page, "Look it over")
    step(page, "Launch")
    step(page, "Close")
    page.get_by_role("button", name="Answer the survey").last.click(timeout=DRAWN)
    step(page, "Next")
    expect(modal(page).get_by_text("Please complete this required field.")).to_have_count(2)
    looks_right(page, "#modal")
    modal(page).get_by_label("4", exact=True).check()
    modal(page).get_by_label("How likely are you to recommend it").select_option("8")
    modal(page).get_by_role("button", name="Next").click()
    step(page, "Send")
    step(page, "Close")
    say(page, "/report")
    step(page, "Post")
    step(page, "Close")
    message(page, "Report: How are you doing").wait_for(timeout=DRAWN)
    looks_right(page)
    page.goto(page.url.replace("channel=C0RANDOM", "channel=home"))
    page.get_by_role("button", name="Close survey").first.wait_for()
    looks_right(page)


def say(page: Page, text: str) -> None:
    expect(modal(page)).to_be_hidden()
    page.get_by_role("textbox").first.fill(text)
    page.get_by_role("button", name="Send").click()


def step(page: Page, button: str) -> None:
    """See a modal whole, and press the button that leads on."""
    modal(page).get_by_role("button", name=button, exact=True).wait_for()
    looks_right(page, "#modal")
    modal(page).get_by_role("button", name=button, exact=True).click()
