"""What Slack calls about the Home tab, and `/palabre`, which leads everywhere."""

from collections.abc import Callable

from slack_app.authoring import blocks as authoring_blocks
from slack_app.authoring import listeners as authoring_listeners
from slack_app.delivery import listeners as delivery_listeners
from slack_app.home import blocks, privacy, reminders, service, threshold
from slack_app.home.blocks import Parts
from slack_app.kit.answers import Answer, FieldErrors, Private, Replaced
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Command, Event, Press, Submission, Who
from slack_app.kit.routing import Routes
from slack_app.polls import help as poll_help
from slack_app.polls import listeners as poll_listeners
from slack_app.polls.asking import unposted
from slack_app.polls.home_rows import home_polls
from slack_app.reports import listeners as report_listeners
from slack_app.reports import recurring
from slack_app.upkeep import blocks as upkeep_blocks
from slack_app.upkeep import listeners as upkeep_listeners
from surveys.anonymity import OnlyHigher


def privacy_asked(sent: Command, tools: Tools) -> Answer:
    """`/palabre privacy`: who may see what is answered here."""
    member, say = tools.met(sent.who)
    fewest = threshold.fewest(tools.database, sent.who)
    return Private(privacy.privacy_note(fewest, say, may_raise=member.is_admin))


def raise_wanted(press: Press, tools: Tools) -> Answer:
    member, say = tools.met(press.who)
    threshold.check_may_raise(member)
    fewest = threshold.fewest(tools.database, press.who)
    tools.slack.open_modal(press.trigger, privacy.raise_modal(fewest, say))
    return None


def raised(sent: Submission, tools: Tools) -> Answer:
    """The smallest group raised, or beside its field why it is not."""
    member, say = tools.met(sent.who)
    try:
        fewest = threshold.raise_to(tools.database, member, sent.who, sent.entries.get("fewest", ""))
    except OnlyHigher as refused:
        return FieldErrors({"fewest": say.plain_refusal(refused)})
    return Replaced(privacy.raised_modal(fewest, say))


ROOMS: dict[str, Callable[[Command, Tools], Answer]] = {
    **dict.fromkeys(("poll", "sondage"), poll_listeners.command),
    **dict.fromkeys(("survey", "enquête", "enquete", "questionnaire"), authoring_listeners.command),
    **dict.fromkeys(("report", "rapport"), report_listeners.command),
    **dict.fromkeys(("privacy", "confidentialité", "confidentialite", "anonymat"), privacy_asked),
    **dict.fromkeys(("jobs", "tâches", "taches", "travaux"), upkeep_listeners.command),
}
HELPS = (
    poll_help.help_note,
    authoring_blocks.help_note,
    recurring.help_note,
    privacy.help_note,
    upkeep_blocks.help_note,
)


def palabre(sent: Command, tools: Tools) -> Answer:
    """`/palabre poll …` where another app owns `/poll`; anything else is answered with the help."""
    first, _, rest = sent.text.strip().partition(" ")
    room = ROOMS.get(first.casefold())
    if room is None:
        say = tools.words_for(sent.who)
        return Private(blocks.help_note([help_note(say) for help_note in HELPS]))
    return room(sent.saying(rest.strip()), tools)


def opened(event: Event, tools: Tools) -> Answer:
    if event.content.get("tab") == "home":
        tools.later.do(lambda: show(event.who, tools))
    return None


def refreshing(listener: Callable[[Press, Tools], Answer]) -> Callable[[Press, Tools], Answer]:
    """Return a listener that shows Home anew where the press came from there."""

    def listen(press: Press, tools: Tools) -> Answer:
        try:
            return listener(press, tools)
        finally:  # refused or not: what is closed or gone by now should leave the list
            if press.channel is None:
                tools.later.do(lambda: show(press.who, tools))

    return listen


def show(who: Who, tools: Tools) -> None:
    words, now = tools.words_for(who), tools.now()
    desk = service.desk(tools.database, who, now)
    parts = Parts(
        asked=blocks.asked_of_me(desk.asked, words),
        surveys=blocks.my_surveys(desk.surveys, now, words),
        polls=home_polls(desk.polls, now, words),
        has_more_surveys=desk.has_more_surveys,
        has_more_polls=desk.has_more_polls,
        answered=blocks.answered_by_me(desk.answered, now, words),
        reminders=reminders.own_reminders(are_stopped=desk.are_reminders_stopped, words=words),
    )
    tools.slack.publish_home(who.user, blocks.home(parts, words))


TAKEN_OVER: dict[str, Callable[[Press, Tools], Answer]] = {
    "polls.close": poll_listeners.close,
    "polls.delete": poll_listeners.delete,
    "polls.drop": unposted.drop,
    "polls.post_now": unposted.post_now,
    "authoring.close": authoring_listeners.close,
    "authoring.delete": authoring_listeners.delete,
    "delivery.remind": delivery_listeners.remind,
    "delivery.no_reminders": delivery_listeners.no_reminders,
    "delivery.reminders_again": delivery_listeners.reminders_again,
}
"""What may be pressed in Home, where the lists follow at once."""


def register(routes: Routes) -> None:
    routes.commands["/palabre"] = palabre
    routes.submissions["home.raise_fewest"] = raised
    routes.presses["home.raise_fewest"] = raise_wanted
    routes.events["app_home_opened"] = opened
    routes.presses.update({name: refreshing(listener) for name, listener in TAKEN_OVER.items()})
