"""Options and pictures as they are typed in a form, and as they are shown there again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import pictures, typed
from surveys.options import Option, tidy
from surveys.pictures import MorePictures, NoPicture
from surveys.seeing import PollKind

EMOJIS = st.sampled_from(["", "👍", ":parrot:", "👩‍🚀", ":wave::skin-tone-3:"])
TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["*", "* x", "\\*", "\\\\*a", "**b", "👍", "👍 yes", ":x:", "5", "1"]),
)


@st.composite
def offered(draw: st.DrawFn, kind: PollKind) -> tuple[Option, ...]:
    """Options as a command or a form makes them: tidy, and with the emoji at the head kept apart."""
    texts = filter(None, map(tidy, draw(st.lists(TEXTS, min_size=2, max_size=6))))
    options = [typed.headed(Option(text, draw(EMOJIS))) for text in texts]
    if kind is not PollKind.QUIZ:
        return tuple(options)
    return tuple(Option(o.text, o.emoji, is_right=draw(st.booleans())) for o in options)


@pytest.mark.parametrize("kind", [PollKind.CHOICE, PollKind.RANKING, PollKind.QUIZ])
@given(data=st.data())
def test_what_is_shown_in_the_form_is_read_as_the_same_options(data: st.DataObject, kind: PollKind) -> None:
    options = data.draw(offered(kind))
    assert typed.read("\n".join(typed.written(options, kind)), kind) == options


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("", ["1", "2", "3", "4", "5"]),
        ("3", ["1", "2", "3"]),
        ("😞 😐 🙂", ["😞", "😐", "🙂"]),
        ("Bad\nFair\nGood", ["Bad", "Fair", "Good"]),
        ("11", ["11"]),
        ("Bad or good", ["Bad or good"]),
    ],
)
def test_a_scale_is_a_number_emojis_or_lines(text: str, steps: list[str]) -> None:
    options = typed.read(text, PollKind.RATING)
    assert [option.text for option in options] == steps
    assert "\n".join(typed.written(options, PollKind.RATING)) == text


@pytest.mark.parametrize(
    ("line", "option"),
    [
        ("*Paris", Option("Paris", is_right=True)),
        ("* Paris", Option("Paris", is_right=True)),
        ("*👍 Paris", Option("Paris", "👍", is_right=True)),
        ("👍 *Paris", Option("Paris", "👍", is_right=True)),
        ("\\*Paris", Option("*Paris")),
        ("Paris", Option("Paris")),
        ("*", Option("*")),
    ],
)
def test_a_star_marks_a_right_answer(line: str, option: Option) -> None:
    assert typed.read(line, PollKind.QUIZ) == (option,)


@pytest.mark.parametrize(
    ("line", "option"),
    [
        ("👍 Yes", Option("Yes", "👍")),
        (":parrot:  Party", Option("Party", ":parrot:")),
        ("👍", Option("👍")),
        ("*Paris", Option("*Paris")),
        ("- a dash", Option("- a dash")),
        ("12:30 lunch", Option("12:30 lunch")),
    ],
)
def test_an_emoji_at_the_head_of_a_line_is_kept_apart(line: str, option: Option) -> None:
    assert typed.read(line, PollKind.CHOICE) == (option,)


ADDRESSES = st.sampled_from(["", "https://a.example/cat.png", "https://b.example/x?y=1#z"])
SAID = st.one_of(st.just(""), st.text(max_size=20).map(tidy))


@given(st.lists(st.tuples(ADDRESSES, SAID), min_size=1, max_size=6))
def test_pictures_shown_in_the_form_are_read_as_the_same(seen: list[tuple[str, str]]) -> None:
    options = tuple(
        Option(f"Cat {n}", picture=address, alt=(said or f"Cat {n}") if address else "")
        for n, (address, said) in enumerate(seen)
    )
    bare = tuple(Option(option.text) for option in options)
    assert pictures.pictured(bare, pictures.named(options)) == options


@pytest.mark.parametrize(
    "line", ["http://a.example/cat.png", "cat.png", "https://", "https:///cat.png", "https://[a", "ftp://a.b"]
)
def test_a_line_that_is_no_picture_is_named_by_its_number(line: str) -> None:
    with pytest.raises(NoPicture) as refused:
        pictures.pictured((Option("A"), Option("B"), Option("C")), f"https://a.example/1.png\n\n{line}")
    assert refused.value.values == {"number": 3}


def test_more_pictures_than_options_are_refused() -> None:
    with pytest.raises(MorePictures):
        pictures.pictured((Option("A"),), "https://a.example/1.png\nhttps://a.example/2.png")
