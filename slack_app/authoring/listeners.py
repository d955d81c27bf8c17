"""What Slack calls about authoring: choosing a survey, looking it over, launching, closing, deleting."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from slack_app.authoring import blocks, held, service
from slack_app.authoring.plan import CHANNEL, EACH, Plan
from slack_app.authoring.service import Elsewhere, Wish
from slack_app.kit.answers import Answer, FieldErrors, Private, Replaced
from slack_app.kit.blocks import Block, Note
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Command, Press, Shortcut, Submission, Who
from slack_app.kit.privacy import details_modal
from slack_app.kit.routing import Routes
from slack_app.kit.words import Words, languages
from surveys import survey, survey_words
from surveys.anonymity import Level, ResultsTo
from surveys.drafts import Draft, comparable
from surveys.errors import Refused
from surveys.templates import TEMPLATES, template


class NoChannel(Refused):
    sentence = "Choose the channel the survey should appear in."


class NoMoment(Refused):
    sentence = "Choose when the survey closes."


class NotOffered(Refused):
    sentence = "This can't be chosen here. Choose one of those that are offered."


DIRECT = "D"
"""How the id of a direct message begins: nobody is there to be asked, and the form's menu has none."""


def command(sent: Command, tools: Tools) -> Answer:
    """`/survey …`: choose one, look a ready-made one over, or close one's latest here."""
    say = tools.words_for(sent.who)
    match survey_words.parse(sent.text):
        case survey_words.OpenChoice(is_anonymous=is_anonymous):
            plan = replace(_new_plan(tools, say, sent.channel), level=_level(is_anonymous))
            tools.slack.open_modal(sent.trigger, _choice(plan, say))
        case survey_words.LookOver(template=name, is_anonymous=is_anonymous):
            plan = replace(_new_plan(tools, say, sent.channel, name), level=_level(is_anonymous))
            tools.slack.open_modal(sent.trigger, _look(plan, sent.who, tools, say))
        case survey_words.Help():
            return Private(blocks.help_note(say))
        case survey_words.Results():
            return Private(Note(blocks.use_report(say)))
        case survey_words.Close():
            asked = service.latest(tools.database, sent.who, sent.channel)
            tools.slack.open_modal(sent.trigger, blocks.close_modal(asked, say))
    return None


def form_wanted(sent: Press | Shortcut, tools: Tools) -> Answer:
    """A new survey, from Home or by the shortcut."""
    say = tools.words_for(sent.who)
    tools.slack.open_modal(sent.trigger, _choice(_new_plan(tools, say), say))
    return None


def chosen(sent: Submission, tools: Tools) -> Answer:
    """The survey and its language: now it can be looked over."""
    say, before = tools.words_for(sent.who), Plan.read(sent.memory)
    language = sent.entries.get("language", "")
    plan = before.choosing(sent.entries.get("template", ""), language if language in languages() else "")
    return Replaced(_look(plan, sent.who, tools, say))


def back(press: Press, tools: Tools) -> Answer:
    """To the choice again; what was filled in comes back with the next look."""
    _show(press, tools, _choice(_filled(press), tools.words_for(press.who)))
    return None


def names_chosen(press: Press, tools: Tools) -> Answer:
    """Names or not, and who gets the results: what people will be told about it follows at once."""
    _show(press, tools, _look(_filled(press), press.who, tools, tools.words_for(press.who)))
    return None


def privacy_wanted(press: Press, tools: Tools) -> Answer:
    """How an anonymous survey would be kept, over the look-over."""
    say, plan = tools.words_for(press.who), _filled(press)
    promised = plan.privacy(service.fewest(tools.database, press.who))
    tools.slack.push_modal(press.trigger, details_modal(promised, press.who.user, plan.closes_at, say))
    return None


def _show(press: Press, tools: Tools, view: Block) -> None:
    if press.view is not None:
        window = press.view
        tools.later.do(lambda: tools.slack.update_modal(window, view, press.shown))


def _filled(sent: Press | Submission) -> Plan:
    """Return what the look-over is filled in with; what is not offered stays as it was."""
    before = Plan.read(sent.memory)
    ways = {way: way for way in (CHANNEL, EACH)}
    levels = {level.value: level for level in (Level.NAMED, Level.ANONYMOUS)}
    readers = {each.value: each for each in ResultsTo}
    return replace(
        before,
        title=_first(sent, "title"),
        channel=_first(sent, "channel"),
        closes_at=_moment(sent) or before.closes_at,
        way=ways.get(_first(sent, "way"), before.way),
        level=levels.get(_first(sent, "names"), before.level),
        results_to=readers.get(_first(sent, "results"), before.results_to),
        compare_by=_first(sent, "compare"),
    )


def launch(sent: Submission, tools: Tools) -> Answer:
    """The survey is on its way, or each fault stands beside its field."""
    say, plan, now = tools.words_for(sent.who), _filled(sent), tools.now()
    closes_at, draft = _moment(sent), template(plan.template, plan.language)
    faults = _faults(sent, draft, closes_at, now, say)
    if faults or closes_at is None:
        return FieldErrors(faults)
    wish = Wish(
        title=plan.title,
        language=plan.language,
        channel=plan.channel,
        closes_at=closes_at,
        origin=sent.view,
        asks_each=plan.way == EACH,
        level=plan.level,
        results_to=plan.results_to,
        compare_by=plan.compare_by or None,
    )
    asked = service.launch(tools.database, sent.who, draft, wish, now)
    tools.redraw_due.set()
    return Replaced(blocks.on_its_way_modal(asked, say))


def _faults(
    sent: Submission, draft: Draft, closes_at: datetime | None, now: datetime, say: Words
) -> dict[str, str]:
    """Return what is wrong with what is filled in, by field."""

    def closing() -> None:
        if closes_at is None:
            raise NoMoment
        survey.check_closing(closes_at, now)

    def channel() -> None:
        if not _first(sent, "channel"):
            raise NoChannel

    def offered(field: str, among: Collection[str]) -> None:
        if _first(sent, field) not in {"", *among}:
            raise NotOffered

    checks: dict[str, Callable[[], object]] = {
        "title": lambda: survey.check_title(_first(sent, "title")),
        "channel": channel,
        "closes": closing,
        "names": lambda: offered("names", (Level.NAMED, Level.ANONYMOUS)),
        "results": lambda: offered("results", tuple(ResultsTo)),
        "compare": lambda: offered("compare", [question.id for question in comparable(draft)]),
    }
    return {field: told for field, check in checks.items() if (told := _refusal(check, say))}


def _refusal(check: Callable[[], object], say: Words) -> str:
    """Return what a check has against a value, "" where it has nothing."""
    try:
        check()
    except Refused as refused:
        return say.plain_refusal(refused)
    return ""


def close(press: Press, tools: Tools) -> Answer:
    """Close, pressed in Home and confirmed there."""
    member = tools.known(press.who)
    service.close(tools.database, member, press.who, press.value, tools.now())
    tools.redraw_due.set()
    return None


def close_confirmed(sent: Submission, tools: Tools) -> Answer:
    """Close, confirmed in the window that the command opened."""
    member, say = tools.met(sent.who)
    asked = service.close(tools.database, member, sent.who, sent.memory, tools.now())
    tools.redraw_due.set()
    return Replaced(blocks.closed_modal(asked, say))


def delete(press: Press, tools: Tools) -> Answer:
    """Delete, pressed in Home and confirmed there."""
    member = tools.known(press.who)
    service.delete(tools.database, member, press.who, press.value)
    return None


def post_again(press: Press, tools: Tools) -> Answer:
    return _post_in(press, tools, press.value, "")


def post_in(press: Press, tools: Tools) -> Answer:
    return _post_in(press, tools, press.argument, press.value)


def _post_in(press: Press, tools: Tools, round_id: str, channel: str) -> Answer:
    member = tools.known(press.who)
    place = Elsewhere(channel, press.reply_url)
    service.post_again(tools.database, member, press.who, round_id, place, tools.now())
    tools.redraw_due.set()
    return None


def ask_all_the_same(press: Press, tools: Tools) -> Answer:
    """Ask an anonymous survey of so few people that no results will be shown."""
    member = tools.known(press.who)
    held.ask_all_the_same(tools.database, member, press.who, press.value, press.argument, tools.now())
    tools.redraw_due.set()
    return None


def drop(press: Press, tools: Tools) -> Answer:
    """Drop it, pressed and confirmed below the note of why nobody is asked yet."""
    asked = held.drop(tools.database, tools.known(press.who), press.who, press.value)
    told = tools.words_for(press.who)(
        "“{title}” is dropped, and nothing of it is kept.", title=asked.survey.title
    )
    tools.later.do(lambda: tools.whisper(press.who.user, press.reply_url, Note(told)))
    return None


def _choice(plan: Plan, say: Words) -> Block:
    offered = {name: template(name, say.language) for name in TEMPLATES}
    return blocks.choice_modal(offered, plan, say)


def _look(plan: Plan, who: Who, tools: Tools, say: Words) -> Block:
    promised = plan.privacy(service.fewest(tools.database, who))
    return blocks.look_modal(template(plan.template, plan.language), plan, promised, who.user, say)


def _level(is_anonymous: bool) -> Level:
    return Level.ANONYMOUS if is_anonymous else Level.NAMED


def _new_plan(tools: Tools, say: Words, channel: str = "", name: str = TEMPLATES[0]) -> Plan:
    usual = tools.now() + survey.USUALLY_OPEN + timedelta(minutes=30)
    closes_at = usual.replace(minute=0, second=0, microsecond=0)
    return Plan(name, say.language, closes_at, "" if channel.startswith(DIRECT) else channel)


def _first(sent: Submission | Press, field: str) -> str:
    return next(iter(sent.lists.get(field, ())), "")


def _moment(sent: Submission | Press) -> datetime | None:
    """Return the closing moment that is filled in; Slack sends it as whole seconds."""
    seconds = _first(sent, "closes")
    in_reach = seconds.isascii() and seconds.isdecimal() and len(seconds) == 10
    return datetime.fromtimestamp(int(seconds), UTC) if in_reach else None


def register(routes: Routes) -> None:
    routes.commands["/survey"] = command
    routes.shortcuts["authoring.new"] = form_wanted
    routes.presses.update(
        {
            "authoring.new": form_wanted,
            "authoring.back": back,
            "authoring.names": names_chosen,
            "authoring.results": names_chosen,
            "authoring.privacy": privacy_wanted,
            "authoring.close": close,
            "authoring.delete": delete,
            "authoring.post_again": post_again,
            "authoring.post_in": post_in,
            "authoring.ask_all_the_same": ask_all_the_same,
            "authoring.drop": drop,
        }
    )
    routes.submissions.update(
        {"authoring.choose": chosen, "authoring.launch": launch, "authoring.close": close_confirmed}
    )
