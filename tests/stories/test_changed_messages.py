"""What is said of changed messages: Palabre hears it, and neither answers nor asks anything."""

import pytest

from tests.stories.town import Town

POLL = "Lunch? Soup, Rice"


@pytest.mark.parametrize("subtype", ["message_changed", "message_deleted"])
def test_a_message_that_is_changed_or_taken_away_asks_nothing(town: Town, subtype: str) -> None:
    direct = town.playground.gestures.open_dm("U0ANA")
    new = {"type": "message", "channel": direct, "channel_type": "im", "ts": "1.000001"}
    written = new | {"user": "U0ANA", "text": POLL}
    told = written | {"subtype": subtype, "hidden": True, "message": written, "previous_message": written}
    town.playground.stage.delivery.event(told)
    town.settle()
    assert town.playground.workspace.messages(direct) == []
    town.playground.stage.delivery.event(written)
    town.settle()
    assert town.playground.workspace.messages(direct) != []
