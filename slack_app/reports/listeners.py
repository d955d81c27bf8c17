"""What Slack calls about reports: one on wish, and those that come by themselves."""

from dataclasses import replace

from slack_app.kit.answers import Answer, FieldErrors, Private, Replaced, private
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Command, Press, Submission
from slack_app.kit.routing import Routes
from slack_app.kit.words import Words
from slack_app.reports import coming, modals, recurring, service
from slack_app.reports.service import Elsewhere, Wish
from surveys import report_words
from surveys.errors import Refused
from surveys.people import Member
from surveys.recurring import Monthly, Recurring, Weekly, Yearly


class NoSurveyChosen(Refused):
    sentence = "Choose the survey to report on."


class NoChannel(Refused):
    sentence = "Choose the channel the report should appear in."


def command(sent: Command, tools: Tools) -> Answer:
    """`/report …`: post one, or have them come by themselves."""
    member, say = tools.met(sent.who)
    match report_words.parse(sent.text):
        case report_words.OpenForm():
            rounds = service.choices(tools.database, member, sent.who, sent.channel)
            tools.slack.open_modal(sent.trigger, modals.choose_modal(rounds, "", None, say))
            return None
        case report_words.Help():
            return Private(recurring.help_note(say))
        case report_words.Stop():
            was_there = coming.stop(tools.database, sent.who, sent.channel)
            return private(recurring.stopped(say, was_there=was_there))
        case report_words.Show():
            kept = coming.wish_of(tools.database, sent.who, sent.channel)
            return private(recurring.read_back(kept, tools.now(), say) if kept else recurring.none_comes(say))
        case Weekly() | Monthly() | Yearly() as wished:
            return _keep(sent, tools, member, wished, say)


def _keep(sent: Command, tools: Tools, member: Member, wished: Recurring, say: Words) -> Answer:
    zone = wished.zone or coming.zone_of(tools.database, member, sent.who)
    now = tools.now()
    wish = replace(wished, zone=zone)
    kept = coming.keep(tools.database, sent.who, sent.channel, wish, say.language, now)
    return private(recurring.read_back(kept, now, say))


def form_wanted(press: Press, tools: Tools) -> Answer:
    """A report on one's survey, from Home."""
    member, say = tools.met(press.who)
    asked = service.managed(tools.database, member, press.who, press.value)
    rounds = service.choices(tools.database, member, press.who, None)
    offered = rounds if asked in rounds else (asked, *rounds[: service.MOST_CHOICES - 1])
    tools.slack.open_modal(press.trigger, modals.choose_modal(offered, asked.id, asked.channel, say))
    return None


def wanted(sent: Submission, tools: Tools) -> Answer:
    """The form sent in: the report is on its way, or each fault stands beside its field."""
    member, say = tools.met(sent.who)
    round_id, channel = sent.entries.get("survey", ""), sent.entries.get("channel", "")
    if not round_id:
        return FieldErrors({"survey": say.plain_refusal(NoSurveyChosen())})
    if not channel:
        return FieldErrors({"channel": say.plain_refusal(NoChannel())})
    wish = Wish(round_id, channel, sent.view)
    ordered = service.order(tools.database, member, sent.who, wish, tools.now())
    if ordered.withheld is not None:
        return Replaced(modals.withheld_modal(ordered.asked, ordered.withheld, say))
    if service.is_owners(ordered.asked, ordered.channel):
        return Replaced(modals.comes_to_you_modal(ordered.asked.survey.title, say))
    return Replaced(modals.on_its_way_modal(ordered.asked.survey.title, channel, say))


def post_again(press: Press, tools: Tools) -> Answer:
    return _post_in(press, tools, press.value, "")


def post_in(press: Press, tools: Tools) -> Answer:
    return _post_in(press, tools, press.argument, press.value)


def _post_in(press: Press, tools: Tools, report_id: str, channel: str) -> Answer:
    member = tools.known(press.who)
    place = Elsewhere(channel, press.click)
    service.post_again(tools.database, member, press.who, report_id, place)
    return None


def register(routes: Routes) -> None:
    routes.commands["/report"] = command
    routes.submissions["reports.post"] = wanted
    routes.presses.update(
        {"reports.open": form_wanted, "reports.post_again": post_again, "reports.post_in": post_in}
    )
