"""Makes the README's pictures: starts the demo, has people ask and answer on its page, and photographs it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bench import _steps as steps
from bench._browsing import CAFE, LIBRARY, PHONE, QUESTION, Scheme, ask, chromium, page_of
from bench._polls import CHANNELS, LANGUAGES, Language, examples, message_of, put
from bench._scene import Scene, scene
from bench._sheets import SCHEMES, in_few_colours, sheet
from bench._tellers import ENGLISH, FRENCH, Teller

FOLDER = Path(__file__).resolve().parents[1] / "slack_app/playground/pictures"
VOTES = {"U0BEN": CAFE, "U0CHLOE": CAFE, "U0DRISS": LIBRARY, "U0GIL": CAFE}
ANSWERS = (0, 1, 12, 400)
LONG: ViewportSize = {"width": 1140, "height": 1000}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with playing() as (browser, there):
        poll(browser, there)
    for language in LANGUAGES:
        with playing() as (browser, there):
            kinds(browser, there, language)
    with playing() as (browser, there):
        report(browser, there)
    for teller in (ENGLISH, FRENCH):
        with playing() as (browser, there):
            survey(browser, there, teller)
        with playing() as (browser, there):
            reports(browser, there, teller)
    for picture in sorted(FOLDER.glob("*.png")):
        print(f"{picture.name}: {picture.stat().st_size / 1000:.0f} kB")


@contextmanager
def playing() -> Iterator[tuple[Browser, Scene]]:
    """A demo of its own, and a browser. In this order: beside a browser's event loop no engine starts."""
    with scene() as there, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser, there
        browser.close()


def keep(name: str, picture: bytes) -> None:
    (FOLDER / f"{name}.png").write_bytes(picture)


# --- a poll ---


def poll(browser: Browser, there: Scene) -> None:
    """Ana asks, four people vote, and three pictures show how it stands."""
    address = there.playground.url
    ask(browser, address)
    for person, option in VOTES.items():
        with page_of(browser, address, person) as page:
            page.get_by_role("button", name=f"Vote for {option}").last.click()
            page.locator("article.only-me").last.wait_for()
    with page_of(browser, address, "U0ANA") as page:
        keep("poll", photograph(page))
    with page_of(browser, address, "U0ANA", size=PHONE, scheme="dark") as page:
        keep("phone", photograph(page))
    with page_of(browser, address, "U0ANA", "home") as page:
        keep("home", photograph(page))


def photograph(page: Page) -> bytes:
    page.locator("#messages").get_by_text(QUESTION).last.wait_for()
    # The worker draws the last vote, so that the picture holds every one.
    page.wait_for_timeout(2500)
    return in_few_colours(page, page.screenshot())


KINDS = ("choice-open", "anonymous-closed", "ranking-closed", "dates-open", "rating-open", "quiz-closed")


def kinds(browser: Browser, there: Scene, language: Language) -> None:
    """The six kinds of polls asked most, as they stand in their channel: English in light, French in dark."""
    scheme: Scheme = "light" if language == "en" else "dark"
    wanted = {each.name: each for each in examples(language)}
    asked = [(wanted[name], put(there, wanted[name], language)) for name in KINDS]
    channel, owner = CHANNELS[language]
    with page_of(browser, there.playground.url, owner, channel, steps.TALL, scheme=scheme) as page:
        # The worker draws the last vote, so that the picture holds every one.
        page.wait_for_timeout(2500)
        album = steps.Album()
        for _, poll in asked:
            shown = page.locator(message_of(there, poll)).last
            shown.evaluate("shown => shown.scrollIntoView({block: 'center'})")
            album.take(shown)
    figures = list(zip((example.caption for example, _ in asked), album.of(scheme), strict=True))
    columns = [figures[0:4:3], figures[1:2] + figures[4:5], [figures[2], figures[5]]]
    keep(f"polls-{language}-{scheme}", sheet(browser, columns, scheme))


# --- a survey and its report ---


def survey(browser: Browser, there: Scene, teller: Teller) -> None:
    """Every step of a first survey, on two sheets in light and two in dark."""
    asking, reading = steps.asking(browser, there, teller), steps.reading(browser, there, teller)
    for scheme in SCHEMES:
        name = f"{teller.language[:2]}-{scheme}"
        asked = named(teller.asking, asking.of(scheme))
        read = named(teller.reading, reading.of(scheme), len(asked) + 1)
        keep(f"steps-{name}-1", sheet(browser, [asked[:2], asked[2:5], asked[5:]], scheme))
        keep(f"steps-{name}-2", sheet(browser, [[*read[:2], read[4]], [read[2]], [read[3]]], scheme))
    if teller is ENGLISH:
        keep("survey", sheet(browser, [[(teller.asking[at], asking.light[at])] for at in (3, 4, 7)]))


def report(browser: Browser, there: Scene) -> None:
    """A report in the playground, as its channel finds it."""
    address = there.playground.url
    there.crowd(ENGLISH.channel, steps.CROWD)
    with page_of(browser, address, ENGLISH.owner, size=LONG) as page:
        steps.launch(page)
        there.answer(there.newest(ENGLISH.channel), 12, ENGLISH.comments)
        steps.report(page).evaluate("shown => shown.scrollIntoView()")
        page.mouse.move(0, 0)
        keep("report", in_few_colours(page, page.screenshot()))


def reports(browser: Browser, there: Scene, teller: Teller) -> None:
    """The reports of surveys that few and many answered, side by side."""
    there.crowd(teller.channel, max(ANSWERS) + 200)
    albums = [steps.reports(browser, there, teller, people) for people in ANSWERS]
    scheme: Scheme = "light" if teller is ENGLISH else "dark"
    columns = [
        [(teller.answers.format(people=people), album.of(scheme)[0])]
        for people, album in zip(ANSWERS, albums, strict=True)
    ]
    keep(f"reports-{teller.language[:2]}-{scheme}", sheet(browser, columns, scheme))


def named(names: Sequence[str], pictures: Sequence[bytes], first: int = 1) -> list[tuple[str, bytes]]:
    pairs = zip(names, pictures, strict=True)
    return [(f"{number}. {name}", picture) for number, (name, picture) in enumerate(pairs, first)]


if __name__ == "__main__":
    main()
