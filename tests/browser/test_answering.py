"""Every kind of input on the page reaches the real playground's state as Slack would hold it."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from slack_app.playground.server import Playground
from slack_app.playground.workspace import View

pytestmark = pytest.mark.browser

OPTIONS = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in ("tea", "coffee")]
TYPED = {
    "plain_text_input": "Bonjour",
    "email_text_input": "ana@example.org",
    "url_text_input": "https://example.org/",
    "number_input": "7",
    "datepicker": "2026-11-24",
    "timepicker": "09:30",
}
KEY = {"datepicker": "selected_date", "timepicker": "selected_time"}
MENUS = {"static_select": "tea", "users_select": "U0BEN", "channels_select": "C0GENERAL"}
MORE: dict[str, dict[str, Any]] = {"number_input": {"is_decimal_allowed": False}}


def field(kind: str) -> dict[str, Any]:
    element: dict[str, Any] = {"type": kind, "action_id": kind, **MORE.get(kind, {})}
    if kind in {"static_select", "multi_static_select", "radio_buttons", "checkboxes"}:
        element["options"] = OPTIONS
    label = {"type": "plain_text", "text": kind}
    return {"type": "input", "block_id": kind, "label": label, "element": element, "optional": True}


FILLED = "**/control/fill"
KINDS = [*TYPED, *MENUS, "conversations_select", "radio_buttons", "checkboxes", "multi_static_select"]


@pytest.fixture
def form(browser: Browser) -> Iterator[tuple[Page, View]]:
    with Playground() as playground:
        payload = {
            "title": {"type": "plain_text", "text": "All"},
            "submit": {"type": "plain_text", "text": "Send"},
            "blocks": [field(kind) for kind in KINDS],
        }
        view = View("V1", "U0ANA", "modal", payload, "1.x")
        playground.workspace.stacks["U0ANA"] = [view]
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(f"{playground.url}/?as=U0ANA")
        page.get_by_role("dialog").wait_for()
        yield page, view
        context.close()


def part(page: Page, kind: str) -> Locator:
    return page.locator(f'dialog [data-block="{kind}"]').first


def kept(view: View, kind: str) -> dict[str, Any]:
    value: dict[str, Any] = view.state[kind][kind]
    return value


@pytest.mark.parametrize("kind", TYPED)
def test_what_is_typed_is_kept(form: tuple[Page, View], kind: str) -> None:
    page, view = form
    with page.expect_response(FILLED):
        part(page, kind).fill(TYPED[kind])
        part(page, kind).press("Tab")
    assert kept(view, kind) == {"type": kind, KEY.get(kind, "value"): TYPED[kind]}


@pytest.mark.parametrize("kind", MENUS)
def test_what_is_chosen_in_a_menu_is_kept(form: tuple[Page, View], kind: str) -> None:
    page, view = form
    with page.expect_response(FILLED):
        part(page, kind).select_option(MENUS[kind])
    value = kept(view, kind)
    chosen = [entry.get("value") if isinstance(entry, dict) else entry for entry in value.values()]
    assert MENUS[kind] in chosen


def test_a_conversation_is_chosen(form: tuple[Page, View]) -> None:
    page, view = form
    with page.expect_response(FILLED):
        part(page, "conversations_select").select_option("C0RANDOM")
    assert kept(view, "conversations_select")["selected_conversation"] == "C0RANDOM"


def test_a_radio_button_is_chosen(form: tuple[Page, View]) -> None:
    page, view = form
    with page.expect_response(FILLED):
        part(page, "radio_buttons").get_by_label("coffee").check()
    assert kept(view, "radio_buttons")["selected_option"]["value"] == "coffee"


@pytest.mark.parametrize("kind", ["checkboxes", "multi_static_select"])
def test_several_are_chosen(form: tuple[Page, View], kind: str) -> None:
    page, view = form
    if kind.startswith("multi"):
        page.locator("dialog details.many summary").first.click()
    for name in ("tea", "coffee"):
        with page.expect_response(FILLED):
            part(page, kind).get_by_label(name).check()
    assert [each["value"] for each in kept(view, kind)["selected_options"]] == ["tea", "coffee"]
