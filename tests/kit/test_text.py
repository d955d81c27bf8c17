"""User text is escaped once, and cut before that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slack_app.kit.text import Mrkdwn, as_typed, bold, cut, escaped, mentioned, named, plain, unescaped
from surveys.text import length


@given(st.text())
def test_what_is_escaped_comes_back_as_typed(typed: str) -> None:
    assert unescaped(escaped(typed)) == typed
    assert as_typed(escaped(typed)) == typed


@given(st.text())
def test_no_control_character_of_slack_survives(typed: str) -> None:
    safe = escaped(typed)
    assert "<" not in safe
    assert ">" not in safe
    assert "&" not in safe.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")


@given(st.text())
def test_escaping_twice_is_escaping_once(typed: str) -> None:
    assert escaped(escaped(typed)) == escaped(typed)


@given(st.text())
def test_a_value_put_into_a_template_is_escaped(typed: str) -> None:
    assert Mrkdwn("*{value}*").filled(value=typed) == f"*{escaped(typed)}*"


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_a_cut_text_is_never_longer_than_asked(text: str, most: int) -> None:
    assert length(cut(text, most)) <= most


def test_bold_text_cannot_end_its_own_bold() -> None:
    assert bold("2*3 <x>") == "*2∗3 &lt;x&gt;*"


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("Fish &amp; chips?", "Fish & chips?"),
        ("a &lt;b&gt; c", "a <b> c"),
        ("&amp;lt;", "&lt;"),
        ("Ask <@U0BEN|ben>?", "Ask @ben?"),
        ("Ask <@U0BEN>?", "Ask @U0BEN?"),
        ("In <#C0GEN|general>?", "In #general?"),
        ("Read <https://example.org/a|example.org/a>?", "Read example.org/a?"),
        ("Read <https://example.org/?a=1&amp;b=2>?", "Read https://example.org/?a=1&b=2?"),
        ("Write to <mailto:ana@example.org|ana@example.org>", "Write to ana@example.org"),
        ("<!channel> now?", "@channel now?"),
        ("<!here> now?", "@here now?"),
        ("<!subteam^S1|@owners> now?", "@owners now?"),
        ("<!date^1^{date}|1 January 1970>", "1 January 1970"),
        ("1 < 2 > 0", "1 < 2 > 0"),
    ],
)
def test_the_marks_that_slack_makes_mean_what_was_typed(sent: str, typed: str) -> None:
    assert as_typed(sent) == typed


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("Shall we *really* go _there_, ~or not~?", "Shall we really go there, or not?"),
        ("*_Both_ at once*", "Both at once"),
        ("Run `make` or ```make all```", "Run make or make all"),
        ("&gt; A quoted line\nand one more", "A quoted line\nand one more"),
        ("2 * 3 * 4 &lt; snake_case_name", "2 * 3 * 4 < snake_case_name"),
        ("See <https://a.b|the page> in <#C1|general>", "See the page in #general"),
        ("<!channel> &amp; <!date^1^{date}|today>", "@channel & today"),
    ],
)
def test_a_message_is_read_without_its_markup(kept: str, said: str) -> None:
    assert plain(kept) == said


def test_people_in_a_message_are_named() -> None:
    text = "<@U1> and <@U2|ben> and <@U3>"
    assert mentioned(text) == ["U1", "U3"]
    assert plain(named(text, {"U1": "ana"})) == "@ana and @ben and @U3"
