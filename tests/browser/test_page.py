"""The playground's page in a real browser."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Desk, OpenPage
from tests.browser.test_drawing import OPTIONS, SAMPLES, button, marked, plain

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


def field(name: str, kind: str = "plain_text_input", **more: Any) -> dict[str, Any]:
    element = {"type": kind, "action_id": "v", **more}
    return {"type": "input", "block_id": name, "label": plain(name), "element": element, "optional": True}


def every_block() -> list[dict[str, Any]]:
    return [{"type": kind, "block_id": f"b-{kind}", **block} for kind, (block, _) in SAMPLES.items()]


def every_field() -> list[dict[str, Any]]:
    kinds = [
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "rich_text_input",
        "number_input",
        "file_input",
    ]
    kinds += ["datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons"]
    kinds += [
        f"{many}{kind}_select"
        for many in ("", "multi_")
        for kind in ("static", "external", "users", "channels")
    ]
    return [field(f"f-{kind}", kind, options=OPTIONS) for kind in kinds]


def assert_no_violations(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def wait_until_done(page: Page, gesture: str) -> None:
    expect(page.locator(".happening").first).to_contain_text(f"Done: {gesture}")


def poll() -> list[dict[str, Any]]:
    ask = {"type": "section", "block_id": "q", "text": marked("*Where?*")}
    return [ask, {"type": "actions", "block_id": "a", "elements": [button(value="p1")]}]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_block_and_field_is_free_of_axe_violations(desk: Desk, visit: OpenPage, scheme: str) -> None:
    desk.post(every_block())
    desk.workspace.note("api", "chat.postMessage was refused", ok=False, detail={"error": "not_in_channel"})
    page = visit(color_scheme=scheme)
    assert_no_violations(page)
    desk.open(every_field(), errors={"f-number_input": "A number, please."}, trouble="Try again?")
    page.wait_for_selector(".view")
    assert_no_violations(page)


def test_a_phone_shows_everything_within_its_width(desk: Desk, visit: OpenPage) -> None:
    desk.post(every_block())
    page = visit(viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert_no_violations(page)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="random").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("# random")
    expect(page.locator("#sidebar")).to_be_hidden()


def test_enter_sends_and_everybody_sees_it(desk: Desk, visit: OpenPage) -> None:
    ana, ben = visit("U0ANA"), visit("U0BEN")
    ana.get_by_label("Message to general").fill("Shall we *vote*?")
    ana.keyboard.press("Enter")
    expect(ben.get_by_text("Shall we vote?")).to_be_visible()
    assert desk.did("say") == [{"user": "U0ANA", "channel": "C0GENERAL", "text": "Shall we *vote*?"}]


def test_a_chip_asks_a_poll_in_one_press(desk: Desk, visit: OpenPage) -> None:
    page = visit()
    page.get_by_role("button", name="Yes or no?").click()
    expect(page.locator(".message").last).to_contain_text("Shall we start at nine?")
    assert desk.did("say")[0]["text"] == "/poll Shall we start at nine?"


def test_commands_are_suggested_and_taken_by_keyboard(desk: Desk, visit: OpenPage) -> None:
    page = visit()
    page.get_by_label("Message to general").press_sequentially("/po")
    expect(page.get_by_role("listbox", name="Commands").get_by_role("option")).to_have_text(
        "/poll Ask a poll"
    )
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Message to general")).to_have_value("/poll ")


def test_a_button_is_pressed_with_the_keyboard_and_keeps_the_focus(desk: Desk, visit: OpenPage) -> None:
    message = desk.post(poll())
    page = visit()
    vote = page.get_by_role("button", name="Vote")
    vote.focus()
    page.keyboard.press("Enter")
    wait_until_done(page, "act")
    surface = f"message:C0GENERAL:{message.ts}"
    expected = {
        "user": "U0ANA",
        "surface": surface,
        "block_id": "a",
        "action_id": "polls.vote:0",
        "choice": None,
    }
    assert desk.did("act") == [expected]
    message.blocks = [
        message.blocks[0],
        {**message.blocks[1], "elements": [button(text=plain("Vote again"))]},
    ]
    desk.workspace.touch()
    expect(page.get_by_role("button", name="Vote again")).to_be_focused()


def test_a_confirmation_is_asked_and_no_means_no(desk: Desk, visit: OpenPage) -> None:
    confirm = {
        "title": plain("Close it?"),
        "text": plain("For good."),
        "confirm": plain("Close"),
        "deny": plain("Keep"),
    }
    desk.post([{"type": "actions", "block_id": "a", "elements": [button(confirm=confirm)]}])
    page = visit()
    page.get_by_role("button", name="Vote").click()
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("button", name="Vote").click()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    wait_until_done(page, "act")
    assert [args["confirmed"] for args in desk.did("act")] == [True]


def test_overflow_opens_beside_its_button(desk: Desk, visit: OpenPage) -> None:
    menu = {"type": "overflow", "action_id": "more", "options": OPTIONS}
    desk.post([{"type": "section", "block_id": "s", "text": marked("Poll"), "accessory": menu}])
    page = visit()
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="No", exact=True).click()
    wait_until_done(page, "act")
    assert [args["choice"] for args in desk.did("act")] == ["no"]


def test_a_form_sends_what_was_typed_before_it_submits(desk: Desk, visit: OpenPage) -> None:
    page = visit()
    desk.open([field("question"), field("answers", "checkboxes", options=OPTIONS)])
    expect(page.get_by_label("question")).to_be_focused()
    page.get_by_label("Yes").check()
    page.get_by_label("question").fill("Where?")
    page.keyboard.press("Enter")
    expect(page.locator("#modal")).to_be_hidden()
    assert [args["choice"] for args in desk.did("fill")] == [["yes"], "Where?"]
    assert [name for name, _ in desk.gestures][-1] == "submit"


def test_boxes_checked_in_quick_succession_all_stay_checked(desk: Desk, visit: OpenPage) -> None:
    page = visit()
    desk.open([field("answers", "checkboxes", options=OPTIONS)])
    held: list[Route] = []
    page.route("**/control/fill", lambda asked: held.append(asked), times=1)
    page.get_by_label("Yes").check()
    page.get_by_label("No", exact=True).check()
    view = desk.workspace.view("V1")
    assert view
    view.errors = {"answers": "One at most."}
    desk.workspace.touch()
    expect(page.locator(".error")).to_have_text("One at most.")
    expect(page.get_by_label("Yes")).to_be_checked()
    expect(page.get_by_label("No", exact=True)).to_be_checked()
    held[0].continue_()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#modal")).to_be_hidden()
    assert [args["choice"] for args in desk.did("fill")] == [["yes"], ["yes", "no"]]


def test_escape_asks_to_close_the_form(desk: Desk, visit: OpenPage) -> None:
    page = visit()
    desk.open([field("question")])
    expect(page.get_by_label("question")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#modal")).to_be_hidden()
    assert desk.did("close") == [{"user": "U0ANA", "view_id": "V1", "clear": False}]


def test_a_redraw_leaves_alone_what_is_being_typed(desk: Desk, visit: OpenPage) -> None:
    page = visit()
    view = desk.open([field("question"), field("answers", "checkboxes", options=OPTIONS)])
    page.get_by_label("question").press_sequentially("Where sh")
    view.errors = {"question": "Longer, please."}
    view.payload["title"] = plain("Ask again")
    desk.workspace.touch()
    expect(page.locator(".error")).to_have_text("Longer, please.")
    page.keyboard.type("all we meet?")
    expect(page.get_by_label("question")).to_have_value("Where shall we meet?")


def test_errors_and_trouble_are_shown_where_they_belong(desk: Desk, visit: OpenPage) -> None:
    page = visit()
    desk.open(
        [field("question")], errors={"question": "Write a question."}, trouble="Palabre did not answer."
    )
    expect(page.get_by_label("question")).to_have_accessible_description("Write a question.")
    expect(page.locator(".view .trouble:visible")).to_have_text("Palabre did not answer.")


def test_an_external_menu_offers_what_the_app_finds(desk: Desk, visit: OpenPage) -> None:
    desk.answers["suggest"] = {"result": OPTIONS}
    page = visit()
    desk.open([field("place", "external_select", min_query_length=1)])
    page.get_by_role("searchbox").fill("y")
    page.locator("option", has_text="Yes").wait_for(state="attached")
    page.get_by_role("combobox", name="place").select_option("yes")
    page.wait_for_function("() => document.querySelector('.view select').value === 'yes'")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#modal")).to_be_hidden()
    assert desk.did("fill")[0]["choice"] == OPTIONS[0]


def test_a_moment_is_meant_in_the_persons_own_zone(desk: Desk, visit: OpenPage) -> None:
    page = visit("U0EMI")
    desk.open([field("when", "datetimepicker")], user="U0EMI")
    page.get_by_label("when").fill("2027-01-15T17:00")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#modal")).to_be_hidden()
    assert desk.did("fill")[0]["choice"] == 1_800_000_000


def test_only_its_reader_sees_an_ephemeral_message(desk: Desk, visit: OpenPage) -> None:
    desk.post([], "Your vote is counted.", only_for="U0BEN")
    expect(visit("U0BEN").get_by_text("Only visible to you")).to_be_visible()
    expect(visit("U0ANA").get_by_text("Your vote is counted.")).to_have_count(0)


def test_a_reply_goes_to_the_thread(desk: Desk, visit: OpenPage) -> None:
    message = desk.post([], "Where?", edited=True)
    page = visit()
    expect(page.locator(".message").last).to_contain_text("(edited)")
    page.locator(".message").last.get_by_role("button", name="Reply").click()
    page.get_by_label("Reply in the thread").fill("At the library")
    page.keyboard.press("Enter")
    expect(page.locator("#thread")).to_contain_text("At the library")
    expect(page.locator("#messages")).not_to_contain_text("At the library")
    assert desk.did("say")[0]["thread_ts"] == message.ts


@pytest.mark.parametrize(
    ("channel", "said"),
    [("C0ATTIC", "archived"), ("C0NEWS", "Only admins"), ("C0CONNECT", "haven’t joined")],
)
def test_where_nothing_can_be_written_the_page_says_why(visit: OpenPage, channel: str, said: str) -> None:
    page = visit("U0CHLOE", channel)
    expect(page.locator(".closed")).to_contain_text(said)
    expect(page.get_by_role("button", name="Send")).to_have_count(0)


def test_a_private_channel_is_unknown_to_others(visit: OpenPage) -> None:
    page = visit("U0CHLOE", "C0SECRET")
    expect(page.get_by_role("link", name=re.compile("secret"))).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("# general")


def test_home_is_opened_and_drawn(desk: Desk, visit: OpenPage) -> None:
    page = visit()
    page.get_by_role("link", name="Palabre Home").click()
    expect(page.locator(".empty")).to_be_visible()
    wait_until_done(page, "open_home")
    assert desk.did("open_home") == [{"user": "U0ANA"}]


def test_acting_as_someone_else_is_a_choice_in_a_list(visit: OpenPage) -> None:
    page = visit("U0ANA", "C0RANDOM")
    page.get_by_label("You are").select_option("U0BEN")
    page.wait_for_url("**/?as=U0BEN&channel=C0RANDOM")
    expect(page.get_by_label("You are")).to_have_value("U0BEN")


def test_starting_afresh_asks_first(desk: Desk, visit: OpenPage) -> None:
    page = visit()
    page.get_by_role("button", name="Start afresh").click()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Start afresh").click()
    page.locator("#confirm-yes").click()
    wait_until_done(page, "reset")
    assert desk.did("reset") == [{"user": "U0ANA"}]


def test_nothing_is_asked_from_outside(desk: Desk, visit: OpenPage) -> None:
    desk.post(every_block())
    page = visit()
    addresses = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert [a for a in addresses if not a.startswith((desk.url, "data:"))] == []


def test_what_happened_is_told_newest_first(desk: Desk, visit: OpenPage) -> None:
    page = visit()
    desk.workspace.note("delivery", "The command /poll went to the app", took_ms=12.4)
    desk.workspace.note("api", "chat.postMessage put a message in #general", took_ms=3)
    told = page.locator(".happening")
    expect(told.nth(1)).to_contain_text("/poll went to the app 12 ms")
    expect(told.nth(0)).to_contain_text("from the app")


def test_a_refused_gesture_is_explained_once(desk: Desk, visit: OpenPage) -> None:
    desk.answers["say"] = {"ok": False, "shown": "You can’t post here."}
    page = visit()
    page.get_by_label("Message to general").fill("Hello")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_have_text("You can’t post here.")
    expect(page.get_by_label("Message to general")).to_have_value("Hello")
    desk.post([], "You can’t post here.", only_for="U0ANA")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_be_empty()


def test_a_refused_form_says_so_in_the_form(desk: Desk, visit: OpenPage) -> None:
    desk.answers["submit"] = {"ok": False, "shown": "The form could not be sent."}
    page = visit()
    desk.open([field("question")])
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#told")).to_have_text("The form could not be sent.")


def test_what_happened_before_starting_afresh_is_gone(desk: Desk, visit: OpenPage) -> None:
    desk.workspace.note("api", "Long ago")
    page = visit()
    expect(page.locator(".happening")).to_contain_text("Long ago")
    desk.workspace.reset()
    desk.workspace.note("api", "Just now")
    expect(page.locator(".happening")).to_have_count(1)
    expect(page.locator(".happening")).to_contain_text("Just now")


def test_a_suggested_command_can_be_clicked(visit: OpenPage) -> None:
    page = visit()
    page.get_by_label("Message to general").press_sequentially("/")
    page.get_by_role("listbox", name="Commands").get_by_text("/poll").click()
    expect(page.get_by_label("Message to general")).to_have_value("/poll ")
    expect(page.get_by_label("Message to general")).to_be_focused()


def test_an_admin_removes_the_app_by_the_workspace_menu(desk: Desk, visit: OpenPage) -> None:
    page = visit()
    page.locator("#team-menu summary").click()
    page.get_by_role("button", name="Remove Palabre…").click()
    page.locator("#confirm-yes").click()
    wait_until_done(page, "uninstall")
    assert desk.did("uninstall") == [{"user": "U0ANA"}]


def test_without_the_app_the_page_offers_nothing_of_it_but_to_install_it(desk: Desk, visit: OpenPage) -> None:
    desk.workspace.app_installed = False
    page = visit()
    expect(page.locator("#go-home")).to_have_count(0)
    expect(page.locator(".chip")).to_have_count(0)
    page.locator("#team-menu summary").click()
    page.get_by_role("button", name="Install Palabre").click()
    wait_until_done(page, "install")
    assert desk.did("install") == [{"user": "U0ANA"}]


def test_who_is_no_admin_is_offered_no_removal(visit: OpenPage) -> None:
    expect(visit("U0BEN").locator("#team-menu")).to_have_count(0)
