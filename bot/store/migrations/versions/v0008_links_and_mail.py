"""Links, and the e-mail addresses of staff."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table of links; staff have no address until they write one."""
    op.add_column("staff", sa.Column("mail_address", sa.String(length=254), nullable=True))
    op.create_table(
        "link",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("subject_kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("opens", sa.String(length=8), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("participant_id", ID, nullable=True),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.CheckConstraint("opens IN ('chat', 'feed')", name=op.f("ck_link_opens")),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_link_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_link_staff_id_staff"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_link_subject", "link", ["subject_kind", "subject_id", "id"], unique=False)
    op.create_index(
        "ix_link_of_staff",
        "link",
        ["id"],
        unique=False,
        postgresql_where=sa.text("staff_id IS NOT NULL"),
        sqlite_where=sa.text("staff_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_link_participant_id"), "link", ["participant_id"], unique=False)
