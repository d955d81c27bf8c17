"""What Slack calls about polls."""

from slack_app.kit.answers import Answer, FieldErrors, Private, Replaced, private
from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Command, Press, Shortcut, Submission
from slack_app.kit.routing import Routes
from slack_app.kit.slack import reply
from slack_app.kit.words import Words
from slack_app.polls import blocks, service
from slack_app.polls.service import Place
from surveys import grammar, polls
from surveys.errors import Refused
from surveys.polls import Click


class NoChannel(Refused):
    sentence = "Choose the channel the poll should appear in."


FIELD_OF: dict[type[Refused], str] = {
    polls.NoQuestion: "question",
    polls.QuestionTooLong: "question",
    polls.TooFewOptions: "options",
    polls.TooManyOptions: "options",
    polls.OptionTooLong: "options",
    polls.SameOptionTwice: "options",
    NoChannel: "channel",
}


def command(sent: Command, tools: Tools) -> Answer:
    """`/poll …`: ask, open the form, or act on one's latest poll here."""
    member, say = tools.met(sent.who)
    match grammar.parse(sent.text, say.language):
        case grammar.OpenForm():
            view = blocks.ask_modal(say, say.language)
            tools.slack.open_modal(sent.trigger, view)
            return None
        case grammar.Help():
            return Private(blocks.help_note(say))
        case grammar.Close():
            poll = service.latest(tools.database, sent.who, sent.channel)
            service.close(tools.database, member, sent.who, poll.id, tools.now())
            tools.redraw_due.set()
            return private(say("“{question}” is closed.", question=poll.question))
        case grammar.Results():
            poll = service.latest(tools.database, sent.who, sent.channel)
            found, standing = service.results(tools.database, sent.who.workspace, poll.id)
            return Private(blocks.results_note(found, standing, say))
        case grammar.Ask() as wanted:
            return _ask(sent, tools, wanted, say)


def _ask(sent: Command, tools: Tools, wanted: grammar.Ask, say: Words) -> Answer:
    draft = polls.draft(wanted.question, wanted.options, wanted.language or say.language)
    place = Place(sent.channel, sent.trigger, sent.reply_url)
    service.ask(tools.database, sent.who, draft, place, tools.now())
    tools.redraw_due.set()
    return None


def asked(sent: Submission, tools: Tools) -> Answer:
    """The form sent in: its poll is on its way, or each fault stands beside its field."""
    language = sent.entries.get("language") or "en"
    try:
        draft = polls.draft(sent.entries.get("question", ""), _typed_options(sent, language), language)
        channel = sent.entries.get("channel", "")
        if not channel:
            raise NoChannel
    except Refused as refused:
        say = tools.words_for(sent.who)
        return FieldErrors({FIELD_OF.get(type(refused), "question"): say.plain_refusal(refused)})
    service.ask(tools.database, sent.who, draft, Place(channel, sent.view), tools.now())
    tools.redraw_due.set()
    return None


def _typed_options(sent: Submission, language: str) -> tuple[str, ...]:
    typed = tuple(line for line in sent.entries.get("options", "").splitlines() if line.strip())
    return typed or grammar.usual_options(language)


def vote(press: Press, tools: Tools) -> Answer:
    """A click on an option: the answer to Slack is the acknowledgement, the message follows."""
    option = int(press.argument) if press.argument.isdecimal() else -1
    what = service.vote(tools.database, press.who, press.value, option, press.click, tools.now())
    tools.redraw_due.set()
    if what is Click.FIRST:
        _confirm(press, tools)
    return None


def _confirm(press: Press, tools: Tools) -> None:
    """Tell a first voter privately that the vote counted; best effort, "My vote" always tells."""
    url = press.reply_url
    if url is None:
        return

    def confirm() -> None:
        say = tools.words_for(press.who)
        counted = say("Your vote counted. Press My vote to see it, or the same button again to take it back.")
        reply(url, Note(counted))

    tools.later.do(confirm)


def my_vote(press: Press, tools: Tools) -> Answer:
    poll, ballot = service.ballot(tools.database, press.who, press.value)
    tools.slack.open_modal(press.trigger, blocks.ballot_modal(poll, ballot, tools.words_for(press.who)))
    return None


def chosen(sent: Submission, tools: Tools) -> Answer:
    """The vote sent from "My vote"."""
    choice = sent.entries.get("option", "")
    say = tools.words_for(sent.who)
    if not choice.isdecimal():
        return FieldErrors(
            {"option": say.plain("Choose an option, or close this window to leave your vote as it is.")}
        )
    service.choose(tools.database, sent.who, sent.memory, int(choice), tools.now())
    tools.redraw_due.set()
    return Replaced(blocks.counted_modal(say("Your vote counted."), say))


def take_back(press: Press, tools: Tools) -> Answer:
    service.choose(tools.database, press.who, press.value, None, tools.now())
    tools.redraw_due.set()
    _show_taken_back(press, tools)
    return None


def close(press: Press, tools: Tools) -> Answer:
    member = tools.known(press.who)
    service.close(tools.database, member, press.who, press.value, tools.now())
    tools.redraw_due.set()
    return None


def results(press: Press, tools: Tools) -> Answer:
    poll, standing = service.results(tools.database, press.who.workspace, press.value)
    say = tools.words_for(press.who)
    tools.slack.open_modal(press.trigger, blocks.results_modal(poll, standing, say))
    return None


def post_again(press: Press, tools: Tools) -> Answer:
    return _post_in(press, tools, press.value, "")


def post_in(press: Press, tools: Tools) -> Answer:
    return _post_in(press, tools, press.argument, press.value)


def _post_in(press: Press, tools: Tools, poll_id: str, channel: str) -> Answer:
    member = tools.known(press.who)
    place = Place(channel, press.click, press.reply_url)
    service.post_again(tools.database, member, press.who, poll_id, place)
    tools.redraw_due.set()
    return None


def form_wanted(sent: Press | Shortcut, tools: Tools) -> Answer:
    """Ask a new poll, from Home or by the shortcut."""
    say = tools.words_for(sent.who)
    tools.slack.open_modal(sent.trigger, blocks.ask_modal(say, say.language))
    return None


def _show_taken_back(press: Press, tools: Tools) -> None:
    view = press.view
    if view is None:
        return

    def show() -> None:
        say = tools.words_for(press.who)
        tools.slack.update_modal(view, blocks.counted_modal(say("Your vote is taken back."), say))

    tools.later.do(show)


def register(routes: Routes) -> None:
    routes.commands["/poll"] = command
    routes.presses.update(
        {
            "polls.vote": vote,
            "polls.my_vote": my_vote,
            "polls.take_back": take_back,
            "polls.close": close,
            "polls.results": results,
            "polls.post_again": post_again,
            "polls.post_in": post_in,
            "polls.ask": form_wanted,
        }
    )
    routes.submissions.update({"polls.ask": asked, "polls.choose": chosen})
    routes.shortcuts["polls.ask"] = form_wanted
