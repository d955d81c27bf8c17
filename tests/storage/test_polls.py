"""Polls are found, voted on, counted, closed and drawn, in their own workspace only."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage import Claim, Database
from surveys.options import Adding, Option, OptionState
from surveys.options import asked as offered
from surveys.polls import Ballot, Poll
from surveys.seeing import PollKind, Seeing

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LUNCH = Poll("p1", "T1", "UANA", "C1", "Lunch?", offered(("Soup", "Salad", "Pizza")), "en", NOON)
BEN = "T1:UBEN"


def keep(database: Database, *polls: Poll) -> None:
    with database.begin() as store:
        for poll in polls:
            assert store.polls.create(poll, f"origin of {poll.id}", None)


def cast(database: Database, voter: str, *options: int, at: datetime = NOON) -> None:
    with database.begin() as store:
        before = store.polls.ballot("T1", "p1", voter)
        store.polls.cast("T1", "p1", voter, before, Ballot(options, at, f"click at {at}"))


def tallies(database: Database) -> tuple[tuple[int, ...], int]:
    with database.begin() as store:
        assert store.standings.tallies("T1", "p1") == store.standings.recount("T1", "p1")
        return store.standings.tallies("T1", "p1")


def claim(database: Database, now: datetime = NOON) -> tuple[Claim[Poll], ...]:
    with database.begin() as store:
        return store.polls.claim_stale(now, now + timedelta(seconds=30))


def test_a_poll_comes_back_as_it_was_kept(database: Database) -> None:
    keep(database, LUNCH)
    with database.begin() as store:
        assert store.polls.find("T1", "p1") == LUNCH
        assert store.polls.lock("T1", "p1") == LUNCH


def test_a_poll_keeps_how_many_options_a_voter_chooses_and_who_sees_counts(database: Database) -> None:
    several = replace(LUNCH, least=2, most=0, seeing=Seeing.AFTER_VOTE, is_shuffled=True)
    keep(database, several)
    with database.begin() as store:
        assert store.polls.find("T1", "p1") == several


def test_a_poll_that_is_not_there_is_none(database: Database) -> None:
    with database.begin() as store:
        assert store.polls.find("T1", "p1") is None
        assert store.polls.lock("T1", "p1") is None
        assert store.standings.tallies("T1", "p1") == ((), 0)


def test_a_moment_comes_back_in_utc_wherever_it_was_written(database: Database) -> None:
    in_paris = NOON.astimezone(timezone(timedelta(hours=1)))
    keep(database, replace(LUNCH, asked_at=in_paris))
    with database.begin() as store:
        found = store.polls.find("T1", "p1")
    assert found is not None
    assert found.asked_at.isoformat() == "2026-03-02T12:00:00+00:00"


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="needs its time zone"), database.begin() as store:
        store.polls.create(replace(LUNCH, asked_at=datetime(2026, 3, 2, 12, 0)), "origin", None)  # noqa: DTZ001 the mistake


def test_the_same_origin_twice_makes_one_poll(database: Database) -> None:
    with database.begin() as store:
        assert store.polls.create(LUNCH, "trigger 1", None)
    with database.begin() as store:
        assert not store.polls.create(replace(LUNCH, id="p2"), "trigger 1", None)
        assert store.polls.find("T1", "p2") is None


def test_the_same_origin_in_another_workspace_is_another_poll(database: Database) -> None:
    with database.begin() as store:
        assert store.polls.create(LUNCH, "trigger 1", None)
        assert store.polls.create(replace(LUNCH, workspace="T2"), "trigger 1", None)


def test_nothing_of_another_workspace_is_ever_found_or_touched(database: Database) -> None:
    keep(database, LUNCH)
    cast(database, BEN, 1)
    with database.begin() as store:
        assert store.polls.find("T2", "p1") is None
        assert store.polls.lock("T2", "p1") is None
        assert store.polls.ballot("T2", "p1", BEN) == Ballot()
        assert store.standings.tallies("T2", "p1") == ((), 0)
        assert store.standings.recount("T2", "p1") == ((), 0)
        assert not store.polls.close("T2", "p1", NOON)
        assert store.polls.open_of("T2", "UANA") == ()
        assert store.polls.latest_of("T2", "UANA", "C1") is None
        store.polls.drawn("T2", "p1", 9, "1.1")
        store.polls.undrawable("T2", "p1", 9, "no")
        store.polls.post_again("T2", "p1", "C9", None)
    assert [(found.asked, found.revision) for found in claim(database)] == [(LUNCH, 2)]


def test_two_workspaces_with_the_same_poll_id_count_apart(database: Database) -> None:
    keep(database, LUNCH, replace(LUNCH, workspace="T2"))
    cast(database, BEN, 1)
    with database.begin() as store:
        assert store.standings.tallies("T1", "p1") == ((0, 1, 0), 1)
        assert store.standings.tallies("T2", "p1") == ((0, 0, 0), 0)
        assert store.standings.recount("T2", "p1") == ((0, 0, 0), 0)


def test_a_vote_is_counted_moved_and_taken_back(database: Database) -> None:
    keep(database, LUNCH)
    cast(database, BEN, 1)
    assert tallies(database) == ((0, 1, 0), 1)
    cast(database, BEN, 2)
    assert tallies(database) == ((0, 0, 1), 1)
    cast(database, BEN)
    assert tallies(database) == ((0, 0, 0), 0)


def test_who_voted_for_each_option_is_told_the_earliest_first(database: Database) -> None:
    keep(database, LUNCH, replace(LUNCH, workspace="T2"))
    for place, voter in enumerate(("UZOE", "UBEN", "UANA")):
        cast(database, f"T1:{voter}", 1, at=NOON + timedelta(seconds=place))
    cast(database, "T9:UGUEST", 2)
    with database.begin() as store:
        assert store.standings.names("T1", "p1", 9) == {1: ("UZOE", "UBEN", "UANA"), 2: ("UGUEST",)}
        assert store.standings.names("T1", "p1", 2) == {1: ("UZOE", "UBEN"), 2: ("UGUEST",)}
        assert store.standings.names("T2", "p1", 9) == {}


def test_several_choices_of_one_voter_are_one_voter(database: Database) -> None:
    keep(database, LUNCH)
    cast(database, BEN, 0, 2)
    cast(database, "T1:UCHLOE", 2)
    assert tallies(database) == ((1, 0, 2), 2)
    cast(database, BEN, 1, 2)
    assert tallies(database) == ((0, 1, 2), 2)


def test_the_tallies_of_several_polls_are_read_at_once(database: Database) -> None:
    yes_no = replace(LUNCH, id="p2", options=offered(("Yes", "No")))
    keep(database, LUNCH, yes_no, replace(LUNCH, workspace="T2"))
    cast(database, BEN, 1)
    with database.begin() as store:
        asked = store.standings.tallies_of("T1", ["p1", "p2", "not there"])
        assert store.standings.tallies_of("T1", []) == {}
    assert asked == {"p1": ((0, 1, 0), 1), "p2": ((0, 0), 0)}


def test_a_ballot_remembers_the_last_click_even_when_nothing_is_chosen(database: Database) -> None:
    keep(database, LUNCH)
    cast(database, BEN, 1)
    cast(database, BEN, at=NOON + timedelta(seconds=5))
    with database.begin() as store:
        ballot = store.polls.ballot("T1", "p1", BEN)
    assert ballot.chosen == ()
    assert ballot.clicked_at == NOON + timedelta(seconds=5)
    assert ballot.click_id == "click at 2026-03-02 12:00:05+00:00"


def test_a_click_that_changes_nothing_asks_for_no_redraw(database: Database) -> None:
    keep(database, LUNCH)
    cast(database, BEN, 1)
    with database.begin() as store:
        store.polls.drawn("T1", "p1", 2, "1.1")
    cast(database, BEN, 1, at=NOON + timedelta(seconds=5))
    assert claim(database) == ()
    with database.begin() as store:
        assert store.polls.ballot("T1", "p1", BEN).clicked_at == NOON + timedelta(seconds=5)


def test_a_transaction_that_fails_leaves_nothing_behind(database: Database) -> None:
    def vote_and_fail() -> None:
        with database.begin() as store:
            store.polls.cast("T1", "p1", BEN, Ballot(), Ballot((1,), NOON))
            raise ZeroDivisionError

    keep(database, LUNCH)
    with pytest.raises(ZeroDivisionError):
        vote_and_fail()
    assert tallies(database) == ((0, 0, 0), 0)


def test_a_poll_closes_once(database: Database) -> None:
    keep(database, LUNCH)
    with database.begin() as store:
        assert store.polls.close("T1", "p1", NOON)
        assert not store.polls.close("T1", "p1", NOON + timedelta(hours=1))
        assert store.polls.find("T1", "p1") == replace(LUNCH, closed_at=NOON)
    assert [found.revision for found in claim(database)] == [2]


def test_open_polls_of_an_owner_come_newest_first(database: Database) -> None:
    later = replace(LUNCH, id="p2", asked_at=NOON + timedelta(hours=1), channel="C2")
    latest = replace(LUNCH, id="p3", asked_at=NOON + timedelta(hours=2))
    of_ben = replace(LUNCH, id="p4", owner="UBEN")
    keep(database, LUNCH, later, latest, of_ben)
    with database.begin() as store:
        assert store.polls.open_of("T1", "UANA") == (latest, later, LUNCH)
        assert store.polls.latest_of("T1", "UANA", "C2") == later
        store.polls.close("T1", "p3", NOON)
        assert store.polls.open_of("T1", "UANA") == (later, LUNCH)
        assert store.polls.latest_of("T1", "UANA", "C1") == LUNCH


def test_at_most_fifty_open_polls_are_listed(database: Database) -> None:
    many = [replace(LUNCH, id=f"p{n:02}", asked_at=NOON + timedelta(minutes=n)) for n in range(52)]
    keep(database, *many)
    with database.begin() as store:
        assert store.polls.open_of("T1", "UANA") == tuple(reversed(many[2:]))


def test_all_that_is_kept_of_an_option_and_of_a_kind_comes_back(database: Database) -> None:
    options = (
        Option("Paris", "👍", is_right=True, picture="https://example.org/a.png", alt="A tower"),
        Option("Friday", moment=NOON, is_day=True, added_by="UBEN", state=OptionState.WAITING),
        Option("Other…", is_other=True),
    )
    kept = replace(
        LUNCH,
        options=options,
        kind=PollKind.QUIZ,
        explanation="Since 508",
        adding=Adding.APPROVED,
        thread="1.2",
        posts_at=NOON,
    )
    keep(database, kept)
    with database.begin() as store:
        assert store.polls.find("T1", "p1") == kept
        assert store.polls.lock("T1", "p1") == kept


def test_a_poll_that_is_posted_later_is_not_drawn_before(database: Database) -> None:
    keep(database, replace(LUNCH, posts_at=NOON + timedelta(hours=1)))
    assert claim(database, NOON + timedelta(minutes=59)) == ()
    assert [each.asked.id for each in claim(database, NOON + timedelta(minutes=60))] == ["p1"]


def test_a_ballot_keeps_its_order_and_what_was_written(database: Database) -> None:
    keep(database, LUNCH)
    for chosen, written in (((2, 0, 1), "Ramen"), ((2, 1), ""), ((1, 2), "Ramen")):
        with database.begin() as store:
            before = store.polls.ballot("T1", "p1", BEN)
            store.polls.cast("T1", "p1", BEN, before, Ballot(chosen, NOON, written=written))
        with database.begin() as store:
            kept = store.polls.ballot("T1", "p1", BEN)
        assert (kept.chosen, kept.written) == (chosen, written)
    assert tallies(database) == ((0, 1, 1), 1)


def test_an_option_that_is_taken_away_takes_its_votes_along(database: Database) -> None:
    keep(database, replace(LUNCH, adding=Adding.ANYONE))
    cast(database, BEN, 1)
    cast(database, "T1:UZOE", 0, 1)
    with database.begin() as store:
        store.polls.set_option("T1", "p1", 1, OptionState.GONE)
    assert tallies(database) == ((1, 0, 0), 1)
    with database.begin() as store:
        poll = store.polls.lock("T1", "p1")
        assert poll is not None
        store.polls.add_option(poll, Option("Ramen", added_by="UBEN"))
    with database.begin() as store:
        found = store.polls.find("T1", "p1")
    assert found is not None
    assert [found.options[number].text for number in found.shown] == ["Soup", "Pizza", "Ramen"]
