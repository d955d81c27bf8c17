"""What people can do with “Other…”: one function a verb, one transaction each."""

from datetime import datetime

from slack_app.kit.incoming import Who
from slack_app.polls import finding, sealed, service
from slack_app.polls.service import Voted
from storage import Database, Store
from surveys import ballots
from surveys.polls import Chosen, Poll


def vote(database: Database, who: Who, poll_id: str, text: str, now: datetime) -> Voted:
    """Choose "Other…" with what is written, as a click on any other option would."""
    with database.begin() as store:
        poll, number, before = _locked(store, who, poll_id, now)
        ballots.check_option(poll, number)
        if poll.privacy.is_sealed:
            return Voted(poll, *sealed.add(store, poll, who.voter, number, text))
        chosen = ballots.added(before, number, poll.limit)
        return Voted(poll, service.put(store, who, poll, chosen, now, text), chosen=chosen)


def take_back(database: Database, who: Who, poll_id: str, now: datetime) -> Voted:
    """Take "Other…" back with what is written; the other options stay chosen."""
    with database.begin() as store:
        poll, number, before = _locked(store, who, poll_id, now)
        chosen = tuple(each for each in before if each != number)
        if chosen:
            ballots.check_chosen(poll, chosen)
        if poll.privacy.is_sealed:
            return Voted(poll, *sealed.choose(store, poll, who.voter, chosen))
        return Voted(poll, service.put(store, who, poll, chosen, now, None), chosen=chosen)


def _locked(store: Store, who: Who, poll_id: str, now: datetime) -> tuple[Poll, int, Chosen]:
    """Return the poll, the number of its "Other…", and what somebody has chosen."""
    poll = finding.locked(store, who.workspace, poll_id)
    ballots.check_may_vote(poll, now)
    if poll.other is None:
        raise ballots.UnknownOption
    if poll.privacy.is_sealed:
        return poll, poll.other, sealed.ballot(store, poll, who.voter)[0].chosen
    return poll, poll.other, store.polls.ballot(who.workspace, poll_id, who.voter).chosen
