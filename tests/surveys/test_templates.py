"""The ready-made surveys are whole, alike in each language, and fit into Slack."""

import pytest

from surveys.drafts import Draft
from surveys.questions import SCALES, Kind, Question
from surveys.templates import TEMPLATES, NoSuchTemplate, template
from surveys.text import length

LANGUAGES = ("en", "fr")
EACH = pytest.mark.parametrize(
    "draft", [template(name, tongue) for name in TEMPLATES for tongue in LANGUAGES]
)


def questions(draft: Draft) -> list[Question]:
    return [question for page in draft.pages for question in page.questions]


def test_three_are_offered() -> None:
    assert TEMPLATES == ("community_satisfaction", "event_feedback", "retrospective")


def test_a_name_that_is_not_offered_is_refused() -> None:
    with pytest.raises(NoSuchTemplate):
        template("horoscope", "en")


def test_a_language_without_texts_of_its_own_gets_english() -> None:
    assert template("retrospective", "de") == template("retrospective", "en")


@pytest.mark.parametrize("name", TEMPLATES)
def test_both_languages_ask_the_same(name: str) -> None:
    def skeleton(language: str) -> list[tuple[str, Kind, int, bool]]:
        asked = questions(template(name, language))
        return [(each.id, each.kind, len(each.choices), each.is_required) for each in asked]

    assert skeleton("en") == skeleton("fr")


@EACH
def test_each_has_a_scale_a_choice_and_an_open_comment_on_three_pages_at_most(draft: Draft) -> None:
    kinds = {question.kind for question in questions(draft)}
    assert kinds & set(SCALES)
    assert kinds & {Kind.SINGLE_CHOICE, Kind.SEVERAL_CHOICES}
    assert Kind.OPEN_TEXT in kinds
    assert 1 <= len(draft.pages) <= 3


def test_one_choice_and_several_choices_both_occur() -> None:
    kinds = {each.kind for name in TEMPLATES for each in questions(template(name, "en"))}
    assert {Kind.SINGLE_CHOICE, Kind.SEVERAL_CHOICES} <= kinds


@EACH
def test_the_ends_of_each_scale_are_named_and_comments_are_free_to_give(draft: Draft) -> None:
    scales = [question for question in questions(draft) if question.kind in SCALES]
    comments = [question for question in questions(draft) if question.kind is Kind.OPEN_TEXT]
    assert all(question.low and question.high for question in scales)
    assert not any(question.is_required for question in comments)


@EACH
def test_each_question_has_an_id_of_its_own(draft: Draft) -> None:
    names = [question.id for question in questions(draft)]
    assert len(names) == len(set(names))


@EACH
def test_the_texts_fit_where_slack_shows_them(draft: Draft) -> None:
    assert length(draft.label) <= 75
    assert length(draft.about) <= 75
    assert length(draft.title) <= 100
    assert all(length(text) <= 75 for question in questions(draft) for text in question.choices)
    ends = [text for question in questions(draft) for text in (question.low, question.high)]
    assert all(length(text) <= 60 for text in ends)


@pytest.mark.parametrize("name", TEMPLATES)
def test_french_sets_its_marks_the_french_way(name: str) -> None:
    draft = template(name, "fr")
    texts = [draft.title, draft.intro, draft.about, *(page.title for page in draft.pages)]
    for question in questions(draft):
        texts += [question.text, question.hint, question.low, question.high, *question.choices]
    assert not any(mark in text for text in texts for mark in (" ?", " !", " ;", " :", "'"))
