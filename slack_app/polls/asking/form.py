"""The form in which a new poll is written: what to ask and where, and all else where somebody wants it."""

from collections.abc import Iterator, Sequence

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.words import Words, languages, own_name
from slack_app.polls.asking import form_kinds, form_more
from slack_app.polls.asking.filled import Filled
from slack_app.polls.asking.form_kinds import Part
from surveys.polls import LONGEST_QUESTION
from surveys.seeing import PollKind


def ask_modal(filled: Filled, words: Words) -> Block:
    """The form, short until somebody wants more of it or has chosen more already."""
    asked, more = list(form_kinds.parts(filled, words)), list(form_more.parts(filled, words))
    is_unfolded = filled.is_unfolded or any(part.fits and not part.is_usual for part in more)
    fields = [
        *(blocks.section(told) for told in (filled.read_back, filled.note) if told),
        *_first_fields(filled, words),
        *_fitting(asked),
        *_where_fields(filled, words),
        *(_fitting(more) if is_unfolded else _folded(filled, words)),
        *_aside([*asked, *more], words),
    ]
    is_read_back = filled.read_back is not None
    return blocks.modal(
        "polls.ask", words.plain("New poll"), fields,
        submit=words.plain("Post it" if is_read_back else "Ask"),
        close=words.plain("Drop it" if is_read_back else "Cancel"),
        memory=str(filled.remembered),
    )  # fmt: skip


def _fitting(parts: Sequence[Part]) -> Iterator[Block]:
    return (field for part in parts if part.fits for field in part.fields)


def _aside(parts: Sequence[Part], words: Words) -> Iterator[Block]:
    """What was filled in and does not fit any more: it stays, or a change of mind would cost it."""
    kept = [field for part in parts if not part.fits and not part.is_usual for field in part.fields]
    if kept:
        yield blocks.divider()
        yield blocks.context(words("*Not used in such a poll.* It stays here in case you change your mind:"))
        yield from (field | {"optional": True} if field["type"] == "input" else field for field in kept)


def _first_fields(filled: Filled, words: Words) -> Iterator[Block]:
    box = blocks.text_field("question", most=LONGEST_QUESTION, initial=filled.question)
    yield blocks.field("question", words.plain("What do you want to ask?"), box)
    yield form_kinds.kind_field(filled.kind, words)


def _where_fields(filled: Filled, words: Words) -> Iterator[Block]:
    where = filled.channel if filled.channel and filled.channel[0] in "CG" else None
    yield blocks.field("channel", words.plain("Where to ask"), blocks.channel_field("channel", where))
    if filled.memory.thread:
        yield _thread_field(is_in_thread=filled.is_in_thread, words=words)
    choices = {each: blocks.choice(own_name(each), each) for each in languages()}
    picker = blocks.radios("language", list(choices.values()), choices[filled.language])
    yield blocks.field("language", words.plain("Language of the poll"), picker)


def _thread_field(*, is_in_thread: bool, words: Words) -> Block:
    wanted = blocks.choice(words.plain("Post it in the thread of this message"), "thread")
    boxes = blocks.checkboxes("thread", [wanted], [wanted] if is_in_thread else [])
    return blocks.field("thread", words.plain("Thread"), boxes, optional=True)


def _folded(filled: Filled, words: Words) -> Iterator[Block]:
    """The button that shows the rest, and what holds unless somebody presses it."""
    yield blocks.actions(blocks.button(words.plain("More choices"), "polls.more", "more"))
    if filled.kind is PollKind.QUIZ:
        yield blocks.context(words("Otherwise names are hidden, and the quiz is open until you close it."))
    else:
        yield blocks.context(
            words("Otherwise names are hidden, everybody sees the counts, and it is open until you close it.")
        )
