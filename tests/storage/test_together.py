"""Many at once: no vote is lost or counted twice, no poll asked or drawn twice."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from storage import Database, connect
from surveys.ballots import Click, click
from surveys.polls import Ballot, Poll
from tests.storage.many_votes import vote
from tests.storage.test_polls import BEN, LUNCH, NOON, keep, tallies


def test_fifty_voters_at_once_are_all_counted(database: Database) -> None:
    keep(database, LUNCH)
    with ThreadPoolExecutor(16) as threads:
        kept = list(threads.map(lambda n: vote(database, f"T1:U{n}", n % 3), range(50)))
    assert all(kept)
    assert tallies(database) == ((17, 17, 16), 50)


def test_with_a_short_wait_every_vote_is_either_counted_or_told_busy(database_url: str) -> None:
    database = connect(database_url, wait_seconds=1)
    keep(database, LUNCH)
    hasty = connect(database_url, wait_seconds=0.01)
    with ThreadPoolExecutor(16) as threads:
        patient = list(threads.map(lambda n: vote(database, f"T1:U{n}", 0), range(60)))
        kept = list(threads.map(lambda n: vote(hasty, f"T1:V{n}", 1), range(200)))
    assert tallies(database) == ((sum(patient), sum(kept), 0), sum(patient) + sum(kept))
    assert all(patient)
    database.close()
    hasty.close()


def test_one_voter_clicking_in_two_windows_counts_once(database: Database) -> None:
    keep(database, LUNCH)
    together = threading.Barrier(2)

    def click_soup(_: int) -> Click:
        together.wait(20)
        with database.begin() as store:
            before = store.polls.ballot("T1", "p1", BEN)
            chosen, did = click(before, 0, NOON)
            store.polls.cast("T1", "p1", BEN, before, Ballot(chosen, NOON))
        return did

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(click_soup, range(2))) == [Click.FIRST, Click.REPEATED]
    assert tallies(database) == ((1, 0, 0), 1)


def test_one_voter_changing_their_mind_in_many_windows_stays_one_voter(database: Database) -> None:
    keep(database, LUNCH)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: vote(database, BEN, n % 3), range(100)))
    votes, voters = tallies(database)
    assert sum(votes) == voters
    assert voters == 1


def test_a_retry_that_comes_at_the_same_time_asks_no_second_poll(database: Database) -> None:
    together = threading.Barrier(4)

    def ask(number: int) -> bool:
        together.wait(20)
        with database.begin() as store:
            return store.polls.create(replace(LUNCH, id=f"p{number}"), "trigger 1", None)

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(ask, range(4))) == [False, False, False, True]
    with database.begin() as store:
        assert len(store.polls.open_of("T1", "UANA")) == 1


def test_a_poll_closes_for_one_of_two(database: Database) -> None:
    keep(database, LUNCH)
    together = threading.Barrier(2)

    def close(_: int) -> bool:
        together.wait(20)
        with database.begin() as store:
            return store.polls.close("T1", "p1", NOON)

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(close, range(2))) == [False, True]


def test_whoever_waited_for_the_lock_sees_that_the_poll_was_closed_meanwhile(database: Database) -> None:
    keep(database, LUNCH)
    waiting = threading.Event()

    def look() -> Poll | None:
        waiting.set()
        with database.begin() as store:
            return store.polls.lock("T1", "p1")

    with ThreadPoolExecutor(1) as threads:
        with database.begin() as store:
            store.polls.lock("T1", "p1")
            looking = threads.submit(look)
            waiting.wait(20)
            with pytest.raises(TimeoutError):
                looking.result(0.2)
            store.polls.close("T1", "p1", NOON)
        assert looking.result(20) == replace(LUNCH, closed_at=NOON)


def test_workers_share_the_stale_polls_and_take_none_twice(database: Database) -> None:
    keep(database, *(replace(LUNCH, id=f"p{number}") for number in range(40)))
    together = threading.Barrier(4)

    def work(_: int) -> list[str]:
        together.wait(20)
        taken: list[str] = []
        while True:
            with database.begin() as store:
                claims = store.polls.claim_stale(NOON, NOON + timedelta(minutes=1), most=3)
            if not claims:
                return taken
            taken += [claim.asked.id for claim in claims]

    with ThreadPoolExecutor(4) as threads:
        taken = [poll for polls in threads.map(work, range(4)) for poll in polls]
    assert sorted(taken) == sorted(f"p{number}" for number in range(40))


def test_a_poll_is_claimed_while_people_vote_on_it(database: Database) -> None:
    keep(database, LUNCH)
    with ThreadPoolExecutor(8) as threads:
        voting = [threads.submit(vote, database, f"T1:U{n}", 0) for n in range(60)]
        with database.begin() as store:
            assert len(store.polls.claim_stale(NOON, NOON + timedelta(minutes=1))) == 1
        assert all(done.result() for done in voting)
    assert tallies(database) == ((60, 0, 0), 60)


def test_two_processes_count_every_vote(database: Database, database_url: str) -> None:
    keep(database, LUNCH)
    voting = [
        subprocess.Popen([sys.executable, "-m", "tests.storage.many_votes", database_url, first, last])
        for first, last in (("0", "60"), ("30", "90"))
    ]
    assert [process.wait(60) for process in voting] == [0, 0]
    assert tallies(database) == ((30, 30, 30), 90)


def test_a_process_killed_in_the_middle_leaves_no_half_vote_and_no_lock(
    database: Database, database_url: str
) -> None:
    keep(database, LUNCH)
    command = [sys.executable, "-m", "tests.storage.half_a_vote", database_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"voted, not yet kept\n"
        process.kill()
    assert vote(database, BEN, 0)
    assert tallies(database) == ((1, 0, 0), 1)
