"""What a person sees while answering: pages in a modal, what was counted, and what they gave before."""

from collections.abc import Iterator

from slack_app.answering.inputs import field
from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.privacy import card, how_kept_button
from slack_app.kit.text import Mrkdwn, bold, cut, date_time, escaped
from slack_app.kit.words import Words
from surveys import questions
from surveys.questions import Answer, Kind, Question, scale
from surveys.survey import Response, Round

INTRO = 600
"""Five times as long when escaped, it still is a section Slack takes."""
MOST_GIVEN = 45
"""Two blocks each stay within the hundred that a modal holds."""


def page_modal(
    asked: Round, number: int, response: Response, words: Words, told: Mrkdwn | None = None
) -> Block:
    """One page, filled in with what is kept. told: what the person should know before going on."""
    page = asked.survey.pages[number]
    last = number + 1 == len(asked.survey.pages)
    parts = [
        *([blocks.section(told)] if told else []),
        *(_opening(asked, response, words) if number == 0 else []),
        *_page_head(asked, number, words),
        *(_filled(question, response, words) for question in page.questions),
        *([blocks.actions(_back_button(asked, words))] if number else []),
    ]
    return blocks.modal(
        "answering.page", _title(asked), parts,
        submit=words.plain("Send") if last else words.plain("Next"),
        close=words.plain("Cancel"), memory=f"{asked.id}:{number}",
    )  # fmt: skip


def counted_modal(asked: Round, words: Words) -> Block:
    """Thank you, and the way to change what was given."""
    thanks = words("*Thank you, your answer counted.*")
    until = _until(asked, words)
    change = blocks.button(words.plain("Change"), "answering.change", asked.id)
    parts = [blocks.section(thanks), blocks.section(until), blocks.actions(change)]
    return blocks.modal("answering.counted", _title(asked), parts, close=words.plain("Close"))


def _until(asked: Round, words: Words) -> Mrkdwn:
    moment = date_time(asked.closes_at, "UTC")
    if asked.privacy.is_sealed:
        return words(
            "You can change it until {moment}. After that nobody can tell what you answered, "
            "or whether you did: the survey then leaves your list in Home.",
            moment=moment,
        )
    return words("You can change it until {moment}.", moment=moment)


def closed_modal(asked: Round, response: Response, words: Words) -> Block:
    """A survey that takes no answers any more, with one's own to read."""
    closed = blocks.section(words("This survey is closed, so it takes no answers any more."))
    given = _nobody_can_tell(words) if asked.privacy.is_sealed else _given(asked, response, words)
    return blocks.modal(
        "answering.closed", _title(asked), [closed, *given],
        close=words.plain("Close"),
    )  # fmt: skip


def still_missing(words: Words) -> Mrkdwn:
    return words("Almost done: this page still lacks an answer that is needed. Your other answers are kept.")


def _title(asked: Round) -> str:
    return cut(asked.survey.title, blocks.TITLE)


def _opening(asked: Round, response: Response, words: Words) -> Iterator[Block]:
    """What comes before the first question: what this is, who will see it, what was sent before."""
    if _title(asked) != asked.survey.title:
        yield blocks.header(cut(asked.survey.title, blocks.HEADER))
    if response.answered_at is not None:
        moment = date_time(response.answered_at, "UTC")
        yield blocks.section(
            words("You have answered already ({moment}). What you send now replaces it.", moment=moment)
        )
    elif response.is_complete:
        yield blocks.section(words("You have answered already. What you send now replaces it."))
    if asked.survey.intro:
        yield blocks.section(escaped(cut(asked.survey.intro, INTRO)))
    yield blocks.context(card(asked.privacy, asked.owner, words))
    if asked.privacy.is_sealed:
        yield blocks.actions(how_kept_button("answering.privacy", asked.id, words), block_id="privacy")


def _page_head(asked: Round, number: int, words: Words) -> Iterator[Block]:
    page, pages = asked.survey.pages[number], len(asked.survey.pages)
    if pages > 1:
        yield blocks.context(words("Page {number} of {pages}", number=number + 1, pages=pages))
    if page.title:
        yield blocks.header(cut(page.title, blocks.HEADER))


def _filled(question: Question, response: Response, words: Words) -> Block:
    answer = response.answers.get(question.id, ())
    return field(question, questions.entry(question, answer), words)


def _back_button(asked: Round, words: Words) -> Block:
    return blocks.button(words.plain("Back"), "answering.back", asked.id)


def _nobody_can_tell(words: Words) -> Iterator[Block]:
    yield blocks.section(
        words("It was anonymous: since its close nobody can tell who answered what, so yours can't be shown.")
    )


def _given(asked: Round, response: Response, words: Words) -> Iterator[Block]:
    """One's own answers, as they were given."""
    if response.answered_at is None:
        return
    yield blocks.header(words.plain("What you answered"))
    for question in list(asked.survey.questions)[:MOST_GIVEN]:
        yield blocks.section(bold(cut(question.text, INTRO - 10)))
        yield blocks.verbatim(
            _said(question, response.answers.get(question.id, ())) or words.plain("Not answered")
        )


def _said(question: Question, answer: Answer) -> str:
    """An answer in words."""
    if question.kind is Kind.OPEN_TEXT:
        return "\n".join(given.text or "" for given in answer)
    if question.kind in questions.SCALES:
        highest = scale(question.kind)[-1]
        return ", ".join(f"{given.number} / {highest}" for given in answer)
    chosen = (question.choices[given.choice] for given in answer if given.choice is not None)
    return cut("\n".join(chosen), blocks.SECTION)
