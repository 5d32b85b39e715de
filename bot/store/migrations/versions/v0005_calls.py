"""An index for promised calls, since every page of the console counts them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the index; a process of the previous release works without it."""
    where = sa.text("call_by IS NOT NULL")
    op.create_index(
        "ix_cases_call_by",
        "cases",
        ["call_by", "id"],
        unique=False,
        postgresql_where=where,
        sqlite_where=where,
    )
