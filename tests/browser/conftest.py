"""A browser, and a small pretend playground whose gestures are written down, for the tests of the page."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, jsonify, request
from playwright.sync_api import Browser, Error, Page, sync_playwright
from werkzeug.serving import make_server

from slack_app.demo import playing
from slack_app.playground.clock import Clock
from slack_app.playground.elements import state_value
from slack_app.playground.ids import elements_of
from slack_app.playground.page import create_page
from slack_app.playground.scenes import seed
from slack_app.playground.workspace import BOT_USER, Message, View, Workspace

SYSTEM_CHROMIUM = Path("/usr/bin/chromium")


@dataclass
class Desk:
    """The page's playground in these tests: a real workspace, gestures written down and simply obeyed."""

    workspace: Workspace
    gestures: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    manifest: Mapping[str, Any] = field(
        default_factory=lambda: {
            "display_information": {"name": "Palabre"},
            "features": {"slash_commands": [{"command": "/poll", "description": "Ask a poll"}]},
            "oauth_config": {"scopes": {"bot": ["commands"]}},
        }
    )
    url: str = ""

    def did(self, name: str) -> list[dict[str, Any]]:
        return [args for done, args in self.gestures if done == name]

    def obey(self, name: str, args: dict[str, Any]) -> dict[str, Any]:
        self.gestures.append((name, args))
        {
            "say": self.say,
            "fill": self.fill,
            "close": self.close,
            "submit": self.close,
            "reset": self.reset,
        }.get(name, dict)(args)
        self.workspace.note("gesture", f"Done: {name}")
        return {"ok": True, "shown": None, **self.answers.get(name, {})}

    def say(self, args: dict[str, Any]) -> None:
        ts = self.workspace.new_ts()
        thread = args.get("thread_ts")
        self.workspace.add(Message(args["channel"], ts, args["user"], args["text"], thread_ts=thread))

    def fill(self, args: dict[str, Any]) -> None:
        view = self.workspace.view(args["surface"].removeprefix("view:"))
        for block in view.blocks if view else ():
            for element in elements_of(block):
                if view and (block["block_id"], element.get("action_id")) == (
                    args["block_id"],
                    args["action_id"],
                ):
                    kept = view.state.setdefault(block["block_id"], {})
                    kept[args["action_id"]] = state_value(element, args["choice"])

    def close(self, args: dict[str, Any]) -> None:
        if not self.answers.get("submit"):
            self.workspace.stacks[args["user"]] = []

    def reset(self, _args: dict[str, Any]) -> None:
        self.workspace.reset()

    def post(self, blocks: list[dict[str, Any]], text: str = "A poll", **more: Any) -> Message:
        ts = self.workspace.new_ts()
        return self.workspace.add(Message("C0GENERAL", ts, BOT_USER, text, blocks, app=True, **more))

    def open(self, blocks: list[dict[str, Any]], user: str = "U0ANA", **more: Any) -> View:
        payload = {"title": {"type": "plain_text", "text": "Ask a poll"}, "blocks": blocks}
        payload["submit"] = {"type": "plain_text", "text": "Ask"}
        view = View("V1", user, "modal", payload, "1.x", **more)
        self.workspace.stacks[user] = [view]
        self.workspace.touch()
        return view


def _stream(workspace: Workspace, over: threading.Event) -> Iterator[str]:
    seen = -1
    while not over.is_set():
        version = workspace.wait_for_change(seen, 0.2)
        yield f"event: change\ndata: {version}\n\n" if version > seen else ": still here\n\n"
        seen = version


def _app(desk: Desk, over: threading.Event) -> Flask:
    app = Flask(__name__)
    app.register_blueprint(create_page(desk))

    @app.post("/control/<name>")
    def control(name: str) -> Response:
        return jsonify(desk.obey(name, request.get_json()))

    @app.get("/happenings/stream")
    def stream() -> Response:
        return Response(_stream(desk.workspace, over), mimetype="text/event-stream")

    return app


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk(Workspace(Clock(), seed))
    over = threading.Event()
    server = make_server("127.0.0.1", 0, _app(desk, over), threaded=True)
    desk.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield desk
    over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Run the demo in a thread: the browser keeps an event loop in this one, where no engine starts."""
    with ThreadPoolExecutor(1) as aside, ExitStack() as kept:
        yield aside.submit(kept.enter_context, playing(str(folder), 0)).result()
        aside.submit(kept.close).result()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            path = SYSTEM_CHROMIUM if SYSTEM_CHROMIUM.exists() else None
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Error as problem:
            _without_browser(problem)
        yield browser
        browser.close()


def _without_browser(problem: Error) -> None:
    told = f"NO BROWSER: the page is not tested ({problem.message.splitlines()[0]})"
    if os.environ.get("CI") == "true":
        pytest.fail(told)
    pytest.skip(told)


OpenPage = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, desk: Desk) -> Iterator[OpenPage]:
    """Open the page as somebody; any error the browser reports fails the test."""
    contexts = []
    problems: list[str] = []

    def open_page(person: str = "U0ANA", channel: str = "C0GENERAL", **options: Any) -> Page:
        context = browser.new_context(
            viewport=options.pop("viewport", {"width": 1280, "height": 800}), **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        page.goto(f"{desk.url}/?as={person}&channel={channel}")
        page.wait_for_selector("[data-slot=title] h1")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []
