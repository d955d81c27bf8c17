"""User text is escaped once, and cut before that."""

from hypothesis import given
from hypothesis import strategies as st

from slack_app.kit.text import Mrkdwn, bold, cut, escaped, unescaped
from surveys.text import length


@given(st.text())
def test_what_is_escaped_comes_back_as_typed(typed: str) -> None:
    assert unescaped(escaped(typed)) == typed


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
