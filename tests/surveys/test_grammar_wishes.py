"""Every wish of the poll command, in both languages and both schools, and which instant a moment means."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import grammar, moment_words, moments, wish_words, wishes
from surveys.anonymity import Level
from surveys.errors import Refused
from surveys.grammar import Ask, closing, parse, printed
from surveys.moments import Ahead, At, Figures, In, Weekday, When
from surveys.options import Adding
from surveys.quotes import tidy
from surveys.recurring import End
from surveys.report_words import NoSuchTime
from surveys.seeing import PollKind, Seeing
from surveys.wishes import Wishes, joined

ANONYMOUS = Wishes(Level.ANONYMOUS)
LIMIT = Wishes(most=2)
EXACTLY = Wishes(least=2, most=2)
AT_LEAST = Wishes(least=2)
MULTI = Wishes(most=0)
HIDDEN = Wishes(seeing=Seeing.AFTER_CLOSE)
AFTER_VOTE = Wishes(seeing=Seeing.AFTER_VOTE)
LIVE = Wishes(seeing=Seeing.LIVE)
OWNERS = Wishes(seeing=Seeing.OWNERS)
NAMED = Wishes(Level.NAMED)
NAMES_HIDDEN = Wishes(Level.HIDDEN)
ADD = Wishes(adding=Adding.ANYONE)
APPROVED = Wishes(adding=Adding.APPROVED)
OTHER = Wishes(has_other=True)
SHUFFLE = Wishes(is_shuffled=True)
RANKING = Wishes(kind=PollKind.RANKING)
RATING = Wishes(kind=PollKind.RATING)
DATES = Wishes(kind=PollKind.DATES, is_ambiguous=True)

LEADING = [
    ("anonymous", ANONYMOUS),
    ("anon", ANONYMOUS),
    ("anonyme", ANONYMOUS),
    ("ANONYME", ANONYMOUS),
    ("limit 2", LIMIT),
    ("limite 2", LIMIT),
    ("votes 2", LIMIT),
    ("at most 2", LIMIT),
    ("au plus 2", LIMIT),
    ("exactly 2", EXACTLY),
    ("exactement 2", EXACTLY),
    ("at least 2", AT_LEAST),
    ("au moins 2", AT_LEAST),
    ("multi", MULTI),
    ("plusieurs", MULTI),
    ("hidden", HIDDEN),
    ("masqué", HIDDEN),
    ("after-close", HIDDEN),
    ("après-clôture", HIDDEN),
    ("after vote", AFTER_VOTE),
    ("après-vote", AFTER_VOTE),
    ("live", LIVE),
    ("direct", LIVE),
    ("owners", OWNERS),
    ("responsables", OWNERS),
    ("named", NAMED),
    ("names shown", NAMED),
    ("nominatif", NAMED),
    ("names hidden", NAMES_HIDDEN),
    ("noms cachés", NAMES_HIDDEN),
    ("add-choice", ADD),
    ("ajout", ADD),
    ("add-choice approved", APPROVED),
    ("add choice approved", APPROVED),
    ("ajout validé", APPROVED),
    ("other", OTHER),
    ("autre", OTHER),
    ("shuffle", SHUFFLE),
    ("mélanger", SHUFFLE),
    ("ranking", RANKING),
    ("classement", RANKING),
    ("rating", RATING),
    ("note", RATING),
    ("dates", DATES),
    ("quand", DATES),
    ("anonymous limit 2 hidden", Wishes(Level.ANONYMOUS, Seeing.AFTER_CLOSE, most=2)),
    ("masqué limite 2 anonyme", Wishes(Level.ANONYMOUS, Seeing.AFTER_CLOSE, most=2)),
    ("add-choice anonymous limit 2", Wishes(Level.ANONYMOUS, most=2, adding=Adding.ANYONE)),
    ("at least 1 at most 2", Wishes(least=1, most=2)),
    ("lang fr anonymous", Wishes(Level.ANONYMOUS, language="fr")),
]
FLAGS = [
    ("--anonymous", ANONYMOUS),
    ("—anonymous", ANONYMOUS),
    ("–anonyme", ANONYMOUS),
    ("--secret", ANONYMOUS),
    ("--limit=2", LIMIT),
    ("--limit 2", LIMIT),
    ("—limit 2", LIMIT),
    ("--votes=2", LIMIT),
    ("--exactly=2", EXACTLY),
    ("--at-least=2", AT_LEAST),
    ("--au-moins 2", AT_LEAST),
    ("--multi", MULTI),
    ("--hidden", HIDDEN),
    ("--after-vote", AFTER_VOTE),
    ("--progress", LIVE),
    ("--owners", OWNERS),
    ("--nominatif", NAMED),
    ("--public-add-option", ADD),
    ("--add-choice=approved", APPROVED),
    ("--ajout-validé", APPROVED),
    ("--other", OTHER),
    ("—autre", OTHER),
    ("--mélanger", SHUFFLE),
    ("--classement", RANKING),
    ("--note", RATING),
    ("--limit=2 --anonymous --hidden", Wishes(Level.ANONYMOUS, Seeing.AFTER_CLOSE, most=2)),
    ("--hidden —limit 2 --lang=fr", Wishes(None, Seeing.AFTER_CLOSE, most=2, language="fr")),
]

# Tuesday 24 November 2026, 17:00 in Paris, 11:00 in New York.
MOMENTS = [
    ("18:00", "Europe/Paris", "2026-11-24 17:00"),
    ("18h", "Europe/Paris", "2026-11-24 17:00"),
    ("18h30", "Europe/Paris", "2026-11-24 17:30"),
    ("6pm", "Europe/Paris", "2026-11-24 17:00"),
    ("6:30 pm", "Europe/Paris", "2026-11-24 17:30"),
    ("16:00", "Europe/Paris", "2026-11-25 15:00"),
    ("17:00", "Europe/Paris", "2026-11-25 16:00"),
    ("17:01", "Europe/Paris", "2026-11-24 16:01"),
    ("0:00", "Europe/Paris", "2026-11-24 23:00"),
    ("23:59", "Europe/Paris", "2026-11-24 22:59"),
    ("midnight", "America/New_York", "2026-11-25 05:00"),
    ("minuit", "Europe/Paris", "2026-11-24 23:00"),
    ("noon", "America/New_York", "2026-11-24 17:00"),
    ("midi", "Europe/Paris", "2026-11-25 11:00"),
    ("in 2d", "Europe/Paris", "2026-11-26 16:00"),
    ("dans 2 j", "Europe/Paris", "2026-11-26 16:00"),
    ("in 2h30", "Europe/Paris", "2026-11-24 18:30"),
    ("dans 2 h 30", "Europe/Paris", "2026-11-24 18:30"),
    ("90 min", "Europe/Paris", "2026-11-24 17:30"),
    ("2 days", "Europe/Paris", "2026-11-26 16:00"),
    ("in 1 week", "Europe/Paris", "2026-12-01 16:00"),
    ("dans 2 semaines", "Europe/Paris", "2026-12-08 16:00"),
    ("in 2 days at 18:00", "Europe/Paris", "2026-11-26 17:00"),
    ("today", "Europe/Paris", "2026-11-24 22:59"),
    ("aujourd’hui 18h", "Europe/Paris", "2026-11-24 17:00"),
    ("tomorrow", "Europe/Paris", "2026-11-25 22:59"),
    ("demain", "America/New_York", "2026-11-26 04:59"),
    ("demain 9h", "Europe/Paris", "2026-11-25 08:00"),
    ("après-demain 9h", "Europe/Paris", "2026-11-26 08:00"),
    ("9am tomorrow", "America/New_York", "2026-11-25 14:00"),
    ("friday 17:00", "Europe/Paris", "2026-11-27 16:00"),
    ("friday 17:00", "America/New_York", "2026-11-27 22:00"),
    ("vendredi 17h", "Europe/Paris", "2026-11-27 16:00"),
    ("17h vendredi", "Europe/Paris", "2026-11-27 16:00"),
    ("friday", "Europe/Paris", "2026-11-27 22:59"),
    ("friday midnight", "Europe/Paris", "2026-11-27 22:59"),
    ("tuesday 18:00", "Europe/Paris", "2026-11-24 17:00"),
    ("mardi 9h", "Europe/Paris", "2026-12-01 08:00"),
    ("25 dec 9:00", "Europe/Paris", "2026-12-25 08:00"),
    ("25 décembre 9h", "Europe/Paris", "2026-12-25 08:00"),
    ("le 1er janvier à 9h", "Europe/Paris", "2027-01-01 08:00"),
    ("december 25 9am", "America/New_York", "2026-12-25 14:00"),
    ("3 march 9:00", "Europe/Paris", "2027-03-03 08:00"),
    ("29 february", "Europe/Paris", "2028-02-29 22:59"),
    ("2026-12-25", "Europe/Paris", "2026-12-25 22:59"),
    ("25/12 9:00", "Europe/Paris", "2026-12-25 08:00"),
    ("12/25/2026 9am", "America/New_York", "2026-12-25 14:00"),
    ("5/5/2027", "Europe/Paris", "2027-05-05 21:59"),
    ("friday 25 december", "Europe/Paris", "2026-12-25 22:59"),
    ("vendredi 25 décembre 18h", "Europe/Paris", "2026-12-25 17:00"),
    ("friday, the 25 december 2026 9:00", "Europe/Paris", "2026-12-25 08:00"),
    ("le vendredi 25/12 à 18h", "Europe/Paris", "2026-12-25 17:00"),
    ("18h vendredi 25 décembre", "Europe/Paris", "2026-12-25 17:00"),
    ("18:00 Europe/Paris", "America/New_York", "2026-11-24 17:00"),
    ("18:00 UTC", "Europe/Paris", "2026-11-24 18:00"),
    ("tomorrow 9:00 america/new_york", "Asia/Tokyo", "2026-11-25 14:00"),
    ("friday 9:00 (Asia/Tokyo)", "Europe/Paris", "2026-11-27 00:00"),
    ("2026-12-25 10:00", "America/New_York", "2026-12-25 15:00"),
    ("2026-12-25T10:00:00+07:00", "Europe/Paris", "2026-12-25 03:00"),
    ("2026-12-25T10:00Z", "America/New_York", "2026-12-25 10:00"),
    # clocks go forward: the hour that is left out is the first moment after it
    ("2027-03-28 02:30", "Europe/Paris", "2027-03-28 01:00"),
    ("2027-03-28 03:00", "Europe/Paris", "2027-03-28 01:00"),
    ("2027-03-28 01:59", "Europe/Paris", "2027-03-28 00:59"),
    ("2027-03-14 02:30", "America/New_York", "2027-03-14 07:00"),
    # clocks go back: the hour that comes twice is the first of both
    ("2027-10-31 02:30", "Europe/Paris", "2027-10-31 00:30"),
    ("2027-11-07 01:30", "America/New_York", "2027-11-07 05:30"),
    ("2027-11-07 02:00", "America/New_York", "2027-11-07 07:00"),
]
NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


def understood(text: str, language: str = "en") -> Ask:
    ask = parse(text, language)
    assert isinstance(ask, Ask)
    return ask


@pytest.mark.parametrize(("words", "wished"), LEADING)
def test_words_before_the_question_are_wishes(words: str, wished: Wishes) -> None:
    assert understood(f'{words} "Where?" "A" "B"') == Ask("Where?", ("A", "B"), wished)


@pytest.mark.parametrize(("words", "wished"), LEADING)
def test_the_same_words_after_the_last_option_are_the_same_wishes(words: str, wished: Wishes) -> None:
    assert understood(f"« Où ? » « A » « B » {words}", "fr") == Ask("Où ?", ("A", "B"), wished)


@pytest.mark.parametrize(("words", "wished"), FLAGS)
def test_flags_are_the_same_wishes_before_or_after(words: str, wished: Wishes) -> None:
    asks = [understood(f'{words} "Where?" "A" "B"'), understood(f"“Where?” “A” “B” {words}")]
    assert asks == [Ask("Where?", ("A", "B"), wished)] * 2


@pytest.mark.parametrize(("words", "zone", "instant"), MOMENTS)
def test_a_moment_is_understood_in_the_zone_of_whoever_wrote_it(words: str, zone: str, instant: str) -> None:
    closes = understood(f'close {words} "Where?" "A" "B"').wishes.closes
    assert closes is not None
    assert closing(closes, NOW, zone) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        'close friday 17:00 "Where?" "A" "B"',
        'end friday 17:00 "Where?" "A" "B"',
        'fin vendredi 17h "Where?" "A" "B"',
        'clore vendredi 17h "Where?" "A" "B"',
        '"Where?" "A" "B" --close friday 17:00',
        '"Where?" "A" "B" --close=friday 17:00',
        '"Where?" "A" "B" --close="friday 17:00"',
        '"Where?" "A" "B" —fin vendredi 17h',
        '"Where?" | A | B --close friday 17:00',
    ],
)
def test_a_close_is_written_in_any_way_and_always_read_back(text: str) -> None:
    wished = Wishes(closes=At(Weekday(4), time(17)), is_ambiguous=True)
    assert understood(text) == Ask("Where?", ("A", "B"), wished)


def test_a_poll_for_later_names_when_it_is_posted_and_when_it_ends() -> None:
    ask = understood('on 2026-12-01T10:30:00+07:00 end 2026-12-30T00:00:00+07:00 "Where?" "A" "B"')
    seven = timezone(timedelta(hours=7))
    assert ask.wishes == Wishes(
        posts=At(End(12, 1, 2026), time(10, 30, tzinfo=seven)),
        closes=At(End(12, 30, 2026), time(0, 0, tzinfo=seven)),
        is_ambiguous=True,
    )


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ('"Ok?" :thumbsup: "yes" 👎 "no"', Ask("Ok?", ("yes", "no"), emojis=(":thumbsup:", "👎"))),
        ('"Ok?" "yes" :x: "no"', Ask("Ok?", ("yes", "no"), emojis=("", ":x:"))),
        ("Ok? | 🍕 Pizza | Sushi", Ask("Ok?", ("Pizza", "Sushi"), emojis=("🍕", ""))),
        ('"Ok?" "🍕 Pizza" "Sushi"', Ask("Ok?", ("🍕 Pizza", "Sushi"))),
        ("Ok? | 🍕 | 🍣", Ask("Ok?", ("🍕", "🍣"))),
        ('rating "Ok?"', Ask("Ok?", ("1", "2", "3", "4", "5"), RATING)),
        ('rating "Ok?" 😀 😐 😞 hidden',
         Ask("Ok?", ("😀", "😐", "😞"), replace(RATING, seeing=Seeing.AFTER_CLOSE))),
        ('"Ok?" 😀 😐 😞 note masqué',
         Ask("Ok?", ("😀", "😐", "😞"), replace(RATING, seeing=Seeing.AFTER_CLOSE))),
        ('rating "Ok?" 😀 😐 😞 --hidden',
         Ask("Ok?", ("😀", "😐", "😞"), replace(RATING, seeing=Seeing.AFTER_CLOSE))),
        ('"Ok?" 😀 😐 😞 --rating --lang fr', Ask("Ok?", ("😀", "😐", "😞"), replace(RATING, language="fr"))),
        ('rating "Ok?"\n😀 😐 :ok:', Ask("Ok?", ("😀", "😐", ":ok:"), RATING)),
        ('rating "Ok?" | 😀 | 😐', Ask("Ok?", ("😀", "😐"), RATING)),
        ('note "Ok?" 😀 😐 😞', Ask("Ok?", ("😀", "😐", "😞"), RATING)),
        ('quiz "Capital?" "*Paris" "Lyon"',
         Ask("Capital?", ("Paris", "Lyon"), Wishes(kind=PollKind.QUIZ), right=(0,))),
        ("« Capitale ? » « Lyon » « *Paris » --quiz",
         Ask("Capitale ?", ("Lyon", "Paris"), Wishes(kind=PollKind.QUIZ), right=(1,))),
        ('"Ok?" "*Paris" "Lyon"', Ask("Ok?", ("*Paris", "Lyon"))),
        ('limit 2 "limit 3" "hidden" "--multi"', Ask("limit 3", ("hidden", "--multi"), LIMIT)),
        ("anonymous Shall we?", Ask("Shall we?", ("Yes", "No", "Abstain"),
         Wishes(Level.ANONYMOUS, is_ambiguous=True))),
        ("Quand partons-nous ?", Ask("Quand partons-nous ?", ("Yes", "No", "Abstain"))),
        ("Live music?", Ask("Live music?", ("Yes", "No", "Abstain"))),
        ("At least 2 of us?", Ask("At least 2 of us?", ("Yes", "No", "Abstain"))),
        ("Note de frais ?", Ask("Note de frais ?", ("Yes", "No", "Abstain"))),
        ('anonymous\n"Where?"\n"A"\n"B"\nlimit 2',
         Ask("Where?", ("A", "B"), Wishes(Level.ANONYMOUS, most=2))),
        ('add-choice limit 3 "Where?" "A" "B"',
         Ask("Where?", ("A", "B"), Wishes(most=3, adding=Adding.ANYONE))),
        ('limit 3 other "Where?" "A" "B"', Ask("Where?", ("A", "B"), Wishes(most=3, has_other=True))),
        ("Vote now? [A, B, C]", Ask("Vote now? [A, B, C]", ("Yes", "No", "Abstain"))),
    ],
)  # fmt: skip
def test_options_are_what_they_look_like(text: str, ask: Ask) -> None:
    assert understood(text) == ask


@pytest.mark.parametrize(
    ("text", "reason", "said"),
    [
        ('limit 3 "Where?" "A" "B"', wishes.LimitTooHigh, "3 choices, but there are 2 options"),
        ('limit "Where?" "A" "B"', wish_words.NoNumber, "Write limit 2"),
        ('"Where?" "A" "B" --limite=0', wish_words.NoNumber, "Write limite 2"),
        ('at least 2 limit 1 "Where?" "A" "B"', wishes.LeastAboveMost, "least 2 choices and at most 1"),
        ('live hidden "Where?" "A" "B"', wishes.TwoWishes, "“live” and “hidden”"),
        ('limit 1 "Where?" "A" "B" --limit=2', wishes.TwoWishes, "“limit” and “--limit”"),
        ('close someday "Where?" "A" "B"', moment_words.UnknownMoment, "moment “someday”"),
        ('"Where?" "A" "B" --close', moment_words.UnknownMoment, "Write it as 18:00, friday 17:00"),
        ('close 31 february "Where?" "A" "B"', moment_words.NoSuchDay, "no 31 february"),
        ('fin 31 avril « Où ? » « A » « B »', moment_words.NoSuchDay, "the last day of that month is 30"),
        ('close 25:00 "Where?" "A" "B"', NoSuchTime, "“25:00” is no time"),
        ('quiz "Capital?" "Paris" "Lyon"', grammar.NoRightAnswer, "Put a star before it"),
        ('every monday 9:00 "Where?" "A" "B"', grammar.NotYet, "“every” can't be asked for yet"),
        ('ranking other "Where?" "A" "B"', wishes.TwoWishes, "“ranking” and “other”"),
        ('note "Ok?" --autre', wishes.TwoWishes, "“note” and “--autre”"),
        ('add-choice approved ajout "Where?" "A" "B"', wishes.TwoWishes, "“add-choice approved” and “ajout”"),
        ('hiden "Where?" "A" "B"', grammar.MisspeltWord, "Did you mean “hidden”"),
    ],
)  # fmt: skip
def test_a_wish_that_cannot_be_is_refused_with_the_mend(text: str, reason: type[Refused], said: str) -> None:
    with pytest.raises(reason, match=re.escape(said)):
        parse(text, "en")


@pytest.mark.parametrize(
    ("words", "next_one"),
    [
        ("2026-11-01 9:00", "2027-11-01 09:00"),
        ("24 november 2026 9:00", "2027-11-24 09:00"),
        ("24 novembre 2020 18h", "2026-11-24 18:00"),
        ("today 9:00", "2026-11-25 09:00"),
        ("2024-02-29 9:00", "2028-02-29 09:00"),
    ],
)
def test_a_moment_that_is_past_is_answered_with_the_next_such_one(words: str, next_one: str) -> None:
    closes, _ = moment_words.read(words.split())
    with pytest.raises(moments.PastMoment) as refusal:
        closing(closes, NOW, "Europe/Paris")
    assert refusal.value.values["next"] == datetime.fromisoformat(next_one)


def test_a_day_that_is_past_is_answered_with_the_next_such_day() -> None:
    closes, _ = moment_words.read(["15/01/2020"])
    with pytest.raises(moments.PastMoment) as refusal:
        closing(closes, NOW, "Europe/Paris", "fr")
    assert refusal.value.values == {"wanted": date(2020, 1, 15), "next": date(2027, 1, 15)}


@pytest.mark.parametrize("words", ["saturday 25 december 9:00", "samedi 25/12", "9:00 sunday december 25"])
def test_a_weekday_that_is_not_the_date_s_is_refused_with_the_date_s_own(words: str) -> None:
    closes, _ = moment_words.read(words.split())
    with pytest.raises(moments.OtherWeekday) as refusal:
        closing(closes, NOW, "Europe/Paris")
    assert refusal.value.values == {"day": date(2026, 12, 25)}


def test_a_date_in_figures_that_may_be_two_begins_with_the_day_in_french_alone() -> None:
    closes, _ = moment_words.read(["5/6", "18:00"])
    assert closing(closes, NOW, "Europe/Paris", "fr") == datetime(2027, 6, 5, 16, tzinfo=UTC)
    with pytest.raises(moments.TwoDates) as refusal:
        closing(closes, NOW, "Europe/Paris", "en")
    assert str(refusal.value) == (
        "“5/6” may be 2027-05-06 or 2027-06-05. "
        "Write the month as a word, as in 6 May, or the date as 2027-05-06."
    )


def test_an_hour_that_comes_twice_is_the_second_one_once_the_first_is_past() -> None:
    between = datetime(2027, 10, 31, 0, 45, tzinfo=UTC)
    assert closing(At(None, time(2, 30)), between, "Europe/Paris") == datetime(
        2027, 10, 31, 1, 30, tzinfo=UTC
    )


def test_days_are_by_the_calendar_and_hours_by_the_clock_where_clocks_change() -> None:
    before = datetime(2027, 3, 27, 17, 0, tzinfo=UTC)
    assert closing(In(1), before, "Europe/Paris") == datetime(2027, 3, 28, 16, 0, tzinfo=UTC)
    assert closing(In(0, timedelta(hours=24)), before, "Europe/Paris") == before + timedelta(hours=24)


LETTERS = st.one_of(st.characters(), st.sampled_from("\"“”„«»‹›'’|\\* \n\u00a0-—:,="))
TEXTS = st.text(LETTERS, min_size=1, max_size=12).map(tidy).filter(bool)
CLOCK = st.times().map(lambda at: at.replace(second=0, microsecond=0))
OFFSETS = st.integers(-14 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
FIGURES = st.builds(Figures, st.integers(1, 6), st.integers(7, 12), st.sampled_from([None, 2027]))
DAYS = st.one_of(
    st.builds(Ahead, st.integers(0, 400)),
    st.builds(Weekday, st.integers(0, 6)),
    st.dates(date(2000, 1, 1), date(2999, 12, 31)).map(lambda day: End(day.month, day.day, day.year)),
    st.dates().map(lambda day: End(day.month, day.day)),
    FIGURES,
)
TIMES = st.one_of(CLOCK, st.builds(lambda at, zone: at.replace(tzinfo=zone), CLOCK, OFFSETS))
WHENS: st.SearchStrategy[When] = st.one_of(
    st.builds(In, st.integers(0, 9999), st.integers(1, 99 * 60).map(lambda most: timedelta(minutes=most))),
    st.builds(In, st.integers(1, 9999)),
    st.builds(At, DAYS, TIMES),
    st.builds(At, DAYS, CLOCK, st.sampled_from(["Europe/Paris", "UTC", "America/New_York"])),
    st.builds(
        At, FIGURES | st.builds(End, st.integers(1, 12), st.integers(1, 28)), CLOCK, weekday=st.integers(0, 6)
    ),
    st.builds(At, st.none(), TIMES),
    st.builds(At, DAYS.filter(lambda day: not isinstance(day, Ahead) or day.days < 3)),
)
WISHED = st.builds(
    Wishes,
    st.sampled_from([None, *Level]),
    st.sampled_from([None, *Seeing]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([None, 0, 2]),
    st.sampled_from([None, PollKind.RANKING, PollKind.RATING, PollKind.DATES, PollKind.QUIZ]),
    st.none() | WHENS,
    st.none() | WHENS,
    st.booleans(),
    st.sampled_from([None, Adding.ANYONE, Adding.APPROVED]),
    st.booleans(),
    st.sampled_from([None, "en", "fr"]),
).filter(lambda wished: wished.kind is None or not wished.has_other)


@st.composite
def asks(draw: st.DrawFn) -> Ask:
    wished = draw(WISHED)
    dated = bool(wished.closes or wished.posts or wished.kind is PollKind.DATES)
    wished = replace(wished, is_ambiguous=dated)
    options = draw(st.lists(TEXTS, min_size=2, max_size=4).map(tuple))
    emojis = draw(st.sampled_from([(), (":pizza:", *[""] * (len(options) - 1)), ("🍣",) * len(options)]))
    right = tuple(draw(st.sets(st.integers(0, len(options) - 1), min_size=1)))
    is_quiz = wished.kind is PollKind.QUIZ
    return Ask(draw(TEXTS), options, wished, emojis, tuple(sorted(right)) if is_quiz else ())


@given(asks(), st.sampled_from(["en", "fr", "fr-FR"]))
def test_a_poll_printed_in_either_language_is_read_as_the_same_poll(ask: Ask, language: str) -> None:
    assert parse(printed(ask, language), "en") == ask


MOMENTS_BEFORE = st.integers(0, 20 * 365 * 24 * 60).map(lambda more: NOW + timedelta(minutes=more))
WORDS = [
    '"',
    "“",
    "”",
    "«",
    "»",
    "|",
    "\\",
    "'",
    "*",
    "A",
    "Où",
    "?",
    ":pizza:",
    "🍣",
    "2",
    "limit",
    "--limit",
    "--limit=",
    "—close",
    "close",
    "fin",
    "on",
    "le",
    "every",
    "in",
    "2d",
    "18h",
    "friday",
    "31",
    "feb",
    "lang",
    "fr",
    "at",
    "least",
    "exactly",
    "quiz",
    "rating",
    "hidden",
    "live",
    "--close=",
    "anonymous",
    "2026-02-30",
    "5/6",
    "25/12",
    "utc",
    "Europe/Paris",
]
JUMBLES = st.lists(st.sampled_from([*WORDS, "\n", *[" "] * 12]), max_size=16).map("".join)


@given(JUMBLES | st.text(), st.sampled_from(["en", "fr"]))
def test_any_text_is_understood_or_refused(text: str, language: str) -> None:
    try:
        ask = parse(text, language)
    except Refused:
        return
    if isinstance(ask, Ask):
        assert ask.question
        assert all(ask.options)


MARKS = st.sampled_from([('"', '"'), ("“", "”"), ("„", "“"), ("« ", " »"), ("‹", "›")])
WORDS_OF_OURS = st.sampled_from(
    [
        "limit 2",
        "hidden",
        "--anonymous",
        "—limit=3",
        "close friday 17:00",
        "anonyme",
        "lang fr",
        "quiz",
        "18h",
    ]
)


@given(st.lists(WORDS_OF_OURS, min_size=3, max_size=5, unique=True), MARKS)
def test_nothing_inside_quotes_is_taken_for_a_wish(texts: list[str], marks: tuple[str, str]) -> None:
    question, *options = texts
    ask = parse(" ".join(f"{marks[0]}{text}{marks[1]}" for text in texts), "en")
    assert ask == Ask(question, tuple(options))


@given(WHENS, MOMENTS_BEFORE, st.sampled_from(["Europe/Paris", "?"]), st.sampled_from(["en", "fr"]))
def test_any_moment_is_an_instant_to_come_or_refused(
    when: When, now: datetime, zone: str, language: str
) -> None:
    try:
        instant = closing(when, now, zone, language)
    except (moments.PastMoment, moments.OtherWeekday, moments.TwoDates):
        return
    assert instant > now


def test_wishes_that_say_the_same_twice_are_one() -> None:
    found = wish_words.run(["anonymous", "anon", "secret"])
    assert joined(found) == ANONYMOUS


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("ranking", PollKind.RANKING),
        ("Classement", PollKind.RANKING),
        ("note", PollKind.RATING),
        ("quand", PollKind.DATES),
        ("quiz", PollKind.QUIZ),
    ],
)
def test_a_kind_of_poll_alone_opens_the_form(word: str, kind: PollKind) -> None:
    assert parse(word, "en") == grammar.OpenForm(Wishes(kind=kind))


@pytest.mark.parametrize("question", ["Quand ?", "note de frais", "live"])
def test_more_than_a_kind_is_a_question(question: str) -> None:
    assert isinstance(parse(question, "fr"), Ask)
