"""Surveys on a bad day: two at once, the same twice, other people's ids, and words meant to do harm."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from slack_app.playground.workspace import TEAM_ID
from slack_app.reports import jobs as report_jobs
from surveys.questions import Given, Kind, Question
from surveys.schedule import Schedule
from surveys.survey import Page, Round
from tests.stories.rounds import launch
from tests.stories.test_reports import (
    COMPLAINT,
    MONDAY,
    PRAISE,
    RANDOM,
    answered,
    elsewhere,
    next_weekday,
    now,
    report_on,
    until,
)
from tests.stories.town import GENERAL, Town, text_of

GOOD = Question("good", Kind.OPEN_TEXT, "What was good?")
BAD = Question("bad", Kind.OPEN_TEXT, "What was not?")


def comment(town: Town, asked: Round, people: int, **said: str) -> None:
    """Let so many people answer with the same comments."""
    with town.database.begin() as store:
        for number in range(people):
            person = f"{TEAM_ID}:U{number}"
            given = {name: (Given(text=text),) for name, text in said.items()}
            store.responses.keep(TEAM_ID, asked.id, person, given)
            store.responses.complete(TEAM_ID, asked.id, person, now(town))


def test_too_few_people_have_no_mood_however_much_they_wrote(town: Town) -> None:
    asked = launch(town, pages=(Page("", (GOOD, BAD)),))
    comment(town, asked, 3, good=PRAISE[0], bad=PRAISE[1])
    text = report_on(town, asked).text
    assert "That is too few to say more than the counts." in text
    assert "mostly positive" not in text


def test_four_comments_are_not_quoted_though_twelve_people_answered(town: Town) -> None:
    asked = launch(town, pages=(Page("", (GOOD, BAD)),))
    comment(town, asked, 4, good=PRAISE[0], bad=COMPLAINT)
    comment(town, asked, 12, bad=COMPLAINT)
    message = report_on(town, asked)
    assert PRAISE[0] not in message.text + text_of(message.blocks)
    assert COMPLAINT in message.text


def test_try_again_pressed_twice_at_once_posts_one_report(town: Town) -> None:
    answered(town, RANDOM)
    town.playground.gestures.archive(RANDOM)
    town.move(days=7, minutes=1)
    told = town.direct("U0ANA")[-1]
    town.playground.workspace.channels[RANDOM].archived = False
    before = len(town.posted(RANDOM))
    surface = f"message:{told.channel}:{told.ts}"
    block = next(each["block_id"] for each in told.blocks if each["type"] == "actions")
    for _ in range(2):
        town.playground.gestures.act("U0ANA", surface, block, "reports.post_again")
    town.palabre.tools.later.wait()
    town.playground.faults.next("chat.postMessage", "slow:1", times=2)
    waiting = [job for job in town.database.jobs.waiting(TEAM_ID) if job.name == "reports.post"]
    asked_for = [job.subject for job in waiting if not job.id.endswith(":0")]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda report: report_jobs.post(TEAM_ID, report, town.palabre.tools), asked_for))
    assert len(town.posted(RANDOM)) == before + 1


def test_a_schedule_whose_zone_is_gone_stops_no_other(town: Town) -> None:
    moment = now(town)
    for number, (channel, zone) in enumerate([(RANDOM, "Mars/Olympus"), (GENERAL, "Europe/Paris")]):
        wish = Schedule(
            f"w{number}", TEAM_ID, channel, "U0ANA", "en",
            "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0", zone, moment + timedelta(hours=1 + number),
        )  # fmt: skip
        with town.database.begin() as store:
            store.schedules.put(wish)
    town.move(hours=3)
    assert "No survey was open here this week." in town.posted(GENERAL)[-1].text


def test_a_report_is_wished_for_from_a_direct_message(town: Town) -> None:
    launch(town)
    direct = town.playground.gestures.open_dm("U0ANA")
    town.say("U0ANA", "/report", direct)
    assert town.has_modal("U0ANA")
    town.fill("U0ANA", channel=GENERAL)
    town.submit("U0ANA")
    assert town.posted()[-1].text.startswith("Report:")


def test_a_week_of_many_long_questions_is_posted_whole(town: Town) -> None:
    texts = tuple(f"{'&' * 70} {number}" for number in range(5))
    long = tuple(Question(f"q{number}", Kind.SINGLE_CHOICE, "<" * 200, texts) for number in range(8))
    for number in range(9):
        town.move(seconds=2)
        asked = launch(town, round_id=f"r{number}", pages=(Page("", long),), title=f"{'&' * 90} {number}")
        with town.database.begin() as store:
            for person in range(6):
                given = {each.id: (Given(choice=person % 5),) for each in long}
                store.responses.keep(TEAM_ID, asked.id, f"{TEAM_ID}:U{person}", given)
                store.responses.complete(TEAM_ID, asked.id, f"{TEAM_ID}:U{person}", now(town))
    town.say("U0ANA", "/report weekly monday 9:00")
    town.move(days=6, hours=23)
    reports = [each for each in town.posted() if not each.text.startswith("Survey by")]
    told = "".join(text_of(each.blocks) for each in reports)
    assert [number for number in range(9) if f"{'&amp;' * 90} {number}*" not in told] == []


def test_a_zone_that_only_slack_knows_is_no_fault_of_who_left_it_out(town: Town) -> None:
    with town.database.begin() as store:
        ana = store.members.find(TEAM_ID, "U0ANA")
        assert ana is not None
        store.members.keep(TEAM_ID, [replace(ana, zone="America/Newly_Made")])
    town.say("U0ANA", "/report weekly monday 9:00")
    assert town.whispers("U0ANA")[-1].startswith("Every Monday at 09:00 (")


def test_a_digest_that_cannot_be_posted_gives_nobody_else_s_survey_away(town: Town) -> None:
    answered(town, RANDOM)
    monday = next_weekday(town, MONDAY, 9, "Europe/London")
    town.say("U0BEN", "/report weekly monday 9:00", RANDOM)
    town.playground.gestures.archive(RANDOM)
    until(town, monday + timedelta(minutes=1))
    told = town.direct("U0BEN")[-1]
    assert told.text == "A report is not posted yet.\n<#C0RANDOM> is archived. Choose another channel."
    before = len(town.posted())
    elsewhere(town, "U0BEN", told, GENERAL)
    assert len(town.posted()) == before
    assert town.whispers("U0BEN", told.channel) == [
        "Only the person who asked this, or an admin, can do that."
    ]


def test_a_survey_woken_too_early_by_another_clock_closes_all_the_same(town: Town) -> None:
    asked = launch(town)
    town.palabre.worker.perform("authoring.close", TEAM_ID, asked.id)
    assert "Survey closed" not in town.posted()[-1].text
    town.move(days=7, seconds=1)
    assert town.posted()[-1].text.startswith("Report:")


def test_a_digest_posted_elsewhere_after_its_end_tells_of_the_channel_it_was_for(town: Town) -> None:
    answered(town, RANDOM)
    monday = next_weekday(town, MONDAY, 9, "Europe/London")
    town.say("U0ANA", "/report weekly monday 9:00", RANDOM)
    town.playground.gestures.archive(RANDOM)
    until(town, monday + timedelta(minutes=1))
    told = town.direct("U0ANA")[-1]
    with town.database.begin() as store:
        assert store.schedules.delete(TEAM_ID, RANDOM)
    elsewhere(town, "U0ANA", told, GENERAL)
    assert town.posted()[-1].text.startswith("Report: How are we doing?")


def test_home_says_that_older_surveys_are_not_shown(town: Town) -> None:
    for number in range(13):
        launch(town, round_id=f"r{number}", title=f"Survey {number}")
        town.move(seconds=2)
    shown = text_of(town.home("U0ANA").blocks)
    assert "Survey 12" in shown
    assert "Only your newest surveys are shown here. `/report` finds the others." in shown
