"""A first survey, step by step: walked on the demo's page, each step photographed in light and in dark."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, ViewportSize

from bench._browsing import Scheme, page_of, say
from bench._scene import Scene
from bench._sheets import SCHEMES
from bench._tellers import Teller

TALL: ViewportSize = {"width": 390, "height": 2600}
"""As wide as a phone, and as high as what is longest."""
CROWD = 14
"""How many more are in the channel than the demo brings."""
ANSWER = "[data-action='answering.open']"


@dataclass(frozen=True, slots=True)
class Album:
    """Pictures of the same things, in light and in dark."""

    light: list[bytes] = field(default_factory=list)
    dark: list[bytes] = field(default_factory=list)

    def of(self, scheme: Scheme) -> list[bytes]:
        return self.dark if scheme == "dark" else self.light

    def take(self, shown: Locator) -> None:
        # A message under the mouse has another colour.
        shown.page.mouse.move(0, 0)
        for scheme in SCHEMES:
            self.of(scheme).append(_photograph(shown, scheme))


def _photograph(shown: Locator, scheme: Scheme) -> bytes:
    shown.page.emulate_media(color_scheme=scheme)
    box = shown.bounding_box()
    if box is None:
        raise RuntimeError("What should be photographed is not there.")
    if shown.evaluate("shown => shown.matches('article:not(.only-me)')"):
        # A message reaches to the edges of its list; the list's own margin makes it easier to look at.
        box |= {"x": 0, "width": TALL["width"]}
    return shown.page.screenshot(clip=box, animations="disabled")


def asking(browser: Browser, scene: Scene, teller: Teller) -> Album:
    """From the choice of a survey to the thank-you for an answer: a picture for each of teller.asking."""
    album = Album()
    scene.crowd(teller.channel, CROWD)
    with tall(browser, scene, teller, teller.owner) as page:
        _launch(page, album)
    with tall(browser, scene, teller, teller.answerer) as page:
        _answer(page, teller, album)
    return album


def reading(browser: Browser, scene: Scene, teller: Teller) -> Album:
    """From Home to the report and the weekly one: a picture for each of teller.reading."""
    album = Album()
    scene.answer(scene.newest(teller.channel), 11, teller.comments)
    with tall(browser, scene, teller, teller.owner, "home") as page:
        _let_grow(page.locator("#messages"))
        page.locator("[data-action='reports.open']").first.wait_for()
        album.take(page.locator("#messages"))
    with tall(browser, scene, teller, teller.owner) as page:
        _read(page, scene, album)
    return album


def reports(browser: Browser, scene: Scene, teller: Teller, people: int) -> Album:
    """The report of a new survey that so many people answered."""
    album = Album()
    with tall(browser, scene, teller, teller.owner) as page:
        launch(page)
        scene.answer(scene.newest(teller.channel), people, teller.comments)
        album.take(report(page))
    return album


def tall(
    browser: Browser, scene: Scene, teller: Teller, person: str, place: str = ""
) -> AbstractContextManager[Page]:
    return page_of(
        browser, scene.playground.url, person, place or teller.channel, TALL, language=teller.language
    )


# --- the steps ---


def _launch(page: Page, album: Album) -> None:
    say(page, "/survey")
    inside(page, "[data-block=template]").first.wait_for()
    album.take(modal(page))
    submit(page)
    inside(page, "[data-block=closes]").wait_for()
    album.take(modal(page))
    submit(page)
    _end(page, album)
    page.locator(ANSWER).last.wait_for()
    album.take(page.locator("article").last)


def _answer(page: Page, teller: Teller, album: Album) -> None:
    page.locator(ANSWER).last.click()
    inside(page, "[data-block=satisfaction]").first.wait_for()
    album.take(modal(page))
    submit(page)
    inside(page, ".error").first.wait_for()
    album.take(modal(page))
    inside(page, "[data-block=satisfaction] input").nth(3).check()
    inside(page, "select[data-block=recommend]").select_option("8")
    submit(page)
    _fill_last_page(page, teller.comments[0])
    album.take(modal(page))
    submit(page)
    _end(page, album)


def _fill_last_page(page: Page, comment: str) -> None:
    inside(page, "[data-block=value] input").nth(0).check()
    inside(page, "[data-block=value] input").nth(2).check()
    inside(page, "textarea").fill(comment)
    inside(page, "textarea").blur()


def _read(page: Page, scene: Scene, album: Album) -> None:
    say(page, "/report")
    inside(page, "[data-block=survey]").wait_for()
    album.take(modal(page))
    page.keyboard.press("Escape")
    album.take(report(page))
    scene.playground.gestures.show_charts(False)
    album.take(report(page))
    scene.playground.gestures.show_charts(True)
    say(page, "/report weekly monday 9:00")
    page.locator("article.only-me").last.wait_for()
    album.take(page.locator("article.only-me").last)


def launch(page: Page) -> None:
    """Launch the survey that is offered first, and see it in its channel."""
    there = page.locator(ANSWER).count()
    say(page, "/survey satisfaction")
    inside(page, "[data-block=closes]").wait_for()
    submit(page)
    _end(page)
    page.locator(ANSWER).nth(there).wait_for()


def report(page: Page) -> Locator:
    """Have the newest survey's report posted, and return it."""
    there = page.locator("article h2").count()
    say(page, "/report")
    inside(page, "[data-block=survey]").wait_for()
    submit(page)
    _end(page)
    page.locator("article h2").nth(there).wait_for()
    return page.locator("article", has=page.locator("h2")).last


def modal(page: Page) -> Locator:
    return page.locator("#modal")


def inside(page: Page, what: str) -> Locator:
    return modal(page).locator(what)


def submit(page: Page) -> None:
    page.locator("#view-submit").click()


def _end(page: Page, album: Album | None = None) -> None:
    """See the modal that has nothing more to send, and close it."""
    page.locator("#view-submit").wait_for(state="detached")
    if album is not None:
        album.take(modal(page))
    page.locator("#view-close").click()


def _let_grow(shown: Locator) -> None:
    """Have Home be as high as what is in it, not as high as the window."""
    shown.evaluate("shown => { shown.style.flex = 'none'; }")
