"""Members and workspaces are remembered as they were last described."""

from dataclasses import replace
from datetime import timedelta

from storage import Database
from surveys.people import Member
from surveys.polls import Ballot
from tests.storage.test_polls import LUNCH, NOON

CHLOE = Member("UCHLOE", "Chloé", "fr-FR", "Europe/Paris", is_admin=True, is_guest=False)
BEN = Member("UBEN", "Ben")


def test_a_member_comes_back_as_kept(database: Database) -> None:
    with database.begin() as store:
        store.members.keep("T1", [CHLOE, BEN])
        assert store.members.find("T1", "UCHLOE") == CHLOE
        assert store.members.find("T1", "UBEN") == BEN


def test_what_slack_says_now_replaces_what_it_said_before(database: Database) -> None:
    gone = Member("UBEN", "Benedict", has_left=True, is_guest=True)
    with database.begin() as store:
        store.members.keep("T1", [BEN])
        store.members.keep("T1", [gone])
        assert store.members.find("T1", "UBEN") == gone


def test_a_member_of_another_workspace_is_not_found(database: Database) -> None:
    with database.begin() as store:
        store.members.keep("T1", [BEN])
        assert store.members.find("T2", "UBEN") is None


def test_keeping_nobody_is_fine(database: Database) -> None:
    with database.begin() as store:
        store.members.keep("T1", [])
        assert store.members.find("T1", "UBEN") is None


def test_a_workspace_is_remembered_with_its_newest_language_and_zone(database: Database) -> None:
    with database.begin() as store:
        assert store.workspaces.find("T1") is None
        store.workspaces.remember("T1", "en", "Europe/London")
        store.workspaces.remember("T1", "fr", "Europe/Paris")
        assert store.workspaces.find("T1") == ("fr", "Europe/Paris")
        assert store.workspaces.find("T2") is None


def test_when_members_were_read_is_known_before_and_after_the_language(database: Database) -> None:
    with database.begin() as store:
        assert store.workspaces.members_read_at("T1") is None
        store.workspaces.mark_members_read("T1", NOON)
        assert store.workspaces.find("T1") is None
        store.workspaces.remember("T1", "fr", "Europe/Paris")
        assert store.workspaces.members_read_at("T1") == NOON
        store.workspaces.mark_members_read("T1", NOON + timedelta(days=1))
        assert store.workspaces.members_read_at("T1") == NOON + timedelta(days=1)
        assert store.workspaces.find("T1") == ("fr", "Europe/Paris")


def test_a_workspace_that_took_the_app_out_is_known_until_it_comes_back(database: Database) -> None:
    with database.begin() as store:
        store.workspaces.remember("T1", "fr", "Europe/Paris")
        assert not store.workspaces.is_removed("T1")
        for hours in (0, 1):
            store.workspaces.remove("T1", NOON + timedelta(hours=hours))
        assert store.workspaces.is_removed("T1")
        assert store.workspaces.find("T1") == ("fr", "Europe/Paris")
    with database.begin() as store:
        store.workspaces.welcome("T1")
        assert not store.workspaces.is_removed("T1")
        assert store.workspaces.find("T1") == ("fr", "Europe/Paris")


def test_a_workspace_nobody_knows_may_leave_and_come(database: Database) -> None:
    with database.begin() as store:
        assert not store.workspaces.is_removed("T1")
        store.workspaces.remove("T1", NOON)
        store.workspaces.welcome("T2")
        assert store.workspaces.is_removed("T1")
        assert not store.workspaces.is_removed("T2")


def test_learning_its_language_does_not_bring_a_workspace_back(database: Database) -> None:
    with database.begin() as store:
        store.workspaces.remove("T1", NOON)
        store.workspaces.remember("T1", "fr", "Europe/Paris")
        assert store.workspaces.is_removed("T1")


def test_a_forgotten_workspace_leaves_the_others_alone(database: Database) -> None:
    with database.begin() as store:
        for workspace in ("T1", "T2"):
            store.workspaces.remember(workspace, "fr", "Europe/Paris")
            store.members.keep(workspace, [Member("U1", "Ana")])
            store.polls.create(replace(LUNCH, workspace=workspace), "origin", None)
            store.polls.cast(workspace, "p1", "T1:U1", Ballot(), Ballot((0,), NOON, "click"))
        store.workspaces.forget("T1")
        assert store.polls.find("T1", "p1") is None
        assert store.members.find("T1", "U1") is None
        assert store.workspaces.find("T1") is None
        assert store.standings.tallies("T2", "p1") == ((1, 0, 0), 1)
        assert store.members.find("T2", "U1") is not None


def test_several_members_are_found_at_once_and_strangers_left_out(database: Database) -> None:
    with database.begin() as store:
        store.members.keep("T1", [CHLOE, BEN, Member("UANA", "Ana")])
        store.members.keep("T2", [Member("UZOE", "Zoé")])
        assert store.members.find_all("T1", ["UCHLOE", "UZOE", "UBEN", "UBEN"]) == (BEN, CHLOE)
        assert store.members.find_all("T1", []) == ()
        assert store.members.find_all("T2", ["UBEN"]) == ()
