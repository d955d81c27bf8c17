"""What people write after /poll, in both languages, and what we take it for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import grammar
from surveys.anonymity import Level
from surveys.errors import Refused
from surveys.flags import UnknownValue
from surveys.grammar import Ask, Close, Help, Listed, OpenForm, Request, Results, parse, printed
from surveys.moments import At
from surveys.quotes import UnclosedQuote, tidy
from surveys.recurring import End
from surveys.seeing import Seeing
from surveys.wishes import Wishes

LIVE = Seeing.LIVE
YES_NO = ("Yes", "No", "Abstain")
OUI_NON = ("Oui", "Non", "Abstention")

ENGLISH = [
    # quotes of every school
    ('"Where?" "A" "B"', Ask("Where?", ("A", "B"))),
    ("“Where?” “A” “B”", Ask("Where?", ("A", "B"))),
    ("„Where?“ „A“ „B“", Ask("Where?", ("A", "B"))),
    ("„Where?” „A” „B”", Ask("Where?", ("A", "B"))),
    ("”Where?” ”A” ”B”", Ask("Where?", ("A", "B"))),
    ("“Where?“ “A“ “B“", Ask("Where?", ("A", "B"))),
    ("«Where?» «A» «B»", Ask("Where?", ("A", "B"))),
    ("»Where?« »A« »B«", Ask("Where?", ("A", "B"))),
    ("‹Where?› ‹A› ‹B›", Ask("Where?", ("A", "B"))),
    ("＂Where?＂ ＂A＂ ＂B＂", Ask("Where?", ("A", "B"))),
    # mixed pairs, as clients leave them
    ('“Where?" "A” „B"', Ask("Where?", ("A", "B"))),
    ('"Where?" “A” «B»', Ask("Where?", ("A", "B"))),
    ('"Where?” “A" "B"', Ask("Where?", ("A", "B"))),
    # no white space, too much, line breaks, commas
    ('"Where?""A""B"', Ask("Where?", ("A", "B"))),
    ('  "Where?"   "A"\t"B"  ', Ask("Where?", ("A", "B"))),
    ('" Where? " " A " " B "', Ask("Where?", ("A", "B"))),
    ('"Where?"\n"A"\n"B"', Ask("Where?", ("A", "B"))),
    ('"Where?" "A"\n"B" "C"', Ask("Where?", ("A", "B", "C"))),
    ('"Where\nshall we?" "A" "B"', Ask("Where shall we?", ("A", "B"))),
    ('"Where?", "A", "B"', Ask("Where?", ("A", "B"))),
    ('"Where?"; "A"; "B"', Ask("Where?", ("A", "B"))),
    ('"Where?"\n- "A"\n- "B"', Ask("Where?", ("A", "B"))),
    # quotes and signs inside quotes
    (r'"Say \"hi\"?" "A" "B"', Ask('Say "hi"?', ("A", "B"))),
    (r'"A \\ B?" "A" "B"', Ask("A \\ B?", ("A", "B"))),
    (r'"C:\dir?" "A" "B"', Ask("C:\\dir?", ("A", "B"))),
    ('"He said “no”. Why?" "A" "B"', Ask("He said “no”. Why?", ("A", "B"))),
    ('"He said "no" twice" "A" "B"', Ask('He said "no" twice', ("A", "B"))),
    ('"Tea | coffee?" "A|B" "C"', Ask("Tea | coffee?", ("A|B", "C"))),
    ('"--anonymous?" "limit 2" "B"', Ask("--anonymous?", ("limit 2", "B"))),
    ('"Don\'t?" "Mike\'s" "Anna’s"', Ask("Don't?", ("Mike's", "Anna’s"))),
    ('"<!channel> & <b>" "A" "B"', Ask("<!channel> & <b>", ("A", "B"))),
    ('"{name} %s?" "{0}" "B"', Ask("{name} %s?", ("{0}", "B"))),
    ('"متى؟" "غدا" "الآن"', Ask("متى؟", ("غدا", "الآن"))),
    ('\u200e"Where?" "A" "B"', Ask("Where?", ("A", "B"))),
    ('"Where?" "A" "A"', Ask("Where?", ("A", "A"))),
    ('"Where?" "A"', Ask("Where?", ("A",))),
    ('"Where?" "A" ""', Ask("Where?", ("A",))),
    # emoji before an option
    ('"Where?" :pizza: "A" :+1: "B"', Ask("Where?", ("A", "B"), emojis=(":pizza:", ":+1:"))),
    ('"Where?" :pizza:"A" 🍣 "B"', Ask("Where?", ("A", "B"), emojis=(":pizza:", "🍣"))),
    ('"Where?" :wave::skin-tone-2: "A" "B"', Ask("Where?", ("A", "B"), emojis=(":wave::skin-tone-2:", ""))),
    (':pizza: "Where?" "A" "B"', Ask(":pizza: Where?", ("A", "B"))),
    # bars and line breaks
    ("Where? | A | B", Ask("Where?", ("A", "B"))),
    ("Where?|A|B", Ask("Where?", ("A", "B"))),
    ("Where? | A | B |", Ask("Where?", ("A", "B"))),
    ('"Where?" | A | B', Ask("Where?", ("A", "B"))),
    ('Where? | "A" | "B"', Ask("Where?", ("A", "B"))),
    ('"Where?" "A" | "B"', Ask("Where?", ("A", "B"))),
    ('Watch "Dune"? | Yes, "now" | No', Ask('Watch "Dune"?', ('Yes, "now"', "No"))),
    ("Where?\n| A\n| B", Ask("Where?", ("A", "B"))),
    (r"Tea \| coffee? | A | B", Ask("Tea | coffee?", ("A", "B"))),
    ("Where?\nA\nB", Ask("Where?", ("A", "B"))),
    ("Where?\n- A\n\n• B\n* C", Ask("Where?", ("A", "B", "C"))),
    # no quotes: Yes, No, Abstain
    ("Shall we?", Ask("Shall we?", YES_NO)),
    ('"Shall we?"', Ask("Shall we?", YES_NO)),
    ("Shall we? |", Ask("Shall we?", YES_NO)),
    ("Don't we want 5-a-side – or do we?", Ask("Don't we want 5-a-side – or do we?", YES_NO)),
    ('A 27" screen?', Ask('A 27" screen?', YES_NO)),
    ('A 27" or a 32" screen?', Ask('A 27" or a 32" screen?', YES_NO)),
    ('A 27 " screen?', Ask('A 27 " screen?', YES_NO)),
    ('Keep the name "Palabre" then?', Ask('Keep the name "Palabre" then?', YES_NO)),
    ("On Friday?", Ask("On Friday?", YES_NO)),
    # a moment may be a question's own, all of it or its beginning
    *(
        (text, Ask(text, YES_NO))
        for text in (
            "On 3 March?",
            "on 3 march ?",
            "On 3 March, shall we meet?",
            "Close 24/7?",
            "Close 18:00 ?",
            "Close at 5pm?",
            "Close in 2 days?",
            "End 2026-12-31?",
            "Every 2 weeks?",
            "Every monday 9:00?",
            "Fin à 18h ?",
            "Le 3 mars à 9h ?",
            "Close the office early?",
        )
    ),
    *(
        (text, Ask(text, YES_NO, Wishes(is_ambiguous=True)))
        for text in (
            "On 3 cards, shall we play?",
            "Close 3 offices?",
            "close 25 Shall we?",
            "End 2026 with a party?",
        )
    ),
    ("On 3 March we meet?", Ask("we meet?", YES_NO, Wishes(posts=At(End(3, 3)), is_ambiguous=True))),
    # a wish in small letters before a capital is likely meant, and read back
    ("multi Where? | A | B", Ask("Where?", ("A", "B"), Wishes(most=0, is_ambiguous=True))),
    ("exactly 2 Where? | A | B", Ask("Where?", ("A", "B"), Wishes(least=2, most=2, is_ambiguous=True))),
    ("live multi Where? | A | B", Ask("Where?", ("A", "B"), Wishes(None, LIVE, most=0, is_ambiguous=True))),
    ("other Where? | A | B", Ask("Where?", ("A", "B"), Wishes(has_other=True, is_ambiguous=True))),
    ("Multi Where?", Ask("Multi Where?", YES_NO)),
    ("Ranking Bowie?", Ask("Ranking Bowie?", YES_NO)),
    ("live music at Ben's?", Ask("live music at Ben's?", YES_NO)),
    ("at least Ana?", Ask("at least Ana?", YES_NO)),
    ("when Ben comes?", Ask("when Ben comes?", YES_NO)),
    ("Other ideas?", Ask("Other ideas?", YES_NO)),
    ("other ideas?", Ask("other ideas?", YES_NO)),
    ("Close the office on Friday?", Ask("Close the office on Friday?", YES_NO)),
    ("Limit the meeting?", Ask("Limit the meeting?", YES_NO)),
    ("Every Monday?", Ask("Every Monday?", YES_NO)),
    ("help me?", Ask("help me?", YES_NO)),
    ("close it", Ask("close it", YES_NO, Wishes(is_ambiguous=True))),
    ("Lunch?", Ask("Lunch?", YES_NO)),
    ("'Tis the season?", Ask("'Tis the season?", YES_NO)),
    ('"help"', Ask("help", YES_NO)),
    ('"anonymous"', Ask("anonymous", YES_NO)),
    # the poll's language
    ('lang fr "Où ?" "A" "B"', Ask("Où ?", ("A", "B"), Wishes(language="fr"))),
    ('"Où ?" "A" "B" --lang=fr', Ask("Où ?", ("A", "B"), Wishes(language="fr"))),
    ('"Où ?" "A" "B" —lang fr', Ask("Où ?", ("A", "B"), Wishes(language="fr"))),
    ("lang fr On y va ?", Ask("On y va ?", OUI_NON, Wishes(language="fr"))),
    ("Lang EN Shall we?", Ask("Shall we?", YES_NO, Wishes(language="en"))),
    ("Language classes?", Ask("Language classes?", YES_NO)),
    # anonymous, in every way it is written
    *(
        (text, Ask("Where?", ("A", "B"), Wishes(Level.ANONYMOUS)))
        for text in (
            'anonymous "Where?" "A" "B"',
            'Anonymous "Where?" "A" "B"',
            'anonymous "Where?" | A | B',
            'anon "Where?" "A" "B"',
            'secret "Where?" "A" "B"',
            'anonyme "Where?" "A" "B"',
            '"Where?" "A" "B" --anonymous',
            '"Where?" "A" "B" —anonymous',
            '"Where?" "A" "B" -anonymous',
            "Where? | A | B --anonymous",
        )
    ),
    # verbs, alone
    ("", OpenForm()),
    ("anonymous", OpenForm(Wishes(Level.ANONYMOUS))),
    ("anonyme limite 2", OpenForm(Wishes(Level.ANONYMOUS, most=2))),
    ("--other", OpenForm(Wishes(has_other=True))),
    ("   ", OpenForm()),
    ('""', OpenForm()),
    ("“”", OpenForm()),
    ("|", OpenForm()),
    ("help", Help()),
    ("HELP", Help()),
    ("?", Help()),
    ("--help", Help()),
    ("close", Close()),
    (" Results ", Results()),
    ("list", Listed()),
    ("List them?", Ask("List them?", YES_NO)),
    ("Edit the page?", Ask("Edit the page?", YES_NO)),
]

FRENCH = [
    ("« Où ? » « A » « B »", Ask("Où ?", ("A", "B"))),
    ("«\u00a0Où\u00a0?\u00a0» «\u00a0A\u00a0» «\u00a0B\u00a0»", Ask("Où ?", ("A", "B"))),
    ("«\u202fOù\u202f?\u202f» «\u202fA\u202f» «\u202fB\u202f»", Ask("Où ?", ("A", "B"))),
    ("« Où ? »« A »« B »", Ask("Où ?", ("A", "B"))),
    ("‹ Où ? › ‹ A › ‹ B ›", Ask("Où ?", ("A", "B"))),
    ('"L\'été ?" "L\'an prochain" "Aujourd’hui"', Ask("L'été ?", ("L'an prochain", "Aujourd’hui"))),
    ("L'été, aujourd’hui ?", Ask("L'été, aujourd’hui ?", OUI_NON)),
    ('« Le mot "fin" ? » « l’“autre” » « B »', Ask('Le mot "fin" ?', ("l’“autre”", "B"))),
    ("« Lire « Dune » ? » « A » « B »", Ask("Lire « Dune » ?", ("A", "B"))),
    ("On garde le nom « Palabre » ?", Ask("On garde le nom « Palabre » ?", OUI_NON)),
    ("On y va ?", Ask("On y va ?", OUI_NON)),
    ("Le 3 mars ?", Ask("Le 3 mars ?", OUI_NON)),
    ("Fin de l'été ?", Ask("Fin de l'été ?", OUI_NON)),
    ("Où ? | Café | Chez l'ami", Ask("Où ?", ("Café", "Chez l'ami"))),
    ("Où ?\n– Café\n– Parc", Ask("Où ?", ("Café", "Parc"))),
    ("— On y va ?", Ask("— On y va ?", OUI_NON)),
    ("Paris –Lyon ?", Ask("Paris –Lyon ?", OUI_NON)),
    ("langue en « Where? »", Ask("Where?", YES_NO, Wishes(language="en"))),
    ("lang français « Où ? » « A » « B »", Ask("Où ?", ("A", "B"), Wishes(language="fr"))),
    ("aide", Help()),
    ("Aide", Help()),
    ("fermer", Close()),
    ("clore", Close()),
    ("fin", Close()),
    ("résultats", Results()),
    ("RÉSULTATS", Results()),
    ("resultats", Results()),
    ("liste", Listed()),
    ("Liste de courses ?", Ask("Liste de courses ?", OUI_NON)),
    ("aide-moi", Ask("aide-moi", OUI_NON, Wishes(is_ambiguous=True))),
    ("« fin »", Ask("fin", OUI_NON)),
]

REFUSED = [
    ('"Where? "A" "B"', UnclosedQuote),
    ('"Where?" "A" "B', UnclosedQuote),
    ('"Where?', UnclosedQuote),
    ("« Où ? « A » « B »", UnclosedQuote),
    ("“Where?” “A” “B", UnclosedQuote),
    ('Where? "A" "B"', grammar.WordsOutsideQuotes),
    ('"Where?" A B', grammar.WordsOutsideQuotes),
    ('"Where?" "A" or "B"', grammar.WordsOutsideQuotes),
    ('"Where?" "A" "B" :pizza:', grammar.WordsOutsideQuotes),
    ('"Where?" | "A" stray | B', grammar.WordsOutsideQuotes),
    ('"" "A" "B"', grammar.QuestionFirst),
    ("| A | B", grammar.QuestionFirst),
    ("« » « A » « B »", grammar.QuestionFirst),
    ("'Where?' 'A' 'B'", grammar.SingleQuotes),
    ("‘Where?’ ‘A’ ‘B’", grammar.SingleQuotes),
    ('"Where?" "A" "B" --anonymus', grammar.MisspeltWord),
    ('anonymus "Where?" "A" "B"', grammar.MisspeltWord),
    ("anonime « Où ? » « A » « B »", grammar.MisspeltWord),
    ("hepl", grammar.MisspeltWord),
    ("resluts", grammar.MisspeltWord),
    ("Shall we? --colour", grammar.UnknownWord),
    ('"Where?" "A" "B" --zzz=1', grammar.UnknownWord),
    ('lang de "Wo?" "A" "B"', grammar.UnknownLanguage),
    ("lang de Wo?", grammar.UnknownLanguage),
    ('"Where?" "A" "B" --lang=xx', grammar.UnknownLanguage),
    ('"Where?" "A" "B" --lang', grammar.UnknownLanguage),
    ('"Where?" "A" "B" --anonymous=:ghost:', UnknownValue),
    *(
        (text, grammar.VerbNotYet)
        for text in (
            "edit",
            "Export",
            "exporter",
            "remind",
            "hold",
            "every",
            'edit "Where?" "A"',
            "edit 4711",
        )
    ),
    *(
        (text, grammar.NotYet)
        for text in (
            'every monday 9:00 "Where?" "A" "B"',
            "chaque lundi 9h « Où ? » « A » « B »",
            '"Where?" "A" "B" --every monday 9:00',
            '"Where?" "A" "B" —every=monday',
            "every monday 9:00 Stand-up?",
        )
    ),
]

TEXTS = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\"“”„«»‹›'’|\\ \n\u00a0-—:,=")))
TIDY_TEXTS = TEXTS.map(tidy).filter(bool)
ASKS = st.builds(
    Ask,
    TIDY_TEXTS,
    st.lists(TIDY_TEXTS, min_size=1, max_size=5).map(tuple),
    st.builds(Wishes, st.sampled_from([None, Level.ANONYMOUS]), language=st.sampled_from([None, "en", "fr"])),
)


@pytest.mark.parametrize(("text", "request_"), ENGLISH)
def test_an_english_command_is_understood(text: str, request_: Request) -> None:
    assert parse(text, "en") == request_


@pytest.mark.parametrize(("text", "request_"), FRENCH)
def test_a_french_command_is_understood(text: str, request_: Request) -> None:
    assert parse(text, "fr") == request_


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_a_command_that_could_mean_something_else_is_refused(text: str, reason: type[Refused]) -> None:
    with pytest.raises(Refused) as refusal:
        parse(text, "en")
    assert type(refusal.value) is reason


def test_a_misspelt_flag_is_answered_with_the_nearest_known_one() -> None:
    with pytest.raises(Refused) as refusal:
        parse('"Where?" "A" "B" --anonymus', "en")
    assert str(refusal.value) == (
        "I don't know “--anonymus”. Did you mean “--anonymous”? Write /poll help for the list; "
        "if it is part of your question, put the question in quotes."
    )


def test_a_word_of_later_is_named_and_nothing_is_posted() -> None:
    with pytest.raises(Refused) as refusal:
        parse('every monday "Where?" "A" "B"', "en")
    assert str(refusal.value) == (
        "“every” can't be asked for yet, so nothing was posted. Take it out and send the command again; "
        "if it is part of your question, put the question in quotes."
    )


def test_the_words_outside_the_quotes_are_named() -> None:
    with pytest.raises(Refused, match="I found “Tea or coffee” outside the quotes"):
        parse('"What?" "A" Tea or coffee "B"', "en")


def test_where_an_unclosed_quote_begins_is_shown() -> None:
    with pytest.raises(Refused, match='begins at “"The library” is never closed'):
        parse('"Where?" "Café" "The library', "en")


@pytest.mark.parametrize("language", ["fr", "fr-FR", "FR"])
def test_a_french_asker_gets_french_usual_options(language: str) -> None:
    assert parse("On y va ?", language) == Ask("On y va ?", OUI_NON)


@given(ASKS)
def test_a_poll_printed_as_a_command_is_read_as_the_same_poll(ask: Ask) -> None:
    assert parse(printed(ask, "en"), "en") == ask


@given(TEXTS, st.sampled_from(["en", "fr", "de"]))
def test_any_text_is_understood_or_refused_with_a_sentence(text: str, language: str) -> None:
    try:
        parse(text, language)
    except Refused as refusal:
        said = str(refusal)
    else:
        return
    assert said


WORDS = st.lists(
    st.sampled_from(
        [
            '"',
            "“",
            "”",
            "«",
            "»",
            "|",
            "\n",
            " ",
            "A",
            "Où ?",
            "limit",
            "2",
            "--lang",
            "fr",
            ":pizza:",
            "\\",
            "'",
        ]
    ),
    max_size=14,
).map("".join)


@given(WORDS)
def test_any_jumble_of_quotes_and_words_is_understood_or_refused(text: str) -> None:
    try:
        request = parse(text, "fr")
    except Refused:
        return
    if isinstance(request, Ask):
        assert request.question
        assert all(request.options)
