"""Modals and the Home tab: submitting, closing, opening, and what each answer of the app does."""

from collections.abc import Mapping
from typing import Any

from slack_app.playground import check, modals, payloads
from slack_app.playground.delivery import Outcome
from slack_app.playground.filled_in import faults_of
from slack_app.playground.gestures_answer import Answer, CannotDo
from slack_app.playground.refused import SlackError
from slack_app.playground.said import said
from slack_app.playground.stage import Stage
from slack_app.playground.workspace import View

_TROUBLE = "We had some trouble connecting. Try again?"


def submit(stage: Stage, user: str, view_id: str) -> Answer:
    locale = stage.person(user).locale
    view = _top(stage, user, view_id)
    errors = {block_id: said(sentence, locale) for block_id, sentence in faults_of(view).items()}
    with stage.workspace.lock:
        view.errors, view.trouble = errors, None
        stage.workspace.touch()
        payload = payloads.view_submission(stage, view)
    if errors:
        # Slack's own client refuses: the app never hears of it.
        return Answer(False, shown=next(iter(errors.values())))
    outcome = Outcome(0, trouble="connection_failed")
    if stage.workspace.app_installed:
        outcome = stage.delivery.send(
            "interactive", payload, f"the form {_title(view)} of {stage.name(user)}"
        )
    if not outcome.ok:
        return _trouble(stage, view, outcome)
    return _answered(stage, view, outcome)


def _top(stage: Stage, user: str, view_id: str) -> View:
    with stage.workspace.lock:
        stack = stage.workspace.stacks.get(user) or []
        if not stack or stack[-1].id != view_id:
            raise CannotDo("That view is no longer open.")
        return stack[-1]


def _title(view: View) -> str:
    title = view.payload.get("title")
    return f"“{title.get('text', '')}”" if isinstance(title, dict) else "of the Home tab"


def _trouble(stage: Stage, view: View, outcome: Outcome) -> Answer:
    """The modal stays open and says so."""
    with stage.workspace.lock:
        view.trouble = _TROUBLE
        stage.workspace.touch()
    return Answer(False, outcome.status, outcome.took_ms, _TROUBLE)


def _answered(stage: Stage, view: View, outcome: Outcome) -> Answer:
    answer = outcome.json() or {}
    action = answer.get("response_action")
    try:
        if not outcome.body.strip() or (outcome.json() is not None and action is None):
            modals.pop(stage, view)
        elif action == "errors":
            return _show_errors(stage, view, answer.get("errors") or {}, outcome)
        elif action == "clear":
            modals.clear(stage, view.user)
        elif action == "update":
            modals.change(stage, view, answer.get("view") or {})
        elif action == "push":
            modals.push_answer(stage, view.user, answer.get("view") or {})
        else:
            raise SlackError("invalid_response_action")
    except (SlackError, check.Refusal) as refused:
        stage.workspace.note(
            "fault", f"Slack refused the answer: {refused.error}", detail=_why(refused), ok=False
        )
        return _trouble(stage, view, outcome)
    return Answer(True, outcome.status, outcome.took_ms)


def _why(refused: SlackError | check.Refusal) -> dict[str, Any]:
    return {"messages": list(refused.messages)} if isinstance(refused, check.Refusal) else {}


def _show_errors(stage: Stage, view: View, errors: Mapping[str, str], outcome: Outcome) -> Answer:
    inputs = {b.get("block_id") for b in view.blocks if b.get("type") == "input"}
    try:
        check.check_errors(view.payload, errors)
    except check.Refusal as refused:
        stage.workspace.note(
            "fault",
            "Palabre's form errors name a block that is no input: Slack shows them nowhere",
            detail={"messages": list(refused.messages)},
            ok=False,
        )
    with stage.workspace.lock:
        view.errors = {key: str(text) for key, text in errors.items() if key in inputs}
        stage.workspace.touch()
        shown = next(iter(view.errors.values()), None)
    return Answer(False, outcome.status, outcome.took_ms, shown)


def close(stage: Stage, user: str, view_id: str, clear: bool) -> Answer:
    stage.person(user)
    view = _top(stage, user, view_id)
    with stage.workspace.lock:
        stack = list(stage.workspace.stacks[user])
    closing = list(reversed(stack)) if clear or view.payload.get("clear_on_close") else [view]
    for one in closing:
        modals.pop(stage, one)
    for one in closing:
        if one.payload.get("notify_on_close") and stage.workspace.app_installed:
            _tell_closed(stage, one, clear)
    return Answer(True)


def _tell_closed(stage: Stage, view: View, cleared: bool) -> None:
    payload = payloads.view_closed(stage, view, cleared)
    stage.delivery.send("interactive", payload, f"that {stage.name(view.user)} closed {_title(view)}")


def open_home(stage: Stage, user: str, tab: str) -> Answer:
    stage.person(user)
    stage.need_app()
    if tab == "home" and not stage.manifest.home_tab:
        raise CannotDo("Palabre has no Home tab.")
    if tab not in ("home", "messages"):
        raise CannotDo("There is no such tab.")
    channel = stage.workspace.dm(user)
    event: dict[str, Any] = {
        "type": "app_home_opened",
        "user": user,
        "channel": channel.id,
        "tab": tab,
        "event_ts": stage.workspace.new_ts(),
    }
    view = stage.workspace.homes.get(user)
    if view is not None and tab == "home":
        event["view"] = payloads.view_back(view)
    outcome = stage.delivery.event(event)
    return Answer(True, outcome.status, outcome.took_ms) if outcome else Answer(True)
