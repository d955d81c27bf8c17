"""A message that names the app: what it says, whether it is a whole poll, and what its author is told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.incoming import Event, Who
from slack_app.kit.text import Mrkdwn, as_typed, bold, cut, escaped
from slack_app.kit.words import Words
from slack_app.polls.asking import understood
from slack_app.polls.asking.memory import Memory
from slack_app.polls.lines import as_many_as_fit
from surveys import grammar, quotes, wish_words
from surveys.errors import Refused
from surveys.grammar import Ask
from surveys.polls import Draft, Poll
from surveys.seeing import PollKind
from surveys.text import length
from surveys.wishes import NO_WISHES, Wishes

GIVEN_BACK = 500
SHOWN = 20
"""So many options are read back; the form shows them all."""
MOMENTS = 300
"""Room for when it is posted and closed, in the block with the question and the options."""
_POLL_WORD = re.compile(r"^/?(?:poll|sondage)(?=\s|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """message: its timestamp; thread: that of the thread it stands in; text: with Slack's marks in it."""

    who: Who
    channel: str
    message: str
    thread: str | None
    text: str
    me: str
    is_direct: bool

    def typed(self, text: str) -> str:
        """Return what was typed beside the app's name. text: this one's, with people's names in it."""
        before, *parts = text.split(f"<@{self.me}")
        rest = "".join(part.partition(">")[2] for part in parts)
        return _POLL_WORD.sub("", as_typed(before + rest).strip()).strip()

    @property
    def is_addressed(self) -> bool:
        """Whether it speaks to us, not about us: our name stands first, or nobody else is there."""
        return self.is_direct or self.text.lstrip().startswith(f"<@{self.me}")

    def gives_away(self, wanted: Ask) -> bool:
        """Whether it shows others which answer of a quiz is right."""
        return wanted.wishes.kind is PollKind.QUIZ and not self.is_direct

    @property
    def memory(self) -> Memory:
        return Memory("" if self.is_direct else self.channel, "" if self.is_direct else self.thread or "")


def read(event: Event, me: str) -> Mention | None:
    """Return a new message that a person wrote to us; None for edits, for bots' and for our own."""
    said = event.content
    if said.get("subtype") or said.get("edited") or said.get("bot_id") or event.who.user in ("", me):
        return None
    text, channel, message = said.get("text"), said.get("channel"), said.get("ts")
    if not (isinstance(text, str) and isinstance(channel, str) and isinstance(message, str)):
        return None
    is_direct = said.get("channel_type") == "im"
    if event.name == "message" and not is_direct:
        return None
    thread = said.get("thread_ts")
    return Mention(
        event.who, channel, message, thread if isinstance(thread, str) else None, text, me, is_direct
    )


def is_whole(text: str, wanted: Ask, language: str) -> bool:
    """Tell whether a message surely means this poll: its options are written out, or its question quoted."""
    if wanted.wishes.is_ambiguous:
        return False
    usual = (grammar.usual_options(language), grammar.RATINGS)
    return wanted.options not in usual or _is_quoted(text, wanted.question)


def _is_quoted(text: str, question: str) -> bool:
    return any(part.kind is quotes.Kind.QUOTED and part.text == question for part in quotes.read(text))


def is_chatter(text: str, wanted: Ask) -> bool:
    """Tell whether a message rather talks about us than asks something."""
    said = replace(wanted.wishes, is_ambiguous=False)
    return said == NO_WISHES and not any(mark in text for mark in grammar.QUESTION_MARKS)


def wanted(said: Mention, wishes: Wishes, words: Words) -> Note:
    """What somebody is told who named us and asked nothing yet."""
    told = words(
        "What would you like to ask? Write it after my name, the options in quotes: {example} "
        "Or open the form.",
        example=Mrkdwn(f"`@Palabre {words.plain('“When shall we meet?” “On Monday” “On Friday”')}`"),
    )
    return _note(told, blocks.actions(_form_button(said, wishes, words)))


def refused(said: Mention, reason: Refused, words: Words) -> Note:
    """What somebody is told whose message can't be asked as it is: why, and what they wrote."""
    told = words.refusal(reason)
    typed = escaped(cut(quotes.tidy(said.typed(said.text)), GIVEN_BACK))
    shown = Mrkdwn(f"{told}\n>{typed}") if typed else told
    return _note(shown, blocks.actions(_form_button(said, NO_WISHES, words)))


def _form_button(said: Mention, wishes: Wishes, words: Words) -> Block:
    known = " ".join(wish_words.printed(wishes, "en"))
    name = words.plain("Open the form")
    return blocks.button(name, f"polls.ask_here:{known}", str(said.memory), style="primary")


def read_back(poll: Poll, draft: Draft, zone: str, words: Words, *, is_given_away: bool = False) -> Note:
    """What was understood of a message, for its author to say whether it is meant."""
    lines = [
        bold(draft.question),
        *(tuple(understood.told_dates(draft, zone, words)) or _options(draft)),
        *understood.told_moments(draft.terms, zone, words),
    ]
    told = words("Is this what you want to ask? Nobody else sees it yet, and tomorrow it is forgotten.")
    if is_given_away:
        told = words(
            "Your message shows everybody here which answer is right. Delete it first, then post the quiz: "
            "that keeps the secret. Nobody else sees the quiz yet, and tomorrow it is forgotten."
        )
    shown = Mrkdwn("\n".join(lines))
    return blocks.message(
        Mrkdwn(f"{told}\n{shown}"),
        [blocks.section(told), blocks.section(shown), blocks.actions(*_choices(poll, words))],
    )


def _options(draft: Draft) -> Iterator[Mrkdwn]:
    told = [Mrkdwn(f"• {escaped(option.whole)}") for option in draft.options[:SHOWN]]
    fitting = as_many_as_fit(told, blocks.SECTION - length(bold(draft.question)) - MOMENTS)
    yield from fitting
    if len(draft.options) > len(fitting):
        yield Mrkdwn("…")


def _choices(poll: Poll, words: Words) -> Iterator[Block]:
    yield blocks.button(words.plain("Post it"), "polls.post_again", poll.id, style="primary")
    yield blocks.button(words.plain("Look it over"), "polls.look_over", poll.id)
    yield blocks.button(words.plain("Drop it"), "polls.drop", poll.id)


def _note(told: Mrkdwn, *more: Block) -> Note:
    return blocks.message(told, [blocks.section(told), *more])
