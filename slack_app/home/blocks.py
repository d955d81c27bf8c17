"""What a member sees in the Home tab."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_app.home.mine import Mine
from slack_app.home.reminders import remind_button, reminded
from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.privacy import have_answered
from slack_app.kit.text import Mrkdwn, bold, channel_link, cut, date_time, mention
from slack_app.kit.words import Words
from surveys.anonymity import ResultsTo, gate
from surveys.survey import Round

GREETING = (
    "*Palabre* asks your community, and listens. Write {poll} or {survey} in any channel, or begin here."
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the tab, drawn; one without blocks says that there is nothing, or stays away."""

    asked: Sequence[Block]
    surveys: Sequence[Block]
    polls: Sequence[Block]
    has_more_surveys: bool
    has_more_polls: bool
    answered: Sequence[Block]
    reminders: Sequence[Block]


def home(parts: Parts, words: Words) -> Block:
    return blocks.home(
        [
            blocks.section(words(GREETING, poll=Mrkdwn("`/poll`"), survey=Mrkdwn("`/survey`"))),
            blocks.actions(
                blocks.button(words.plain("Ask a new poll"), "polls.ask", "home", style="primary"),
                blocks.button(words.plain("New survey"), "authoring.new", "home", style="primary"),
            ),
            *_part(words.plain("Asked of you"), parts.asked, words("Nothing waits for your answer.")),
            *_part(
                words.plain("My surveys"),
                parts.surveys,
                words("You have no survey yet. Three come ready made."),
            ),
            *(_more_surveys(words) if parts.has_more_surveys else ()),
            *_part(
                words.plain("My open polls"),
                parts.polls,
                words("You have no open poll. Ask one, it takes a minute."),
            ),
            *(_more_polls(words) if parts.has_more_polls else ()),
            *(_part(words.plain("You answered"), parts.answered, Mrkdwn("")) if parts.answered else ()),
            *parts.reminders,
        ]
    )


def _part(title: str, drawn: Sequence[Block], nothing: Mrkdwn) -> list[Block]:
    return [blocks.divider(), blocks.header(title), *(drawn or [blocks.section(nothing)])]


def _more_surveys(words: Words) -> Iterator[Block]:
    yield blocks.context(
        words(
            "Only your newest surveys are shown here. {report} finds the others.", report=Mrkdwn("`/report`")
        )
    )


def _more_polls(words: Words) -> Iterator[Block]:
    yield blocks.context(words("Only your newest polls are shown here. Close some to see the others."))


def asked_of_me(rounds: Sequence[Round], words: Words) -> list[Block]:
    """What waits for an answer, each with the button to give it."""
    return [_asked_of_me(asked, words) for asked in rounds]


def _asked_of_me(asked: Round, words: Words) -> Block:
    where = words(
        "In {channel}, from {owner} · open until {moment}",
        channel=channel_link(asked.channel),
        owner=mention(asked.owner),
        moment=date_time(asked.closes_at, "UTC"),
    )
    return blocks.section(_titled(asked, where), _answer_button(words.plain("Answer"), asked, words))


def my_surveys(surveys: Sequence[Mine], now: datetime, words: Words) -> list[Block]:
    """My surveys, each with how many have answered and what can be done."""
    return [block for mine in surveys for block in _my_survey(mine, now, words)]


def _my_survey(mine: Mine, now: datetime, words: Words) -> Iterator[Block]:
    asked, channel = mine.asked, channel_link(mine.asked.channel)
    if asked.message is None and asked.delivery in {None, "held"} and asked.is_open(now):
        yield blocks.section(_titled(asked, words("Not posted in {channel} yet", channel=channel)))
        first = _button(words.plain("Try again"), "authoring.post_again", asked, words)
    else:
        state = words(
            "In {channel} · {answered} · {until}",
            channel=channel,
            answered=_answered(asked, mine.invited, words),
            until=_until(asked, now, words),
        )
        yield blocks.section(
            _titled(asked, Mrkdwn("\n".join([state, *_progress(mine, words), *reminded(mine, now, words)])))
        )
        first = _button(words.plain("Report"), "reports.open", asked, words)
    closing = [_close_button(asked, words)] if asked.closed_at is None else []
    # Drawn anew, Home keeps the focus on a button whose block keeps its id.
    reminding = remind_button(mine, now, words)
    yield blocks.actions(
        first, *reminding, *closing, _delete_button(asked, words), block_id=f"survey:{asked.id}"
    )


def _progress(mine: Mine, words: Words) -> Iterator[Mrkdwn]:
    """How far the direct messages have come, as long as some are left."""
    if mine.asked.delivery not in {"running", "paused"}:
        return
    far = words(
        "{sent} of {all} asked",
        sent=words.number(mine.progress.sent),
        all=words.number(mine.progress.asked),
    )
    yield words("{progress} · paused", progress=far) if mine.asked.delivery == "paused" else far


def _answered(asked: Round, invited: int, words: Words) -> Mrkdwn:
    """Return how many have answered, and of how many; people may answer who came to the channel later."""
    turnout = gate(asked).turnout(asked.people)
    people = turnout.value.people
    if asked.privacy.is_sealed or invited < people or not invited:
        return have_answered(turnout, asked.privacy.fewest, words)
    return words.count(
        "{number} of {invited} has answered", "{number} of {invited} have answered", people, invited=invited
    )


def _until(asked: Round, now: datetime, words: Words) -> Mrkdwn:
    if asked.is_open(now):
        return words("open until {moment}", moment=date_time(asked.closes_at, "UTC"))
    return words("closed {moment}", moment=date_time(asked.closed_at or asked.closes_at, "UTC"))


def answered_by_me(
    answered: Sequence[tuple[Round, datetime | None]], now: datetime, words: Words
) -> list[Block]:
    """What one has answered and when, with the way to change it while that is possible."""
    return [_answered_by_me(asked, moment, now, words) for asked, moment in answered]


def _answered_by_me(asked: Round, moment: datetime | None, now: datetime, words: Words) -> Block:
    """moment: None in a sealed round, which keeps none."""
    channel = channel_link(asked.channel)
    if moment is None:
        until = date_time(asked.closes_at, "UTC")
        when = words(
            "In {channel} · answered anonymously · open until {moment}", channel=channel, moment=until
        )
    else:
        when = words("In {channel} · answered {moment}", channel=channel, moment=date_time(moment, "UTC"))
    said = words.plain("Change") if asked.is_open(now) else words.plain("Read")
    return blocks.section(_titled(asked, when), _answer_button(said, asked, words))


def _titled(asked: Round, line: Mrkdwn) -> Mrkdwn:
    return Mrkdwn(f"{bold(asked.survey.title)}\n{line}")


def _answer_button(said: str, asked: Round, words: Words) -> Block:
    return _button(said, "answering.open", asked, words)


def _button(
    said: str,
    action: str,
    asked: Round,
    words: Words,
    *,
    style: str | None = None,
    confirm: Block | None = None,
) -> Block:
    """A button among others that say the same: a screen reader hears for which survey it is."""
    label = words.plain("{action}: {title}", action=said, title=asked.survey.title)
    return blocks.button(said, action, asked.id, label=label, style=style, confirm=confirm)


def _close_button(asked: Round, words: Words) -> Block:
    sure = blocks.confirm(
        words.plain("Close this survey?"),
        _closing_means(asked, words),
        words.plain("Close survey"),
        words.plain("Leave it open"),
    )
    return _button(words.plain("Close survey"), "authoring.close", asked, words, confirm=sure)


def _closing_means(asked: Round, words: Words) -> Mrkdwn:
    title = cut(asked.survey.title, 40)
    if asked.privacy.results_to is ResultsTo.OWNERS:
        return words(
            "“{title}” takes no more answers after that, and its report goes to its owner alone. "
            "It cannot be opened again.",
            title=title,
        )
    return words(
        "“{title}” takes no more answers after that, and its report is posted in its channel. "
        "It cannot be opened again.",
        title=title,
    )


def _delete_button(asked: Round, words: Words) -> Block:
    sure = blocks.confirm(
        words.plain("Delete this survey?"),
        words(
            "“{title}” is deleted with all its answers and comments, and nothing brings them back. "
            "Reports already posted stay in their channels.",
            title=cut(asked.survey.title, 40),
        ),
        words.plain("Delete all"),
        words.plain("Keep it"),
    )
    return _button(words.plain("Delete"), "authoring.delete", asked, words, style="danger", confirm=sure)


def help_note(rooms: Sequence[Note]) -> Note:
    """The help of several rooms, one after the other."""
    parts = [block for note in rooms for block in note.blocks]
    return blocks.message(Mrkdwn("\n\n".join(note.text for note in rooms)), parts)
