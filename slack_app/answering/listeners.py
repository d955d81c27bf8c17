"""What Slack calls about answering."""

from slack_app.answering import blocks, service
from slack_app.answering.service import NoSuchPage, Place, Progress
from slack_app.kit.answers import Answer, FieldErrors, Replaced
from slack_app.kit.blocks import Block
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Press, Submission
from slack_app.kit.privacy import details_modal
from slack_app.kit.routing import Routes
from slack_app.kit.words import Words
from surveys.errors import Refused
from surveys.survey import BadEntries, SurveyGone


def wanted(press: Press, tools: Tools) -> Answer:
    """Answer, pressed on the message or in Home: the first page, or what one gave where it is closed."""
    found = service.look(tools.database, press.who, press.value)
    tools.slack.open_modal(press.trigger, _first_view(found, tools, tools.words_for(press.who)))
    return None


def change(press: Press, tools: Tools) -> Answer:
    """The same from the window that says thank you."""
    found = service.look(tools.database, press.who, press.value)
    _show(press, tools, _first_view(found, tools, tools.words_for(press.who)))
    return None


def sent(page: Submission, tools: Tools) -> Answer:
    """A page sent in: the next one, or thank you; each fault stands beside its field."""
    try:
        progress = service.send(tools.database, page.who, Place.read(page.memory), page.lists, tools.now())
    except BadEntries as bad:
        say = tools.words_for(page.who)
        return FieldErrors({name: say.plain_refusal(fault) for name, fault in bad.faults.items()})
    if progress.page is None:
        tools.redraw_due.set()
    return Replaced(_next_view(progress, tools.words_for(page.who)))


def back(press: Press, tools: Tools) -> Answer:
    """The page before; where it can't be shown, this one stays with all that is typed, and says why."""
    place, say = Place.read(press.memory), tools.words_for(press.who)
    try:
        progress = service.go_back(tools.database, press.who, place, press.lists, tools.now())
    except (SurveyGone, NoSuchPage):
        raise
    except Refused as refused:
        found = service.look(tools.database, press.who, place.round_id)
        told = say.refusal(refused)
        _show(press, tools, blocks.page_modal(found.asked, place.number, found.response, say, told))
    else:
        _show(press, tools, _next_view(progress, say))
    return None


def privacy_wanted(press: Press, tools: Tools) -> Answer:
    """How an anonymous survey is kept; over the page, which comes back as it was."""
    asked = service.asked(tools.database, press.who, press.value)
    view = details_modal(asked.privacy, asked.owner, asked.closes_at, tools.words_for(press.who))
    show = tools.slack.push_modal if press.view is not None else tools.slack.open_modal
    show(press.trigger, view)
    return None


def _first_view(found: Progress, tools: Tools, say: Words) -> Block:
    if found.asked.is_open(tools.now()):
        return blocks.page_modal(found.asked, 0, found.response, say)
    return blocks.closed_modal(found.asked, found.response, say)


def _next_view(progress: Progress, say: Words) -> Block:
    if progress.page is None:
        return blocks.counted_modal(progress.asked, say)
    told = blocks.still_missing(say) if progress.is_missing else None
    return blocks.page_modal(progress.asked, progress.page, progress.response, say, told)


def _show(press: Press, tools: Tools, view: Block) -> None:
    """Turn the window into this one, unless it shows something newer by then."""
    if press.view is not None:
        window = press.view
        tools.later.do(lambda: tools.slack.update_modal(window, view, press.shown))


def register(routes: Routes) -> None:
    routes.presses.update(
        {
            "answering.open": wanted,
            "answering.change": change,
            "answering.back": back,
            "answering.privacy": privacy_wanted,
        }
    )
    routes.submissions["answering.page"] = sent
