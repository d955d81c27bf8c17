"""What the gallery shows beside polls: the form, drafts, options that voters add, and Home."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import Browser, Page

from bench._browsing import Scheme, page_of
from bench._polls import CHANNELS, ONE, Example, Language, examples, put
from bench._scene import Scene
from bench._steps import TALL
from slack_app.playground.ids import elements_of
from slack_app.playground.workspace import Message, View
from surveys.anonymity import Level
from surveys.options import Adding, Option, asked
from surveys.polls import Poll, Terms

Found = TypeVar("Found")
SECONDS = 20.0
VOTERS: dict[Language, str] = {"en": "U0BEN", "fr": "U0DRISS"}
SAID: dict[Language, tuple[str, ...]] = {
    "en": ("Shall we meet on Friday?", "Tacos\nSushi", "because it is", "*Paris\nLyon", "Soup", "A picnic"),
    "fr": ("On se voit vendredi ?", "Tacos\nSushis", "parce que", "*Paris\nLyon", "Soupe", "Un pique-nique"),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One person looks, on a phone."""

    there: Scene
    page: Page
    user: str
    channel: str
    start: str

    def photograph(self, name: str, shown: str = "#modal[open]") -> None:
        self.page.mouse.move(0, 0)
        self.page.wait_for_timeout(700)
        path = f"{self.start}-{name}.png"
        self.page.locator(shown).last.screenshot(path=path, animations="disabled")

    @property
    def window(self) -> View:
        return until(lambda: self.there.playground.workspace.stacks.get(self.user, [])[-1:])[0]

    def fill(self, **entries: Any) -> None:
        for name, entry in entries.items():
            surface = f"view:{self.window.id}"
            self.there.playground.gestures.fill(self.user, surface, name, name, entry)

    def choose(self, name: str, choice: str) -> None:
        """Make a choice that changes the window, and wait until it has."""
        before, surface = self.window.hash, f"view:{self.window.id}"
        self.there.playground.gestures.fill(self.user, surface, name, f"polls.{name}", choice)
        until(lambda: self.window.hash != before)

    def press(self, action: str, surface: View | Message) -> None:
        name = (
            f"view:{surface.id}" if isinstance(surface, View) else f"message:{surface.channel}:{surface.ts}"
        )
        block = next(
            block["block_id"]
            for block in surface.blocks
            for each in elements_of(block)
            if each.get("action_id") == action
        )
        self.there.playground.gestures.act(self.user, name, block, action)

    def submit(self) -> None:
        self.there.playground.gestures.submit(self.user, self.window.id)

    def close(self) -> None:
        self.there.playground.gestures.close(self.user, self.window.id, True)
        self.page.locator("#modal").wait_for(state="hidden")

    def message(self, poll: Poll) -> Message:
        messages = self.there.playground.workspace.messages(poll.channel)
        return next(each for each in messages if each.app and poll.question in each.text)


def until(found: Callable[[], Found]) -> Found:
    """Wait for what is true, and return it."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if there := found():
            return there
        time.sleep(0.1)
    raise RuntimeError("What should be photographed did not come.")


@contextmanager
def visit(
    browser: Browser, there: Scene, language: Language, user: str, folder: Path, scheme: Scheme = "light"
) -> Iterator[Visit]:
    channel = CHANNELS[language][0]
    with page_of(browser, there.playground.url, user, channel, TALL, scheme=scheme) as page:
        yield Visit(there, page, user, channel, str(folder / f"{language}-{user}"))


def windows(browser: Browser, there: Scene, language: Language, folder: Path) -> None:
    owner, voter = CHANNELS[language][1], VOTERS[language]
    with visit(browser, there, language, owner, folder) as asker:
        forms(asker, language)
        drafts(asker, language)
    polls = {each: put(there, example, language) for each, example in open_to_more(language).items()}
    for user in (voter, owner):
        with visit(browser, there, language, user, folder, "dark" if user == voter else "light") as person:
            added(person, polls, language, is_owner=user == owner)
    named(browser, there, language, folder)


def forms(asker: Visit, language: Language) -> None:
    """The form of each kind, as it is opened and with all of it shown."""
    question, options, why, answers, *_ = SAID[language]
    gestures = asker.there.playground.gestures
    gestures.shortcut(asker.user, "polls.ask")
    # The page keeps what stands in the field that has its focus, so that one is filled in there.
    asker.page.locator("#modal[open] input[type=text]").first.fill(question)
    asker.fill(options=options)
    asker.photograph("form")
    for kind in ("ranking", "rating", "dates", "quiz"):
        asker.choose("kind", kind)
        asker.photograph(f"form-{kind}")
    asker.fill(options=answers, explanation=why)
    asker.press("polls.more", asker.window)
    until(lambda: "names" in asker.window.state)
    asker.photograph("form-quiz-more")
    asker.choose("kind", "choice")
    asker.photograph("form-not-used")
    asker.choose("names", "anonymous")
    asker.photograph("form-anonymous")
    asker.close()
    said = next(each for each in gestures_messages(asker) if not each.app)
    gestures.message_shortcut(asker.user, "polls.ask_this", asker.channel, said.ts)
    asker.photograph("form-poll-this")
    asker.close()


def gestures_messages(asker: Visit) -> list[Message]:
    return asker.there.playground.workspace.messages(asker.channel)


def drafts(asker: Visit, language: Language) -> None:
    """What was read back, and what could not be posted."""
    question, *_ = SAID[language]
    gestures = asker.there.playground.gestures
    for name, channel, text in (
        ("mention", asker.channel, f"@Palabre {question}"),
        ("mention-empty", asker.channel, "@Palabre"),
        ("kept", "C0NOAPP", f'/poll "{question}" "A" "B"'),
    ):
        gestures.say(asker.user, channel, text)
        asker.page.goto(f"{asker.there.playground.url}/?as={asker.user}&channel={channel}")
        asker.page.locator("article.only-me, article:has-text('Palabre')").last.wait_for()
        asker.page.wait_for_timeout(1500)
        asker.photograph(name, "#messages")
    asker.page.goto(f"{asker.there.playground.url}/?as={asker.user}&channel={asker.channel}")


def open_to_more(language: Language) -> dict[str, Example]:
    """Polls to which voters add options or answers."""
    *_, soup, _ = SAID[language]
    other = Option("Other…" if language == "en" else "Autre…", is_other=True)
    options = asked((soup, "Tacos"))
    return {
        "other": Example("other", "Menu 1", (*options, other), Terms(), ONE[:2]),
        "adding": Example("adding", "Menu 2", options, Terms(adding=Adding.ANYONE), ONE[:2]),
        "approved": Example("approved", "Menu 3", options, Terms(adding=Adding.APPROVED), ONE[:2]),
    }


def added(person: Visit, polls: dict[str, Poll], language: Language, *, is_owner: bool) -> None:
    """“Other…” and added options: their windows, and what follows."""
    text = SAID[language][-1]
    if not is_owner:
        person.press("polls.other", person.message(polls["other"]))
        person.photograph("other")
        person.fill(other=text)
        person.submit()
        person.photograph("other-voted")
        person.close()
        for name in ("adding", "approved"):
            person.press("polls.add", person.message(polls[name]))
            person.photograph(f"{name}-window")
            person.fill(added=text)
            person.submit()
            person.page.wait_for_timeout(1500)
    person.press("polls.my_vote", person.message(polls["other"]))
    person.photograph("other-my-vote")
    person.close()
    person.photograph("added", "#messages")
    if is_owner:
        person.press("polls.manage", person.message(polls["adding"]))
        person.photograph("manage")
        person.close()
        home = f"{person.there.playground.url}/?as={person.user}&channel=home"
        person.page.goto(home)
        person.page.locator("[data-action='polls.close']").last.wait_for()
        person.photograph("home", "#messages")


def named(browser: Browser, there: Scene, language: Language, folder: Path) -> None:
    """Who voted, of each kind."""
    with visit(browser, there, language, CHANNELS[language][1], folder) as asker:
        for example in examples(language):
            kind, _, state = example.name.partition("-")
            if state == "open" and kind in {"several", "ranking", "dates", "rating", "quiz"}:
                terms = replace(example.terms, level=Level.NAMED)
                shown = replace(example, name=f"named {kind}", terms=terms, question=f"{example.question} *")
                poll = put(there, shown, language)
                asker.press("polls.who", asker.message(poll))
                asker.photograph(f"who-{kind}")
                asker.close()
