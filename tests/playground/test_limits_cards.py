"""Every limit of cards, containers and plans, and where blocks may go."""

import pytest

from tests.playground.limits import Row, assert_refused, elsewhere, least, longest_text, most, needs, row
from tests.playground.payloads import (
    AT,
    LETTER,
    alert,
    button,
    card,
    carousel,
    container,
    data_table,
    feedback,
    icon,
    markdown,
    message,
    modal,
    mrkdwn,
    pie,
    plain,
    plan,
    rich,
    section,
    table,
    tapped,
    task,
    without,
    words,
)

FEEDBACK = f"{AT}/elements/0"
CARDS = [
    most(
        "context_actions",
        lambda n: message(tapped(*[icon()] * n)),
        5,
        f"no more than 5 items allowed {AT}/elements]",
    ),
    least(
        "context_actions empty",
        lambda n: message(tapped(*[icon()] * n)),
        1,
        f"no fewer than 1 items allowed {AT}/elements]",
    ),
    row(
        "context_actions kinds",
        message(tapped(feedback(), icon())),
        message(tapped(button())),
        f"unsupported type: button {FEEDBACK}/type]",
    ),
    row(
        "icon",
        message(tapped(icon())),
        message(tapped(icon(icon="star"))),
        f"must be a valid enum value {FEEDBACK}/icon]",
    ),
    row(
        "feedback value",
        message(tapped(feedback())),
        message(tapped({**feedback(), "negative_button": {"text": plain("Bad")}})),
        f"missing required field: value {FEEDBACK}/negative_button]",
    ),
    longest_text("container title", container(section()), "title", 150),
    longest_text("container subtitle", container(section()), "subtitle", 150),
    most(
        "container children",
        lambda n: message(container(*[section() for _ in range(n)])),
        10,
        f"no more than 10 items allowed {AT}/child_blocks]",
    ),
    least(
        "container empty",
        lambda n: message(container(*[section()] * n)),
        1,
        f"no fewer than 1 items allowed {AT}/child_blocks]",
    ),
    row(
        "container width",
        message(container(section(), width="full")),
        message(container(section(), width="big")),
        f"must be a valid enum value {AT}/width]",
    ),
    row(
        "container title or rich_text_title",
        message({**without(container(section()), "title"), "rich_text_title": rich(words(LETTER))}),
        message(without(container(section()), "title")),
        f"at least one of title, rich_text_title must be given {AT}]",
    ),
    row(
        "container in no container",
        message(container(section())),
        message(container(container(section()))),
        f"unsupported type: container {AT}/child_blocks/0/type]",
    ),
    row(
        "default_collapsed",
        message(container(section(), is_collapsible=True, default_collapsed=True)),
        message(container(section(), default_collapsed=True)),
        f"default_collapsed needs is_collapsible {AT}/default_collapsed]",
    ),
    *(
        longest_text(f"card {field}", card(), field, number)
        for field, number in (("title", 150), ("subtitle", 150), ("body", 200), ("subtext", 200))
    ),
    most(
        "card buttons",
        lambda n: message(card(actions=[button()] * n)),
        3,
        f"no more than 3 items allowed {AT}/actions]",
    ),
    row(
        "card with something",
        message({"type": "card", "body": mrkdwn("a")}),
        message({"type": "card"}),
        f"at least one of hero_image, title, actions, body must be given {AT}]",
    ),
    most("carousel", lambda n: message(carousel(n)), 10, f"no more than 10 items allowed {AT}/elements]"),
    least(
        "carousel empty", lambda n: message(carousel(n)), 1, f"no fewer than 1 items allowed {AT}/elements]"
    ),
    most(
        "alert text",
        lambda n: modal(alert(text=plain(n))),
        200,
        "must be less than 201 characters [json-pointer:/view/blocks/0/text/text]",
    ),
    row(
        "alert level",
        modal(alert(level="error")),
        modal(alert(level="fatal")),
        "must be a valid enum value [json-pointer:/view/blocks/0/level]",
    ),
    most("plan tasks", lambda n: message(plan(n)), 50, f"no more than 50 items allowed {AT}/tasks]"),
    row(
        "task status",
        message(task(status="error")),
        message(task(status="late")),
        f"must be a valid enum value {AT}/status]",
    ),
    row(
        "task alone not pending",
        message({**plan(1), "tasks": [task(status="pending")]}),
        message(task(status="pending")),
        f"a task outside a plan must not be pending {AT}/status]",
    ),
    *(needs(task(), field) for field in ("task_id", "title", "status")),
]


SURFACES = [
    *(
        elsewhere(block, "message", past)
        for block in (markdown(1), table(), tapped(icon()), plan(1), task())
        for past in ("modal", "home")
    ),
    *(
        elsewhere(block, fits, "modal")
        for block in (data_table(), pie(), container(section()), carousel(1))
        for fits in ("message", "home")
    ),
    elsewhere(alert(), "modal", "message"),
    elsewhere(alert(), "modal", "home"),
]

ROWS = [*CARDS, *SURFACES]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_a_card_at_the_limit_passes(case: Row) -> None:
    case.fits.check()


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_a_card_past_the_limit_is_refused(case: Row) -> None:
    assert_refused(case)
