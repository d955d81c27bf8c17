"""Photographs every poll's message, and the windows around it, as each reader sees them, to be looked at.

`python3 dev bench gallery --to FOLDER` says where the pictures are put.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from bench._browsing import Scheme, page_of
from bench._notes import notes
from bench._polls import CHANNELS, LANGUAGES, Language, examples, message_of, put
from bench._scene import Scene
from bench._steps import TALL
from bench._windows import windows
from bench.pictures import playing

WIDE: ViewportSize = {"width": 1140, "height": 900}
LOOKS: Sequence[tuple[str, ViewportSize, Scheme]] = (
    ("light", WIDE, "light"),
    ("dark", WIDE, "dark"),
    ("phone", TALL, "light"),
)
READERS: dict[Language, Sequence[str]] = {
    "en": ("U0ANA", "U0BEN", "U0GIL", "U0HUGO"),
    "fr": ("U0CHLOE", "U0DRISS", "U0HUGO"),
}
"""Who asked, somebody who voted, and who did not; in English a guest, too."""


def main() -> None:
    folder = Path(sys.argv[-1] if len(sys.argv) > 1 else "gallery")
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        with playing() as (browser, there):
            messages(browser, there, language, folder)
        with playing() as (browser, there):
            windows(browser, there, language, folder)
        with playing() as (browser, there):
            notes(browser, there, language, folder)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


def messages(browser: Browser, there: Scene, language: Language, folder: Path) -> None:
    channel, owner = CHANNELS[language]
    asked = [(example, put(there, example, language)) for example in examples(language)]
    for name, size, scheme in LOOKS:
        with page_of(browser, there.playground.url, owner, channel, size, scheme=scheme) as page:
            for example, poll in asked:
                photograph(page, message_of(there, poll), folder / f"{language}-{example.name}-{name}.png")
    for reader in READERS[language]:
        with page_of(browser, there.playground.url, reader, channel) as page:
            for example, poll in asked:
                start = folder / f"{language}-{example.name}-{reader}"
                opened(page, message_of(there, poll), start)


def photograph(page: Page, shown: str, path: Path) -> None:
    page.mouse.move(0, 0)
    page.locator(shown).last.screenshot(path=path, animations="disabled")


def opened(page: Page, shown: str, start: Path) -> None:
    """Open each window of a poll that one reader can open."""
    for action in (
        "polls.my_vote",
        "polls.results",
        "polls.who",
        "polls.pictures",
        "polls.method",
        "polls.privacy",
    ):
        button = page.locator(f"{shown} [data-action='{action}']").last
        if button.count():
            button.click()
            dialog = page.locator("#modal[open]")
            dialog.wait_for()
            page.wait_for_timeout(300)
            dialog.screenshot(path=f"{start}-{action.removeprefix('polls.')}.png", animations="disabled")
            page.keyboard.press("Escape")
            page.locator("#modal").wait_for(state="hidden")


if __name__ == "__main__":
    main()
