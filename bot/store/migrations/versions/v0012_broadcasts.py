"""Broadcasts, saved audiences and polls; outcomes of single contributions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from bot.store.types import UtcDateTime

revision = "0012"
down_revision = "0011"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Create the tables, and the columns of answers and outcomes."""
    op.add_column("delivery", sa.Column("choice", sa.String(length=20), nullable=True))
    op.add_column("delivery", sa.Column("tapped_at", UtcDateTime(), nullable=True))
    op.create_index(
        "ix_delivery_subject_state",
        "delivery",
        ["subject_kind", "subject_id", "state", "planned_at"],
        unique=False,
    )
    for column in (
        sa.Column("verdict", sa.String(length=8), nullable=True),
        sa.Column("reasons", JSON, nullable=True),
        sa.Column("decided_by", sa.String(length=120), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("told_at", UtcDateTime(), nullable=True),
    ):
        op.add_column("contribution", column)
    _add_last_day()
    _create_broadcast()
    _create_saved_audience()
    _create_poll_count()
    _create_poll_taken()


def _add_last_day() -> None:
    """Add the last day on which a citizen was here, as far as conversations say it."""
    op.add_column("person", sa.Column("seen_on", sa.Date(), nullable=True))
    person = sa.table("person", *map(sa.column, ("id", "notice_at", "seen_on")))
    talk = sa.table("conversation", *map(sa.column, ("person_id", "touched_at")))
    last = sa.select(sa.func.max(talk.c.touched_at)).where(talk.c.person_id == person.c.id)
    written = sa.cast(sa.func.coalesce(last.scalar_subquery(), person.c.notice_at), sa.Text())
    day: sa.ColumnElement[Any] = sa.func.substr(written, 1, 10)  # "2026-12-02"
    if op.get_bind().dialect.name == "postgresql":
        day = sa.cast(day, sa.Date())
    op.execute(person.update().values(seen_on=day))


def _create_broadcast() -> None:
    """Create the table `broadcast`."""
    op.create_table(
        "broadcast",
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("audience", JSON, nullable=False),
        sa.Column("others", sa.String(length=8), nullable=False),
        sa.Column("media", JSON, nullable=True),
        sa.Column("file_id", ID, nullable=True),
        sa.Column("place", JSON, nullable=True),
        sa.Column("buttons", JSON, nullable=False),
        sa.Column("question", JSON, nullable=True),
        sa.Column("decider", sa.String(length=120), nullable=True),
        sa.Column("agenda_url", sa.Text(), nullable=True),
        sa.Column("excludes", JSON, nullable=False),
        sa.Column("spares_cases", sa.Boolean(), nullable=False),
        sa.Column("is_warning", sa.Boolean(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("welcomes", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("correction", JSON, nullable=True),
        sa.Column("corrected_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("earlier", JSON, nullable=True),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("let_stand", sa.Text(), nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("spread", sa.Integer(), nullable=False),
        sa.Column("rule", JSON, nullable=True),
        sa.Column("series_id", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("expanded_to", sa.BigInteger(), nullable=True),
        sa.Column("audience_size", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("began_at", UtcDateTime(), nullable=True),
        sa.Column("fed_at", UtcDateTime(), nullable=True),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("form_key", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'in_review', 'approved', 'sending', 'paused', 'stopped', 'sent', "
            "'closed')",
            name=op.f("ck_broadcast_state"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["staff.id"],
            name=op.f("fk_broadcast_approved_by_staff"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["file.id"], name=op.f("fk_broadcast_file_id_file"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_broadcast_staff_id_staff"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast")),
        sa.UniqueConstraint("form_key", name=op.f("uq_broadcast_form_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_broadcast_file_id"), "broadcast", ["file_id"], unique=False)
    op.create_index(
        "ix_broadcast_series_id",
        "broadcast",
        ["series_id", "starts_at"],
        unique=False,
        postgresql_where=sa.text("series_id IS NOT NULL"),
        sqlite_where=sa.text("series_id IS NOT NULL"),
    )
    op.create_index("ix_broadcast_state", "broadcast", ["state", "id"], unique=False)


def _create_saved_audience() -> None:
    """Create the table `saved_audience`."""
    op.create_table(
        "saved_audience",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("audience", JSON, nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_saved_audience_staff_id_staff"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_audience")),
        sa.UniqueConstraint("name", name=op.f("uq_saved_audience_name")),
        sqlite_autoincrement=True,
    )


def _create_poll_count() -> None:
    """Create the table `poll_count`."""
    op.create_table(
        "poll_count",
        sa.Column("broadcast_id", ID, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("value BETWEEN 1 AND 5", name=op.f("ck_poll_count_value")),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcast.id"],
            name=op.f("fk_poll_count_broadcast_id_broadcast"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "value", name=op.f("pk_poll_count")),
    )


def _create_poll_taken() -> None:
    """Create the table `poll_taken`."""
    op.create_table(
        "poll_taken",
        sa.Column("id", ID, nullable=False),
        sa.Column("broadcast_id", ID, nullable=False),
        sa.Column("participant_id", ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcast.id"],
            name=op.f("fk_poll_taken_broadcast_id_broadcast"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_poll_taken_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_taken")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_poll_taken_at", "poll_taken", ["at"], unique=False)
    op.create_index(
        op.f("ix_poll_taken_participant_id"), "poll_taken", ["participant_id"], unique=False
    )
    op.create_index("uq_poll_taken", "poll_taken", ["broadcast_id", "participant_id"], unique=True)
