"""Slack's blocks, built in one place that knows every limit and refuses before posting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from slack_app.kit.text import Mrkdwn, cut, unescaped
from surveys.errors import Refused
from surveys.text import length

Block = dict[str, Any]  # Slack's JSON; built here and nowhere else

SECTION = 3000
CONTEXT = 2000
HEADER = 150
BUTTON = 75
TITLE = 24
OPTION = 75
CONFIRM_TEXT = 300
MENU = 100
RADIOS = 10
CHECKBOXES = 10
ADDRESS = 3000
ALT = 2000
CHART_TITLE = 50
CHART_LABEL = 20
CHART_POINTS = 20
ELEMENTS = 25
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_TEXT = 4000
"""What chat.update takes; chat.postMessage would take more."""
ALL_TEXT = 11_000
"""Slack refuses a message whose blocks hold too much text; refusals were seen from 11,300 on."""
REFUSED_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format", "invalid_arguments"})
"""What Slack answers where it does not take a block: a chart it has not rolled out, a lost picture."""


class DoesNotFit(Refused):
    sentence = "This does not fit into Slack: {what} has {count}, and {most} is the most. Please shorten it."


def check(what: str, count: int, most: int) -> None:
    if count > most:
        raise DoesNotFit(what=what, count=count, most=most)


def _plain(text: str, most: int, what: str) -> Block:
    check(what, length(text), most)
    return {"type": "plain_text", "text": text, "emoji": True}


def _mrkdwn(text: Mrkdwn, most: int = SECTION) -> Block:
    check("text", length(text), most)
    return {"type": "mrkdwn", "text": str(text), "verbatim": True}  # or a typed "@here" may ping


def section(text: Mrkdwn, accessory: Block | None = None, block_id: str | None = None) -> Block:
    block: Block = {"type": "section", "text": _mrkdwn(text)}
    return _with(block, accessory=accessory, block_id=block_id)


def verbatim(text: str, block_id: str | None = None) -> Block:
    """A section that shows what somebody typed as it is, without any markup."""
    return _with({"type": "section", "text": _plain(text, SECTION, "text")}, block_id=block_id)


def header(text: str) -> Block:
    return {"type": "header", "text": _plain(text, HEADER, "header")}


def context(*texts: Mrkdwn) -> Block:
    check("context", len(texts), 10)
    return {"type": "context", "elements": [_mrkdwn(text, CONTEXT) for text in texts]}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Block, block_id: str | None = None) -> Block:
    check("actions", len(elements), ELEMENTS)
    return _with({"type": "actions", "elements": list(elements)}, block_id=block_id)


def button(
    text: str,
    action: str,
    value: str,
    *,
    label: str | None = None,
    style: str | None = None,
    confirm: Block | None = None,
) -> Block:
    """A button; label: what a screen reader says in place of `text`."""
    block = {"type": "button", "text": _plain(text, BUTTON, "button"), "action_id": action, "value": value}
    said = cut(label, BUTTON) if label else None
    return _with(block, accessibility_label=said, style=style, confirm=confirm)


def labelled(button: Block, label: str) -> Block:
    """The same button; label: what a screen reader says in place of its text."""
    return button | {"accessibility_label": cut(label, BUTTON)}


def confirm(title: str, text: Mrkdwn, yes: str, no: str) -> Block:
    """A question before an act. Slack shows its text as it is: no marks, nor people's or channels' names."""
    return {
        "title": _plain(title, 100, "title"),
        "text": _plain(unescaped(text), CONFIRM_TEXT, "text"),
        "confirm": _plain(yes, 30, "button"),
        "deny": _plain(no, 30, "button"),
    }


def picture(address: str, alt: str) -> Block:
    """A picture beside a section's text. alt: what is to be seen there, for who does not see it."""
    check("picture's address", length(address), ADDRESS)
    return {"type": "image", "image_url": address, "alt_text": cut(alt, ALT)}


def choice(text: str, value: str, description: str | None = None) -> Block:
    block = {"text": _plain(text, OPTION, "option"), "value": value}
    return _with(block, description=_plain(description, OPTION, "description") if description else None)


def menu(action: str, choices: Sequence[Block], placeholder: str, chosen: Block | None = None) -> Block:
    check("menu", len(choices), MENU)
    block = {
        "type": "static_select",
        "action_id": action,
        "options": list(choices),
        "placeholder": _plain(placeholder, 150, "placeholder"),
    }
    return _with(block, initial_option=chosen)


def radios(action: str, choices: Sequence[Block], chosen: Block | None = None) -> Block:
    check("radio buttons", len(choices), RADIOS)
    return _with(
        {"type": "radio_buttons", "action_id": action, "options": list(choices)}, initial_option=chosen
    )


def checkboxes(action: str, choices: Sequence[Block], chosen: Sequence[Block] = ()) -> Block:
    check("checkboxes", len(choices), CHECKBOXES)
    block = {"type": "checkboxes", "action_id": action, "options": list(choices)}
    return _with(block, initial_options=list(chosen) or None)


def many_menu(
    action: str,
    choices: Sequence[Block],
    placeholder: str,
    chosen: Sequence[Block] = (),
    most: int | None = None,
) -> Block:
    """A menu in which several can be chosen, `most` of them."""
    check("menu", len(choices), MENU)
    block = {
        "type": "multi_static_select",
        "action_id": action,
        "options": list(choices),
        "placeholder": _plain(placeholder, 150, "placeholder"),
    }
    return _with(block, initial_options=list(chosen) or None, max_selected_items=most)


def person_menu(action: str, placeholder: str) -> Block:
    """A menu of everybody in the workspace, in which one person can be found by name."""
    return {
        "type": "users_select",
        "action_id": action,
        "placeholder": _plain(placeholder, 150, "placeholder"),
    }


def people_menu(action: str, placeholder: str, most: int) -> Block:
    """A menu in which up to `most` people can be chosen."""
    return {
        "type": "multi_users_select",
        "action_id": action,
        "placeholder": _plain(placeholder, 150, "placeholder"),
        "max_selected_items": most,
    }


def moment_field(action: str, initial: datetime | None = None) -> Block:
    """A day and an hour, which Slack shows in the zone of the person who fills it in."""
    seconds = int(initial.timestamp()) if initial else None
    return _with({"type": "datetimepicker", "action_id": action}, initial_date_time=seconds)


def day_field(action: str, initial: date | None = None) -> Block:
    """A whole day."""
    return _with(
        {"type": "datepicker", "action_id": action}, initial_date=initial.isoformat() if initial else None
    )


def text_field(
    action: str, *, most: int, lines: bool = False, initial: str = "", placeholder: str = ""
) -> Block:
    block = {"type": "plain_text_input", "action_id": action, "max_length": most, "multiline": lines}
    hint = _plain(placeholder, 150, "placeholder") if placeholder else None
    return _with(block, initial_value=initial or None, placeholder=hint)


def number_field(action: str, initial: int) -> Block:
    """A whole number."""
    return {
        "type": "number_input",
        "action_id": action,
        "is_decimal_allowed": False,
        "initial_value": str(initial),
    }


def channel_field(action: str, initial: str | None = None) -> Block:
    """A menu of conversations the person can see, the present one chosen at first."""
    block: Block = {
        "type": "conversations_select",
        "action_id": action,
        "filter": {"include": ["public", "private", "mpim"], "exclude_bot_users": True},
    }
    return block | (
        {"initial_conversation": initial} if initial else {"default_to_current_conversation": True}
    )


def channel_menu(action: str, placeholder: str) -> Block:
    """The same menu for a message, where Slack knows no present conversation."""
    return {
        "type": "conversations_select",
        "action_id": action,
        "placeholder": _plain(placeholder, 150, "placeholder"),
        "filter": {"include": ["public", "private", "mpim"], "exclude_bot_users": True},
    }


def field(
    block_id: str,
    label: str,
    element: Block,
    hint: str | None = None,
    *,
    optional: bool = False,
    is_told: bool = False,
) -> Block:
    """A field of a form. is_told: whether each choice is sent to us at once, as a press is."""
    block: Block = {"type": "input", "block_id": block_id, "label": _plain(label, 2000, "label")}
    block |= {"element": element, "optional": optional}
    block |= {"dispatch_action": True} if is_told else {}
    return _with(block, hint=_plain(hint, 2000, "hint") if hint else None)


def modal(
    callback: str,
    title: str,
    blocks: Sequence[Block],
    *,
    close: str,
    submit: str | None = None,
    memory: str = "",
) -> Block:
    """A modal; memory: an id that comes back with it, never state."""
    check("modal", len(blocks), VIEW_BLOCKS)
    check("memory", len(memory), 3000)
    view = {
        "type": "modal",
        "callback_id": callback,
        "title": _plain(title, TITLE, "title"),
        "close": _plain(close, TITLE, "button"),
        "blocks": list(blocks),
        "private_metadata": memory,
    }
    return _with(view, submit=_plain(submit, TITLE, "button") if submit else None)


def home(blocks: Sequence[Block]) -> Block:
    check("home", len(blocks), VIEW_BLOCKS)
    return {"type": "home", "blocks": list(blocks)}


def chart(title: str, bars: Sequence[tuple[str, int]], series: str) -> Block:
    """Bars side by side, as a message or Home shows them; series: what is counted, such as "Answers".

    Long texts are cut, and labels that would look alike are told apart.
    """
    check("chart", len(bars), CHART_POINTS)
    labels = _told_apart([label for label, _ in bars])
    points = [{"label": label, "value": value} for label, (_, value) in zip(labels, bars, strict=True)]
    return {
        "type": "data_visualization",
        "title": cut(title, CHART_TITLE),
        "chart": {
            "type": "bar",
            "series": [{"name": cut(series, CHART_LABEL), "data": points}],
            "axis_config": {"categories": labels},
        },
    }


def _told_apart(labels: Sequence[str]) -> list[str]:
    short: list[str] = []
    for number, label in enumerate(labels, 1):
        wanted = cut(label, CHART_LABEL)
        short.append(f"{number}. {cut(label, CHART_LABEL - 4)}" if wanted in short else wanted)
    return short


@dataclass(frozen=True, slots=True)
class Note:
    """A message: its blocks, and the text that says the same to screen readers and notifications."""

    text: Mrkdwn
    blocks: tuple[Block, ...] = ()


def message(text: Mrkdwn, blocks: Sequence[Block]) -> Note:
    """Return a message Slack will take; the text that goes beyond what it takes is cut at a line's end."""
    check("message", len(blocks), MESSAGE_BLOCKS)
    check("all text", sum(map(text_size, blocks)), ALL_TEXT)
    return Note(_cut_at_line(text), tuple(blocks))


def fits(blocks: Sequence[Block]) -> bool:
    """Say whether Slack takes so many blocks with so much text as one message."""
    return len(blocks) <= MESSAGE_BLOCKS and sum(map(text_size, blocks)) <= ALL_TEXT


READ = ("text", "title", "label", "name", "categories")
"""Where blocks hold text that people read."""


def text_size(block: object) -> int:
    """Return how many characters of text a block holds, in every text object and chart inside it."""
    if isinstance(block, dict):
        own = sum(_own_size(value) for key, value in block.items() if key in READ)
        return own + sum(map(text_size, block.values()))
    return sum(map(text_size, block)) if isinstance(block, list) else 0


def _own_size(value: object) -> int:
    texts = value if isinstance(value, list) else [value]
    return sum(length(text) for text in texts if isinstance(text, str))


def _cut_at_line(text: Mrkdwn) -> Mrkdwn:
    if length(text) <= MESSAGE_TEXT:
        return text
    kept: list[str] = []
    for line in text.split("\n"):
        if length("\n".join([*kept, line])) > MESSAGE_TEXT - 2:
            break
        kept.append(line)
    return Mrkdwn("\n".join([*kept, "…"]))


def _with(block: Block, **optional: object) -> Block:
    return block | {name: value for name, value in optional.items() if value is not None}
