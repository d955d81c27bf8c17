"""Settings are checked at start, and every fault is named."""

from pathlib import Path

import pytest

from slack_app.settings import BadSettings, environment, read

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}


def test_two_settings_are_enough() -> None:
    settings = read(GOOD)
    assert settings.api_url == "https://slack.com/api/"
    assert settings.database_url == "sqlite:///palabre.sqlite3"


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(BadSettings) as bad:
        read(
            {
                "SLACK_BOT_TOKEN": "xoxp-1",
                "SLACK_APP_TOKEN": "",
                "PALABRE_DATABASE_URL": "mysql://here",
                "SLACK_API_URL": "http://[/api/",
                "PALABRE_LOG_LEVEL": "loud",
            }
        )
    assert [fault.split()[0] for fault in bad.value.faults] == [
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "PALABRE_DATABASE_URL",
        "SLACK_API_URL",
        "PALABRE_LOG_LEVEL",
    ]


def test_an_app_token_needs_no_signing_secret() -> None:
    settings = read({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"})
    assert (settings.app_token, settings.signing_secret) == ("xapp-1", "")


def test_another_kind_of_app_token_is_named_beside_the_other_faults() -> None:
    with pytest.raises(BadSettings) as bad:
        read({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xoxb-1", "PALABRE_LOG_LEVEL": "loud"})
    assert bad.value.faults == (
        "SLACK_APP_TOKEN should begin with xapp-: another kind of token was copied.",
        "PALABRE_LOG_LEVEL should be one of DEBUG, INFO, WARNING, ERROR.",
    )


def test_secrets_are_not_printed() -> None:
    printed = repr(read(GOOD | {"SLACK_APP_TOKEN": "xapp-1"}))
    assert [secret for secret in ("secret'", "xoxb-1", "xapp-1") if secret in printed] == []


def test_a_file_fills_in_what_the_environment_leaves_out(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-file\nPATH=nowhere\n")
    found = environment(tmp_path)
    assert found["SLACK_BOT_TOKEN"] == "xoxb-file"
    assert found["PATH"] != "nowhere"
