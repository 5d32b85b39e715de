"""Calls that are to go some day no longer stand in the way of those that go now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Tell ripe calls from those that wait for their time, and find each kind by an index."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("ripe", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
    # An index is no data: a process of the version before goes on without it.
    op.drop_index("ix_outbox_pending_order", table_name="outbox")
    for name, columns, where in (
        ("ix_outbox_ripe_order", ["priority", "id"], "state = 'pending' AND ripe"),
        ("ix_outbox_unripe", ["not_before"], "state = 'pending' AND NOT ripe"),
        ("ix_outbox_pending_lane", ["lane"], "state = 'pending'"),
        ("ix_outbox_claimed", ["epoch"], "state = 'claimed'"),
    ):
        op.create_index(
            name,
            "outbox",
            columns,
            unique=False,
            postgresql_where=sa.text(where),
            sqlite_where=sa.text(where),
        )
