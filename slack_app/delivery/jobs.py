"""What happens later with rounds: their message follows them, and people are invited or asked one by one."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from slack_app.delivery import blocks, held, progress, sending, service
from slack_app.delivery.sending import Batch
from slack_app.kit import audience, drawing, farewells
from slack_app.kit.context import Tools, words_of
from slack_app.kit.drawing import Drawing, HasTurn, Telling
from slack_app.kit.not_posted import reason_not_posted
from slack_app.kit.slack import SlackSaidNo
from slack_app.kit.words import words
from storage import Claim, Farewell, Store
from surveys.honest import MOST_COUNTED
from surveys.survey import Round

log = logging.getLogger("palabre")

AT_ONCE = 100
BATCH_LASTS = timedelta(seconds=5)
"""Between two batches the owner is shown how far it is, and other jobs of the workspace have their turn."""


def draw(claim: Claim[Round], tools: Tools, has_turn: HasTurn) -> float:
    """Bring one round's message up to date; return the seconds that Slack asks to wait after it."""
    with tools.database.begin() as store:
        asked = store.surveys.find(claim.asked.workspace, claim.asked.id)
    if asked is None:
        return 0.0
    if asked.delivery is not None:
        return progress.draw(claim, asked, tools, has_turn)
    return drawing.draw(claim, tools, _drawing(claim, asked, tools), has_turn)


def _drawing(claim: Claim[Round], asked: Round, tools: Tools) -> Drawing[Round]:
    return Drawing(
        drawer=lambda store: store.surveys,
        asked=asked,
        is_open=asked.is_open(tools.now()),
        note=blocks.survey_message(asked, words(asked.survey.language)),
        not_posted=lambda error, say: blocks.not_posted(
            asked, reason_not_posted(error, asked.channel, say), say
        ),
        held=lambda people, say: held.note(asked, people, say),
        when_posted=lambda store, message: _posted(store, claim, asked, message),
    )


def _posted(store: Store, claim: Claim[Round], asked: Round, message: str) -> None:
    """Have the channel's people invited; the message of a survey deleted meanwhile is withdrawn."""
    if store.surveys.find(asked.workspace, asked.id) is not None:
        store.later("delivery.invite", asked.workspace, asked.id, revision=claim.revision)
        return
    said = Farewell(asked.channel, message, asked.survey.language)
    store.surveys.keep_farewell(asked.workspace, asked.id, said)
    store.later("delivery.withdraw", asked.workspace, asked.id, revision=1)


def withdraw(workspace: str, subject: str, tools: Tools) -> None:
    """Take what a deleted round left away. subject: its id."""
    farewells.withdraw(workspace, subject, tools, blocks.deleted_message)


def invite(workspace: str, subject: str, tools: Tools) -> None:
    """Note which people of its channel a round asks; whoever joins later may answer all the same.

    subject: the round's id. Where each is asked by a direct message, that begins once all are noted, unless
    so few could answer an anonymous one that its owner decides first.
    """
    with tools.database.begin() as store:
        asked = store.surveys.find(workspace, subject)
    if asked is None or not asked.is_open(tools.now()):
        return
    if asked.delivery == "held":  # the process ended before its owner was told
        _tell_held(asked, tools)
        return
    try:
        own = str(tools.slack.who_am_i()["user_id"])
        pages = [
            [user for user in users if user != own] for users in tools.slack.channel_members(asked.channel)
        ]
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        log.warning("round %s invites nobody: %s", asked.id, fault)
        _tell_nobody_is_asked(asked, fault.error, tools)
    else:
        _invite(asked, pages, tools)


def _tell_nobody_is_asked(asked: Round, error: str, tools: Tools) -> None:
    if asked.delivery is not None:
        reason = partial(reason_not_posted, error, asked.channel)
        _tell_owner(asked, lambda say: blocks.not_asked(asked, reason(say), say), tools)


def _tell_held(asked: Round, tools: Tools) -> None:
    _tell_owner(asked, lambda say: held.note(asked, asked.audience or 0, say), tools)


def _tell_owner(asked: Round, note: Telling, tools: Tools) -> None:
    with tools.database.begin() as store:
        say = words_of(store, asked.workspace, asked.owner)
    try:
        tools.slack.post(asked.owner, note(say))
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        log.warning("owner of round %s not told: %s", asked.id, fault)


def _invite(asked: Round, pages: Sequence[Sequence[str]], tools: Tools) -> None:
    """Note all pages of a channel's members at once: nobody resumes what is half noted, and finds it done."""
    with tools.database.begin() as store:
        people = [audience.people_among(store, asked.workspace, users) for users in pages]
        number = _plan(store, asked, people)
        if number is not None:
            service.send_next(store, asked.workspace, asked.id, number)
        now = store.surveys.find(asked.workspace, asked.id)
    if now is not None and now.delivery == "held":
        _tell_held(now, tools)
    tools.redraw_due.set()


def _plan(store: Store, asked: Round, people: Sequence[Sequence[str]]) -> int | None:
    """Note who is asked; return the number of the change where direct messages begin."""
    if asked.delivery is None:
        for users in people:
            store.surveys.invite(asked.workspace, asked.id, users)
        return None
    if audience.is_unknown(asked) and not _has_audience(store, asked, sum(map(len, people))):
        return None
    for users in people:
        store.deliveries.plan(asked.workspace, asked.id, users)
    return store.deliveries.changed(asked.workspace, asked.id)


def _has_audience(store: Store, asked: Round, people: int) -> bool:
    """Keep how many can answer an anonymous one; False where they are too few, or it goes elsewhere."""
    counted = min(people, MOST_COUNTED)
    if not store.surveys.count_audience(asked.workspace, asked.id, asked.channel, counted):
        return False
    if not audience.is_too_small(people, asked.privacy):
        return True
    store.deliveries.set_state(asked.workspace, asked.id, {"running"}, "held")
    return False


def send(workspace: str, subject: str, tools: Tools) -> None:
    """Ask the next people of a round by direct message, for some seconds; another job asks the others.

    subject: the round's id and this job's number. Of all who are asked, one at a time is in flight: when a
    process dies there, that one may be asked twice. The messages stay as they are when the round closes.
    """
    round_id, number = _round_and_number(subject)
    if _is_overtaken(workspace, round_id, number, tools):
        return
    batch = _batch(workspace, round_id, tools)
    if batch is not None:
        wait = sending.send(batch, tools.now() + BATCH_LASTS, tools)
        _go_on(workspace, round_id, wait, tools)


def _round_and_number(subject: str) -> tuple[str, int]:
    """Read what a job that sends is about; one of an earlier version carries no number."""
    round_id, _, number = subject.partition(":")
    return round_id, int(number or 0)


def _is_overtaken(workspace: str, round_id: str, number: int, tools: Tools) -> bool:
    """Tell whether a newer job waits to ask the same people, as after Pause and Resume: it alone goes on."""
    waiting = tools.database.jobs.waiting(workspace)
    sending_too = (_round_and_number(job.subject) for job in waiting if job.name == "delivery.send")
    return any(its_round == round_id and its_number > number for its_round, its_number in sending_too)


def _batch(workspace: str, round_id: str, tools: Tools) -> Batch | None:
    """Return who is next, None where the round asks nobody now."""
    with tools.database.begin() as store:
        asked = store.surveys.find(workspace, round_id)
        if asked is None or asked.delivery != "running" or not asked.is_open(tools.now()):
            return None
        people = store.deliveries.batch(workspace, round_id, AT_ONCE)
        known = store.members.find_all(workspace, people)
    note = blocks.direct_message(asked, words(asked.survey.language))
    return Batch(asked, note, people, frozenset(member.id for member in known if member.has_left))


def _go_on(workspace: str, round_id: str, wait: timedelta, tools: Tools) -> None:
    """Show how far it is, and have the next batch sent or the round marked as done."""
    with tools.database.begin() as store:
        number = store.deliveries.changed(workspace, round_id)
        delivery = store.deliveries.find(workspace, round_id)
        is_running = delivery is not None and delivery.state == "running"
        if number is None or not is_running or store.workspaces.is_removed(workspace):
            return
        if store.deliveries.batch(workspace, round_id, most=1):
            service.send_next(store, workspace, round_id, number, wait)
        else:
            store.deliveries.set_state(workspace, round_id, {"running"}, "done")
    tools.redraw_due.set()
