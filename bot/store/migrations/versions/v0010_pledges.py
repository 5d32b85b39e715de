"""Pledges, their catalogue and campaigns, and the ledger of outcomes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from bot.store.types import UtcDateTime

revision = "0010"
down_revision = "0009"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    _create_catalogue_entry()
    _create_campaign()
    _create_pledge()
    _create_check_in()
    _create_ledger_entry()
    _create_pledge_snapshot()
    _create_outcome()
    _create_contribution()


def _create_catalogue_entry() -> None:
    """Create the table `catalogue_entry`."""
    op.create_table(
        "catalogue_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("titles", JSON, nullable=False),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("rhythm", sa.String(length=10), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("season", JSON, nullable=False),
        sa.Column("asks_on", sa.String(length=5), nullable=True),
        sa.Column("who", JSON, nullable=True),
        sa.Column("thanks", JSON, nullable=True),
        sa.Column("doing", JSON, nullable=True),
        sa.Column("steps", JSON, nullable=True),
        sa.Column("because", JSON, nullable=True),
        sa.Column("factor", JSON, nullable=True),
        sa.Column("words", JSON, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('level', 'count')", name=op.f("ck_catalogue_entry_kind")),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'retired')", name=op.f("ck_catalogue_entry_state")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_catalogue_entry_staff_id_staff"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_entry")),
        sa.UniqueConstraint("code", name=op.f("uq_catalogue_entry_code")),
        sqlite_autoincrement=True,
    )


def _create_campaign() -> None:
    """Create the table `campaign`."""
    op.create_table(
        "campaign",
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("titles", JSON, nullable=False),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("rhythm", sa.String(length=10), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=14), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reasons", JSON, nullable=True),
        sa.Column("text_hash", sa.String(length=64), nullable=True),
        sa.Column("proposer_id", ID, nullable=True),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("authors", JSON, nullable=False),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("previous_id", ID, nullable=True),
        sa.Column("catalogue_id", ID, nullable=True),
        sa.Column("counter", JSON, nullable=True),
        sa.Column("counter_staff_id", ID, nullable=True),
        sa.Column("counter_on", sa.Date(), nullable=True),
        sa.Column("counter_state", sa.String(length=10), nullable=True),
        sa.Column("counter_words", JSON, nullable=True),
        sa.Column("extended_from", sa.Date(), nullable=True),
        sa.Column("extended_why", sa.Text(), nullable=True),
        sa.Column("result", JSON, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("activated_at", UtcDateTime(), nullable=True),
        sa.Column("followed_up_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'in_review', 'open', 'activated', 'follow_up', 'completed', "
            "'expired_unmet', 'cancelled')",
            name=op.f("ck_campaign_state"),
        ),
        sa.CheckConstraint("target > 0", name=op.f("ck_campaign_target")),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["staff.id"],
            name=op.f("fk_campaign_approved_by_staff"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["catalogue_id"],
            ["catalogue_entry.id"],
            name=op.f("fk_campaign_catalogue_id_catalogue_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["counter_staff_id"],
            ["staff.id"],
            name=op.f("fk_campaign_counter_staff_id_staff"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_previous_id_campaign"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["proposer_id"],
            ["participant.id"],
            name=op.f("fk_campaign_proposer_id_participant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_campaign_staff_id_staff"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_campaign_proposer_id"), "campaign", ["proposer_id"], unique=False)
    op.create_index("ix_campaign_state", "campaign", ["state", "id"], unique=False)


def _create_pledge() -> None:
    """Create the table `pledge`."""
    op.create_table(
        "pledge",
        sa.Column("id", ID, nullable=False),
        sa.Column("participant_id", ID, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("rhythm", sa.String(length=10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("season", JSON, nullable=False),
        sa.Column("catalogue_id", ID, nullable=True),
        sa.Column("campaign_id", ID, nullable=True),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("visibility", sa.String(length=8), nullable=False),
        sa.Column("wish", sa.String(length=12), nullable=True),
        sa.Column("goal", sa.String(length=20), nullable=True),
        sa.Column("goal_words", sa.Text(), nullable=True),
        sa.Column("plan", JSON, nullable=True),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("link_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("activated_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('level', 'count')", name=op.f("ck_pledge_kind")),
        sa.CheckConstraint(
            "state IN ('signed', 'active', 'paused', 'kept', 'stopped', 'withdrawn', 'released', "
            "'already')",
            name=op.f("ck_pledge_state"),
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_pledge_amount")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_pledge_campaign_id_campaign"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["catalogue_id"],
            ["catalogue_entry.id"],
            name=op.f("fk_pledge_catalogue_id_catalogue_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_pledge_group_id_groups"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_pledge_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pledge_campaign_id", "pledge", ["campaign_id", "state"], unique=False)
    op.create_index(op.f("ix_pledge_catalogue_id"), "pledge", ["catalogue_id"], unique=False)
    op.create_index(op.f("ix_pledge_group_id"), "pledge", ["group_id"], unique=False)
    op.create_index("ix_pledge_participant_id", "pledge", ["participant_id", "id"], unique=False)
    op.create_index("ix_pledge_state", "pledge", ["state", "id"], unique=False)
    op.create_index(
        "uq_pledge_signature_live",
        "pledge",
        ["campaign_id", "participant_id"],
        unique=True,
        postgresql_where=sa.text(
            "campaign_id IS NOT NULL AND state IN ('signed', 'active', 'paused')"
        ),
        sqlite_where=sa.text("campaign_id IS NOT NULL AND state IN ('signed', 'active', 'paused')"),
    )


def _create_check_in() -> None:
    """Create the table `check_in`."""
    op.create_table(
        "check_in",
        sa.Column("id", ID, nullable=False),
        sa.Column("pledge_id", ID, nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("answer IN ('done', 'partly', 'not')", name=op.f("ck_check_in_answer")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_check_in_amount")),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["pledge.id"],
            name=op.f("fk_check_in_pledge_id_pledge"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("pledge_id", "asked_on", name=op.f("uq_check_in_pledge_id_asked_on")),
        sqlite_autoincrement=True,
    )


def _create_ledger_entry() -> None:
    """Create the table `ledger_entry`."""
    op.create_table(
        "ledger_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("pledge_id", ID, nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["pledge.id"],
            name=op.f("fk_ledger_entry_pledge_id_pledge"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ledger_entry_pledge_id", "ledger_entry", ["pledge_id", "id"], unique=False)


def _create_pledge_snapshot() -> None:
    """Create the table `pledge_snapshot`."""
    op.create_table(
        "pledge_snapshot",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_pledge_snapshot")),
    )


def _create_outcome() -> None:
    """Create the table `outcome`."""
    op.create_table(
        "outcome",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("summaries", JSON, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("texts", JSON, nullable=True),
        sa.Column("decided_by", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'answered')", name=op.f("ck_outcome_state")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_outcome_staff_id_staff"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outcome_state", "outcome", ["state", "id"], unique=False)


def _create_contribution() -> None:
    """Create the table `contribution`."""
    op.create_table(
        "contribution",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject_kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", ID, nullable=True),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("campaign_id", ID, nullable=True),
        sa.Column("outcome_id", ID, nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_contribution_campaign_id_campaign"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"],
            ["outcome.id"],
            name=op.f("fk_contribution_outcome_id_outcome"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_contribution_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_contribution_campaign_id"), "contribution", ["campaign_id"], unique=False
    )
    op.create_index(
        op.f("ix_contribution_outcome_id"), "contribution", ["outcome_id"], unique=False
    )
    op.create_index(
        op.f("ix_contribution_participant_id"), "contribution", ["participant_id"], unique=False
    )
    op.create_index(
        "ix_contribution_subject",
        "contribution",
        ["subject_kind", "subject_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_contribution_ungrouped",
        "contribution",
        ["id"],
        unique=False,
        postgresql_where=sa.text("outcome_id IS NULL"),
        sqlite_where=sa.text("outcome_id IS NULL"),
    )
