"""The demo in a process of its own, and its page in a browser."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize

Scheme = Literal["light", "dark"]
CHANNEL = "C0GENERAL"
QUESTION = "Where shall we meet?"
CAFE, LIBRARY, ONLINE = "Café de la Paix", "The library", "Online"
DESK: ViewportSize = {"width": 1140, "height": 580}
PHONE: ViewportSize = {"width": 390, "height": 780}


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
    *,
    scheme: Scheme = "light",
    language: str = "en-GB",
) -> Iterator[Page]:
    context = browser.new_context(viewport=size, color_scheme=scheme, locale=language)
    page = context.new_page()
    page.goto(f"{address.rstrip('/')}/?as={person}&channel={place}")
    page.locator("#go-home").wait_for(state="attached")
    yield page
    context.close()


def say(page: Page, text: str) -> None:
    page.locator("#modal").wait_for(state="hidden")
    page.locator("#composer-text").fill(text)
    page.locator("#composer-send").click()


def ask(browser: Browser, address: str) -> None:
    with page_of(browser, address, "U0ANA") as page:
        say(page, f'/poll "{QUESTION}" "{CAFE}" "{LIBRARY}" "{ONLINE}"')
        page.get_by_role("button", name="Close poll").first.wait_for()
