"""The form of a new poll: every kind asked by it, what it says is wrong, and that it loses nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slack_app.kit import incoming
from slack_app.kit.words import words
from slack_app.playground import surfaces
from slack_app.playground.elements import state_value
from slack_app.polls import choosing
from slack_app.polls.asking import filled, form, form_kinds, reading
from slack_app.polls.asking.filled import Filled
from slack_app.polls.asking.memory import Memory
from surveys import typed
from surveys.anonymity import Level, ResultsTo
from surveys.options import Adding, Option, tidy
from surveys.polls import Draft, Poll
from surveys.seeing import PollKind, Seeing
from tests.stories.town import GENERAL, Town, text_of

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
ONCE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""For what reaches no database: one is enough."""
SHORT = ["question", "kind", "options", "channel", "language"]


def opened(town: Town, user: str = "U0ANA", text: str = "", **entries: object) -> None:
    town.say(user, f"/poll {text}".strip())
    town.fill(user, **entries)


def choose(town: Town, block: str, choice: str, user: str = "U0ANA") -> None:
    """Make a choice that changes the form."""
    town.playground.gestures.fill(user, f"view:{town.modal(user).id}", block, f"polls.{block}", choice)
    town.settle()


def press(town: Town, action: str, user: str = "U0ANA") -> None:
    town.press_in_view(user, town.modal(user), action)


def fields(town: Town, user: str = "U0ANA") -> list[str]:
    return [block["block_id"] for block in town.modal(user).blocks if block["type"] == "input"]


def held(town: Town, user: str = "U0ANA") -> dict[str, object]:
    """What stands in the form, by its fields; those with nothing in them left out."""
    state = town.modal(user).state
    values = {name: next(iter(each.values())) for name, each in state.items()}
    return {name: found for name, value in values.items() if (found := _value(value))}


def _value(value: Mapping[str, Any]) -> object:
    option, several = value.get("selected_option"), value.get("selected_options")
    if option or several:
        return option["value"] if option else [each["value"] for each in several or ()]
    named = ("value", "selected_conversation", "selected_date", "selected_date_time")
    return next((value[name] for name in named if value.get(name)), None)


def kept(town: Town) -> Poll:
    """The newest poll as it is kept."""
    with town.database.begin() as store:
        return store.polls.open_of("T0PLAYGRD", "U0ANA")[0]


def epoch(town: Town, **ahead: float) -> int:
    return int((town.palabre.tools.now() + timedelta(**ahead)).timestamp())


# What a hurried person sees


@ONCE
def test_the_form_is_short_until_more_is_wanted(town: Town) -> None:
    opened(town)
    assert fields(town) == SHORT
    assert "Otherwise names are hidden, everybody sees the counts" in text_of(town.modal("U0ANA").blocks)
    press(town, "polls.more")
    assert fields(town) == [
        *SHORT, "names", "limits", "seeing", "adding", "other", "order", "posts", "closes", "pictures",
    ]  # fmt: skip
    assert "More choices" not in text_of(town.modal("U0ANA").blocks)


@ONCE
@pytest.mark.parametrize(
    ("kind", "shown", "more"),
    [
        ("ranking", ["options"], ["names", "places", "seeing", "adding", "order", "posts", "closes"]),
        ("rating", ["options"], ["names", "seeing", "posts", "closes"]),
        (
            "dates",
            ["days", "date_1", "date_2", "date_3", "date_4", "date_5"],
            ["names", "date_limits", "seeing", "posts", "closes"],
        ),
        (
            "quiz",
            ["options", "explanation", "quiz_seeing"],
            ["names", "limits", "order", "posts", "closes", "pictures"],
        ),
    ],
)
def test_each_kind_shows_what_fits_it_alone(town: Town, kind: str, shown: list[str], more: list[str]) -> None:
    opened(town)
    choose(town, "kind", kind)
    assert fields(town) == ["question", "kind", *shown, "channel", "language"]
    press(town, "polls.more")
    assert fields(town) == ["question", "kind", *shown, "channel", "language", *more]


@ONCE
@pytest.mark.parametrize("text", ["--named", "limit 2", "after-vote", "--shuffle", "close in 2d"])
def test_what_was_wished_is_unfolded_from_the_start(town: Town, text: str) -> None:
    opened(town, text=text)
    assert "names" in fields(town)


@ONCE
def test_a_wished_kind_alone_leaves_the_form_short(town: Town) -> None:
    opened(town, text="ranking")
    assert fields(town) == SHORT
    assert held(town)["kind"] == "ranking"


# Every kind, by gestures


def test_a_question_alone_is_yes_or_no(town: Town) -> None:
    opened(town, question="Shall we?", channel=GENERAL)
    town.submit("U0ANA")
    assert "Shall we?\nYes: 0 votes · 0%\nNo: 0 votes · 0%\nAbstain: 0 votes · 0%" in town.posted()[-1].text


def test_an_emoji_at_the_head_of_a_line_stands_before_its_option(town: Town) -> None:
    opened(town, question="Lunch?", options=":taco: Tacos\n🍣 Sushi\nNothing", channel=GENERAL)
    town.submit("U0ANA")
    assert kept(town).options == (Option("Tacos", ":taco:"), Option("Sushi", "🍣"), Option("Nothing"))
    assert "Lunch?\n:taco: Tacos: 0 votes · 0%\n🍣 Sushi: 0 votes" in town.posted()[-1].text


def test_an_emoji_in_a_command_stands_before_its_option(town: Town) -> None:
    town.say("U0ANA", '/poll "Ok?" :thumbsup: "yes" "👎 no"')
    assert kept(town).options == (Option("yes", ":thumbsup:"), Option("no", "👎"))


@pytest.mark.parametrize(
    ("kind", "typed_in", "options"),
    [
        ("ranking", "Tacos\nSushi", ["Tacos", "Sushi"]),
        ("rating", "", ["1", "2", "3", "4", "5"]),
        ("rating", "3", ["1", "2", "3"]),
        ("rating", "😞 😐 🙂", ["😞", "😐", "🙂"]),
        ("quiz", "*Paris\nLyon", ["Paris", "Lyon"]),
    ],
)
@pytest.mark.parametrize("user", ["U0ANA", "U0CHLOE"])
def test_every_kind_is_asked_by_the_form(
    town: Town, user: str, kind: str, typed_in: str, options: list[str]
) -> None:
    opened(town, user, question="Well?", options=typed_in, channel=GENERAL)
    choose(town, "kind", kind, user)
    town.submit(user)
    assert not town.has_modal(user)
    assert "Well?" in town.posted()[-1].text
    with town.database.begin() as store:
        [poll] = store.polls.open_of("T0PLAYGRD", user)
    assert [option.text for option in poll.options] == options
    assert poll.kind == kind
    assert poll.language == ("fr" if user == "U0CHLOE" else "en")


def test_a_ranking_of_so_many_places(town: Town) -> None:
    opened(town, question="Well?", options="A\nB\nC", channel=GENERAL)
    choose(town, "kind", "ranking")
    press(town, "polls.more")
    town.fill("U0ANA", places="1-2")
    town.submit("U0ANA")
    assert (kept(town).least, kept(town).most) == (1, 2)


def test_a_quiz_knows_what_is_right_why_and_when_to_tell(town: Town) -> None:
    opened(town, question="The capital of France?", options="Lyon\n*🗼 Paris", channel=GENERAL)
    choose(town, "kind", "quiz")
    town.fill("U0ANA", explanation="Since 987.", quiz_seeing="after_vote")
    town.submit("U0ANA")
    poll = kept(town)
    assert poll.options == (Option("Lyon"), Option("Paris", "🗼", is_right=True))
    assert (poll.explanation, poll.seeing) == ("Since 987.", Seeing.AFTER_VOTE)


def test_dates_of_the_form_are_offered_in_their_order(town: Town) -> None:
    opened(town, question="When?", channel=GENERAL)
    choose(town, "kind", "dates")
    later, sooner = epoch(town, days=9), epoch(town, days=2)
    town.fill("U0ANA", date_1=later, date_4=sooner)
    town.submit("U0ANA")
    moments = [option.moment for option in kept(town).options]
    assert moments == [datetime.fromtimestamp(each, UTC) for each in (sooner, later)]
    assert kept(town).limit == 2


def test_whole_days_are_chosen_without_an_hour(town: Town) -> None:
    opened(town, question="When?", channel=GENERAL)
    choose(town, "kind", "dates")
    choose(town, "days", "days")
    day = (town.palabre.tools.now() + timedelta(days=20)).date()
    town.fill("U0ANA", day_1=(day + timedelta(days=1)).isoformat(), day_2=day.isoformat())
    town.submit("U0ANA")
    assert [option.moment.date() for option in kept(town).options if option.moment] == [
        day, day + timedelta(days=1),
    ]  # fmt: skip
    assert all(option.is_day for option in kept(town).options)


def test_there_is_room_for_twenty_dates(town: Town) -> None:
    opened(town, question="When?", channel=GENERAL)
    choose(town, "kind", "dates")
    town.fill("U0ANA", date_1=epoch(town, days=1))
    for _ in range(3):
        press(town, "polls.more_dates")
    assert "date_20" in fields(town)
    assert "polls.more_dates" not in str(town.modal("U0ANA").blocks)
    town.fill("U0ANA", date_20=epoch(town, days=2))
    town.submit("U0ANA")
    assert len(kept(town).options) == 2


@ONCE
def test_dates_of_a_command_stand_in_the_form(town: Town) -> None:
    opened(town, text='dates "When?" "2027-01-16 10:00" "2027-01-15"')
    there = held(town)
    assert (there["kind"], there["day_1"]) == ("dates", "2027-01-15")
    assert there["date_2"] == int(datetime(2027, 1, 16, 10, tzinfo=UTC).timestamp())


def test_pictures_stand_beside_their_options(town: Town) -> None:
    opened(town, question="Which?", options="Cat\n🐶 Dog\nNone", channel=GENERAL)
    press(town, "polls.more")
    town.fill("U0ANA", pictures="https://a.example/cat.png A cat asleep\nhttps://a.example/dog.png")
    town.submit("U0ANA")
    assert kept(town).options == (
        Option("Cat", picture="https://a.example/cat.png", alt="A cat asleep"),
        Option("Dog", "🐶", picture="https://a.example/dog.png", alt="Dog"),
        Option("None"),
    )


def test_voters_may_add_options_and_answer_in_their_own_words(town: Town) -> None:
    opened(town, question="Which?", options="A\nB", channel=GENERAL)
    press(town, "polls.more")
    town.fill("U0ANA", adding="approved", other=["other"])
    town.submit("U0ANA")
    assert kept(town).adding is Adding.APPROVED
    assert kept(town).options == (Option("A"), Option("B"), Option("Other…", is_other=True))


def test_it_may_be_posted_later(town: Town) -> None:
    opened(town, question="Which?", options="A\nB", channel=GENERAL)
    press(town, "polls.more")
    town.fill("U0ANA", posts=epoch(town, hours=2), closes=epoch(town, days=2))
    town.submit("U0ANA")
    assert town.posted() == []
    town.move(hours=2.1)
    assert "Which?" in town.posted()[-1].text


# What is wrong stands beside its field, and nothing is lost


@ONCE
@pytest.mark.parametrize(
    ("kind", "entries", "field", "told"),
    [
        ("choice", {"options": "A"}, "options", "A poll needs at least two options."),
        ("choice", {"options": "👍 A\n👍 A"}, "options", "The option “👍 A” is there twice."),
        ("choice", {"options": "A\nB", "pictures": "\nhttp://a.b/c"}, "pictures", "Line 2 is no address"),
        ("choice", {"options": "A\nB", "pictures": "\n\nhttps://a.b/c"}, "pictures", "There are 3 lines"),
        ("choice", {"options": "A\nB", "limits": "3-3"}, "limits", "You ask for 3 choices"),
        ("choice", {"options": "A\nB", "closes": 1_000_000_000}, "closes", "This moment is past"),
        ("choice", {"options": "A\nB", "posts": 1_000_000_000}, "posts", "The moment at which it is to be"),
        ("quiz", {"options": "Paris\nLyon"}, "options", "Which answer is right? Put a star before it"),
        ("quiz", {"options": "*Paris\n*Lyon"}, "options", "All answers are marked as right"),
        ("quiz", {"options": "*A\n*B\nC", "limits": "3-3"}, "limits", "2 answers are right"),
        ("rating", {"options": "\n".join("abcdefghijk")}, "options", "The scale has 11 places"),
        ("dates", {}, "date_1", "Between which dates?"),
        ("dates", {"date_2": 1_900_000_000, "date_3": 1_900_000_000}, "date_1", "One of the dates is there"),
        ("dates", {"date_2": 1_900_000_000, "date_3": 1_000_000_000}, "date_1", "One of the dates is past"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    town: Town, kind: str, entries: dict[str, object], field: str, told: str
) -> None:
    opened(town, question="Well?", channel=GENERAL)
    choose(town, "kind", kind)
    press(town, "polls.more")
    town.fill("U0ANA", **entries)
    before = held(town)
    town.submit("U0ANA")
    assert list(town.modal("U0ANA").errors) == [field]
    assert town.modal("U0ANA").errors[field].startswith(told)
    assert held(town) == before
    assert town.posted() == []


@ONCE
def test_what_is_wrong_is_said_in_french(town: Town) -> None:
    opened(town, "U0CHLOE", question="Quoi ?", options="Paris\nLyon", channel=GENERAL)
    choose(town, "kind", "quiz", "U0CHLOE")
    town.submit("U0CHLOE")
    assert town.modal("U0CHLOE").errors == {
        "options": "Quelle réponse est la bonne\u202f? Mettez une étoile devant, par exemple *Paris."
    }


EVERYTHING: Mapping[str, object] = {
    "question": "Which?",
    "options": "👍 A\nB\nC\n*D",
    "language": "fr",
    "limits": "1-2",
    "seeing": "after_vote",
    "adding": "anyone",
    "other": ["other"],
    "order": ["shuffled"],
    "closes": 1_900_000_000,
    "posts": 1_890_000_000,
    "pictures": "https://a.example/cat.png A cat",
}


@ONCE
def test_another_kind_and_back_loses_nothing(town: Town) -> None:
    opened(town, channel=GENERAL)
    press(town, "polls.more")
    town.fill("U0ANA", **EVERYTHING)
    before = held(town)
    for kind in ("quiz", "dates", "rating", "ranking"):
        choose(town, "kind", kind)
        assert "*Not used in such a poll.*" in text_of(town.modal("U0ANA").blocks)
    choose(town, "kind", "choice")
    assert held(town) == before
    assert "Not used in such a poll." not in text_of(town.modal("U0ANA").blocks)


@ONCE
def test_what_only_another_kind_has_comes_back_with_it(town: Town) -> None:
    opened(town, channel=GENERAL)
    choose(town, "kind", "quiz")
    town.fill("U0ANA", explanation="Because.", quiz_seeing="owners")
    choose(town, "kind", "dates")
    choose(town, "days", "days")
    town.fill("U0ANA", day_2="2027-02-01")
    choose(town, "kind", "choice")
    assert {"explanation", "quiz_seeing", "days", "day_2"} <= set(held(town))
    choose(town, "kind", "dates")
    assert held(town)["day_2"] == "2027-02-01"
    choose(town, "kind", "quiz")
    assert (held(town)["explanation"], held(town)["quiz_seeing"]) == ("Because.", "owners")


def test_what_does_not_fit_the_kind_counts_for_nothing(town: Town) -> None:
    opened(town, channel=GENERAL)
    press(town, "polls.more")
    town.fill("U0ANA", **{**EVERYTHING, "options": "3", "posts": "", "closes": epoch(town, days=3)})
    choose(town, "kind", "rating")
    town.submit("U0ANA")
    poll = kept(town)
    assert [option.text for option in poll.options] == ["1", "2", "3"]
    assert (poll.limit, poll.adding, poll.is_shuffled) == (1, Adding.NO, False)


@ONCE
def test_other_names_and_back_lose_nothing(town: Town) -> None:
    opened(town, channel=GENERAL)
    press(town, "polls.more")
    town.fill("U0ANA", **EVERYTHING)
    before = held(town)
    choose(town, "names", "anonymous")
    town.fill("U0ANA", results="owners", receipts=["receipts"])
    choose(town, "names", "named")
    assert (held(town)["results"], held(town)["receipts"]) == ("owners", ["receipts"])
    assert "seeing" in fields(town)
    choose(town, "names", "hidden")
    assert {name: value for name, value in held(town).items() if name in before} == before


@ONCE
def test_a_close_that_was_only_suggested_goes_with_the_anonymity(town: Town) -> None:
    opened(town, channel=GENERAL)
    press(town, "polls.more")
    before = epoch(town, days=7)
    choose(town, "names", "anonymous")
    suggested, after = held(town)["sealed_closes"], epoch(town, days=7)
    choose(town, "kind", "ranking")
    choose(town, "names", "hidden")
    assert suggested in range(before, after + 1)
    assert held(town).get("closes") is None


@ONCE
def test_a_close_that_was_chosen_stays_whatever_the_names(town: Town) -> None:
    opened(town, channel=GENERAL)
    press(town, "polls.more")
    choose(town, "names", "anonymous")
    chosen = epoch(town, days=3)
    town.fill("U0ANA", sealed_closes=chosen)
    choose(town, "names", "named")
    assert held(town)["closes"] == chosen


@ONCE
def test_more_choices_and_more_dates_lose_nothing(town: Town) -> None:
    opened(town, question="When?", channel=GENERAL)
    choose(town, "kind", "dates")
    town.fill("U0ANA", date_1=1_900_000_000)
    choose(town, "days", "days")
    town.fill("U0ANA", day_3="2027-02-01")
    before = held(town)
    press(town, "polls.more_dates")
    assert held(town) == before
    assert fields(town)[3:13] == ["date_1", *(f"day_{number}" for number in range(2, 11))]
    press(town, "polls.more")
    assert {name: value for name, value in held(town).items() if name in before} == before


# What the form shows is what it holds


LIMITS = st.sampled_from([*choosing.LIMITS, (3, 7), (40, 0)])
MOMENTS = st.integers(1_000_000_000, 1_999_999_999).map(lambda each: datetime.fromtimestamp(each, UTC))
TYPED = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
DATES = st.lists(st.none() | MOMENTS | st.dates(date(2000, 1, 1)), max_size=20).map(tuple)


@st.composite
def forms(draw: st.DrawFn) -> Filled:
    level, memory = draw(st.sampled_from(Level)), draw(st.sampled_from([Memory(), Memory("C1", "1.5")]))
    made = Filled(
        draw(st.sampled_from(["en", "fr"])),
        NOW,
        level,
        draw(MOMENTS if level is Level.ANONYMOUS else st.none() | MOMENTS),
        draw(LIMITS),
        draw(st.sampled_from(Seeing)),
        draw(st.sampled_from(ResultsTo)),
        draw(st.booleans()),
        draw(TYPED),
        draw(st.lists(TYPED, min_size=1, max_size=3).map(tuple)),
        "C0GENERAL",
        memory=memory,
        is_in_thread=bool(memory.thread) and draw(st.booleans()),
        kind=draw(st.sampled_from(PollKind)),
        dates=draw(DATES),
        is_by_day=draw(st.booleans()),
        date_limits=draw(LIMITS),
        places=draw(LIMITS),
        quiz_seeing=draw(st.sampled_from(Seeing)),
        explanation=draw(TYPED),
        has_receipts=draw(st.booleans()),
        adding=draw(st.sampled_from(Adding)),
        has_other=draw(st.booleans()),
        posts_at=draw(st.none() | MOMENTS),
        pictures=draw(TYPED),
        is_unfolded=True,
    )
    return replace(made, dates=as_shown(made), options=options_as_shown(made))


def as_shown(made: Filled) -> tuple[date | None, ...]:
    """Dates stand in fives; where they are not used, the last one ends them."""
    if made.kind is PollKind.DATES:
        return form_kinds.dates_shown(made)
    return without_empty_end(made).dates


def options_as_shown(made: Filled) -> tuple[str, ...]:
    """Where none of them holds anything, there is one field."""
    return made.options if any(made.options) else ("",)


def sent(shown: Filled) -> incoming.Submission:
    """The form sent in as it stands."""
    view = form.ask_modal(shown, words(shown.language))
    return sent_in(view, kept_state({}, view))


def sent_in(view: Mapping[str, Any], state: object) -> incoming.Submission:
    there = {**view, "id": "V1", "state": {"values": state}}
    return incoming.submission("T1", {"user": {"id": "U1", "team_id": "T1"}, "view": there})


@given(forms())
def test_a_form_sent_in_as_it_stands_holds_what_it_was_opened_with(shown: Filled) -> None:
    assert reading.read(sent(shown), NOW) == shown


CHANGES = st.lists(
    st.tuples(st.just("kind"), st.sampled_from(PollKind).map(str))
    | st.tuples(st.just("names"), st.sampled_from(Level).map(str))
    | st.tuples(st.just("days"), st.sampled_from(["hours", "days"])),
    max_size=5,
)


@given(forms(), MOMENTS, CHANGES)
def test_whatever_is_changed_and_changed_back_the_form_is_as_it_was(
    made: Filled, closes_at: datetime, changes: list[tuple[str, str]]
) -> None:
    before = replace(made, closes_at=closes_at)
    back = [
        ("kind", PollKind.DATES), ("days", "days" if before.is_by_day else "hours"),
        ("names", before.level), ("kind", before.kind),
    ]  # fmt: skip
    view: Mapping[str, Any] = form.ask_modal(before, words("en"))
    state = kept_state({}, view)
    for block, choice in [*changes, *back]:
        view, state = after_choice(view, state, block, choice)
    assert without_empty_end(reading.read(sent_in(view, state), NOW)) == without_empty_end(before)


State = dict[str, dict[str, dict[str, Any]]]


def kept_state(state: State, view: Mapping[str, Any]) -> State:
    """What Slack keeps of what was filled in, once it shows this view."""
    return surfaces.kept(state, [block for block in view["blocks"] if block["type"] == "input"])


def after_choice(
    view: Mapping[str, Any], state: State, block: str, choice: str
) -> tuple[Mapping[str, Any], State]:
    """The form after another choice in one of its fields, where it shows that."""
    element = next((each["element"] for each in view["blocks"] if each.get("block_id") == block), None)
    if element is None:
        return view, state
    changed = state | {block: {element["action_id"]: state_value(element, choice)}}
    again = form.ask_modal(reading.read(sent_in(view, changed), NOW), words("en"))
    return again, kept_state(changed, again)


def without_empty_end(made: Filled) -> Filled:
    """Fields for dates come and go in fives; the empty ones at the end say nothing."""
    last = max((number for number, each in enumerate(made.dates, 1) if each), default=0)
    return replace(made, dates=made.dates[:last])


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A poll as a command or a form makes it."""
    shown = draw(forms())
    kind = shown.kind
    texts = draw(st.lists(TYPED.map(tidy).filter(bool), min_size=2, max_size=5, unique=True))
    if kind is PollKind.QUIZ:
        texts = [f"*{text}" for text in texts[:1]] + texts[1:]
    lines = typed.written(typed.read("\n".join(texts), kind), kind)
    shown = replace(
        shown, options=tuple(filled.in_fields(lines)), question="Well?", pictures="https://a.b/c A cat"
    )
    return Draft("Well?", shown.offered, shown.language, shown.terms)


@given(drafts())
def test_a_whole_poll_shown_in_the_form_and_sent_in_is_the_same_poll(draft: Draft) -> None:
    again = reading.read(sent(filled.whole(draft, "C0GENERAL", NOW)), NOW)
    assert (again.terms, again.offered) == (draft.terms, draft.options)


@given(forms())
def test_a_form_shows_each_field_once_and_at_most_a_hundred_blocks(shown: Filled) -> None:
    blocks = form.ask_modal(shown, words("fr"))["blocks"]
    named = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(named) == len(set(named))
    assert len(blocks) <= 100
