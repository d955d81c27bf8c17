"""What Slack calls about the form of a new poll: opened, changed, sent in."""

from collections.abc import Callable
from dataclasses import replace

from slack_app.kit.answers import Answer, FieldErrors
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Press, Shortcut, Submission
from slack_app.kit.routing import Routes
from slack_app.polls import service
from slack_app.polls.asking import form, form_kinds, reading, surfaces, waiting
from slack_app.polls.asking.filled import CLOSES, DATES_AT_ONCE, Filled
from surveys import dates, options, pictures, polls, quiz, rating, wishes
from surveys.errors import Refused
from surveys.options import Options
from surveys.seeing import PollKind


class NoStar(Refused):
    sentence = "Which answer is right? Put a star before it, as in *Paris."


FIELD_OF: dict[type[Refused], str] = {
    polls.NoQuestion: "question",
    polls.QuestionTooLong: "question",
    options.TooFewOptions: "options",
    options.TooManyOptions: "options",
    options.OptionTooLong: "options",
    options.SameOptionTwice: "options",
    NoStar: "options",
    quiz.AllRight: "options",
    quiz.TooManyRight: "options",
    quiz.NobodyCanBeRight: "limits",
    rating.ScaleTooLong: "options",
    pictures.NoPicture: "pictures",
    pictures.MorePictures: "pictures",
    dates.TooFewDates: "options",
    dates.SameDateTwice: "options",
    dates.DatePast: "options",
    polls.ExplanationTooLong: "explanation",
    polls.ClosesTooSoon: "closes",
    polls.ClosesTooLate: "closes",
    polls.ClosesBeforePosted: "closes",
    polls.PostsTooSoon: "posts",
    polls.PostsTooLate: "posts",
    polls.ReceiptsForAll: "receipts",
    surfaces.NoChannel: "channel",
    surfaces.ThreadElsewhere: "channel",
    wishes.LimitTooHigh: "limits",
    wishes.LeastAboveMost: "limits",
    polls.TooManyPlaces: "limits",
}
"""Where the form says what is wrong; some fields are named differently in polls of another kind."""


def form_wanted(sent: Press | Shortcut, tools: Tools) -> Answer:
    """Ask a new poll: from Home or by the shortcut."""
    say = tools.words_for(sent.who)
    tools.slack.open_modal(sent.trigger, form.ask_modal(Filled(say.language, tools.now()), say))
    return None


def changed(press: Press, tools: Tools) -> Answer:
    """Another kind of poll or choice of names: the form shows what else there is to say."""
    return _shown_anew(press, tools, lambda filled: filled)


def more(press: Press, tools: Tools) -> Answer:
    """All there is to choose."""
    return _shown_anew(press, tools, lambda filled: replace(filled, is_unfolded=True))


def more_dates(press: Press, tools: Tools) -> Answer:
    """Room for a few more dates."""

    def longer(filled: Filled) -> Filled:
        return replace(filled, dates=form_kinds.dates_shown(filled) + (None,) * DATES_AT_ONCE)

    return _shown_anew(press, tools, longer)


def _shown_anew(press: Press, tools: Tools, changed: Callable[[Filled], Filled]) -> Answer:
    """Show the form with all that it holds; Slack itself keeps what stands in fields that stay."""
    window = press.view
    if window is not None:
        view = form.ask_modal(changed(reading.read(press, tools.now())), tools.words_for(press.who))
        tools.later.do(lambda: tools.slack.update_modal(window, view))
    return None


def asked(sent: Submission, tools: Tools) -> Answer:
    """The form sent in: its poll is on its way, or each fault stands beside its field."""
    filled = reading.read(sent, tools.now())
    try:
        draft = polls.draft(filled.question, _offered(filled), filled.language, filled.terms)
        poll = service.ask(tools.database, sent.who, draft, surfaces.place(sent), tools.now())
    except Refused as refused:
        field = _field_of(refused, filled, sent)
        return FieldErrors({field: tools.words_for(sent.who).plain_refusal(refused)})
    tools.redraw_due.set()
    waiting.tell(poll, sent.who, None, tools)
    return None


def _offered(filled: Filled) -> Options:
    offered = filled.offered
    if filled.kind is PollKind.QUIZ and not quiz.right(offered):
        raise NoStar
    return offered


def _field_of(refused: Refused, filled: Filled, sent: Submission) -> str:
    field = _in_kind(FIELD_OF.get(type(refused), "question"), filled)
    return field if field in sent.entries else "question"


def _in_kind(field: str, filled: Filled) -> str:
    match field, filled.kind:
        case "options", PollKind.DATES:
            return form_kinds.first_date(filled)
        case "limits", PollKind.DATES:
            return "date_limits"
        case "limits", PollKind.RANKING:
            return "places"
        case "closes", _:
            return CLOSES[filled.level]
        case _:
            return field


def register(routes: Routes) -> None:
    routes.presses.update(
        {
            "polls.ask": form_wanted,
            "polls.kind": changed,
            "polls.names": changed,
            "polls.days": changed,
            "polls.more": more,
            "polls.more_dates": more_dates,
        }
    )
    routes.submissions["polls.ask"] = asked
    routes.shortcuts["polls.ask"] = form_wanted
