"""The page's workshop: the clock and what the workspace can draw."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Desk, OpenPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("step", "name", "asked"),
    [
        ("An hour on", "move_clock", {"user": "U0ANA", "seconds": 3600}),
        ("A day on", "move_clock", {"user": "U0ANA", "seconds": 86_400}),
        ("To Monday, 9:00", "move_to_monday", {"user": "U0ANA"}),
    ],
)
def test_the_clock_is_moved_in_one_choice(
    desk: Desk, visit: OpenPage, step: str, name: str, asked: dict[str, object]
) -> None:
    page = visit()
    page.get_by_label("Move the clock").select_option(label=step)
    expect(page.locator(".happening").first).to_contain_text(f"Done: {name}")
    assert desk.did(name) == [asked]
    expect(page.get_by_label("Move the clock")).to_have_value("")


def test_charts_are_turned_off_and_on(desk: Desk, visit: OpenPage) -> None:
    page = visit()
    switch = page.get_by_label("Slack draws charts here")
    expect(switch).to_be_checked()
    switch.uncheck()
    expect(page.locator(".happening").first).to_contain_text("Done: show_charts")
    assert desk.did("show_charts") == [{"user": "U0ANA", "shown": False}]


def test_a_message_to_one_person_or_several_is_begun(desk: Desk, visit: OpenPage) -> None:
    page = visit()
    page.get_by_text("New message").click()
    page.get_by_role("checkbox", name="Ben Okafor").check()
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".happening").first).to_contain_text("Done: open_dm")
    expect(page.get_by_role("button", name="Begin")).to_be_hidden()
    page.get_by_text("New message").click()
    page.get_by_role("checkbox", name="Ben Okafor").check()
    page.get_by_role("checkbox", name="Palabre").check()
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".happening").first).to_contain_text("Done: open_talk")
    assert desk.did("open_dm") == [{"user": "U0ANA", "other": "U0BEN"}]
    assert desk.did("open_talk") == [{"user": "U0ANA", "others": ["U0BEN", "U0PALABRE"]}]


def test_people_chosen_for_a_message_stay_chosen_while_the_sidebar_is_drawn_anew(
    desk: Desk, visit: OpenPage
) -> None:
    page = visit()
    page.get_by_text("New message").click()
    page.get_by_role("checkbox", name="Ben Okafor").check()
    desk.workspace.team_name = "The bookshop"
    desk.workspace.touch()
    expect(page.get_by_text("The bookshop")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Ben Okafor")).to_be_checked()
