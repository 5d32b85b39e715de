"""Due outbox rows are found quickly, however many rows are due later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column *ripe* to the outbox, and an index for each kind of row."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("ripe", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
    # A process of the previous release still works without this index.
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
