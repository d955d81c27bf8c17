"""Every limit of a modal or Home tab: a payload exactly at it passes, one just past it does not."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from slack_app.playground.check import Refusal, check_errors
from tests.playground.limits import Row, assert_refused, most, row
from tests.playground.payloads import TEXT_INPUT, Sent, asked, home, modal, plain, section


def short(name: str, length: int) -> Sent:
    return modal(section(), **{name: plain("x" * length)})


def carrying(way: Callable[..., Sent], name: str, length: int) -> Sent:
    return way(section(), **{name: "x" * length})


NO_SUBMIT: dict[str, Any] = {"type": "modal", "title": plain("Ask")}
VIEWS = [
    *(
        most(
            f"modal {name}",
            partial(short, name),
            24,
            f"must be less than 25 characters [json-pointer:/view/{name}/text]",
        )
        for name in ("title", "submit", "close")
    ),
    *(
        row(
            f"modal {name} as plain_text",
            short(name, 3),
            modal(section(), **{name: {"type": "mrkdwn", "text": "Ask"}}),
            f"unsupported type: mrkdwn [json-pointer:/view/{name}/type]",
        )
        for name in ("title", "submit", "close")
    ),
    row(
        "modal title",
        modal(section()),
        Sent("modal", {"type": "modal", "blocks": []}),
        "missing required field: title [json-pointer:/view]",
    ),
    row(
        "modal blocks",
        modal(section()),
        Sent("modal", {"type": "modal", "title": plain("Ask")}),
        "missing required field: blocks [json-pointer:/view]",
    ),
    row(
        "submit once there is an input",
        Sent("modal", {**NO_SUBMIT, "blocks": [section()]}),
        Sent("modal", {**NO_SUBMIT, "blocks": [asked(TEXT_INPUT)]}),
        "missing required field: submit [json-pointer:/view]",
    ),
    *(
        most(
            f"private_metadata of a {way.__name__}",
            partial(carrying, way, "private_metadata"),
            3000,
            "must be less than 3001 characters [json-pointer:/view/private_metadata]",
        )
        for way in (modal, home)
    ),
    *(
        most(
            f"{name} of a view",
            partial(carrying, modal, name),
            255,
            f"must be less than 256 characters [json-pointer:/view/{name}]",
        )
        for name in ("callback_id", "external_id")
    ),
    *(
        row(
            f"no {name} on the Home tab",
            home(section()),
            home(section(), **{name: plain("Ask")}),
            f"invalid additional property: {name} [json-pointer:/view]",
        )
        for name in ("title", "submit", "close")
    ),
    row(
        "a modal opened",
        modal(section()),
        modal(section(), type="home"),
        "must be a valid enum value [json-pointer:/view/type]",
    ),
    row(
        "a Home tab published",
        home(section()),
        home(section(), type="modal"),
        "must be a valid enum value [json-pointer:/view/type]",
    ),
    *(
        row(
            f"a received view's {name} taken out",
            modal(section()),
            modal(section(), **{name: "x"}),
            f"invalid additional property: {name} [json-pointer:/view]",
        )
        for name in ("id", "hash", "state", "team_id")
    ),
    row(
        "notify_on_close as a boolean",
        modal(section(), notify_on_close=True),
        modal(section(), notify_on_close="true"),
        "must provide a boolean [json-pointer:/view/notify_on_close]",
    ),
]

ROWS = [*VIEWS]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_a_view_at_the_limit_passes(case: Row) -> None:
    case.fits.check()


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_a_view_past_the_limit_is_refused(case: Row) -> None:
    assert_refused(case)


VIEW = {"blocks": [asked(TEXT_INPUT, block_id="question"), section(block_id="note")]}


def test_errors_beside_an_input_pass() -> None:
    check_errors(VIEW, {"question": "Write a question."})


@pytest.mark.parametrize("block_id", ["note", "elsewhere"])
def test_errors_nobody_would_see_are_refused(block_id: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_errors(VIEW, {block_id: "Write a question."})
    assert refused.value.error == "invalid_arguments"
    assert refused.value.messages == (
        f"must be the block_id of an input block [json-pointer:/errors/{block_id}]",
    )


def test_errors_that_name_nothing_are_refused() -> None:
    with pytest.raises(Refusal):
        check_errors(VIEW, {})
