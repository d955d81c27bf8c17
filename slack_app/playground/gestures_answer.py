"""What a person learns after a gesture."""

from dataclasses import dataclass

from slack_app.playground.delivery import Outcome
from slack_app.playground.refused import CannotDo

__all__ = ["Answer", "CannotDo", "answer_to_press"]


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is the app's HTTP status (0: nothing was delivered or nothing came back)."""

    ok: bool
    status: int = 0
    took_ms: float = 0.0
    shown: str | None = None


def answer_to_press(outcome: Outcome) -> Answer:
    """What Slack shows beside a button: nothing, or that the app did not take it."""
    shown = None
    if outcome.late:
        shown = "⚠ Palabre is not responding."
    elif outcome.trouble:
        shown = "⚠ Palabre could not be reached."
    elif not outcome.ok:
        shown = f"⚠ This app responded with Status Code {outcome.status}."
    return Answer(outcome.ok, outcome.status, outcome.took_ms, shown)
