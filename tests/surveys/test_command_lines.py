"""The lines people write after /poll, in both languages and both schools, and what each of them means.

All is read on Tuesday 24 November 2026 at 16:00 UTC, which is 17:00 in Paris and 11:00 in New York.
"""

import inspect
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType

import pytest

from slack_app.kit.text import as_typed
from slack_app.kit.words import words
from slack_app.polls.asking import understood
from surveys import (
    dates,
    flags,
    grammar,
    moment_words,
    moments,
    polls,
    quotes,
    rating,
    segments,
    wish_words,
    wishes,
)
from surveys.anonymity import Level, ResultsTo
from surveys.errors import Refused
from surveys.grammar import Ask, OpenForm, Request
from surveys.options import Adding, Option
from surveys.polls import Draft, Terms
from surveys.seeing import PollKind, Seeing
from surveys.wishes import NO_WISHES

NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
USUAL = {
    PollKind.CHOICE: Terms(),
    PollKind.RANKING: Terms(kind=PollKind.RANKING, most=0),
    PollKind.RATING: Terms(kind=PollKind.RATING),
    PollKind.DATES: Terms(kind=PollKind.DATES, most=0),
    PollKind.QUIZ: Terms(kind=PollKind.QUIZ, seeing=Seeing.AFTER_CLOSE),
}
LEVELS = {Level.NAMED: "names shown", Level.ANONYMOUS: "anonymous"}
ADDING = {Adding.ANYONE: "voters add", Adding.APPROVED: "voters add with approval"}

# Each line, and what it means: the question, its options, and all that is not as usual.
# Moments are told in UTC; “read back” is shown to the asker before it is posted.
ENGLISH = [
    # the question and its options, in any quotes
    ('"Where?" "Here" "There"', "Where? → Here / There"),
    ("“Where?” “Here” “There”", "Where? → Here / There"),
    ("„Where?“ „Here“ „There“", "Where? → Here / There"),
    ("”Where?” ”Here” ”There”", "Where? → Here / There"),
    ("«Where?» «Here» «There»", "Where? → Here / There"),
    ("‹Where?› ‹Here› ‹There›", "Where? → Here / There"),
    ("»Where?« »Here« »There«", "Where? → Here / There"),
    ('“Where?" "Here” „There“', "Where? → Here / There"),
    ("＂Where?＂ ＂Here＂ ＂There＂", "Where? → Here / There"),
    ('"Where?""Here""There"', "Where? → Here / There"),
    ('"Where?", "Here", "There"', "Where? → Here / There"),
    ('"Where?"\n- "Here"\n- "There"', "Where? → Here / There"),
    ('"Say \\"hi\\"?" "Yes" "No"', 'Say "hi"? → Yes / No'),
    ('"He said “no”. Why?" "Shy" "Tired"', "He said “no”. Why? → Shy / Tired"),
    ('"Mike\'s or Anna’s?" "Mike\'s" "Anna’s"', "Mike's or Anna’s? → Mike's / Anna’s"),
    ('"C:\\dir or D:\\dir?" "C" "D"', "C:\\dir or D:\\dir? → C / D"),
    ('\u200e"Where?" "Here" "There"', "Where? → Here / There"),
    ('"متى؟" "غدا" "الآن"', "متى؟ → غدا / الآن"),
    ('"  Where  \n to? " " Here " "There"', "Where to? → Here / There"),
    # bars, lines, and no options at all
    ("Where? | Here | There", "Where? → Here / There"),
    ("Where?|Here|There|", "Where? → Here / There"),
    ("Where? ｜ Here ｜ There", "Where? → Here / There"),
    ('"Where?" | Here | There', "Where? → Here / There"),
    ('Where? | "Here" | "There"', "Where? → Here / There"),
    ("Tea \\| coffee? | Tea | Coffee", "Tea | coffee? → Tea / Coffee"),
    ('Watch "Dune"? | Yes, "now" | No', 'Watch "Dune"? → Yes, "now" / No'),
    ("Where?\nHere\nThere", "Where? → Here / There"),
    ("Where?\n• Here\n* There", "Where? → Here / There"),
    ("Shall we start at nine?", "Shall we start at nine? → Yes / No / Abstain"),
    ('"Shall we?"', "Shall we? → Yes / No / Abstain"),
    ("Shall we? |", "Shall we? → Yes / No / Abstain"),
    ('Keep the name "Palabre" then?', 'Keep the name "Palabre" then? → Yes / No / Abstain'),
    ('A 27" or a 32" screen?', 'A 27" or a 32" screen? → Yes / No / Abstain'),
    ("Don't we? 'Tis late.", "Don't we? 'Tis late. → Yes / No / Abstain"),
    ("help me?", "help me? → Yes / No / Abstain"),
    # words that may be no question are read back, not asked at once
    ("close the poll", "close the poll → Yes / No / Abstain · read back"),
    ("help!", "help"),
    ("list.", "listed"),
    ("close?", "close? → Yes / No / Abstain · read back"),
    ("results please", "results please → Yes / No / Abstain · read back"),
    ("delete", "delete → Yes / No / Abstain · read back"),
    ("Help me", "Help me → Yes / No / Abstain · read back"),
    ("schedule list", "schedule list → Yes / No / Abstain · read back"),
    ("export csv", "export csv → Yes / No / Abstain · read back"),
    ("Pizza tonight", "Pizza tonight → Yes / No / Abstain · read back"),
    ("Pizza tonight | Yes | No", "Pizza tonight → Yes / No"),
    # commas and colons between wishes, and the command's own name once more
    ('anonymous, limit 2: "Where?" "A" "B"', "Where? → A / B · anonymous · 1 to 2"),
    ('"Where?" "A" "B", shuffle', "Where? → A / B · shuffled"),
    ('"Where?": "A" "B"', "Where? → A / B"),
    ('poll "Where?" "A" "B"', "Where? → A / B"),
    ("/poll “Where?” “A” “B”", "Where? → A / B"),
    ("poll the club?", "poll the club? → Yes / No / Abstain"),
    ("anonymous, limit 2 Where? | A | B", "Where? → A / B · anonymous · 1 to 2 · read back"),
    ('"help"', "help → Yes / No / Abstain"),
    ("Language classes?", "Language classes? → Yes / No / Abstain"),
    ("Vote now? [A, B, C]", "Vote now? [A, B, C] → Yes / No / Abstain"),
    # Slack's own escapes
    ('"R&amp;D or Q&amp;A?" "R&amp;D" "Q&amp;A"', "R&D or Q&A? → R&D / Q&A"),
    ('"Is a &lt;b&gt; bold?" "Yes" "No"', "Is a <b> bold? → Yes / No"),
    ("Shall <@U0BEN|ben> lead?", "Shall @ben lead? → Yes / No / Abstain"),
    ('"Who?" "<@U0BEN|ben>" "<@U0ANA|ana>"', "Who? → @ben / @ana"),
    ('"Where?" "<#C0GENERAL|general>" "<#C0LYON|lyon>"', "Where? → #general / #lyon"),
    (
        '"Which page?" "<https://a.example/x|a.example/x>" "<http://b.example>"',
        "Which page? → a.example/x / http://b.example",
    ),
    ('"Tell &lt;!channel&gt;?" "Yes" "No"', "Tell <!channel>? → Yes / No"),
    ('"A &amp;amp; B?" "Yes" "No"', "A &amp; B? → Yes / No"),
    ("Tea &amp; cake?", "Tea & cake? → Yes / No / Abstain"),
    # emojis before an option
    ('"Lunch?" :pizza: "Pizza" :sushi: "Sushi"', "Lunch? → :pizza: Pizza / :sushi: Sushi"),
    ('"Lunch?" 🍕 "Pizza" "Sushi"', "Lunch? → 🍕 Pizza / Sushi"),
    ('"Lunch?" "🍕 Pizza" ":sushi: Sushi"', "Lunch? → 🍕 Pizza / :sushi: Sushi"),
    ("Lunch? | 🍕 Pizza | Sushi", "Lunch? → 🍕 Pizza / Sushi"),
    ('"Ok?" :+1::skin-tone-2: "Yes" :-1: "No"', "Ok? → :+1::skin-tone-2: Yes / :-1: No"),
    ('"Lunch?" "🍕" "🍣"', "Lunch? → 🍕 / 🍣"),
    ('"Lunch?" 👨‍👩‍👧 "Together" 🇫🇷 "In France"', "Lunch? → 👨‍👩‍👧 Together / 🇫🇷 In France"),
    ('"Lunch?" 🍕 🍅 "Pizza" "Salad"', "Lunch? → 🍕 🍅 Pizza / Salad"),
    # how many options each person chooses
    ('limit 2 "Where?" "A" "B" "C"', "Where? → A / B / C · 1 to 2"),
    ('"Where?" "A" "B" "C" --limit=2', "Where? → A / B / C · 1 to 2"),
    ('"Where?" "A" "B" "C" —limit 2', "Where? → A / B / C · 1 to 2"),
    ('votes 2 "Where?" "A" "B" "C"', "Where? → A / B / C · 1 to 2"),
    ('at most 2 "Where?" "A" "B" "C"', "Where? → A / B / C · 1 to 2"),
    ('exactly 2 "Where?" "A" "B" "C"', "Where? → A / B / C · 2 to 2"),
    ('at least 2 "Where?" "A" "B" "C"', "Where? → A / B / C · 2 to all"),
    ('at least 1 at most 2 "Where?" "A" "B" "C"', "Where? → A / B / C · 1 to 2"),
    ('multi "Where?" "A" "B"', "Where? → A / B · 1 to all"),
    ('"Where?" "A" "B" --votes=2', "Where? → A / B · 1 to 2"),
    ("limit 2 Where? | A | B | C", "Where? → A / B / C · 1 to 2 · read back"),
    # who sees what, and when
    ('anonymous "Where?" "A" "B"', "Where? → A / B · anonymous"),
    ('"Where?" "A" "B" --anonymous', "Where? → A / B · anonymous"),
    ('secret "Where?" "A" "B"', "Where? → A / B · anonymous"),
    ('"Where?" "A" "B" -anon', "Where? → A / B · anonymous"),
    ('named "Where?" "A" "B"', "Where? → A / B · names shown"),
    ('names shown "Where?" "A" "B"', "Where? → A / B · names shown"),
    ('names hidden "Where?" "A" "B"', "Where? → A / B"),
    ('hidden "Where?" "A" "B"', "Where? → A / B · after close"),
    ('after-vote "Where?" "A" "B"', "Where? → A / B · after vote"),
    ('after close "Where?" "A" "B"', "Where? → A / B · after close"),
    ('"Where?" "A" "B" --progress', "Where? → A / B"),
    ('owners "Where?" "A" "B"', "Where? → A / B · owners"),
    ('anonymous owners "Where?" "A" "B"', "Where? → A / B · anonymous · results to owners"),
    ('anonymous limit 2 hidden "Where?" "A" "B" "C"', "Where? → A / B / C · anonymous · 1 to 2"),
    ('"Where?" "A" "B" "C" --anonymous --limit=2 --hidden', "Where? → A / B / C · anonymous · 1 to 2"),
    ('Anonymous\n"Where?"\n"A"\n"B"', "Where? → A / B · anonymous"),
    ('shuffle "Where?" "A" "B"', "Where? → A / B · shuffled"),
    # options of the voters
    ('add-choice "Where?" "A" "B"', "Where? → A / B · voters add"),
    ('"Where?" "A" "B" --public-add-option', "Where? → A / B · voters add"),
    ('add-choice approved "Where?" "A" "B"', "Where? → A / B · voters add with approval"),
    ('"Where?" "A" "B" --add-choice=approved', "Where? → A / B · voters add with approval"),
    ('add-choice limit 3 "Where?" "A" "B"', "Where? → A / B · 1 to 3 · voters add"),
    ('other "Where?" "A" "B"', "Where? → A / B / Other… (written)"),
    ('"Where?" "A" "B" --other', "Where? → A / B / Other… (written)"),
    ('"Where?" "A" "B" other hidden', "Where? → A / B / Other… (written) · after close"),
    ('other "Shall we?"', "Shall we? → Yes / No / Abstain / Other… (written)"),
    ('limit 3 other "Where?" "A" "B"', "Where? → A / B / Other… (written) · 1 to 3"),
    # rankings, ratings, quizzes
    ('ranking "Which first?" "A" "B" "C"', "Which first? → A / B / C · ranking"),
    ('rank limit 2 "Which first?" "A" "B" "C"', "Which first? → A / B / C · ranking · 1 to 2"),
    ('rating "How was it?"', "How was it? → 1 / 2 / 3 / 4 / 5 · rating"),
    ('rating "How was it?" 😞 😐 😀', "How was it? → 😞 / 😐 / 😀 · rating"),
    ('rating "How was it?" 😞 😐 😀 hidden', "How was it? → 😞 / 😐 / 😀 · rating · after close"),
    ('rating "How was it?" 😞 😐 😀 --named', "How was it? → 😞 / 😐 / 😀 · rating · names shown"),
    (
        '"How was it?" 😞 😐 😀 rating close friday 17:00',
        "How was it? → 😞 / 😐 / 😀 · rating · until 27 Nov 2026 16:00 · read back",
    ),
    ('rating "How was it?" "Bad" "Fair" "Good"', "How was it? → Bad / Fair / Good · rating"),
    ('rating "How was it?" | :one: | :two:', "How was it? → :one: / :two: · rating"),
    ('quiz "Capital of France?" "*Paris" "Lyon"', "Capital of France? → Paris (right) / Lyon · quiz"),
    (
        'quiz "Capital of France?" "Lyon" "*Paris" --anonymous',
        "Capital of France? → Lyon / Paris (right) · quiz · anonymous",
    ),
    (
        'quiz limit 2 "Which are even?" "*2" "3" "*4"',
        "Which are even? → 2 (right) / 3 / 4 (right) · quiz · 1 to 2",
    ),
    ('quiz "A star?" "*\\*" "none"', "A star? → \\* (right) / none · quiz"),
    ('"A star?" "*Paris" "Lyon"', "A star? → *Paris / Lyon"),
    # dates to find one
    ('dates "When?" "friday 18:00" "saturday"', "When? → 27 Nov 17:00 / 28 Nov · dates · read back"),
    (
        'dates "When?" "2026-12-01" "30 november 9:00" "30 november"',
        "When? → 30 Nov / 30 Nov 08:00 / 01 Dec · dates · read back",
    ),
    (
        'dates "When?" | tomorrow 9:00 | tomorrow 18h',
        "When? → 25 Nov 08:00 / 25 Nov 17:00 · dates · read back",
    ),
    (
        'when "When?" "in 2 days at 18:00" "2026-12-24T10:00Z" --limit=1',
        "When? → 26 Nov 17:00 / 24 Dec 10:00 · dates · 1 to 1 · read back",
    ),
    (
        'dates anonymous "When?" "friday" "saturday"',
        "When? → 27 Nov / 28 Nov · dates · anonymous · read back",
    ),
    # when it closes
    ('close friday 17:00 "Where?" "A" "B"', "Where? → A / B · until 27 Nov 2026 16:00 · read back"),
    ('close in 2d "Where?" "A" "B"', "Where? → A / B · until 26 Nov 2026 16:00 · read back"),
    ('"Where?" "A" "B" --close=18:00', "Where? → A / B · until 24 Nov 2026 17:00 · read back"),
    ('"Where?" "A" "B" --close="friday 17:00"', "Where? → A / B · until 27 Nov 2026 16:00 · read back"),
    (
        'end 2026-11-30T00:00:00+07:00 "Where?" "A" "B"',
        "Where? → A / B · until 29 Nov 2026 17:00 · read back",
    ),
    ('close 16:59 "Where?" "A" "B"', "Where? → A / B · until 25 Nov 2026 15:59 · read back"),
    ('close 17:06 "Where?" "A" "B"', "Where? → A / B · until 24 Nov 2026 16:06 · read back"),
    ('close today "Where?" "A" "B"', "Where? → A / B · until 24 Nov 2026 22:59 · read back"),
    ('close midnight "Where?" "A" "B"', "Where? → A / B · until 24 Nov 2026 23:00 · read back"),
    ('close 0:00 "Where?" "A" "B"', "Where? → A / B · until 24 Nov 2026 23:00 · read back"),
    ('close 23:59 "Where?" "A" "B"', "Where? → A / B · until 24 Nov 2026 22:59 · read back"),
    ('close friday midnight "Where?" "A" "B"', "Where? → A / B · until 27 Nov 2026 22:59 · read back"),
    ('close tomorrow "Where?" "A" "B"', "Where? → A / B · until 25 Nov 2026 22:59 · read back"),
    ('close noon "Where?" "A" "B"', "Where? → A / B · until 25 Nov 2026 11:00 · read back"),
    ('close 29 february "Where?" "A" "B"', "refused: ClosesTooLate"),
    ('close 90 min "Where?" "A" "B"', "Where? → A / B · until 24 Nov 2026 17:30 · read back"),
    ('close friday 25 december "Where?" "A" "B"', "Where? → A / B · until 25 Dec 2026 22:59 · read back"),
    ('close 18:00 America/New_York "Where?" "A" "B"', "Where? → A / B · until 24 Nov 2026 23:00 · read back"),
    (
        "anonymous close in 3 days Shall we?",
        "Shall we? → Yes / No / Abstain · anonymous · until 27 Nov 2026 16:00 · read back",
    ),
    ("close in 2d Shall we?", "Shall we? → Yes / No / Abstain · until 26 Nov 2026 16:00 · read back"),
    ("Close 18:00", "the form: close 18:00"),
    ("close in 1 week", "the form: close in 7d"),
    # clocks go forward: the hour that is left out is the first moment after it
    (
        'dates "When?" "2027-03-28 02:30" "2027-03-28 03:30"',
        "When? → 28 Mar 01:00 / 28 Mar 01:30 · dates · read back",
    ),
    (
        'dates "When?" "2027-03-28 01:59" "2027-03-28 03:00"',
        "When? → 28 Mar 00:59 / 28 Mar 01:00 · dates · read back",
    ),
    # clocks go back: the hour that comes twice is the first of both
    (
        'dates "When?" "2027-10-31 02:30" "2027-10-31 03:30"',
        "When? → 31 Oct 00:30 / 31 Oct 02:30 · dates · read back",
    ),
    (
        'dates "When?" "2027-10-31 01:30" "2027-10-31 03:00"',
        "When? → 30 Oct 23:30 / 31 Oct 02:00 · dates · read back",
    ),
    (
        'dates "When?" "2027-10-31 02:30+01:00" "2027-10-31 02:30+02:00"',
        "When? → 31 Oct 00:30 / 31 Oct 01:30 · dates · read back",
    ),
    # when it is posted
    ('on monday 9:00 "Where?" "A" "B"', "Where? → A / B · on 30 Nov 2026 08:00 · read back"),
    ('on monday "Where?" "A" "B"', "Where? → A / B · on 30 Nov 2026 08:00 · read back"),
    (
        'on monday 9:00 close in 2d "Where?" "A" "B"',
        "Where? → A / B · on 30 Nov 2026 08:00 · until 02 Dec 2026 08:00 · read back",
    ),
    (
        'on monday 9:00 close tuesday "Where?" "A" "B"',
        "Where? → A / B · on 30 Nov 2026 08:00 · until 01 Dec 2026 22:59 · read back",
    ),
    (
        'on 2026-12-01T10:30:00+07:00 end 2026-12-30T00:00:00+07:00 "Where?" "A" "B"',
        "Where? → A / B · on 01 Dec 2026 03:30 · until 29 Dec 2026 17:00 · read back",
    ),
    (
        'on monday 9:00 anonymous "Where?" "A" "B"',
        "Where? → A / B · anonymous · on 30 Nov 2026 08:00 · until 07 Dec 2026 08:00 · read back",
    ),
    ('"Where?" "A" "B" --on=monday', "Where? → A / B · on 30 Nov 2026 08:00 · read back"),
    ('on friday 9:00 "Lunch?"', "Lunch? → Yes / No / Abstain · on 27 Nov 2026 08:00 · read back"),
    ("on 1 december we meet?", "we meet? → Yes / No / Abstain · on 01 Dec 2026 08:00 · read back"),
    # questions that begin like a wish
    ("On 3 March?", "On 3 March? → Yes / No / Abstain"),
    ("On Friday?", "On Friday? → Yes / No / Abstain"),
    ("On 3 March, shall we?", "On 3 March, shall we? → Yes / No / Abstain"),
    ("Close the office early?", "Close the office early? → Yes / No / Abstain"),
    ("Close 24/7?", "Close 24/7? → Yes / No / Abstain"),
    ("Limit the meeting?", "Limit the meeting? → Yes / No / Abstain"),
    ("Every Monday?", "Every Monday? → Yes / No / Abstain"),
    ("Every 2 weeks?", "Every 2 weeks? → Yes / No / Abstain"),
    ("Live music?", "Live music? → Yes / No / Abstain"),
    ("Other ideas?", "Other ideas? → Yes / No / Abstain"),
    ("List them?", "List them? → Yes / No / Abstain"),
    ("Edit the page?", "Edit the page? → Yes / No / Abstain"),
    ("On 3 cards?", "On 3 cards? → Yes / No / Abstain · read back"),
    ("hidden Where? | A | B", "Where? → A / B · after close · read back"),
    ("ranking Where? | A | B", "Where? → A / B · ranking · read back"),
    ("on friday Lunch?", "Lunch? → Yes / No / Abstain · on 27 Nov 2026 08:00 · read back"),
    ("close friday", "the form: close friday"),
    ("close friday?", "close friday? → Yes / No / Abstain"),
    ("on friday we meet?", "on friday we meet? → Yes / No / Abstain"),
    ("Ranking Bowie?", "Ranking Bowie? → Yes / No / Abstain"),
    ("anonymous Shall we?", "Shall we? → Yes / No / Abstain · anonymous · read back"),
    # the language
    ('lang fr "Où ?" "Ici" "Là"', "Où ? → Ici / Là · in fr"),
    ('"Où ?" "Ici" "Là" --lang=fr', "Où ? → Ici / Là · in fr"),
    ("lang fr On y va ?", "On y va ? → Oui / Non / Abstention · in fr"),
    ('lang french rating "Alors ?"', "Alors ? → 1 / 2 / 3 / 4 / 5 · rating · in fr"),
    ('lang fr other "Où ?" "Ici"', "Où ? → Ici / Autre… (written) · in fr"),
    # words that ask no poll
    ("", "the form"),
    ('""', "the form"),
    ("|", "the form"),
    ("help", "help"),
    ("?", "help"),
    ("close", "close"),
    ("CLOSE", "close"),
    ("results", "results"),
    ("list", "listed"),
    ("anonymous limit 2", "the form: anonymous limit 2"),
    ("ranking", "the form: ranking"),
    ("--other", "the form: other"),
    # refused
    ("anonymus Where? | A | B", "refused: MisspeltWord"),
    ("limit 2 anonymus Where? | A | B", "refused: MisspeltWord"),
    ('--results=hidden "Where?" "A" "B"', "refused: UnknownWord"),
    ('results after close "Where?" "A" "B"', "refused: WordsOutsideQuotes"),
    ('"Where? "Here" "There"', "refused: UnclosedQuote"),
    ('"Where?" "Here" "There', "refused: UnclosedQuote"),
    ('Where? "Here" "There"', "refused: WordsOutsideQuotes"),
    ('"Where?" "Here" or "There"', "refused: WordsOutsideQuotes"),
    ('"Where?" "Here" "There" :pizza:', "refused: WordsOutsideQuotes"),
    ('"" "Here" "There"', "refused: QuestionFirst"),
    ("| Here | There", "refused: QuestionFirst"),
    ("'Where?' 'Here' 'There'", "refused: SingleQuotes"),
    ('"Where?" "Here" "There" --anonymus', "refused: MisspeltWord"),
    ('anonymus "Where?" "A" "B"', "refused: MisspeltWord"),
    ("resluts", "refused: MisspeltWord"),
    ('"Where?" "A" "B" --colour=red', "refused: UnknownWord"),
    ('"Where?" "A" "B" --anonymous=:ghost:', "refused: UnknownValue"),
    ('"Where?" "A" "B" --close="friday maybe"', "refused: UnknownValue"),
    ('lang de "Wo?" "Hier" "Dort"', "refused: UnknownLanguage"),
    ('limit "Where?" "A" "B"', "refused: NoNumber"),
    ('limit 0 "Where?" "A" "B"', "refused: NoNumber"),
    ('limit 3 "Where?" "A" "B"', "refused: LimitTooHigh"),
    ('at least 2 limit 1 "Where?" "A" "B"', "refused: LeastAboveMost"),
    ('live hidden "Where?" "A" "B"', "refused: TwoWishes"),
    ('ranking other "Where?" "A" "B"', "refused: TwoWishes"),
    ('limit 1 "Where?" "A" "B" --limit=2', "refused: TwoWishes"),
    ('close someday "Where?" "A" "B"', "refused: UnknownMoment"),
    ('"Where?" "A" "B" --close "friday 17:00"', "refused: UnknownMoment"),
    ('close 31 february "Where?" "A" "B"', "refused: NoSuchDay"),
    ('close 25:00 "Where?" "A" "B"', "refused: NoSuchTime"),
    ('close 18:00 Mars/Base "Where?" "A" "B"', "refused: UnknownZone"),
    ('close today 9:00 "Where?" "A" "B"', "refused: PastMoment"),
    ('close 2026-11-24 16:00 "Where?" "A" "B"', "refused: PastMoment"),
    ('close thursday 25 december "Where?" "A" "B"', "refused: OtherWeekday"),
    ('close 5/6 "Where?" "A" "B"', "refused: TwoDates"),
    ('close 17:02 "Where?" "A" "B"', "refused: ClosesTooSoon"),
    ('close in 100 days "Where?" "A" "B"', "refused: ClosesTooLate"),
    ('on monday 9:00 close monday 9:02 "Where?" "A" "B"', "refused: ClosesBeforePosted"),
    ('on 1 june "Where?" "A" "B"', "refused: PostsTooLate"),
    ('every monday 9:00 "Where?" "A" "B"', "refused: NotYet"),
    ('"Where?" "A" "B" --every=monday', "refused: NotYet"),
    ("schedule", "refused: OnWhen"),
    ('schedule monday 9:00 "Where?" "A" "B"', "refused: OnWhen"),
    ("Schedule a meeting?", "Schedule a meeting? → Yes / No / Abstain"),
    ("edit", "refused: VerbNotYet"),
    ("export", "refused: VerbNotYet"),
    ("remind", "refused: VerbNotYet"),
    ("hold", "refused: VerbNotYet"),
    ("every", "refused: VerbNotYet"),
    ('edit "Where?" "A" "B"', "refused: VerbNotYet"),
    ('"Where?" "Here"', "refused: TooFewOptions"),
    ('"Where?" "Here" "here"', "refused: SameOptionTwice"),
    (
        '"Where?" "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" "B"',
        "refused: OptionTooLong",
    ),
    ('anonymous live "Where?" "A" "B"', "refused: SeenBeforeClose"),
    ('quiz "Capital?" "Paris" "Lyon"', "refused: NoRightAnswer"),
    ('quiz "Capital?" "*Paris" "*Lyon"', "refused: AllRight"),
    ('quiz exactly 2 "Even?" "*2" "3"', "refused: NobodyCanBeRight"),
    ('quiz add-choice "Capital?" "*Paris" "Lyon"', "refused: VotersAdd"),
    ('rating limit 2 "How?"', "refused: OneRatingEach"),
    ('rating shuffle "How?"', "refused: ScaleInOrder"),
    ('rating "How?" "1" "2" "3" "4" "5" "6" "7" "8" "9" "10" "11"', "refused: ScaleTooLong"),
    ('ranking limit 11 "Which?" "0" "1" "2" "3" "4" "5" "6" "7" "8" "9" "10" "11"', "refused: TooManyPlaces"),
    ('dates "When?"', "refused: TooFewDates"),
    ('dates "When?" "friday" "some day"', "refused: NoDate"),
    ('dates "When?" "friday" "friday"', "refused: SameDateTwice"),
    ('dates add-choice "When?" "friday" "saturday"', "refused: NoDatesAdded"),
    ('dates "When?" "2026-11-23" "friday"', "refused: PastMoment"),
    ('"' + "Where? " * 44 + '" "Here" "There"', "refused: QuestionTooLong"),
    ('"Where?" ' + " ".join(f'"{number}"' for number in range(101)), "refused: TooManyOptions"),
]

FRENCH = [
    # the question and its options
    ("« Où ? » « Ici » « Là »", "Où ? → Ici / Là"),
    ("«\u00a0Où\u00a0?\u00a0» «\u00a0Ici\u00a0» «\u00a0Là\u00a0»", "Où ? → Ici / Là"),
    ("«\u202fOù\u202f?\u202f»«\u202fIci\u202f»«\u202fLà\u202f»", "Où ? → Ici / Là"),
    ("‹ Où ? › ‹ Ici › ‹ Là ›", "Où ? → Ici / Là"),
    ('"L\'été ?" "L\'an prochain" "Aujourd’hui"', "L'été ? → L'an prochain / Aujourd’hui"),
    ('« Le mot "fin" ? » « l’“autre” » « B »', 'Le mot "fin" ? → l’“autre” / B'),
    ("« Lire « Dune » ? » « Oui » « Non »", "Lire « Dune » ? → Oui / Non"),
    ("Où ? | Café | Chez l'ami", "Où ? → Café / Chez l'ami"),
    ("Où ?\n– Café\n– Parc", "Où ? → Café / Parc"),
    ("On y va ?", "On y va ? → Oui / Non / Abstention"),
    ("L'été, aujourd’hui ?", "L'été, aujourd’hui ? → Oui / Non / Abstention"),
    ("On garde le nom « Palabre » ?", "On garde le nom « Palabre » ? → Oui / Non / Abstention"),
    ("Le 3 mars ?", "Le 3 mars ? → Oui / Non / Abstention"),
    ("Le 3 mars, on mange ?", "Le 3 mars, on mange ? → Oui / Non / Abstention"),
    ("le lundi On mange ?", "On mange ? → Oui / Non / Abstention · on 30 Nov 2026 08:00 · read back"),
    ("le lundi on mange ?", "le lundi on mange ? → Oui / Non / Abstention"),
    ("le 31 avril ?", "le 31 avril ? → Oui / Non / Abstention"),
    ("Fin de l'été ?", "Fin de l'été ? → Oui / Non / Abstention"),
    ("Fin à 18h ?", "Fin à 18h ? → Oui / Non / Abstention"),
    ("Quand partons-nous ?", "Quand partons-nous ? → Oui / Non / Abstention"),
    ("Note de frais ?", "Note de frais ? → Oui / Non / Abstention"),
    ("Autre chose ?", "Autre chose ? → Oui / Non / Abstention"),
    ("— On y va ?", "— On y va ? → Oui / Non / Abstention"),
    ("« fin »", "fin → Oui / Non / Abstention"),
    ("supprimer", "supprimer → Oui / Non / Abstention · read back"),
    ("sondage « Où ? » « Ici » « Là »", "Où ? → Ici / Là"),
    ("anonyme : « Où ? » « Ici » « Là »", "Où ? → Ici / Là · anonymous · read back"),
    ("« Où ? » « Ici » « Là », mélanger", "Où ? → Ici / Là · shuffled"),
    ("aide-moi", "aide-moi → Oui / Non / Abstention · read back"),
    ("Liste de courses ?", "Liste de courses ? → Oui / Non / Abstention"),
    ("Où ? | R&amp;D | <#C0LYON|lyon>", "Où ? → R&D / #lyon"),
    # wishes, both schools
    ("anonyme « Où ? » « Ici » « Là »", "Où ? → Ici / Là · anonymous"),
    ("« Où ? » « Ici » « Là » --anonyme", "Où ? → Ici / Là · anonymous"),
    ("« Où ? » « Ici » « Là » —anonyme", "Où ? → Ici / Là · anonymous"),
    ("limite 2 « Où ? » « A » « B » « C »", "Où ? → A / B / C · 1 to 2"),
    ("au plus 2 « Où ? » « A » « B » « C »", "Où ? → A / B / C · 1 to 2"),
    ("« Où ? » « A » « B » « C » –limite=2", "Où ? → A / B / C · 1 to 2"),
    ("exactement 2 « Où ? » « A » « B » « C »", "Où ? → A / B / C · 2 to 2"),
    ("au moins 2 « Où ? » « A » « B » « C »", "Où ? → A / B / C · 2 to all"),
    ("plusieurs « Où ? » « A » « B »", "Où ? → A / B · 1 to all"),
    ("masqué « Où ? » « A » « B »", "Où ? → A / B · after close"),
    ("après-vote « Où ? » « A » « B »", "Où ? → A / B · after vote"),
    ("après clôture « Où ? » « A » « B »", "Où ? → A / B · after close"),
    ("direct « Où ? » « A » « B »", "Où ? → A / B"),
    ("responsables « Où ? » « A » « B »", "Où ? → A / B · owners"),
    ("nominatif « Où ? » « A » « B »", "Où ? → A / B · names shown"),
    ("noms cachés « Où ? » « A » « B »", "Où ? → A / B"),
    ("masqué limite 2 anonyme « Où ? » « A » « B » « C »", "Où ? → A / B / C · anonymous · 1 to 2"),
    ("mélanger « Où ? » « A » « B »", "Où ? → A / B · shuffled"),
    ("ajout « Où ? » « A » « B »", "Où ? → A / B · voters add"),
    ("ajout validé « Où ? » « A » « B »", "Où ? → A / B · voters add with approval"),
    ("« Où ? » « A » « B » --ajout=validé", "Où ? → A / B · voters add with approval"),
    ("autre « Où ? » « A » « B »", "Où ? → A / B / Autre… (written)"),
    ("« Où ? » « A » « B » --autre", "Où ? → A / B / Autre… (written)"),
    ("« Où ? » 🍕 « A » :sushi: « B » masqué", "Où ? → 🍕 A / :sushi: B · after close"),
    # kinds
    ("classement « Lequel ? » « A » « B »", "Lequel ? → A / B · ranking"),
    ("note « Alors ? »", "Alors ? → 1 / 2 / 3 / 4 / 5 · rating"),
    ("note « Alors ? » 😞 😐 😀 masqué", "Alors ? → 😞 / 😐 / 😀 · rating · after close"),
    ("« Alors ? » 😞 😐 😀 --note --limite=1", "Alors ? → 😞 / 😐 / 😀 · rating"),
    ("quiz « Capitale ? » « Lyon » « *Paris »", "Capitale ? → Lyon / Paris (right) · quiz"),
    ("quand « Quand ? » « vendredi 18h » « samedi »", "Quand ? → 27 Nov 17:00 / 28 Nov · dates · read back"),
    (
        "quand « Quand ? » « 1er décembre à 9h » « 30 novembre »",
        "Quand ? → 30 Nov / 01 Dec 08:00 · dates · read back",
    ),
    ("quand « Quand ? » « 5/12 » « 4/12 »", "Quand ? → 04 Dec / 05 Dec · dates · read back"),
    # moments
    ("fin vendredi 17h « Où ? » « A » « B »", "Où ? → A / B · until 27 Nov 2026 16:00 · read back"),
    ("fin dans 2j « Où ? » « A » « B »", "Où ? → A / B · until 26 Nov 2026 16:00 · read back"),
    ("fin dans 2 h 30 « Où ? » « A » « B »", "Où ? → A / B · until 24 Nov 2026 18:30 · read back"),
    ("« Où ? » « A » « B » --fin=18h30", "Où ? → A / B · until 24 Nov 2026 17:30 · read back"),
    ("« Où ? » « A » « B » —fin demain", "Où ? → A / B · until 25 Nov 2026 22:59 · read back"),
    ("fermer minuit « Où ? » « A » « B »", "Où ? → A / B · until 24 Nov 2026 23:00 · read back"),
    ("clore après-demain 9h « Où ? » « A » « B »", "Où ? → A / B · until 26 Nov 2026 08:00 · read back"),
    ("fin le 1er janvier à 9h « Où ? » « A » « B »", "Où ? → A / B · until 01 Jan 2027 08:00 · read back"),
    ("fin 5/12 à midi « Où ? » « A » « B »", "Où ? → A / B · until 05 Dec 2026 11:00 · read back"),
    ("le 30 novembre à 9h « Où ? » « A » « B »", "Où ? → A / B · on 30 Nov 2026 08:00 · read back"),
    (
        "le lundi 30 novembre à 9h fin dans 2j « Où ? » « A » « B »",
        "Où ? → A / B · on 30 Nov 2026 08:00 · until 02 Dec 2026 08:00 · read back",
    ),
    ("fin dans 2j On y va ?", "On y va ? → Oui / Non / Abstention · until 26 Nov 2026 16:00 · read back"),
    ("anonyme On y va ?", "On y va ? → Oui / Non / Abstention · anonymous · read back"),
    # the language, and words that ask no poll
    ("langue en « Where? »", "Where? → Yes / No / Abstain · in en"),
    ("lang français « Où ? » « Ici » « Là »", "Où ? → Ici / Là"),
    ("aide", "help"),
    ("fermer", "close"),
    ("clore", "close"),
    ("fin", "close"),
    ("résultats", "results"),
    ("RESULTATS", "results"),
    ("liste", "listed"),
    ("anonyme", "the form: anonymous"),
    ("quand", "the form: dates"),
    ("classement", "the form: ranking"),
    # refused
    ("« Où ? « Ici » « Là »", "refused: UnclosedQuote"),
    ("‘Où ?’ ‘Ici’ ‘Là’", "refused: SingleQuotes"),
    ("« » « Ici » « Là »", "refused: QuestionFirst"),
    ("« Où ? » Ici Là", "refused: WordsOutsideQuotes"),
    ("anonime « Où ? » « A » « B »", "refused: MisspeltWord"),
    ("« Où ? » « A » « B » --couleur", "refused: UnknownWord"),
    ("fin 31 avril « Où ? » « A » « B »", "refused: NoSuchDay"),
    ("fin lundi 25 décembre « Où ? » « A » « B »", "refused: OtherWeekday"),
    ("chaque lundi 9h « Où ? » « A » « B »", "refused: NotYet"),
    ("programmer lundi 9h « Où ? » « Ici » « Là »", "refused: OnWhen"),
    ("modifier", "refused: VerbNotYet"),
    ("exporter", "refused: VerbNotYet"),
    ("limite « Où ? » « A » « B »", "refused: NoNumber"),
    ("autre classement « Où ? » « A » « B »", "refused: TwoWishes"),
]

NEW_YORK = [
    # by the clock of New York, where months come first only in figures that can be no day
    ('close friday 17:00 "Where?" "A" "B"', "Where? → A / B · until 27 Nov 2026 22:00 · read back"),
    ('close 10:59 "Where?" "A" "B"', "Where? → A / B · until 25 Nov 2026 15:59 · read back"),
    ('close 11:30 "Where?" "A" "B"', "Where? → A / B · until 24 Nov 2026 16:30 · read back"),
    ('close tomorrow "Where?" "A" "B"', "Where? → A / B · until 26 Nov 2026 04:59 · read back"),
    ('close midnight "Where?" "A" "B"', "Where? → A / B · until 25 Nov 2026 05:00 · read back"),
    ('close 12/25/2026 9am "Where?" "A" "B"', "Where? → A / B · until 25 Dec 2026 14:00 · read back"),
    ('close 18:00 Europe/Paris "Where?" "A" "B"', "Where? → A / B · until 24 Nov 2026 17:00 · read back"),
    ('on 6pm "Where?" "A" "B"', "Where? → A / B · on 24 Nov 2026 23:00 · read back"),
    ('dates "When?" "friday 6pm" "saturday"', "When? → 27 Nov 23:00 / 28 Nov · dates · read back"),
    # around the changes of the clocks
    (
        'dates "When?" "2027-03-14 02:30" "2027-03-14 03:30"',
        "When? → 14 Mar 07:00 / 14 Mar 07:30 · dates · read back",
    ),
    (
        'dates "When?" "2027-11-07 01:30" "2027-11-07 02:00"',
        "When? → 07 Nov 05:30 / 07 Nov 07:00 · dates · read back",
    ),
    (
        'dates "When?" "2027-03-28 02:30 Europe/Paris" "2027-03-14 01:59"',
        "When? → 14 Mar 06:59 / 28 Mar 01:00 · dates · read back",
    ),
]


def meaning(line: str, language: str, zone: str) -> str:
    """Return what a line means, as the tables say it. line: as Slack sends it."""
    try:
        request = grammar.parse(as_typed(line), language)
        if isinstance(request, Ask):
            return told(request, draft(request, language, zone), language)
    except Refused as refused:
        return f"refused: {type(refused).__name__}"
    return "the form" + wished(request) if isinstance(request, OpenForm) else type(request).__name__.lower()


def draft(ask: Ask, language: str, zone: str) -> Draft:
    """Return the poll, checked as it is when it is asked."""
    checked = understood.draft(ask, zone, language, NOW)
    polls.closing(checked.terms, NOW)
    return checked


def wished(form: OpenForm) -> str:
    return ": " + " ".join(wish_words.printed(form.wishes, "en")) if form.wishes != NO_WISHES else ""


def asked(line: str) -> Draft:
    request = grammar.parse(as_typed(line), "en")
    assert isinstance(request, Ask)
    return draft(request, "en", "Europe/Paris")


def told(ask: Ask, poll: Draft, language: str) -> str:
    texts = " / ".join(map(option_told, poll.options))
    more = [*terms_told(poll.terms), *([f"in {poll.language}"] if poll.language != language else [])]
    more += ["read back"] if ask.wishes.is_ambiguous else []
    return " · ".join([f"{poll.question} → {texts}", *more])


def option_told(option: Option) -> str:
    if option.moment is not None:
        return option.moment.strftime("%d %b" if option.is_day else "%d %b %H:%M")
    mark = " (right)" if option.is_right else " (written)" if option.is_other else ""
    return f"{option.emoji} {option.text}".strip() + mark


def terms_told(terms: Terms) -> Iterator[str]:
    """Yield what is not as usual for a poll of its kind."""
    usual = USUAL[terms.kind]
    if terms.kind is not PollKind.CHOICE:
        yield terms.kind.value
    if terms.level in LEVELS:
        yield LEVELS[terms.level]
    if (terms.least, terms.most) != (usual.least, usual.most):
        yield f"{terms.least} to {terms.most or 'all'}"
    if terms.seeing is not usual.seeing and terms.level is not Level.ANONYMOUS:
        yield terms.seeing.value.replace("_", " ")
    if terms.results_to is ResultsTo.OWNERS:
        yield "results to owners"
    if terms.is_shuffled:
        yield "shuffled"
    if terms.adding in ADDING:
        yield ADDING[terms.adding]
    for name, moment in (("on", terms.posts_at), ("until", terms.closes_at)):
        if moment is not None:
            yield f"{name} {moment:%d %b %Y %H:%M}"


@pytest.mark.parametrize(("line", "meant"), ENGLISH)
def test_an_english_line_in_paris_means_what_the_table_says(line: str, meant: str) -> None:
    assert meaning(line, "en", "Europe/Paris") == meant


@pytest.mark.parametrize(("line", "meant"), FRENCH)
def test_a_french_line_in_paris_means_what_the_table_says(line: str, meant: str) -> None:
    assert meaning(line, "fr", "Europe/Paris") == meant


@pytest.mark.parametrize(("line", "meant"), NEW_YORK)
def test_a_line_in_new_york_means_what_the_table_says(line: str, meant: str) -> None:
    assert meaning(line, "en", "America/New_York") == meant


def test_the_tables_hold_more_than_three_hundred_lines_each_once() -> None:
    lines = [(table, line) for table in (ENGLISH, FRENCH, NEW_YORK) for line, _ in table]
    assert len(lines) == len(set(map(str, lines))) > 300


@pytest.mark.parametrize("printed_in", ["en", "fr"])
@pytest.mark.parametrize(
    ("language", "zone"), [("en", "Europe/Paris"), ("fr", "Europe/Paris"), ("en", "America/New_York")]
)
def test_each_line_that_asks_means_the_same_poll_when_it_is_printed_again(
    printed_in: str, language: str, zone: str
) -> None:
    asks = [
        request
        for line in lines_of(language, zone)
        if isinstance(request := understood_in(line, language), Ask)
    ]
    for ask in asks:
        again = grammar.parse(grammar.printed(ask, printed_in), language)
        assert isinstance(again, Ask)
        assert plain(again) == plain(ask)
        assert draft(again, language, zone) == draft(ask, language, zone)


def plain(ask: Ask) -> Ask:
    """Return it without whether it is read back: what is printed is plain."""
    return replace(ask, wishes=replace(ask.wishes, is_ambiguous=False))


def lines_of(language: str, zone: str) -> list[str]:
    table = FRENCH if language == "fr" else ENGLISH if zone == "Europe/Paris" else NEW_YORK
    return [line for line, meant in table if not meant.startswith("refused")]


def understood_in(line: str, language: str) -> Request:
    return grammar.parse(as_typed(line), language)


OF_COMMANDS: tuple[ModuleType, ...] = (
    grammar, flags, segments, quotes, wish_words, wishes, moment_words, moments, dates, rating,
)  # fmt: skip
ELSEWHERE = {"DatePast"}
"""Refused where a poll is kept: a command's past date is refused by its own words before."""
MORE = {
    "NoSuchTime", "NoRightAnswer", "AllRight", "NobodyCanBeRight", "VotersAdd", "NoDatesAdded", "UnknownZone",
    "TooFewOptions", "TooManyOptions", "OptionTooLong", "SameOptionTwice", "QuestionTooLong",
    "SeenBeforeClose", "ClosesTooSoon", "ClosesBeforePosted", "ClosesTooLate", "PostsTooLate",
    "TooManyPlaces",
}  # fmt: skip
"""What a command is refused for by the rules of polls."""


def of_modules() -> set[str]:
    return {
        name
        for module in OF_COMMANDS
        for name, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Refused) and kind.__module__ == module.__name__
    }


def test_every_refusal_of_a_command_is_shown_by_a_line() -> None:
    shown = {
        meant.removeprefix("refused: ")
        for _, meant in (*ENGLISH, *FRENCH, *NEW_YORK)
        if meant.startswith("refused")
    }
    assert shown == (of_modules() | MORE) - ELSEWHERE


@pytest.mark.parametrize(
    "line", [line for line, meant in (*ENGLISH, *NEW_YORK) if meant.startswith("refused")]
)
def test_every_refusal_is_a_whole_sentence_in_both_languages(line: str) -> None:
    with pytest.raises(Refused) as refusal:
        asked(line)
    english, french = words("en").refusal(refusal.value), words("fr").refusal(refusal.value)
    assert english != french
    for said in (english, french):
        assert said[0] in "“«" or said[0].isupper() or said[0].isdecimal()
        assert said[-1] in ".?"
        assert "{" not in said
