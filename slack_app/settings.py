"""The environment, read once, checked, and kept."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

MANIFEST = Path(__file__).parent.parent / "manifest.yml"
SLACK_API = "https://slack.com/api/"
FILE = "sqlite:///"
DATABASES = (FILE, "postgres://", "postgresql://", "postgresql+psycopg://")
SECRET_KEY, NEW_SECRET_KEY = "PALABRE_SECRET_KEY", "PALABRE_NEW_SECRET_KEY"
SHORTEST_KEY = 32
HOW_TO_MAKE_ONE = 'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class BadSettings(Exception):
    """What is wrong with the settings: every fault, a line each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs. Secrets are left out of its printed form."""

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    """Empty where everything comes over Socket Mode."""
    api_url: str = SLACK_API
    database_url: str = "sqlite:///palabre.sqlite3"
    log_level: str = "INFO"
    app_token: str = field(default="", repr=False)
    """Empty where Slack comes to us, over HTTP."""
    secret_key: str = field(default="", repr=False)
    """The master key; empty where it is made and kept."""
    worker_id: str = ""
    """The id of this process among those that run jobs; empty where one is made and kept."""


def environment(folder: Path | None = None) -> dict[str, str]:
    """Return the environment over what a `.env` file in the folder says."""
    written = dotenv_values((folder or Path.cwd()) / ".env")
    return {name: value for name, value in (written | os.environ).items() if value}


def read(environ: Mapping[str, str]) -> Settings:
    """Return the settings, or raise BadSettings with every fault in them."""
    faults = tuple(_faults(environ))
    if faults:
        raise BadSettings(faults)
    return Settings(
        bot_token=environ["SLACK_BOT_TOKEN"],
        signing_secret=environ.get("SLACK_SIGNING_SECRET", ""),
        api_url=environ.get("SLACK_API_URL", SLACK_API),
        database_url=database_url(environ),
        log_level=environ.get("PALABRE_LOG_LEVEL", "INFO").upper(),
        app_token=environ.get("SLACK_APP_TOKEN", ""),
        secret_key=environ.get(SECRET_KEY, ""),
        worker_id=environ.get("PALABRE_WORKER_ID", ""),
    )


def database_url(environ: Mapping[str, str]) -> str:
    return environ.get("PALABRE_DATABASE_URL", "sqlite:///palabre.sqlite3")


def key_faults(environ: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the master key, as far as settings tell."""
    needs_one = database_url(environ).startswith("postgres") and not environ.get(SECRET_KEY)
    checks = {
        f"{SECRET_KEY} is missing: with PostgreSQL all processes need the same. {HOW_TO_MAKE_ONE}": needs_one,
        f"{SECRET_KEY} should have at least {SHORTEST_KEY} characters. {HOW_TO_MAKE_ONE}": _is_short(
            environ, SECRET_KEY
        ),
        f"{NEW_SECRET_KEY} should have at least {SHORTEST_KEY} characters. {HOW_TO_MAKE_ONE}": _is_short(
            environ, NEW_SECRET_KEY
        ),
    }
    return [fault for fault, is_wrong in checks.items() if is_wrong]


def _is_short(environ: Mapping[str, str], name: str) -> bool:
    return 0 < len(environ.get(name, "")) < SHORTEST_KEY


def _faults(environ: Mapping[str, str]) -> list[str]:
    token, api = environ.get("SLACK_BOT_TOKEN", ""), environ.get("SLACK_API_URL", SLACK_API)
    app_token = environ.get("SLACK_APP_TOKEN", "")
    checks = {
        "SLACK_BOT_TOKEN is missing: copy the Bot User OAuth Token (xoxb-…) of your Slack app.": not token,
        "SLACK_BOT_TOKEN should begin with xoxb-: another kind of token was copied.": bool(token)
        and not token.startswith("xoxb-"),
        "SLACK_APP_TOKEN should begin with xapp-: another kind of token was copied.": bool(app_token)
        and not app_token.startswith("xapp-"),
        "SLACK_SIGNING_SECRET is missing: copy it from your Slack app's Basic Information. "
        "Or set SLACK_APP_TOKEN, for Socket Mode.": not app_token and not environ.get("SLACK_SIGNING_SECRET"),
        "PALABRE_DATABASE_URL should begin with sqlite:/// or postgresql://.": not database_url(
            environ
        ).startswith(DATABASES),
        "SLACK_API_URL should be an address that ends in /api/.": not _is_api(api),
        "PALABRE_WORKER_ID should be at most 100 letters, digits, dots or dashes.": not re.fullmatch(
            r"[\w.-]{0,100}", environ.get("PALABRE_WORKER_ID", ""), re.ASCII
        ),
        f"PALABRE_LOG_LEVEL should be one of {', '.join(LEVELS)}.": environ.get(
            "PALABRE_LOG_LEVEL", "INFO"
        ).upper()
        not in LEVELS,
    }
    return [fault for fault, is_wrong in checks.items() if is_wrong] + key_faults(environ)


def _is_api(url: str) -> bool:
    try:
        return urlsplit(url).scheme in {"http", "https"} and url.endswith("/api/")
    except ValueError:  # such as an open bracket
        return False
