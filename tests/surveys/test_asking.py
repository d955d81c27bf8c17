"""Why somebody could not be asked, as their own kind of reason."""

from surveys.asking import LEFT, NO_ANSWER, Why, why_not


def test_reasons_that_mean_the_same_are_added_up_and_the_commonest_comes_first() -> None:
    failed = {"channel_not_found": 4, "user_not_found": 5, LEFT: 3, "cannot_dm_bot": 6, NO_ANSWER: 1}
    assert list(why_not(failed).items()) == [
        ((Why.LEFT, ""), 12),
        ((Why.BOT, ""), 6),
        ((Why.NO_ANSWER, ""), 1),
    ]


def test_a_word_of_slacks_that_is_not_known_here_is_kept() -> None:
    assert why_not({"org_login_required": 2, "restricted_action": 1}) == {
        (Why.OTHER, "org_login_required"): 2,
        (Why.OTHER, "restricted_action"): 1,
    }
