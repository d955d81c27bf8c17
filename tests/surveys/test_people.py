"""Who may do what."""

import pytest

from surveys.people import Member, NotYours, check_may_manage, usual


@pytest.mark.parametrize(
    "member",
    [Member("U0ANA", "Ana"), Member("U0BEN", "Ben", is_admin=True), Member("U0ANA", "Ana", is_guest=True)],
)
def test_the_asker_and_an_admin_may_manage_a_poll(member: Member) -> None:
    check_may_manage("U0ANA", member)


@pytest.mark.parametrize("member", [Member("U0BEN", "Ben"), Member("U0GIL", "Gil", is_guest=True)])
def test_nobody_else_may_manage_a_poll(member: Member) -> None:
    with pytest.raises(NotYours) as refusal:
        check_may_manage("U0ANA", member)
    assert str(refusal.value) == "Only the person who asked this, or an admin, can do that."


def test_what_most_members_have_is_usual() -> None:
    assert usual(["fr-FR", None, "en-GB", "fr-FR"]) == "fr-FR"
    assert usual([None, ""]) is None
