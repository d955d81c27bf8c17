"""The app is taken out of the pretend workspace, and put in again, as in Slack."""

from collections.abc import Iterator

import pytest

from slack_app.playground.gestures import CannotDo
from slack_app.playground.server import Playground
from tests.playground.conftest import MANIFEST, Api
from tests.playground.test_gestures import BUTTONS, FORM, opened
from tests.playground.tiny_app import Delivered, Reply, TinyApp

HEARS = ["app_home_opened", "app_uninstalled", "message.im", "tokens_revoked"]
TOLD = MANIFEST | {"settings": {"event_subscriptions": {"bot_events": HEARS}}}


@pytest.fixture
def playground(app: TinyApp) -> Iterator[Playground]:
    with Playground(app.url, manifest=TOLD) as started:
        yield started


def events(app: TinyApp) -> list[str]:
    return [each.payload["event"]["type"] for each in app.came]


@pytest.mark.parametrize("tokens_first", [True, False])
def test_the_app_hears_of_its_end_by_two_events_in_either_order(
    playground: Playground, app: TinyApp, tokens_first: bool
) -> None:
    playground.gestures.uninstall("U0ANA", tokens_first)
    told = ["tokens_revoked", "app_uninstalled"]
    assert events(app) == (told if tokens_first else told[::-1])
    revoked = app.of("tokens_revoked")[0]["event"]
    assert revoked["tokens"] == {"oauth": [], "bot": ["U0PALABRE"]}


def test_the_token_is_dead_before_the_app_hears_of_it(playground: Playground, app: TinyApp, api: Api) -> None:
    said = []

    def answer(_: Delivered) -> Reply:
        said.append(api("chat.postMessage", channel="C0GENERAL", text="Hello")["error"])
        return Reply()

    app.answer = answer
    playground.gestures.uninstall()
    assert said == ["account_inactive", "account_inactive"]
    assert api("auth.test")["error"] == "account_inactive"


def test_an_app_that_is_gone_hears_nothing_of_what_people_do(
    playground: Playground, app: TinyApp, api: Api
) -> None:
    ts = api("chat.postMessage", channel="C0GENERAL", text="Tea?", blocks=BUTTONS)["ts"]
    view = opened(playground, api, FORM)
    playground.gestures.fill("U0ANA", f"view:{view.id}", "question", "it", "Tea?")
    playground.gestures.uninstall()
    app.came.clear()
    assert "is not a valid command" in (playground.gestures.say("U0BEN", "C0GENERAL", "/poll").shown or "")
    assert not playground.gestures.submit("U0ANA", view.id).ok
    with pytest.raises(CannotDo):
        playground.gestures.act("U0BEN", f"message:C0GENERAL:{ts}", "options", "polls.vote:0")
    with pytest.raises(CannotDo):
        playground.gestures.open_home("U0BEN")
    with pytest.raises(CannotDo):
        playground.gestures.shortcut("U0BEN", "polls.ask")
    assert app.came == []


def test_put_in_again_it_works_and_is_to_be_invited_anew(playground: Playground, api: Api) -> None:
    playground.gestures.uninstall()
    playground.gestures.install()
    assert api("chat.postMessage", channel="C0CRAFT", text="Hello")["error"] == "channel_not_found"
    playground.gestures.invite_app("C0GENERAL")
    assert api("chat.postMessage", channel="C0GENERAL", text="Hello")["ok"]


def test_only_an_admin_takes_it_out_and_only_once(playground: Playground) -> None:
    with pytest.raises(CannotDo):
        playground.gestures.uninstall("U0BEN")
    with pytest.raises(CannotDo):
        playground.gestures.install("U0ANA")
    playground.gestures.uninstall("U0ANA")
    with pytest.raises(CannotDo):
        playground.gestures.uninstall("U0ANA")


def test_starting_afresh_puts_it_in_again(playground: Playground, api: Api) -> None:
    playground.gestures.uninstall()
    playground.gestures.reset()
    assert api("chat.postMessage", channel="C0GENERAL", text="Hello")["ok"]
