"""Participants, groups, reminders and deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from bot.store.types import UtcDateTime

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Create the tables; each citizen becomes a participant."""
    op.create_table(
        "participant",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["staff.id"],
            name=op.f("fk_participant_created_by_staff"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_participant_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("person_id", name=op.f("uq_participant_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "participant_role",
        sa.Column("id", ID, nullable=False),
        sa.Column("participant_id", ID, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("given_by", ID, nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["given_by"],
            ["staff.id"],
            name=op.f("fk_participant_role_given_by_staff"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_participant_role_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant_role")),
    )
    op.create_index(
        "ix_participant_role_role", "participant_role", ["role", "participant_id"], unique=False
    )
    op.create_index(
        "uq_participant_role_live",
        "participant_role",
        ["participant_id", "role"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "groups",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "group_member",
        sa.Column("group_id", ID, nullable=False),
        sa.Column("participant_id", ID, nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["groups.id"],
            name=op.f("fk_group_member_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_group_member_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "participant_id", name=op.f("pk_group_member")),
    )
    op.create_index(
        op.f("ix_group_member_participant_id"), "group_member", ["participant_id"], unique=False
    )
    op.create_table(
        "reminder",
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("rule", JSON, nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("prepares", sa.Boolean(), nullable=False),
        sa.Column("audience", JSON, nullable=True),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("participant_id", ID, nullable=True),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("contact", sa.String(length=80), nullable=False),
        sa.Column("expanded_to", sa.Date(), nullable=True),
        sa.Column("expanding", JSON, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('active', 'paused', 'ended')", name=op.f("ck_reminder_state")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["groups.id"],
            name=op.f("fk_reminder_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_reminder_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_reminder_staff_id_staff"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reminder_group_id"), "reminder", ["group_id"], unique=False)
    op.create_index(
        op.f("ix_reminder_participant_id"), "reminder", ["participant_id"], unique=False
    )
    op.create_index("ix_reminder_state_id", "reminder", ["state", "id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", ID, nullable=False),
        sa.Column("subject_kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("participant_id", ID, nullable=False),
        sa.Column("message_class", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wanted_at", UtcDateTime(), nullable=False),
        sa.Column("planned_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=True),
        sa.Column("event_at", UtcDateTime(), nullable=True),
        sa.Column("not_after", UtcDateTime(), nullable=True),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.String(length=8), nullable=True),
        sa.Column("answer_words", sa.Text(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("asked_again_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('planned', 'queued', 'sent', 'phoned', 'skipped', 'expired', 'cancelled')",
            name=op.f("ck_delivery_state"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_delivery_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "subject_kind",
            "subject_id",
            "occasion",
            "participant_id",
            name=op.f("uq_delivery_subject_kind_subject_id_occasion_participant_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_delivery_participant_id", "delivery", ["participant_id", "planned_at"], unique=False
    )
    op.create_index(
        "ix_delivery_planned",
        "delivery",
        ["planned_at"],
        unique=False,
        postgresql_where=sa.text("state = 'planned'"),
        sqlite_where=sa.text("state = 'planned'"),
    )
    op.create_index(
        "ix_delivery_subject", "delivery", ["subject_kind", "subject_id", "id"], unique=False
    )
    op.create_table(
        "mute",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mute_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "topic", name=op.f("pk_mute")),
    )
    op.execute(
        "INSERT INTO participant (person_id, first_name, created_at)"
        " SELECT id, COALESCE(first_name, ''), created_at FROM person"
    )
