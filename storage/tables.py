"""Every table; `workspace_id` leads each primary key and index, so no query forgets whose rows they are.

The exceptions: `ix_schedules_due`, by which the ticker finds what is due in every workspace, `executors`,
whose rows are processes, and `masters`, whose row tells which key seals all others.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment, kept and given back in UTC; one without a time zone is a mistake."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 SQLAlchemy passes it
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 SQLAlchemy passes it
        if value is None:
            return None
        # SQLite keeps no zone; what we wrote is UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _key(name: str) -> "Column[str]":
    return Column(name, Text, primary_key=True, nullable=False)


def _count(name: str, start: int = 0) -> "Column[int]":
    return Column(name, Integer, nullable=False, server_default=str(start))


def _claim(name: str) -> "Column[bool]":
    return Column(name, Boolean, nullable=False, server_default=false())


def _belongs_to(table: str, *columns: str) -> Any:
    return ForeignKeyConstraint(columns, [f"{table}.{column}" for column in columns], ondelete="CASCADE")


def _drawing() -> "tuple[Column[Any], ...]":
    """What a message in Slack shows of its row, and who brings it up to date."""
    return (
        _count("revision", 1),  # grows with whatever the message shows
        _count("drawn_revision"),  # what the message in Slack shows; 0: never drawn
        Column("message", Text),  # its timestamp in Slack, NULL until posted
        Column("reply_url", Text),  # Slack's way to answer a command, kept until the first drawing only
        Column(
            "look", Text
        ),  # a digest of what the message shows, NULL where unknown: the same is not sent again
        Column("claimed_at", Moment),  # when a worker last began to draw it: who has waited longest is next
        Column("not_before", Moment),  # no drawing before: a worker has it until then, or Slack said wait
        Column("trouble", Text),  # why Slack refuses the message for good
    )


def _promise(level: str) -> "tuple[Column[Any], ...]":
    """What was promised about privacy: fixed at launch."""
    return (
        Column("level", Text, nullable=False, server_default=level),  # named, hidden or anonymous
        _count("fewest", 5),  # the smallest group whose results are shown
        Column("results_to", Text, nullable=False, server_default="all"),  # or owners
        _claim("has_receipts"),
        Column("is_counted", Boolean, nullable=False, server_default=true()),  # a sealed one: after its close
        Column("audience", Integer),  # how many people can answer, NULL until counted
    )


def _index_stale(table: Table, key: str) -> None:
    """Few messages are stale at a time, so looking for them never reads the other rows."""
    is_stale = table.c.drawn_revision < table.c.revision
    Index(
        f"ix_{table.name}_stale",
        table.c.workspace_id,
        table.c[key],
        sqlite_where=is_stale,
        postgresql_where=is_stale,
    )


workspaces = Table(
    "workspaces",
    metadata,
    _key("workspace_id"),
    Column("language", Text),  # NULL until somebody chose or Slack told us
    Column("zone", Text),
    Column("members_read_at", Moment),  # when the whole list of members was last asked of Slack
    _count("fewest", 5),  # the smallest group whose sealed results are shown: only ever raised
    Column("removed_at", Moment),  # when the app was taken out of it, NULL while it is in
)

members = Table(
    "members",
    metadata,
    _key("workspace_id"),
    _key("user_id"),
    Column("name", Text, nullable=False),
    Column("locale", Text),
    Column("zone", Text),
    _claim("is_admin"),
    Column("is_guest", Boolean),  # NULL where Slack has not told us
    _claim("is_bot"),
    _claim("has_left"),
)

polls = Table(
    "polls",
    metadata,
    _key("workspace_id"),
    _key("poll_id"),
    Column("owner", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("closes_at", Moment),  # NULL: when somebody closes it
    Column("origin", Text, nullable=False),  # Slack's id for what asked the poll: its retry asks it once
    _count("voters"),
    _count("least", 1),  # so many options a voter chooses at least
    _count("most", 1),  # and at most; 0: as many as there are
    Column("seeing", Text, nullable=False, server_default="live"),  # when counts are seen, and by whom
    _claim("is_shuffled"),  # each voter has an order of the options of their own
    Column("kind", Text, nullable=False, server_default="choice"),
    Column("explanation", Text, nullable=False, server_default=""),  # of a quiz: why an answer is right
    Column("adding", Text, nullable=False, server_default="no"),  # whether voters may add options
    Column("thread", Text),  # the message below which it is posted
    Column("posts_at", Moment),  # not posted before, NULL: at once
    *_promise("hidden"),
    *_drawing(),
    UniqueConstraint("workspace_id", "origin"),
    Index(None, "workspace_id", "owner", "asked_at"),
)

_index_stale(polls, "poll_id")

poll_options = Table(
    "poll_options",
    metadata,
    _key("workspace_id"),
    _key("poll_id"),
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 0, in the order asked
    Column("text", Text, nullable=False),
    Column("emoji", Text, nullable=False, server_default=""),
    Column("moment", Moment),  # of a date, when it begins; noon in UTC where it is a whole day
    _claim("is_day"),
    _claim("is_right"),  # of a quiz
    Column("picture", Text, nullable=False, server_default=""),  # its address
    Column("alt", Text, nullable=False, server_default=""),  # what is to be seen there
    _claim("is_other"),  # whoever chooses it writes something of their own
    Column("added_by", Text),  # the voter who added it, "" where nobody keeps who did, NULL: asked
    Column("state", Text, nullable=False, server_default="asked"),  # asked, waiting or gone
    _count("votes"),  # changed in the vote's own transaction
    _belongs_to("polls", "workspace_id", "poll_id"),
)

ballots = Table(
    "ballots",
    metadata,
    _key("workspace_id"),
    _key("poll_id"),
    _key("voter"),  # "team:user": a Slack Connect guest has another team than the workspace
    Column("clicked_at", Moment),
    Column("click_id", Text),
    Column("clicked", Integer),  # the option's number: a hasty second click on it is no click
    Column("code", Text),  # on a counted ballot of a poll with receipts
    Column("written", Text, nullable=False, server_default=""),  # by a voter who chose "Other…"
    _belongs_to("polls", "workspace_id", "poll_id"),
)

votes = Table(
    "votes",
    metadata,
    _key("workspace_id"),
    _key("poll_id"),
    _key("voter"),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _count("place"),  # among the voter's choices, from 0: of a ranking the order they want
    _belongs_to("ballots", "workspace_id", "poll_id", "voter"),
    _belongs_to("poll_options", "workspace_id", "poll_id", "number"),
)

surveys = Table(
    "surveys",
    metadata,
    _key("workspace_id"),
    _key("survey_id"),
    Column("owner", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("intro", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("pages", JSON, nullable=False),  # never changed once people answer
    Index(None, "workspace_id", "owner"),
)

rounds = Table(
    "rounds",
    metadata,
    _key("workspace_id"),
    _key("round_id"),
    Column("survey_id", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("origin", Text, nullable=False),  # Slack's id for what launched it: its retry launches it once
    _count("people"),  # with a complete response
    _claim("scores_wanted"),  # a job that scores its comments is waiting
    _count("scorings"),  # how many such jobs there were: each has an id of its own
    Column("delivery", Text),  # running, paused, cancelled or done; NULL: by the channel's message alone
    Column("progress_channel", Text),  # where its owner sees how far the delivery has come
    Column("progress_message", Text),
    Column("compare_by", Text),  # a question's id: each other one is told by its choices too
    *_promise("named"),
    *_drawing(),
    UniqueConstraint("workspace_id", "origin"),
    Index(None, "workspace_id", "channel", "asked_at"),
    Index(None, "workspace_id", "survey_id"),
    _belongs_to("surveys", "workspace_id", "survey_id"),
)

_index_stale(rounds, "round_id")

farewells = Table(  # of deleted rounds: what is left to be said where their message stands
    "farewells",
    metadata,
    _key("workspace_id"),
    _key("round_id"),
    Column("channel", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("language", Text, nullable=False),
)
invitations = Table(
    "invitations",
    metadata,
    _key("workspace_id"),
    _key("round_id"),
    _key("user_id"),
    Index(None, "workspace_id", "user_id", "round_id"),
    _belongs_to("rounds", "workspace_id", "round_id"),
)

deliveries = Table(  # who is asked by a message of their own
    "deliveries",
    metadata,
    _key("workspace_id"),
    _key("round_id"),
    _key("user_id"),
    Column("state", Text, nullable=False, server_default="pending"),  # then sending, then sent or failed
    Column("reason", Text),  # why Slack refuses it for good
    Column("message", Text),  # its timestamp in Slack; NULL in a sealed round, which keeps no moments
    Index(None, "workspace_id", "round_id", "state", "user_id"),
    _belongs_to("rounds", "workspace_id", "round_id"),
)

responses = Table(
    "responses",
    metadata,
    _key("workspace_id"),
    _key("round_id"),
    _key("respondent"),  # "team:user", as voters are
    Column("answered_at", Moment),  # NULL until the last page was sent
    _count("revision", 1),  # grows with each change: a score is for one state of a comment
    Index(None, "workspace_id", "respondent", "answered_at"),
    _belongs_to("rounds", "workspace_id", "round_id"),
)

answers = Table(
    "answers",
    metadata,
    _key("workspace_id"),
    _key("round_id"),
    _key("respondent"),
    _key("question"),
    Column("part", Integer, primary_key=True, autoincrement=False),  # from 0
    Column("item", Integer),  # the row of a question that has several
    Column("choice", Integer),
    Column("number", Integer),
    Column("text", Text),
    _belongs_to("responses", "workspace_id", "round_id", "respondent"),
)

tones = Table(
    "tones",
    metadata,
    _key("workspace_id"),
    _key("round_id"),
    _key("respondent"),
    _key("question"),
    Column("label", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("language", Text, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("version", Text, nullable=False),
    _belongs_to("responses", "workspace_id", "round_id", "respondent"),
)

reports = Table(
    "reports",
    metadata,
    _key("workspace_id"),
    _key("report_id"),
    Column("channel", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("round_id", Text),  # NULL: a digest
    Column("schedule_id", Text),  # NULL: a report on one round
    Column("since", Moment),
    _claim("is_late"),
    Column("message", Text),  # its timestamp in Slack, NULL until posted
    Column("trouble", Text),  # why it could not be posted
    Column("told", Integer),  # so many of its questions or surveys; NULL: nothing follows in its thread
    Column("about", Text),  # the channel whose surveys a digest tells of, wherever it is posted
    _belongs_to("rounds", "workspace_id", "round_id"),
    Index(None, "workspace_id", "round_id"),
)

schedules = Table(
    "schedules",
    metadata,
    _key("workspace_id"),
    _key("schedule_id"),
    Column("channel", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("rule", Text, nullable=False),  # an RRULE in wall time
    Column("zone", Text, nullable=False),
    Column("next_run", Moment, nullable=False),
    Column("last_run", Moment),
    _count("revision", 1),
    UniqueConstraint("workspace_id", "channel"),
    Index("ix_schedules_due", "next_run"),  # looked at across workspaces, by the ticker alone
)

seals = Table(  # the keys of what is anonymous, each sealed under the master key
    "seals",
    metadata,
    _key("workspace_id"),
    _key("subject_id"),  # a poll or round
    Column("token_key", Text),  # makes the tokens; NULL from the close on
    Column("content_key", Text, nullable=False),  # seals the boxes; the row goes once all are counted
)

boxes = Table(  # what one person answers while it is open, sealed under a key of its own
    "boxes",
    metadata,
    _key("workspace_id"),
    _key("subject_id"),
    _key("token"),
    _claim("is_complete"),
    Column("box", Text, nullable=False),
)

masters = Table(  # which master key seals the keys
    "masters",
    metadata,
    _key("key_id"),
    Column("check", Text, nullable=False),  # opens with the right key only
)

reminders = Table(  # who is reminded; a row ends the same whether a message was sent or not
    "reminders",
    metadata,
    _key("workspace_id"),
    _key("round_id"),
    Column("number", Integer, primary_key=True, autoincrement=False),  # the first or the second
    _key("user_id"),
    _claim("is_done"),
    _belongs_to("rounds", "workspace_id", "round_id"),
)

remindings = Table(  # when people were reminded, and of a round with names how many
    "remindings",
    metadata,
    _key("workspace_id"),
    _key("round_id"),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("begun_at", Moment, nullable=False),
    Column("click", Text, nullable=False),  # Slack's id for what began it: its retry begins it once
    _count("reminded"),  # both stay 0 of a sealed round
    _count("had_answered"),
    _belongs_to("rounds", "workspace_id", "round_id"),
)

unreminded = Table(  # who wants no reminders
    "unreminded",
    metadata,
    _key("workspace_id"),
    _key("user_id"),
)

budgets = Table(  # how many calls Slack still takes
    "budgets",
    metadata,
    _key("workspace_id"),
    _key("call"),
    Column("left", Float, nullable=False),  # in the bucket
    Column("since", Moment, nullable=False),  # as of this moment
    Column("held_until", Moment),  # Slack said: nothing before
)

executors = Table(  # the processes that run jobs
    "executors",
    metadata,
    _key("worker_id"),
    Column("kind", Text, nullable=False),  # serve or work
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)
