"""Reports: what a channel reads of its survey, at its close, on wish, and each week."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from slack_app.kit.blocks import text_size
from slack_app.playground.workspace import BOT_USER, TEAM_ID, Message
from surveys.questions import Answer, Given, Kind, Question
from surveys.survey import Page, Round
from tests.stories.rounds import BEST, launch
from tests.stories.town import GENERAL, Town, text_of

PRAISE = (
    "I love the monthly meetings, they are wonderful and friendly.",
    "Great people and excellent talks, thank you so much!",
    "The library is a lovely place and everybody is kind.",
    "What a fantastic evening, I enjoyed it a lot.",
)
COMPLAINT = "The meetings are too long, it was boring and awful."


def now(town: Town) -> datetime:
    return datetime.fromtimestamp(town.playground.workspace.clock.now(), UTC)


def answers(number: int, comment: str) -> dict[str, Answer]:
    """One person's answers; three of four rate 4, and the talks are best for most."""
    return {
        "rate": (Given(number=5 if number % 4 == 0 else 4),),
        "again": (Given(number=number % 11),),
        "best": (Given(choice=0 if number % 3 else 1),),
        "days": (Given(choice=0), Given(choice=2)) if number % 2 else (Given(choice=1),),
        "why": (Given(text=comment),) if comment else (),
    }


def answer(town: Town, asked: Round, people: int, comments: Sequence[str] = (*PRAISE, COMPLAINT)) -> None:
    """Let so many people answer, each with one of the comments in turn."""
    with town.database.begin() as store:
        for number in range(people):
            person = f"{TEAM_ID}:U{number}"
            said = comments[number % len(comments)] if comments else ""
            given = {name: each for name, each in answers(number, said).items() if each}
            store.responses.keep(TEAM_ID, asked.id, person, given)
            store.responses.complete(TEAM_ID, asked.id, person, now(town))


def answered(town: Town, channel: str = GENERAL) -> Round:
    """Launch a survey that closes at its time, and let twelve people answer."""
    asked = launch(town, channel=channel)
    with town.database.begin() as store:
        store.later("authoring.close", TEAM_ID, asked.id, revision=1, after=timedelta(days=7))
    answer(town, asked, 12)
    return asked


def report_on(town: Town, asked: Round, channel: str = GENERAL, user: str = "U0ANA") -> Message:
    """Ask for a report by the form, and return it."""
    town.say(user, "/report", channel)
    town.fill(user, survey=asked.id, channel=channel)
    town.submit(user)
    return town.posted(channel)[-1]


def elsewhere(town: Town, user: str, told: Message, channel: str) -> None:
    """Choose another channel for what could not be posted."""
    buttons = next(block for block in told.blocks if block["type"] == "actions")
    menu = buttons["elements"][1]["action_id"]
    surface = f"message:{told.channel}:{told.ts}"
    town.playground.gestures.act(user, surface, buttons["block_id"], menu, channel)
    town.settle()


def charts_in(message: Message) -> list[str]:
    return [block["title"] for block in message.blocks if block["type"] == "data_visualization"]


def until(town: Town, moment: datetime) -> None:
    """Let time pass until a moment."""
    town.move(seconds=(moment - now(town)).total_seconds())


def next_weekday(town: Town, day: int, hour: int, zone: str) -> datetime:
    """The next such day, not today, at an hour of a zone."""
    local = now(town).astimezone(ZoneInfo(zone))
    ahead = (day - local.weekday() - 1) % 7 + 1
    return (local + timedelta(days=ahead)).replace(hour=hour, minute=0, second=0, microsecond=0)


RANDOM = "C0RANDOM"
LISBON = "Europe/Lisbon"
MONDAY, SUNDAY = 0, 6


def test_twelve_answers_become_a_headline_charts_bars_and_comments(town: Town) -> None:
    asked = launch(town)
    answer(town, asked, 12)
    message = report_on(town, asked)
    shown = text_of(message.blocks)
    assert (
        "Report: How are we doing?\n"
        "12 of 12 people answered (100%). On average they gave 4.2 out of 5. "
        "The comments are mostly positive."
    ) in shown
    assert charts_in(message) == ["12 answers · average 4.2 out of 5", "12 answers · average 4.6 out of 10"]
    assert "*What was best?*\nTalks\n███████░░░ 8 · 67%\nPeople\n███░░░░░░░ 4 · 33%" in shown
    assert "🙂 Positive\n████████░░ 10 · 83%\n🙁 Negative\n██░░░░░░░░ 2 · 17%" in shown
    assert sum(f"> “{said}”" in shown for said in (*PRAISE, COMPLAINT)) == 3
    assert "Survey by <@U0ANA> · asked <!date^" in shown


def test_the_text_for_screen_readers_says_what_the_blocks_say(town: Town) -> None:
    asked = launch(town, pages=(Page("", (BEST,)),))
    answer(town, asked, 12)
    lines = report_on(town, asked).text.splitlines()
    assert [line for line in lines if not line.startswith("Survey by")] == [
        "Report: How are we doing?",
        "12 of 12 people answered (100%). Most chose “Talks”.",
        "What was best?",
        "• 12 answers",
        "• Talks: 8 · 67%",
        "• People: 4 · 33%",
        "• Food &amp; &lt;drinks&gt;: 0 · 0%",
    ]


def test_nobody_has_answered_is_a_sentence(town: Town) -> None:
    message = report_on(town, launch(town))
    assert "Nobody has answered yet. 12 people were asked." in message.text
    assert charts_in(message) == []
    assert "*" not in text_of(message.blocks)


def test_one_answer_is_told_in_counts_alone_and_not_quoted(town: Town) -> None:
    asked = launch(town)
    answer(town, asked, 1)
    message = report_on(town, asked)
    shown = text_of(message.blocks)
    assert "1 of 12 people answered. That is too few to say more than the counts." in shown
    assert "*What was best?*\nPeople: 1 answer\n_1 answer_" in shown
    assert charts_in(message) == []
    for said in (shown, message.text):
        assert "%" not in said
        assert "average" not in said
        assert PRAISE[0] not in said


def test_four_hundred_answers_fit_into_one_message(town: Town) -> None:
    asked = launch(town)
    answer(town, asked, 400)
    message = report_on(town, asked)
    assert "400 people answered. On average they gave 4.2 out of 5." in message.text
    assert len(charts_in(message)) == 2
    assert len(message.blocks) <= 50
    assert len(message.text) <= 4000


def test_a_slack_without_charts_gets_the_same_in_text(town: Town) -> None:
    asked = launch(town)
    answer(town, asked, 12)
    town.playground.gestures.show_charts(False)
    message = report_on(town, asked)
    assert charts_in(message) == []
    shown = text_of(message.blocks)
    assert "`\u20074` ████████░░ 9 · 75%\n`\u20075` ██░░░░░░░░ 3 · 25%" in shown
    assert "_12 answers · average 4.2 out of 5_" in shown


def test_a_french_survey_is_reported_in_french(town: Town) -> None:
    asked = launch(town, language="fr", title="Comment allons-nous\u202f?")
    answer(town, asked, 12)
    message = report_on(town, asked)
    assert (
        "12 personnes sur 12 ont répondu (100\u00a0%). En moyenne, la note est de 4,2 sur 5." in message.text
    )
    assert charts_in(message)[0] == "12 réponses · moyenne 4,2 sur 5"


def test_closing_at_its_time_posts_one_report(town: Town) -> None:
    answered(town)
    town.move(days=7, minutes=1)
    town.settle()
    reports = [each for each in town.posted() if each.text.startswith("Report:")]
    assert len(reports) == 1
    assert "closed <!date^" in reports[0].text


def test_comments_of_three_thousand_emoji_and_mark_up_are_quoted_safely(town: Town) -> None:
    asked = launch(town)
    hostile = [
        "🙂" * 1500,
        "<!channel> *look* <https://evil.example|here> & tell everybody about it",
        "`" * 3000,
    ]
    answer(town, asked, 12, hostile)
    message = report_on(town, asked)
    assert "<!channel>" not in message.text + text_of(message.blocks)
    assert "evil" not in message.text + text_of(message.blocks)
    assert "🙂 🙂 🙂" in message.text


def many(town: Town, questions: int, choices: int, text: str = "Question") -> Round:
    """A survey of many questions, each answered by six people."""
    options = tuple(f"Choice {number}" for number in range(choices))
    asked = tuple(
        Question(f"q{number}", Kind.SINGLE_CHOICE, f"{text} {number}?", options)
        for number in range(questions)
    )
    launched = launch(town, pages=(Page("", asked),))
    with town.database.begin() as store:
        for number in range(6):
            person = f"{TEAM_ID}:U{number}"
            given = {each.id: (Given(choice=number % choices),) for each in asked}
            store.responses.keep(TEAM_ID, launched.id, person, given)
            store.responses.complete(TEAM_ID, launched.id, person, now(town))
    return launched


def parts(town: Town, channel: str = GENERAL) -> list[Message]:
    """The report's message and what stands in its thread."""
    posted = town.posted(channel)
    first = next(each for each in posted if each.text.startswith("Report:"))
    return [first, *(each for each in posted if each.thread_ts == first.ts)]


def questions_in(messages: Sequence[Message]) -> list[str]:
    text = "\n".join(text_of(each.blocks) for each in messages)
    return re.findall(r"^\*(\w+ \d+\?)\*$", text, re.MULTILINE)


SIXTY = [f"Question {number}?" for number in range(60)]


def test_a_report_too_long_for_one_message_goes_on_in_its_thread(town: Town) -> None:
    report_on(town, many(town, 60, 100))
    told = parts(town)
    assert questions_in(told) == SIXTY
    assert "more questions follow in the thread." in text_of(told[0].blocks)
    assert len(told) > 3
    for each in told:
        assert sum(map(text_size, each.blocks)) <= 11_000
        assert len(each.blocks) <= 50
        assert len(each.text) <= 4000


def test_a_long_report_without_charts_goes_on_too(town: Town) -> None:
    asked = many(town, 60, 4)
    town.playground.gestures.show_charts(False)
    report_on(town, asked)
    assert questions_in(parts(town)) == SIXTY


def test_questions_as_long_as_slack_takes_go_on_within_its_limits(town: Town) -> None:
    report_on(town, many(town, 30, 40, "<" * 280))
    told = parts(town)
    assert len(told) > 3
    assert max(sum(map(text_size, each.blocks)) for each in told) <= 11_000


@pytest.mark.parametrize("fault", ["429:1", "500", "drop"])
@pytest.mark.parametrize("nth", [1, 3])
def test_a_thread_that_slack_breaks_off_goes_on_where_it_was(town: Town, fault: str, nth: int) -> None:
    asked = many(town, 60, 100)
    town.playground.stage.faults.next("chat.postMessage", "slow:0", times=nth)  # these come through
    town.playground.stage.faults.next("chat.postMessage", fault)
    report_on(town, asked)
    town.move(minutes=1)
    town.move(minutes=1)
    assert [each.text.startswith("Report:") for each in town.posted()].count(True) == 1
    assert questions_in(parts(town)) == SIXTY


def test_a_finished_report_that_is_tried_again_posts_nothing_more(town: Town) -> None:
    report_on(town, many(town, 60, 100))
    before = len(town.posted())
    with town.database.begin() as store:
        [order_id] = [job.subject for job in town.database.jobs.waiting() if job.name == "reports.post"]
        assert store.reports.find(TEAM_ID, order_id)
    town.palabre.worker.perform("reports.post", TEAM_ID, order_id)
    assert len(town.posted()) == before


def test_more_surveys_than_a_message_holds_follow_in_its_thread(town: Town) -> None:
    for number in range(11):
        answer(town, launch(town, round_id=f"r{number}", title=f"Survey {number}."), 6)
        town.move(seconds=5)
    town.say("U0ANA", "/report weekly monday 9:00")
    until(town, next_weekday(town, MONDAY, 9, LISBON) + timedelta(minutes=1))
    first = next(each for each in town.posted() if each.text.startswith("This week's surveys"))
    rest = [each for each in town.posted() if each.thread_ts == first.ts]
    assert "and 3 more surveys, in the thread" in first.text
    text = "\n".join(text_of(each.blocks) for each in (first, *rest))
    assert all(f"*Survey {number}.*" in text for number in range(11))


def test_a_long_report_that_cannot_be_posted_says_what_is_left_out(town: Town) -> None:
    asked = many(town, 60, 100)
    town.playground.workspace.channels[RANDOM].archived = True
    town.say("U0ANA", "/report", GENERAL)
    town.fill("U0ANA", survey=asked.id, channel=RANDOM)
    town.submit("U0ANA")
    assert "more questions do not fit into one message." in text_of(town.direct("U0ANA")[-1].blocks)


def test_only_their_own_surveys_are_offered_and_an_admin_gets_the_channels(town: Town) -> None:
    launch(town)
    town.say("U0BEN", "/report")
    assert "You have no survey to report on yet. Begin one with `/survey`" in text_of(
        town.modal("U0BEN").blocks
    )
    town.say("U0ANA", "/report")
    assert "How are we doing?" in text_of(town.modal("U0ANA").blocks)


def test_the_same_form_sent_twice_posts_one_report(town: Town) -> None:
    asked = launch(town)
    answer(town, asked, 12)
    town.say("U0ANA", "/report")
    town.fill("U0ANA", survey=asked.id, channel=GENERAL)
    before = len(town.posted())
    view = town.modal("U0ANA").id
    town.playground.gestures.submit("U0ANA", view)
    town.playground.gestures.submit("U0ANA", view)
    town.settle()
    assert len(town.posted()) == before + 1


def test_home_opens_the_same_form_with_its_survey_chosen(town: Town) -> None:
    launch(town, round_id="r1", title="The first")
    launch(town, round_id="r2", title="The second")
    town.press_in_view("U0ANA", town.home("U0ANA"), "reports.open")
    town.submit("U0ANA")
    assert "is on its way to <#C0GENERAL>" in text_of(town.modal("U0ANA").blocks)
    assert town.posted()[-1].text.startswith("Report:")


# --- where a report cannot be posted ---


def test_an_archived_channel_sends_the_report_to_its_owner_who_posts_it_elsewhere(town: Town) -> None:
    answered(town, RANDOM)
    town.playground.gestures.archive(RANDOM)
    town.move(days=7, minutes=1)
    told = town.direct("U0ANA")[-1]
    assert told.text.startswith(
        "A report could not be posted. Here it is.\n<#C0RANDOM> is archived. Choose another channel."
    )
    assert "12 people answered. On average they gave 4.2 out of 5." in told.text
    elsewhere(town, "U0ANA", told, GENERAL)
    assert "12 people answered. On average they gave 4.2 out of 5." in town.posted(GENERAL)[-1].text


def test_a_channel_that_is_open_again_gets_the_report_by_try_again(town: Town) -> None:
    answered(town, RANDOM)
    town.playground.workspace.channels[RANDOM].archived = True
    town.move(days=7, minutes=1)
    told = town.direct("U0ANA")[-1]
    town.playground.workspace.channels[RANDOM].archived = False
    town.press("U0ANA", told, "reports.post_again")
    town.press("U0ANA", told, "reports.post_again")
    reports = [each for each in town.posted(RANDOM) if each.text.startswith("Report:")]
    assert len(reports) == 1
    assert town.whispers("U0ANA", told.channel) == [
        "This report is posted already; look for it in its channel."
    ]


@pytest.mark.parametrize("fault", ["drop", "500", "429:1"])
def test_a_slack_that_stumbles_gets_the_report_later(town: Town, fault: str) -> None:
    asked = launch(town)
    answer(town, asked, 12)
    town.playground.stage.faults.next("chat.postMessage", fault)
    town.say("U0ANA", "/report")
    town.fill("U0ANA", survey=asked.id, channel=GENERAL)
    town.submit("U0ANA")
    town.move(minutes=1)
    assert [each.text.startswith("Report:") for each in town.posted()].count(True) == 1


def test_a_report_that_may_have_arrived_is_sent_again(town: Town) -> None:
    answered(town)
    town.playground.stage.faults.next("chat.postMessage", "lost")
    town.say("U0ANA", "/survey close")
    town.submit("U0ANA")
    town.move(minutes=1)
    town.move(minutes=1)
    assert [each.text.startswith("Report:") for each in town.posted()].count(True) == 2


def test_a_week_that_cannot_be_posted_there_is_posted_elsewhere(town: Town) -> None:
    answered(town, RANDOM)
    town.say("U0ANA", "/report weekly monday 9:00", RANDOM)
    town.playground.workspace.channels[RANDOM].archived = True
    until(town, next_weekday(town, MONDAY, 9, LISBON) + timedelta(minutes=1))
    elsewhere(town, "U0ANA", town.direct("U0ANA")[-1], GENERAL)
    assert "On average they gave 4.2 out of 5." in town.posted(GENERAL)[-1].text


def test_a_survey_deleted_before_its_report_posts_nothing(town: Town) -> None:
    asked = launch(town)
    answer(town, asked, 12)
    town.say("U0ANA", "/report")
    town.fill("U0ANA", survey=asked.id, channel=GENERAL)
    with town.database.begin() as store:
        store.surveys.delete(TEAM_ID, asked.id)
    town.submit("U0ANA")
    town.settle()
    assert not any(each.text.startswith("Report:") for each in town.posted())


# --- each week ---


def test_a_week_is_read_back_and_posted_at_its_hour(town: Town) -> None:
    asked = launch(town)
    answer(town, asked, 12)
    monday = next_weekday(town, MONDAY, 9, LISBON)
    town.say("U0ANA", "/report weekly monday 9:00")
    [told] = town.whispers("U0ANA")
    assert told.startswith(
        "Every Monday at 09:00 (Europe/Lisbon) I post here what this channel's surveys found. "
        f"The next one comes <!date^{int(monday.timestamp())}^"
    )
    assert told.endswith("Anybody here may stop it with `/report stop`.")
    until(town, monday - timedelta(minutes=1))
    assert not any(each.text.startswith("Report:") for each in town.posted())
    until(town, monday + timedelta(minutes=1))
    report = town.posted()[-1]
    assert "12 of 12 people answered (100%)." in report.text
    assert f"The next one comes <!date^{int((monday + timedelta(days=7)).timestamp())}^" in report.text
    assert "Write `/report stop` here to stop it." in report.text
    assert "late" not in report.text


def test_missed_weeks_are_made_up_for_once_late_and_say_so(town: Town) -> None:
    launch(town)
    town.say("U0ANA", "/report weekly monday 9:00")
    monday = next_weekday(town, MONDAY, 9, LISBON)
    until(town, monday + timedelta(days=21, hours=5))
    late = [each for each in town.posted() if "This report is late: Palabre was not running" in each.text]
    assert len(late) == 1
    until(town, monday + timedelta(days=28, minutes=1))
    assert "late" not in town.posted()[-1].text
    assert "The next one comes" in town.posted()[-1].text


def test_several_surveys_of_a_week_are_told_in_short(town: Town) -> None:
    for number in (1, 2):
        asked = launch(town, round_id=f"r{number}", title=f"Survey {number}")
        answer(town, asked, 12)
    town.say("U0ANA", "/report weekly monday 9:00")
    until(town, next_weekday(town, MONDAY, 9, LISBON) + timedelta(minutes=1))
    text = town.posted()[-1].text
    assert text.startswith("This week's surveys in <#C0GENERAL>")
    assert "*Survey 2*\n12 of 12 people answered (100%)." in text
    assert "• How do you like it here? 4.2 / 5" in text
    assert "• What was best? Talks: 8 · 67%" in text


def test_a_week_without_a_survey_says_so(town: Town) -> None:
    town.say("U0ANA", "/report weekly monday 9:00")
    until(town, next_weekday(town, MONDAY, 9, LISBON) + timedelta(minutes=1))
    assert "No survey was open here this week. `/survey` begins one." in town.posted()[-1].text


def test_a_french_wish_is_read_back_in_french(town: Town) -> None:
    town.say("U0CHLOE", "/report chaque lundi 9h30")
    [told] = town.whispers("U0CHLOE")
    assert told.startswith("Chaque lundi à 09:30 (Europe/Paris), je publie ici ce que les enquêtes")


def test_a_zone_that_does_not_exist_is_refused_with_the_nearest(town: Town) -> None:
    town.say("U0ANA", "/report weekly monday 9:00 Europe/Pari")
    [told] = town.whispers("U0ANA")
    assert told == (
        "I don't know the time zone “Europe/Pari”. Did you mean Europe/Paris?\n"
        ">/report weekly monday 9:00 Europe/Pari"
    )
    town.say("U0ANA", "/report show")
    assert town.whispers("U0ANA")[-1].startswith("No report comes here by itself.")


def test_an_hour_that_a_night_leaves_out_is_told_and_comes_right_after(town: Town) -> None:
    town.say("U0ANA", "/report weekly sunday 2:30 Europe/Paris")
    assert "On nights when that hour is left out, it comes right after." in town.whispers("U0ANA")[-1]
    town.say("U0ANA", "/report weekly monday 2:30 Europe/Paris")
    assert "left out" not in town.whispers("U0ANA")[-1]


def test_anybody_stops_it(town: Town) -> None:
    town.say("U0ANA", "/report weekly monday 9:00")
    town.say("U0BEN", "/report stop")
    assert town.whispers("U0BEN")[-1].startswith("No report comes here by itself any more.")
    before = len(town.posted())
    town.move(days=15)
    assert len(town.posted()) == before


def test_a_new_wish_replaces_the_old_one(town: Town) -> None:
    town.say("U0ANA", "/report weekly monday 9:00")
    town.say("U0BEN", "/report weekly thursday 18:00")
    town.say("U0ANA", "/report show")
    assert town.whispers("U0ANA")[-1].startswith("Every Thursday at 18:00 (Europe/London)")


def test_help_names_each_way(town: Town) -> None:
    town.say("U0ANA", "/report help")
    [told] = town.whispers("U0ANA")
    assert "`/report`" in told
    assert "`/report weekly monday 9:00`" in told
    assert "`/report stop`" in told


# --- other rhythms ---


def test_a_month_is_read_back_and_its_shorter_months_are_told(town: Town) -> None:
    town.say("U0ANA", "/report every month on the 31st at 9:00 Europe/Paris")
    assert town.whispers("U0ANA")[-1].startswith(
        "Every month, on day 31, at 09:00 (Europe/Paris) I post here what this channel's surveys found. "
        "Where a month has no day 31, it comes on the month's last day. The next one comes <!date^"
    )


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("monthly last day 9:00", "On the last day of every month at 09:00 (Europe/Lisbon)"),
        ("every 2 weeks monday 9:00", "Every 2 weeks, on Monday, at 09:00 (Europe/Lisbon)"),
        ("every 3 months on the 1st 9:00", "Every 3 months, on day 1, at 09:00 (Europe/Lisbon)"),
        ("yearly 24 december 9:00", "Every year, on December 24, at 09:00 (Europe/Lisbon)"),
        (
            "yearly 29 february 9:00",
            "Every year, on February 29, at 09:00 (Europe/Lisbon)",
        ),
    ],
)
def test_each_rhythm_is_read_back(town: Town, wish: str, told: str) -> None:
    town.say("U0ANA", f"/report {wish}")
    assert town.whispers("U0ANA")[-1].startswith(told)


def test_29_february_says_what_other_years_bring(town: Town) -> None:
    town.say("U0ANA", "/report yearly 29 february 9:00")
    assert "Where a year has no 29 February, it comes on the 28th." in town.whispers("U0ANA")[-1]


def test_a_french_month_is_read_back_in_french(town: Town) -> None:
    town.say("U0CHLOE", "/report chaque mois le 31 à 9h jusqu'au 31 décembre 2099")
    told = town.whispers("U0CHLOE")[-1]
    assert told.startswith(
        "Chaque mois, le 31 à 09:00 (Europe/Paris), je publie ici ce que les enquêtes de ce canal ont donné. "
        "Si un mois n’a pas de 31, il paraît le dernier jour du mois."
    )
    assert "Après le 31 décembre 2099, il n’en paraît plus." in told


@pytest.mark.parametrize(
    ("user", "wish", "told"),
    [
        (
            "U0ANA",
            "yearly 31 february 9:00",
            "There is no 31 February. The nearest is 28 February: /report yearly 28 February 9:00",
        ),
        (
            "U0CHLOE",
            "chaque année le 31 avril 9h",
            "Le 31 avril n’existe pas. Le plus proche est le 30 avril\u00a0: /report chaque",
        ),
        (
            "U0ANA",
            "monthly 32 9:00",
            "No month has a day 32. Write 1 to 31, or: /report monthly last day 9:00",
        ),
    ],
)
def test_an_impossible_day_is_refused_with_the_nearest(town: Town, user: str, wish: str, told: str) -> None:
    town.say(user, f"/report {wish}")
    assert town.whispers(user)[-1].startswith(told)
    town.say(user, "/report show")
    assert "<!date" not in town.whispers(user)[-1]


def test_an_end_that_is_past_is_refused_with_the_next_possible_moment(town: Town) -> None:
    monday = f"{next_weekday(town, MONDAY, 9, LISBON):%Y-%m-%d}"
    town.say("U0ANA", "/report weekly monday 9:00 until 2020-01-01")
    assert town.whispers("U0ANA")[-1].startswith(
        f"2020-01-01 is past. The next report would come on {monday}; end it then or later: until {monday}\n"
    )
    town.say("U0ANA", f"/report weekly monday 9:00 until {monday}")
    assert town.whispers("U0ANA")[-1].startswith("Every Monday at 09:00")


def test_the_last_one_says_so_and_no_more_come(town: Town) -> None:
    monday = next_weekday(town, MONDAY, 9, LISBON) + timedelta(days=7)
    town.say("U0ANA", f"/report weekly monday 9:00 until {monday:%Y-%m-%d}")
    until(town, monday + timedelta(minutes=1))
    assert "This is the last one: no more come by themselves." in town.posted()[-1].text
    count = len(town.posted())
    town.move(days=30)
    assert len(town.posted()) == count
    town.say("U0ANA", "/report show")
    assert town.whispers("U0ANA")[-1].startswith("No report comes here by itself.")


def test_a_month_tells_of_all_its_surveys(town: Town) -> None:
    for number in (1, 2):
        answer(town, launch(town, round_id=f"r{number}", title=f"Survey {number}"), 12)
    town.say("U0ANA", "/report monthly last day 9:00")
    town.move(days=32)
    [text] = [
        each.text for each in town.posted() if each.text.startswith("The latest surveys in <#C0GENERAL>")
    ]
    assert "*Survey 1*" in text
    assert "*Survey 2*" in text


# --- where we may not post ---


def test_a_wish_where_we_are_not_is_told_at_once(town: Town) -> None:
    town.playground.workspace.channels[RANDOM].members.discard(BOT_USER)
    town.say("U0ANA", "/report weekly monday 9:00", RANDOM)
    assert town.direct("U0ANA")[-1].text == (
        "I am not in <#C0RANDOM>, so its reports can't be posted there. Write /invite @Palabre in it."
    )


def test_a_wish_where_we_are_is_told_nothing_more(town: Town) -> None:
    town.say("U0ANA", "/report weekly monday 9:00")
    assert town.direct("U0ANA") == []
