"""Alerts about any subject: its kind and id, filled from the case of each alert."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns; a process of the previous release continues writing the case alone."""
    with op.batch_alter_table("alert") as alert:
        alert.add_column(
            sa.Column(
                "subject_kind",
                sa.String(length=20),
                server_default=sa.text("'case'"),
                nullable=False,
            )
        )
        alert.add_column(sa.Column("subject_id", sa.BigInteger(), nullable=True))
        alert.alter_column("case_id", existing_type=ID, nullable=True)
    op.execute("UPDATE alert SET subject_id = case_id")
    op.create_index(
        "uq_alert_subject",
        "alert",
        ["staff_id", "subject_kind", "subject_id", "kind", "occasion"],
        unique=True,
    )
