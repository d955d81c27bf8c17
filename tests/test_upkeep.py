"""Later work is told in people's words: why a job failed, and what each job does."""

import pytest

from slack_app.kit.words import languages, words
from slack_app.upkeep.blocks import job_name, what_to_do, why
from slack_app.upkeep.overview import Cause, Reason, reason
from slack_app.worker import JOBS


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("chat.postMessage: is_archived, reference 1a2b", Reason(Cause.REFUSED, "is_archived", "1a2b")),
        ("ratelimited, reference 1a2b", Reason(Cause.SLACK, "ratelimited", "1a2b")),
        ("http_500, reference 1a2b", Reason(Cause.SLACK, "http_500", "1a2b")),
        ("the database is busy, reference 1a2b", Reason(Cause.DATABASE, "the database is busy", "1a2b")),
        ("no free connection, reference 1a2b", Reason(Cause.DATABASE, "no free connection", "1a2b")),
        ("OperationalError, reference 1a2b", Reason(Cause.DATABASE, "OperationalError", "1a2b")),
        ("KeyError, reference 1a2b", Reason(Cause.BUG, "KeyError", "1a2b")),
        ("too many crashes", Reason(Cause.CRASHES, "too many crashes", "")),
        ("DBOSException", Reason(Cause.BUG, "DBOSException", "")),
    ],
)
def test_a_reason_is_read(kept: str, read: Reason) -> None:
    assert reason(kept) == read


def test_each_reason_has_its_words() -> None:
    said = {why(Reason(cause, "word", "1a2b"), words("en")) for cause in Cause}
    assert said == {
        "Slack refused it (word).",
        "Slack did not take it, tried for minutes (word).",
        "The database was busy or out of reach for minutes.",
        "The program ended in the middle of it, again and again.",
        "Something went wrong on our side (word).",
    }


@pytest.mark.parametrize("word", ["not_in_channel", "channel_not_found", "invalid_channel"])
def test_what_slack_refuses_is_told_with_its_mend_where_there_is_one(word: str) -> None:
    refused = Reason(Cause.REFUSED, word, "1a2b")
    assert why(refused, words("en")) == ("I am not in the channel. Write /invite @Palabre there, then retry.")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", JOBS)
def test_every_job_has_its_words(name: str, language: str) -> None:
    assert job_name(name, words(language)) != name


def test_a_job_of_another_version_has_its_name() -> None:
    assert job_name("games.play", words("en")) == "games.play"
    assert what_to_do("games.play", words("en")) == "Ask an admin to retry: /palabre jobs."
