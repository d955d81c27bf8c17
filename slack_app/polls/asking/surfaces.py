"""What Slack calls where a poll is asked from a message: the shortcut on it, or the app's name in it."""

from dataclasses import replace

from slack_app.kit.answers import Answer
from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Event, Press, Shortcut, Submission, Who
from slack_app.kit.routing import Routes
from slack_app.kit.text import Mrkdwn, cut, mentioned, named, plain
from slack_app.kit.words import Words
from slack_app.polls import service, verbs
from slack_app.polls.asking import filled as filling
from slack_app.polls.asking import form, held, mentions, understood
from slack_app.polls.asking.filled import Filled
from slack_app.polls.asking.memory import Memory
from slack_app.polls.asking.mentions import Mention
from slack_app.polls.service import Place
from surveys import grammar
from surveys.errors import Refused
from surveys.people import Member
from surveys.polls import LONGEST_QUESTION, Draft, Poll, Terms
from surveys.quotes import tidy
from surveys.text import length
from surveys.wishes import Wishes


class NoChannel(Refused):
    sentence = "Choose the channel the poll should appear in."


class ThreadElsewhere(Refused):
    sentence = "The message stands in another channel. Choose that one, or take the tick off the thread."


class OfAnotherOrganisation(Refused):
    sentence = (
        "Only people of the organisation that has Palabre can ask polls here. You can vote in all of them."
    )


def place(sent: Submission) -> Place:
    """Return where the form wants its poll."""
    channel, memory = sent.entries.get("channel", ""), Memory.read(sent.memory)
    if not channel:
        raise NoChannel
    if not sent.lists.get("thread"):
        return Place(channel, sent.view, instead_of=memory.held)
    if channel != memory.channel:
        raise ThreadElsewhere
    return Place(channel, sent.view, thread=memory.thread, instead_of=memory.held)


def wished(tools: Tools, who: Who, wanted: Wishes, say: Words) -> Filled:
    """Return the form with what was wished already filled in."""
    now = tools.now()
    terms = understood.terms(wanted, service.zone_of(tools.database, who), say.language, now)
    filled = filling.opened(terms, wanted.language or say.language, now)
    return replace(filled, has_other=wanted.has_other)


def ask_this(sent: Shortcut, tools: Tools) -> Answer:
    """`Poll this`, chosen on a message: the form with its text as the question."""
    say = tools.words_for(sent.who)
    text = tidy(plain(_with_names(tools, sent.who, sent.text)))
    channel, is_here = sent.channel or "", (sent.channel or "D")[0] in "CG"
    thread = (sent.thread or sent.message or "") if is_here else ""
    filled = Filled(
        say.language,
        tools.now(),
        question=cut(text, LONGEST_QUESTION),
        channel=channel,
        note=_left_out(text, say),
        memory=Memory(channel, thread),
        is_in_thread=is_here and sent.thread not in (None, sent.message),
    )
    tools.slack.open_modal(sent.trigger, form.ask_modal(filled, say))
    return None


def _left_out(text: str, say: Words) -> Mrkdwn | None:
    if length(text) <= LONGEST_QUESTION:
        return None
    return say("This message is longer than a question may be, so its end is left out. Please look it over.")


def _with_names(tools: Tools, who: Who, text: str) -> str:
    with tools.database.begin() as store:
        people = store.members.find_all(who.workspace, mentioned(text))
    return named(text, {person.id: person.name for person in people})


def named_in(event: Event, tools: Tools) -> Answer:
    """`@Palabre …`, or a direct message to it: asked right there, or answered to this person alone."""
    said = mentions.read(event, tools.me)
    if said is None:
        return None
    who = said.who
    member, say = tools.met(who)
    try:
        note = _answered(said, member, tools, say)
    except Refused as refused:
        note = mentions.refused(said, refused, say)
    if note is not None:
        tools.later.do(lambda: _tell(said, note, tools))
    return None


def _tell(said: Mention, note: Note, tools: Tools) -> None:
    if said.is_direct:
        tools.slack.post(said.channel, note, said.thread)
    else:
        tools.slack.whisper(said.channel, said.who.user, note, said.thread)


def _answered(said: Mention, member: Member, tools: Tools, say: Words) -> Note | None:
    """Return what the person is told; None where the poll itself is the answer."""
    if said.who.team != said.who.workspace:
        raise OfAnotherOrganisation
    text = said.typed(_with_names(tools, said.who, said.text))
    match grammar.parse(text, say.language):
        case grammar.OpenForm(wishes=wanted):
            return mentions.wanted(said, wanted, say)
        case grammar.Ask() as wanted:
            return _ask(said, text, wanted, tools, say)
        case verb:
            return verbs.done(verb, said.who, member, said.channel, tools, say)


def _ask(said: Mention, text: str, wanted: grammar.Ask, tools: Tools, say: Words) -> Note | None:
    zone, now = service.zone_of(tools.database, said.who), tools.now()
    language = wanted.language or say.language
    draft = understood.draft(wanted, zone, say.language, now)
    where = Place(said.channel, f"mention:{said.channel}:{said.message}", thread=said.thread)
    is_whole = mentions.is_whole(text, wanted, language)
    if said.is_addressed and is_whole and not said.gives_away(wanted):
        service.ask(tools.database, said.who, draft, where, now)
        tools.redraw_due.set()
        return None
    if not is_whole and mentions.is_chatter(text, wanted):
        return mentions.wanted(said, wanted.wishes, say)
    poll = held.hold(tools.database, said.who, draft, where, now)
    if poll is None:
        return None
    return mentions.read_back(poll, draft, zone, say, is_given_away=said.gives_away(wanted))


def ask_here(press: Press, tools: Tools) -> Answer:
    """The form, opened from the answer to a mention. argument: what was wished there, in our own words."""
    say, memory = tools.words_for(press.who), Memory.read(press.value)
    request = grammar.parse(press.argument, "en")
    wanted = request.wishes if isinstance(request, grammar.OpenForm) else Wishes()
    filled = replace(
        wished(tools, press.who, wanted, say),
        channel=memory.channel, memory=memory, is_in_thread=bool(memory.thread),
    )  # fmt: skip
    tools.slack.open_modal(press.trigger, form.ask_modal(filled, say))
    return None


def look_over(press: Press, tools: Tools) -> Answer:
    """The form with all that was understood of a mention; its poll takes the place of the one kept."""
    poll = held.mine(tools.database, tools.known(press.who), press.who, press.value)
    draft = Draft(poll.question, poll.options, poll.language, _terms(poll))
    filled = replace(
        filling.whole(draft, poll.channel, tools.now()),
        memory=Memory(poll.channel, poll.thread or "", poll.id), is_in_thread=bool(poll.thread),
    )  # fmt: skip
    tools.slack.open_modal(press.trigger, form.ask_modal(filled, tools.words_for(press.who)))
    return None


def _terms(poll: Poll) -> Terms:
    privacy = poll.privacy
    return Terms(
        privacy.level, poll.closes_at, privacy.results_to, privacy.has_receipts, poll.least, poll.most,
        poll.seeing, poll.is_shuffled, poll.kind, poll.explanation, poll.adding, poll.posts_at,
    )  # fmt: skip


def register(routes: Routes) -> None:
    routes.shortcuts["polls.ask_this"] = ask_this
    routes.presses.update({"polls.ask_here": ask_here, "polls.look_over": look_over})
    routes.events.update({"app_mention": named_in, "message": named_in})
