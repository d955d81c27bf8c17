"""A small Slack with the app in it, and the gestures of the people there."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_app.app import Palabre
from slack_app.kit.slack import SlackSaidNo
from slack_app.playground.gestures import Answer
from slack_app.playground.server import Playground
from slack_app.playground.workspace import Message, View
from slack_app.worker import JOBS
from storage import Database, Waiting

GENERAL = "C0GENERAL"
QUESTION = '"Where shall we meet?" "Café de la Paix" "The library" "Online"'


@dataclass(frozen=True, slots=True)
class Town:
    """Ana owns, Ben is a member, Chloé reads French. `settle` lets everything that is due happen."""

    playground: Playground
    palabre: Palabre
    database: Database
    _done: set[str] = field(default_factory=set)

    def settle(self) -> None:
        """Let everything happen that is due; a job that Slack puts off is tried again next time."""
        put_off: set[str] = set()
        self._draw()
        while due := self._due(self._done | put_off):
            for job in due:
                try:
                    self._perform(job)
                except SlackSaidNo as fault:
                    if fault.is_permanent:
                        raise
                    put_off.add(job.id)
                else:
                    self._done.add(job.id)
            self._draw()

    def _perform(self, job: Waiting) -> None:
        """Do a job; while it rests, only the town's clock goes on."""
        tools = replace(self.palabre.tools, rest=self.playground.clock.move)
        JOBS[job.name](job.workspace, job.subject, tools)

    def _draw(self) -> None:
        self.palabre.tools.later.wait()
        self.palabre.worker.redraw()
        self.palabre.tools.later.wait()

    def _due(self, but: set[str]) -> list[Waiting]:
        """The jobs that wait and may run, the earliest first. The engine, which is not here, ends them."""
        now = datetime.now(UTC)  # whoever moves the town's clock brings its jobs forward
        waiting = [job for job in self.database.jobs.waiting() if job.id not in but]
        return sorted((job for job in waiting if (job.due or now) <= now), key=lambda job: job.due or now)

    def move(self, **time: float) -> None:
        """Let time pass, given as days=, hours=, minutes= or seconds=, and what falls due happen."""
        self.playground.gestures.move_clock(timedelta(**time).total_seconds())
        self.settle()

    def say(self, user: str, text: str, channel: str = GENERAL) -> Answer:
        answer = self.playground.gestures.say(user, channel, text)
        self.settle()
        return answer

    def ask(self, user: str = "U0ANA", text: str = QUESTION, channel: str = GENERAL) -> Message:
        """Ask a poll and return its message."""
        self.say(user, f"/poll {text}", channel)
        return self.posted(channel)[-1]

    def posted(self, channel: str = GENERAL) -> list[Message]:
        """The app's messages everybody sees."""
        messages = self.playground.workspace.messages(channel)
        return [each for each in messages if each.app and each.only_for is None and not each.deleted]

    def whispers(self, user: str, channel: str = GENERAL) -> list[str]:
        """The texts only this person sees."""
        return [each.text for each in self.playground.workspace.messages(channel) if each.only_for == user]

    def direct(self, user: str) -> list[Message]:
        """The app's direct messages to this person."""
        return self.posted(self.playground.gestures.open_dm(user))

    def press(self, user: str, message: Message, action: str) -> Answer:
        surface = f"message:{message.channel}:{message.ts}"
        return self._act(user, surface, message.blocks, action)

    def press_in_view(self, user: str, view: View, action: str) -> Answer:
        return self._act(user, f"view:{view.id}", view.blocks, action)

    def choose(self, user: str, message: Message, action: str, choice: object) -> Answer:
        """Choose in a menu of a message; action: how its name begins."""
        block, element = next(
            (block, element)
            for block in message.blocks
            for element in (*block.get("elements", ()), block.get("accessory") or {})
            if element.get("action_id", "").startswith(action)
        )
        surface = f"message:{message.channel}:{message.ts}"
        answer = self.playground.gestures.act(user, surface, block["block_id"], element["action_id"], choice)
        self.settle()
        return answer

    def _act(self, user: str, surface: str, blocks: list[dict[str, Any]], action: str) -> Answer:
        block_id, has_confirm = element_in(blocks, action)
        answer = self.playground.gestures.act(user, surface, block_id, action, confirmed=has_confirm)
        self.settle()
        return answer

    def modal(self, user: str) -> View:
        """The modal on top of what this person has open."""
        return self.playground.workspace.stacks[user][-1]

    def has_modal(self, user: str) -> bool:
        return bool(self.playground.workspace.stacks.get(user))

    def fill(self, user: str, **entries: Any) -> None:
        view = self.modal(user)
        for name, entry in entries.items():
            self.playground.gestures.fill(user, f"view:{view.id}", name, name, entry)

    def submit(self, user: str) -> Answer:
        answer = self.playground.gestures.submit(user, self.modal(user).id)
        self.settle()
        return answer

    def home(self, user: str) -> View:
        self.playground.gestures.open_home(user)
        self.settle()
        return self.playground.workspace.homes[user]


def element_in(blocks: list[dict[str, Any]], action: str) -> tuple[str, bool]:
    """Return the block that holds an element, and whether pressing it asks first."""
    for block in blocks:
        for element in (*block.get("elements", ()), block.get("accessory") or {}):
            if element.get("action_id") == action:
                return block["block_id"], "confirm" in element
    raise LookupError(f"no {action} in {blocks}")


def text_of(blocks: object) -> str:
    """All text in some blocks, a line each."""
    if isinstance(blocks, dict):
        own = [blocks["text"]] if isinstance(blocks.get("text"), str) else []
        return "\n".join([*own, *filter(None, map(text_of, blocks.values()))])
    return "\n".join(filter(None, map(text_of, blocks))) if isinstance(blocks, list) else ""
