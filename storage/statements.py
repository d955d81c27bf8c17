"""The statements of a vote, built once: building one costs more than running it."""

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import ballots, poll_options, polls, votes
from surveys.ranking import MOST_PLACES

OPTION_COLUMNS = tuple(
    poll_options.c[name]
    for name in (
        "number",
        "text",
        "emoji",
        "moment",
        "is_day",
        "is_right",
        "picture",
        "alt",
        "is_other",
        "added_by",
        "state",
    )
)
"""What is kept of an option beside its votes; a poll has no column of these names."""

_WORKSPACE: BindParameter[str] = bindparam("workspace")
_POLL: BindParameter[str] = bindparam("poll")
_VOTER: BindParameter[str] = bindparam("voter")


def is_poll() -> ColumnElement[bool]:
    """Return the condition that names one poll, with `workspace` and `poll` to fill in."""
    return and_(polls.c.workspace_id == _WORKSPACE, polls.c.poll_id == _POLL)


_its_options = and_(
    poll_options.c.workspace_id == polls.c.workspace_id, poll_options.c.poll_id == polls.c.poll_id
)
its_votes = and_(
    votes.c.workspace_id == ballots.c.workspace_id,
    votes.c.poll_id == ballots.c.poll_id,
    votes.c.voter == ballots.c.voter,
)
_votes_for_it = and_(
    votes.c.workspace_id == poll_options.c.workspace_id,
    votes.c.poll_id == poll_options.c.poll_id,
    votes.c.number == poll_options.c.number,
)

WHOLE_POLLS = (
    select(polls, *OPTION_COLUMNS)
    .join(poll_options, _its_options)
    .order_by(polls.c.asked_at.desc(), polls.c.poll_id, poll_options.c.number)
)
"""A row an option: the one question that reads polls whole."""

FIND = WHOLE_POLLS.where(is_poll())

LOCK = FIND.with_for_update(key_share=True, of=polls)
"""The options may come from before the wait for the lock, as `Polls.lock` says."""

BALLOT = (
    select(ballots.c.clicked_at, ballots.c.click_id, ballots.c.clicked, ballots.c.written, votes.c.number)
    .outerjoin(votes, its_votes)
    .where(ballots.c.workspace_id == _WORKSPACE, ballots.c.poll_id == _POLL, ballots.c.voter == _VOTER)
    .order_by(votes.c.place, votes.c.number)
)
"""A row an option chosen, in the order of places, or one without a number."""


def _kept(put: postgresql.Insert | sqlite.Insert) -> postgresql.Insert | sqlite.Insert:
    put = put.values(
        workspace_id=_WORKSPACE,
        poll_id=_POLL,
        voter=_VOTER,
        clicked_at=bindparam("clicked_at"),
        click_id=bindparam("click_id"),
        clicked=bindparam("clicked"),
        written=bindparam("its_text"),
    )
    return put.on_conflict_do_update(
        index_elements=list(ballots.primary_key),
        set_={name: put.excluded[name] for name in ("clicked_at", "click_id", "clicked", "written")},
    )


KEEP_BALLOT = {
    "sqlite": _kept(sqlite.insert(ballots)),
    "postgresql": _kept(postgresql.insert(ballots)),
}
"""By the dialect's name."""

TAKE_VOTES = delete(votes).where(
    votes.c.workspace_id == _WORKSPACE,
    votes.c.poll_id == _POLL,
    votes.c.voter == _VOTER,
    votes.c.number.in_(bindparam("taken", expanding=True)),
)

GIVE_VOTE = votes.insert().values(
    workspace_id=_WORKSPACE,
    poll_id=_POLL,
    voter=_VOTER,
    number=bindparam("number"),
    place=bindparam("its_place"),
)

COUNT_VOTES = (
    update(poll_options)
    .where(
        poll_options.c.workspace_id == _WORKSPACE,
        poll_options.c.poll_id == _POLL,
        poll_options.c.number.in_(bindparam("moved", expanding=True)),
    )
    .values(
        votes=poll_options.c.votes
        + case((poll_options.c.number.in_(bindparam("given", expanding=True)), 1), else_=-1)
    )
)

COUNT_VOTER = (
    update(polls)
    .where(is_poll())
    .values(voters=polls.c.voters + bindparam("more"), revision=polls.c.revision + 1)
)

COUNT_SEALED_VOTER = (
    update(polls)
    .where(is_poll())
    .values(voters=polls.c.voters + bindparam("more"), revision=polls.c.revision + bindparam("redraws"))
)

PUT_BALLOT = ballots.insert().values(
    workspace_id=_WORKSPACE,
    poll_id=_POLL,
    voter=_VOTER,
    code=bindparam("its_code"),
    written=bindparam("its_text"),
)

_OPTION = and_(
    poll_options.c.workspace_id == _WORKSPACE,
    poll_options.c.poll_id == _POLL,
    poll_options.c.number == bindparam("its_number"),
)

ADD_VOTES = update(poll_options).where(_OPTION).values(votes=poll_options.c.votes + bindparam("more"))

ALL_TALLIES = (
    select(polls.c.poll_id, polls.c.voters, poll_options.c.votes)
    .join(poll_options, _its_options)
    .order_by(polls.c.poll_id, poll_options.c.number)
)
"""A row an option, of whichever polls one names."""

TALLIES = ALL_TALLIES.where(is_poll())

_ranked = (
    select(
        votes.c.number,
        votes.c.voter,
        func.row_number()
        .over(partition_by=votes.c.number, order_by=(ballots.c.clicked_at, votes.c.voter))
        .label("place"),
    )
    .join(ballots, its_votes)
    .where(votes.c.workspace_id == _WORKSPACE, votes.c.poll_id == _POLL)
    .subquery()
)

NAMES = (
    select(_ranked.c.number, _ranked.c.voter)
    .where(_ranked.c.place <= bindparam("most"))
    .order_by(_ranked.c.number, _ranked.c.place)
)
"""Who voted for each option, the first few."""

_places = (
    select(
        *(
            func.max(case((votes.c.place == place, votes.c.number))).label(f"place_{place}")
            for place in range(MOST_PLACES)
        )
    )
    .where(votes.c.workspace_id == _WORKSPACE, votes.c.poll_id == _POLL)
    .group_by(votes.c.voter)
    .subquery()
)

RANKINGS = select(*_places.c, func.count()).group_by(*_places.c)
"""A row for ballots alike, the option in each place, and how many there are: a few rows of thousands."""

_voters = (
    select(ballots.c.voter, ballots.c.clicked_at)
    .where(ballots.c.workspace_id == _WORKSPACE, ballots.c.poll_id == _POLL)
    .where(select(votes.c.number).where(its_votes).exists())
    .order_by(ballots.c.clicked_at, ballots.c.voter)
    .limit(bindparam("most"))
    .offset(bindparam("first"))
    .subquery()
)

ORDERS = (
    select(votes.c.voter, votes.c.number)
    .join(_voters, votes.c.voter == _voters.c.voter)
    .where(votes.c.workspace_id == _WORKSPACE, votes.c.poll_id == _POLL)
    .order_by(_voters.c.clicked_at, votes.c.voter, votes.c.place)
)
"""Who put the options into which order, a row a place, some of the voters at a time."""

RECOUNT_VOTES = (
    select(func.count(votes.c.voter))
    .select_from(poll_options.outerjoin(votes, _votes_for_it))
    .where(poll_options.c.workspace_id == _WORKSPACE, poll_options.c.poll_id == _POLL)
    .group_by(poll_options.c.number)
    .order_by(poll_options.c.number)
)

RECOUNT_VOTERS = select(func.count(votes.c.voter.distinct())).where(
    votes.c.workspace_id == _WORKSPACE, votes.c.poll_id == _POLL
)

COUNTED = (
    update(polls)
    .where(is_poll())
    .values(voters=RECOUNT_VOTERS.scalar_subquery(), is_counted=True, revision=polls.c.revision + 1)
)

_is_right = case((votes.c.number.in_(bindparam("right", expanding=True)), 1), else_=0)
_all_right = (
    select(votes.c.voter)
    .where(votes.c.workspace_id == _WORKSPACE, votes.c.poll_id == _POLL)
    .group_by(votes.c.voter)
    .having(func.sum(_is_right) == func.count(), func.count() >= bindparam("fewest"))
    .subquery()
)

COUNT_RIGHT = select(func.count()).select_from(_all_right)
"""How many voters chose nothing but right options, and `fewest` of them at least."""

SET_OPTION = update(poll_options).where(_OPTION).values(state=bindparam("its_state"))

TAKE_ALL_VOTES = delete(votes).where(
    votes.c.workspace_id == _WORKSPACE, votes.c.poll_id == _POLL, votes.c.number == bindparam("its_number")
)

_gone = votes.alias("gone")

CLOSE_UP = (
    update(votes)
    .where(
        votes.c.workspace_id == _WORKSPACE,
        votes.c.poll_id == _POLL,
        select(_gone.c.number)
        .where(
            _gone.c.workspace_id == _WORKSPACE,
            _gone.c.poll_id == _POLL,
            _gone.c.voter == votes.c.voter,
            _gone.c.number == bindparam("its_number"),
            _gone.c.place < votes.c.place,
        )
        .correlate(votes)
        .exists(),
    )
    .values(place=votes.c.place - 1)
)
"""Before an option's votes are taken, what stands behind it on each ballot moves up: no place stays empty,
or a ballot cast again would have two options in one.
"""

UNCOUNT_OPTION = update(poll_options).where(_OPTION).values(votes=0)

COUNT_VOTERS_AGAIN = (
    update(polls)
    .where(is_poll())
    .values(voters=RECOUNT_VOTERS.scalar_subquery(), revision=polls.c.revision + 1)
)
"""For open polls whose ballots are not sealed: their voters are counted from their votes."""
