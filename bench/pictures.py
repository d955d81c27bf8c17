"""Makes the README's pictures: starts the demo, has people ask and vote on its page, and photographs it."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "slack_app/playground/pictures"
QUESTION = "Where shall we meet?"
CAFE, LIBRARY, ONLINE = "Café de la Paix", "The library", "Online"
VOTES = {"U0BEN": CAFE, "U0CHLOE": CAFE, "U0DRISS": LIBRARY, "U0GIL": CAFE}
CHANNEL = "C0GENERAL"
DESK: ViewportSize = {"width": 1140, "height": 580}
PHONE: ViewportSize = {"width": 390, "height": 780}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        ask(browser, address)
        for person, option in VOTES.items():
            vote(browser, address, person, option)
        photograph(browser, address, "poll", DESK)
        photograph(browser, address, "phone", PHONE, dark=True)
        photograph(browser, address, "home", DESK, place="home")
        browser.close()
    for picture in sorted(FOLDER.glob("*.png")):
        print(f"{picture.name}: {picture.stat().st_size / 1000:.0f} kB")


@contextmanager
def demo() -> Iterator[str]:
    """Run the demo on a free port for as long as the block lasts; give its address."""
    command = [sys.executable, "-m", "slack_app", "demo", "--no-browser", "--port", str(free_port())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603 - our own program
        try:
            yield address_in(running)
        finally:
            running.terminate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def address_in(running: subprocess.Popen[str]) -> str:
    """Return the address that the demo prints as soon as the app behind the page is there too."""
    for line in running.stdout or ():
        if found := re.search(r"http://\S+", line):
            return found.group()
    raise RuntimeError("The demo ended before it had a page.")


def chromium() -> str | None:
    """Return the machine's Chromium; None lets Playwright take its own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for found in map(which, names) if found), None)


@contextmanager
def page_of(
    browser: Browser,
    address: str,
    person: str,
    place: str = CHANNEL,
    size: ViewportSize = DESK,
    dark: bool = False,
) -> Iterator[Page]:
    context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light")
    page = context.new_page()
    page.goto(f"{address.rstrip('/')}/?as={person}&channel={place}")
    page.locator("#go-home").wait_for(state="attached")
    yield page
    context.close()


def ask(browser: Browser, address: str) -> None:
    with page_of(browser, address, "U0ANA") as page:
        page.locator("#composer-text").fill(f'/poll "{QUESTION}" "{CAFE}" "{LIBRARY}" "{ONLINE}"')
        page.locator("#composer-send").click()
        page.get_by_role("button", name="Close poll").first.wait_for()


def vote(browser: Browser, address: str, person: str, option: str) -> None:
    with page_of(browser, address, person) as page:
        page.get_by_role("button", name=f"Vote for {option}").last.click()
        page.get_by_text("Only visible to you").last.wait_for()


def photograph(
    browser: Browser, address: str, name: str, size: ViewportSize, *, place: str = CHANNEL, dark: bool = False
) -> None:
    with page_of(browser, address, "U0ANA", place, size, dark) as page:
        page.locator("#messages").get_by_text(QUESTION).last.wait_for()
        settle(page)
        page.screenshot(path=FOLDER / f"{name}.png")


def settle(page: Page) -> None:
    """Let the worker draw the last vote, so that the picture holds every one."""
    page.wait_for_timeout(2500)


if __name__ == "__main__":
    main()
