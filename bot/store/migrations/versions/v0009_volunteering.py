"""Opportunities, shifts, sign-ups, invitations, profiles and gates; permissions by name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from bot.store.types import UtcDateTime

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
LIVE = (
    "state IN ('requested', 'waitlisted', 'offered', 'confirmed', 'standin_wanted', 'checked_in')"
)


def upgrade() -> None:
    """Create the tables, and the column of the permissions that staff have by name."""
    op.add_column(
        "staff", sa.Column("granted", JSON, server_default=sa.text("'[]'"), nullable=False)
    )
    op.create_table(
        "opportunity",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("titles", JSON, nullable=False),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("takes", sa.Integer(), nullable=False),
        sa.Column("gains", JSON, nullable=True),
        sa.Column("places", JSON, nullable=True),
        sa.Column("notes", JSON, nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("theme", sa.String(length=40), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("rule", JSON, nullable=True),
        sa.Column("season", JSON, nullable=False),
        sa.Column("insurance", sa.String(length=12), nullable=True),
        sa.Column("gates", JSON, nullable=False),
        sa.Column("languages", JSON, nullable=False),
        sa.Column("skills", JSON, nullable=False),
        sa.Column("needs", JSON, nullable=False),
        sa.Column("approves", sa.Boolean(), nullable=False),
        sa.Column("closes_before", sa.Integer(), nullable=False),
        sa.Column("cancels_before", sa.Integer(), nullable=False),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("expanded_to", sa.Date(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'paused', 'ended')", name=op.f("ck_opportunity_state")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["groups.id"],
            name=op.f("fk_opportunity_group_id_groups"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_opportunity_staff_id_staff"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity")),
        sa.UniqueConstraint("code", name=op.f("uq_opportunity_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_opportunity_group_id"), "opportunity", ["group_id"], unique=False)
    op.create_index("ix_opportunity_state", "opportunity", ["state", "id"], unique=False)
    op.create_index("ix_opportunity_changed_at", "opportunity", ["changed_at"], unique=False)
    op.create_table(
        "gate_check",
        sa.Column("participant_id", ID, nullable=False),
        sa.Column("gate", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("ordered_at", UtcDateTime(), nullable=True),
        sa.Column("recheck_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('wanted', 'ordered', 'open', 'refused')", name=op.f("ck_gate_check_state")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_gate_check_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_gate_check_staff_id_staff"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("participant_id", "gate", name=op.f("pk_gate_check")),
    )
    op.create_table(
        "opportunity_contact",
        sa.Column("id", ID, nullable=False),
        sa.Column("opportunity_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("participant_id", ID, nullable=True),
        sa.CheckConstraint(
            "(staff_id IS NULL) <> (participant_id IS NULL)",
            name=op.f("ck_opportunity_contact_one_of_both"),
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_opportunity_contact_opportunity_id_opportunity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_opportunity_contact_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_opportunity_contact_staff_id_staff"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_contact")),
        sa.UniqueConstraint(
            "opportunity_id",
            "participant_id",
            name=op.f("uq_opportunity_contact_opportunity_id_participant_id"),
        ),
        sa.UniqueConstraint(
            "opportunity_id",
            "staff_id",
            name=op.f("uq_opportunity_contact_opportunity_id_staff_id"),
        ),
    )
    op.create_index(
        op.f("ix_opportunity_contact_participant_id"),
        "opportunity_contact",
        ["participant_id"],
        unique=False,
    )
    op.create_table(
        "profile",
        sa.Column("participant_id", ID, nullable=False),
        sa.Column("interests", JSON, nullable=True),
        sa.Column("times", JSON, nullable=True),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("languages", JSON, nullable=True),
        sa.Column("skills", JSON, nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("over_15", sa.Boolean(), nullable=True),
        sa.Column("wish", sa.String(length=12), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_profile_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_profile")),
    )
    op.create_table(
        "shift",
        sa.Column("id", ID, nullable=False),
        sa.Column("opportunity_id", ID, nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.Column("begins_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("places", JSON, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reasons", JSON, nullable=True),
        sa.Column("before", JSON, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("unnamed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unnamed_marks", JSON, nullable=True),
        sa.CheckConstraint("state IN ('planned', 'cancelled')", name=op.f("ck_shift_state")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_shift_opportunity_id_opportunity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sa.UniqueConstraint(
            "opportunity_id", "occasion", name=op.f("uq_shift_opportunity_id_occasion")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_shift_code", "shift", ["code"], unique=False)
    op.create_index("ix_shift_begins_at", "shift", ["begins_at"], unique=False)
    op.create_index(
        "ix_shift_opportunity_id_begins_at", "shift", ["opportunity_id", "begins_at"], unique=False
    )
    op.create_table(
        "signup",
        sa.Column("id", ID, nullable=False),
        sa.Column("opportunity_id", ID, nullable=False),
        sa.Column("shift_id", ID, nullable=True),
        sa.Column("participant_id", ID, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("queued_at", UtcDateTime(), nullable=True),
        sa.Column("offered_until", UtcDateTime(), nullable=True),
        sa.Column("says_coming_at", UtcDateTime(), nullable=True),
        sa.Column("handled_by", ID, nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("replaces", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reasons", JSON, nullable=True),
        sa.Column("written", sa.Text(), nullable=True),
        sa.Column("written_by", ID, nullable=True),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("rating", sa.String(length=8), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=True),
        sa.Column("needs", JSON, nullable=True),
        sa.Column("invitation_id", sa.BigInteger(), nullable=True),
        sa.Column("disputed_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handled_by"],
            ["staff.id"],
            name=op.f("fk_signup_handled_by_staff"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["staff.id"],
            name=op.f("fk_signup_written_by_staff"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_signup_opportunity_id_opportunity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_signup_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shift.id"], name=op.f("fk_signup_shift_id_shift"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signup")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_signup_opportunity_id", "signup", ["opportunity_id", "state"], unique=False)
    op.create_index("ix_signup_participant_id", "signup", ["participant_id", "id"], unique=False)
    op.create_index("ix_signup_shift_id", "signup", ["shift_id", "state"], unique=False)
    op.create_index(
        "uq_signup_agreement_live",
        "signup",
        ["opportunity_id", "participant_id"],
        unique=True,
        postgresql_where=sa.text(f"shift_id IS NULL AND {LIVE}"),
        sqlite_where=sa.text(f"shift_id IS NULL AND {LIVE}"),
    )
    op.create_index(
        "uq_signup_shift_live",
        "signup",
        ["shift_id", "participant_id"],
        unique=True,
        postgresql_where=sa.text(f"shift_id IS NOT NULL AND {LIVE}"),
        sqlite_where=sa.text(f"shift_id IS NOT NULL AND {LIVE}"),
    )
    op.create_index(
        "ix_signup_due_at",
        "signup",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_signup_invitation_id",
        "signup",
        ["invitation_id"],
        unique=False,
        postgresql_where=sa.text("invitation_id IS NOT NULL"),
        sqlite_where=sa.text("invitation_id IS NOT NULL"),
    )
    _create_invitations()


def _create_invitations() -> None:
    """Create the table of invitations to volunteer."""
    op.create_table(
        "volunteer_invitation",
        sa.Column("id", ID, nullable=False),
        sa.Column("opportunity_id", ID, nullable=False),
        sa.Column("shift_id", ID, nullable=True),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("audience", JSON, nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("contact", sa.String(length=80), nullable=False),
        sa.Column("shortage", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("participant_id", ID, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'filled', 'ended')", name=op.f("ck_volunteer_invitation_state")
        ),
        sa.CheckConstraint(
            "(staff_id IS NULL) <> (participant_id IS NULL)",
            name=op.f("ck_volunteer_invitation_one_of_both"),
        ),
        sa.CheckConstraint("quota > 0", name=op.f("ck_volunteer_invitation_quota")),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_volunteer_invitation_{table}_id_{table}"),
                ondelete=ondelete,
            )
            for table, ondelete in (
                ("opportunity", "CASCADE"),
                ("participant", "CASCADE"),
                ("shift", "CASCADE"),
                ("staff", "RESTRICT"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_invitation")),
        sqlite_autoincrement=True,
    )
    for column in ("participant_id", "shift_id"):
        op.create_index(
            op.f(f"ix_volunteer_invitation_{column}"),
            "volunteer_invitation",
            [column],
            unique=False,
        )
    op.create_index(
        "ix_volunteer_invitation_opportunity_id",
        "volunteer_invitation",
        ["opportunity_id", "id"],
        unique=False,
    )
