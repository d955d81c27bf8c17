"""What Slack calls about polls."""

from dataclasses import replace

from slack_app.kit.answers import Answer, FieldErrors, Private, Replaced
from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Command, Press, Shortcut, Submission
from slack_app.kit.privacy import details_modal
from slack_app.kit.routing import Routes
from slack_app.kit.slack import reply
from slack_app.kit.words import Words
from slack_app.polls import (
    blocks,
    choosing,
    form,
    own_vote,
    publishing,
    service,
    surfaces,
    talks,
    unposted,
    verbs,
)
from slack_app.polls import filled as filling
from slack_app.polls.filled import Filled
from slack_app.polls.names import who_modal
from slack_app.polls.service import Place, Voted
from surveys import ballots, grammar, options, polls, wishes
from surveys.ballots import Click
from surveys.errors import Refused

FIELD_OF: dict[type[Refused], str] = {
    polls.NoQuestion: "question",
    polls.QuestionTooLong: "question",
    options.TooFewOptions: "options",
    options.TooManyOptions: "options",
    options.OptionTooLong: "options",
    options.SameOptionTwice: "options",
    surfaces.NoChannel: "channel",
    surfaces.ThreadElsewhere: "channel",
    polls.ReceiptsForAll: "receipts",
    wishes.LimitTooHigh: "limits",
    wishes.LeastAboveMost: "limits",
}
"""Where the form says what is wrong; the field of the closing moment depends on what it shows."""


def command(sent: Command, tools: Tools) -> Answer:
    """`/poll …`: ask, open the form, or act on one's latest poll here."""
    member, say = tools.met(sent.who)
    match grammar.parse(sent.text, say.language):
        case grammar.OpenForm(wishes=wanted):
            filled = surfaces.wished(tools, sent.who, wanted, say)
            tools.slack.open_modal(sent.trigger, form.ask_modal(filled, say))
            return None
        case grammar.Ask() as wanted:
            return _ask(sent, tools, wanted, say)
        case verb:
            return Private(verbs.done(verb, sent.who, member, sent.channel, tools, say))


def _ask(sent: Command, tools: Tools, wanted: grammar.Ask, say: Words) -> Answer:
    zone = service.zone_of(tools.database, sent.who)
    terms = filling.wished(wanted.wishes, zone, tools.now())
    draft = polls.draft(wanted.question, wanted.offered, wanted.language or say.language, terms)
    if wanted.wishes.is_ambiguous:
        polls.closing(terms, tools.now())
        filled = filling.whole(draft, sent.channel, tools.now())
        told = form.read_back(draft, zone, say)
        tools.slack.open_modal(sent.trigger, form.ask_modal(replace(filled, read_back=told), say))
        return None
    service.ask(
        tools.database, sent.who, draft, Place(sent.channel, sent.trigger, sent.reply_url), tools.now()
    )
    tools.redraw_due.set()
    return None


def asked(sent: Submission, tools: Tools) -> Answer:
    """The form sent in: its poll is on its way, or each fault stands beside its field."""
    language = sent.entries.get("language") or "en"
    try:
        draft = polls.draft(
            sent.entries.get("question", ""),
            options.asked(_typed_options(sent, language)),
            language,
            filling.terms(sent),
        )
        service.ask(tools.database, sent.who, draft, surfaces.place(sent), tools.now())
    except Refused as refused:
        return FieldErrors({_field_of(refused, sent): tools.words_for(sent.who).plain_refusal(refused)})
    tools.redraw_due.set()
    return None


def _field_of(refused: Refused, sent: Submission) -> str:
    if isinstance(refused, polls.ClosesTooSoon | polls.ClosesTooLate):
        return filling.closes_field(sent)
    return FIELD_OF.get(type(refused), "question")


def _typed_options(sent: Submission, language: str) -> tuple[str, ...]:
    return filling.typed_options(sent) or grammar.usual_options(language)


def vote(press: Press, tools: Tools) -> Answer:
    """A click on an option: the answer to Slack is the acknowledgement, the message follows."""
    option = int(press.argument) if press.argument.isdecimal() else -1
    voted = service.vote(tools.database, press.who, press.value, option, press.click, tools.now())
    tools.redraw_due.set()
    # The message of an anonymous poll stays as it is, so its voters are told of each click.
    if voted.what is Click.FIRST or voted.poll.privacy.is_sealed:
        _confirm(press, voted, tools)
    return None


def _confirm(press: Press, voted: Voted, tools: Tools) -> None:
    """Tell a voter privately that the vote counted; best effort, "My vote" always tells."""
    url = press.reply_url
    if url is None:
        return

    def confirm() -> None:
        say = tools.words_for(press.who)
        reply(url, Note(own_vote.voted(voted.poll, voted.what, voted.code, say)))

    tools.later.do(confirm)


def my_vote(press: Press, tools: Tools) -> Answer:
    mine = service.ballot(tools.database, press.who, press.value)
    view = own_vote.ballot_modal(mine, tools.words_for(press.who))
    tools.slack.open_modal(press.trigger, view)
    return None


def chosen(sent: Submission, tools: Tools) -> Answer:
    """The vote sent from "My vote"."""
    wanted = tuple(choosing.picked(sent.lists.get("option", ())))
    say = tools.words_for(sent.who)
    if not wanted:
        return FieldErrors(
            {"option": say.plain("Choose an option, or close this window to leave your vote as it is.")}
        )
    try:
        voted = service.choose(tools.database, sent.who, sent.memory, wanted, tools.now())
    except (ballots.TooManyChosen, ballots.TooFewChosen) as refused:
        return FieldErrors({"option": say.plain_refusal(refused)})
    tools.redraw_due.set()
    return Replaced(own_vote.counted_modal(own_vote.chosen(voted.code, say), say))


def take_back(press: Press, tools: Tools) -> Answer:
    service.choose(tools.database, press.who, press.value, (), tools.now())
    tools.redraw_due.set()
    _show_taken_back(press, tools)
    return None


def close(press: Press, tools: Tools) -> Answer:
    member = tools.known(press.who)
    service.close(tools.database, member, press.who, press.value, tools.now())
    tools.redraw_due.set()
    return None


def delete(press: Press, tools: Tools) -> Answer:
    """Delete, pressed in Home and confirmed there."""
    service.delete(tools.database, tools.known(press.who), press.who, press.value)
    return None


def results(press: Press, tools: Tools) -> Answer:
    who = press.who
    outcome = service.results(tools.database, who.workspace, press.value, who)
    tools.slack.open_modal(press.trigger, blocks.results_modal(outcome, tools.words_for(who)))
    return None


def who(press: Press, tools: Tools) -> Answer:
    """Who voted for what, where names are shown."""
    outcome = service.who_voted(tools.database, press.who, press.value)
    tools.slack.open_modal(press.trigger, who_modal(outcome, None, tools.words_for(press.who)))
    return None


def who_for(press: Press, tools: Tools) -> Answer:
    """Who voted for one option, chosen in the window of those who voted."""
    window, option = press.view, int(press.value) if press.value.isdecimal() else 0
    outcome = service.who_voted(tools.database, press.who, press.memory)
    if window is not None and option < len(outcome.poll.options):
        view = who_modal(outcome, option, tools.words_for(press.who))
        tools.later.do(lambda: tools.slack.update_modal(window, view))
    return None


def privacy(press: Press, tools: Tools) -> Answer:
    """How an anonymous poll is kept; over "My vote" where it was asked there."""
    poll = service.found(tools.database, press.who, press.value)
    closes_at, say = poll.closes_at or tools.now(), tools.words_for(press.who)
    view = details_modal(poll.privacy, poll.owner, closes_at, say, is_poll=True)
    show = tools.slack.open_modal if press.view is None else tools.slack.push_modal
    show(press.trigger, view)
    return None


def publish(press: Press, tools: Tools) -> Answer:
    """Try again, where Slack would not take the file of a poll's ballots."""
    publishing.again(tools.database, tools.known(press.who), press.who, press.value)
    say = tools.words_for(press.who)
    note = Note(say("Palabre tries again now; the ballots appear in the poll's thread."))
    tools.later.do(lambda: tools.whisper(press.who.user, press.reply_url, note))
    return None


def form_wanted(sent: Press | Shortcut, tools: Tools) -> Answer:
    """Ask a new poll: from Home or by the shortcut."""
    say = tools.words_for(sent.who)
    tools.slack.open_modal(sent.trigger, form.ask_modal(Filled(say.language, tools.now()), say))
    return None


def names(press: Press, tools: Tools) -> Answer:
    """Another choice of names in the form, which shows what else there is to say."""
    window, say = press.view, tools.words_for(press.who)
    if window is not None:
        view = form.ask_modal(filling.refilled(press, say.language, tools.now()), say)
        tools.later.do(lambda: tools.slack.update_modal(window, view))
    return None


def _show_taken_back(press: Press, tools: Tools) -> None:
    view = press.view
    if view is None:
        return

    def show() -> None:
        say = tools.words_for(press.who)
        tools.slack.update_modal(view, own_vote.counted_modal(say("Your vote is taken back."), say))

    tools.later.do(show)


def register(routes: Routes) -> None:
    surfaces.register(routes)
    talks.register(routes)
    unposted.register(routes)
    routes.commands["/poll"] = command
    routes.presses.update(
        {
            "polls.vote": vote,
            "polls.my_vote": my_vote,
            "polls.take_back": take_back,
            "polls.close": close,
            "polls.delete": delete,
            "polls.names": names,
            "polls.privacy": privacy,
            "polls.publish": publish,
            "polls.results": results,
            "polls.who": who,
            "polls.who_for": who_for,
            "polls.ask": form_wanted,
        }
    )
    routes.submissions.update({"polls.ask": asked, "polls.choose": chosen})
    routes.shortcuts["polls.ask"] = form_wanted
