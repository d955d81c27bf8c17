"""Keep surveys, their rounds, responses and comments, reports and schedules."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _keep_surveys()
    _keep_rounds()
    _keep_responses()
    _keep_tones()
    _keep_reports()
    _keep_schedules()


def _keep_surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("survey_id", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("intro", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("pages", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "survey_id", name="pk_surveys"),
    )
    op.create_index("ix_surveys_workspace_id_owner", "surveys", ["workspace_id", "owner"])


def _keep_rounds() -> None:
    op.create_table(
        "rounds",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("round_id", sa.Text, nullable=False),
        sa.Column("survey_id", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("people", sa.Integer, nullable=False, server_default="0"),
        sa.Column("scores_wanted", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("scorings", sa.Integer, nullable=False, server_default="0"),
        sa.Column("revision", sa.Integer, nullable=False, server_default="1"),
        sa.Column("drawn_revision", sa.Integer, nullable=False, server_default="0"),
        sa.Column("message", sa.Text),
        sa.Column("reply_url", sa.Text),
        sa.Column("claimed_at", sa.DateTime(timezone=True)),
        sa.Column("not_before", sa.DateTime(timezone=True)),
        sa.Column("trouble", sa.Text),
        sa.PrimaryKeyConstraint("workspace_id", "round_id", name="pk_rounds"),
        sa.UniqueConstraint("workspace_id", "origin", name="uq_rounds_workspace_id_origin"),
        _belongs_to("rounds", "surveys", "workspace_id", "survey_id"),
    )
    for columns in (["workspace_id", "channel", "asked_at"], ["workspace_id", "survey_id"]):
        op.create_index(f"ix_rounds_{'_'.join(columns)}", "rounds", columns)
    stale = sa.text("drawn_revision < revision")
    op.create_index(
        "ix_rounds_stale", "rounds", ["workspace_id", "round_id"], sqlite_where=stale, postgresql_where=stale
    )
    op.create_table(
        "farewells",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("round_id", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "round_id", name="pk_farewells"),
    )
    op.create_table(
        "invitations",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("round_id", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "round_id", "user_id", name="pk_invitations"),
        _belongs_to("invitations", "rounds", "workspace_id", "round_id"),
    )
    op.create_index(
        "ix_invitations_workspace_id_user_id_round_id", "invitations", ["workspace_id", "user_id", "round_id"]
    )


def _keep_responses() -> None:
    op.create_table(
        "responses",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("round_id", sa.Text, nullable=False),
        sa.Column("respondent", sa.Text, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("revision", sa.Integer, nullable=False, server_default="1"),
        sa.PrimaryKeyConstraint("workspace_id", "round_id", "respondent", name="pk_responses"),
        _belongs_to("responses", "rounds", "workspace_id", "round_id"),
    )
    op.create_index(
        "ix_responses_workspace_id_respondent_answered_at",
        "responses",
        ["workspace_id", "respondent", "answered_at"],
    )
    op.create_table(
        "answers",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("round_id", sa.Text, nullable=False),
        sa.Column("respondent", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("part", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("item", sa.Integer),
        sa.Column("choice", sa.Integer),
        sa.Column("number", sa.Integer),
        sa.Column("text", sa.Text),
        sa.PrimaryKeyConstraint(
            "workspace_id", "round_id", "respondent", "question", "part", name="pk_answers"
        ),
        _belongs_to("answers", "responses", "workspace_id", "round_id", "respondent"),
    )


def _keep_tones() -> None:
    op.create_table(
        "tones",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("round_id", sa.Text, nullable=False),
        sa.Column("respondent", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "round_id", "respondent", "question", name="pk_tones"),
        _belongs_to("tones", "responses", "workspace_id", "round_id", "respondent"),
    )


def _keep_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("round_id", sa.Text),
        sa.Column("schedule_id", sa.Text),
        sa.Column("since", sa.DateTime(timezone=True)),
        sa.Column("is_late", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("message", sa.Text),
        sa.Column("trouble", sa.Text),
        sa.PrimaryKeyConstraint("workspace_id", "report_id", name="pk_reports"),
        _belongs_to("reports", "rounds", "workspace_id", "round_id"),
    )
    op.create_index("ix_reports_workspace_id_round_id", "reports", ["workspace_id", "round_id"])


def _keep_schedules() -> None:
    op.create_table(
        "schedules",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("schedule_id", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("next_run", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_run", sa.DateTime(timezone=True)),
        sa.Column("revision", sa.Integer, nullable=False, server_default="1"),
        sa.PrimaryKeyConstraint("workspace_id", "schedule_id", name="pk_schedules"),
        sa.UniqueConstraint("workspace_id", "channel", name="uq_schedules_workspace_id_channel"),
    )
    op.create_index("ix_schedules_due", "schedules", ["next_run"])


def _belongs_to(table: str, other: str, *columns: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        columns, [f"{other}.{column}" for column in columns], name=f"fk_{table}_{other}", ondelete="CASCADE"
    )
