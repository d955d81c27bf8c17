"""`/palabre privacy`: who may see what is answered, and the smallest group, which only ever grows."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import pytest

from slack_app.playground.workspace import TEAM_ID
from surveys.anonymity import OnlyHigher
from tests.stories.rounds import launch
from tests.stories.town import GENERAL, Town, element_in, text_of


def fewest(town: Town) -> int:
    with town.database.begin() as store:
        return store.workspaces.fewest(TEAM_ID)


def open_form(town: Town) -> None:
    """Let Ana, who is an admin, press Raise."""
    town.say("U0ANA", "/palabre privacy")
    [told] = [each for each in town.playground.workspace.messages(GENERAL) if each.only_for == "U0ANA"]
    assert town.press("U0ANA", told, "home.raise_fewest").ok


def test_a_member_reads_the_three_levels_and_the_smallest_group(town: Town) -> None:
    town.say("U0BEN", "/palabre privacy")
    [told] = town.whispers("U0BEN")
    assert "*Names shown:* your answers are kept with your name, and whoever asked may see them." in told
    assert "*Names hidden:* Palabre keeps who voted for what, but shows names to nobody." in told
    assert "*Anonymous:* answers are kept encrypted until the close" in told
    assert "*The smallest group here is 5 people.*" in told
    assert "An admin of this workspace can raise this number. Nobody can lower it." in told
    [note] = [each for each in town.playground.workspace.messages(GENERAL) if each.only_for == "U0BEN"]
    assert text_of(note.blocks) == told.replace("\n\n", "\n")
    with pytest.raises(LookupError):
        element_in(note.blocks, "home.raise_fewest")


def test_it_speaks_french(town: Town) -> None:
    town.say("U0CHLOE", "/palabre confidentialité")
    [told] = town.whispers("U0CHLOE")
    assert "*Le plus petit groupe ici est de 5 personnes.*" in told
    assert "*Anonyme\u00a0:* les réponses sont gardées chiffrées jusqu’à la clôture" in told


def test_an_admin_raises_it(town: Town) -> None:
    open_form(town)
    town.fill("U0ANA", fewest="8")
    town.submit("U0ANA")
    assert "*The smallest group here is 8 people.*" in text_of(town.modal("U0ANA").blocks)
    assert fewest(town) == 8


@pytest.mark.parametrize("written", ["4", "0", "51", "-8", "9" * 30])
def test_it_is_never_lowered_nor_set_to_what_is_no_number(town: Town, written: str) -> None:
    open_form(town)
    town.fill("U0ANA", fewest=written)
    town.submit("U0ANA")
    assert town.modal("U0ANA").errors == {
        "fewest": "This can only be raised: choose a whole number from 5 to 50."
    }
    assert fewest(town) == 5


def test_who_is_no_admin_any_more_raises_nothing(town: Town) -> None:
    open_form(town)
    with town.database.begin() as store:
        ana = store.members.find(TEAM_ID, "U0ANA")
        assert ana
        store.members.keep(TEAM_ID, [replace(ana, is_admin=False)])
    town.fill("U0ANA", fewest="8")
    town.submit("U0ANA")
    assert fewest(town) == 5


def test_what_is_open_keeps_the_number_it_began_with(town: Town) -> None:
    asked = launch(town)
    with town.database.begin() as store:
        store.workspaces.raise_fewest(TEAM_ID, 9)
        found = store.surveys.find(TEAM_ID, asked.id)
    assert found
    assert found.privacy.fewest == 5


def test_of_two_admins_at_once_the_higher_number_stays(town: Town) -> None:
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda wanted: raising(town, wanted), [9, 7] * 4))
    assert fewest(town) == 9


def raising(town: Town, wanted: int) -> None:
    with suppress(OnlyHigher), town.database.begin() as store:
        store.workspaces.raise_fewest(TEAM_ID, wanted)
