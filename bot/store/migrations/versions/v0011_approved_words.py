"""The approval of own words, names that are not shown, and what the totals are made of."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
TO_READ = (
    "approval = 'waits' AND visibility <> 'private' AND state IN ('signed', 'active', 'paused')"
)
pledge = sa.table(
    "pledge",
    *(sa.column(name) for name in ("id", "words", "catalogue_id", "campaign_id", "approval")),
)
entry = sa.table("catalogue_entry", sa.column("id"), sa.column("texts", JSON))


def upgrade() -> None:
    """Let own words wait until staff have read them, also those that are shown already."""
    column = sa.Column("approval", sa.String(length=8), nullable=False, server_default="waits")
    op.add_column("pledge", column)
    op.add_column("pledge", sa.Column("approval_reason", sa.Text(), nullable=True))
    op.add_column("participant", sa.Column("name_refused", sa.Text(), nullable=True))
    op.add_column("pledge_snapshot", sa.Column("parts", JSON, nullable=True))
    op.create_index(
        "ix_pledge_to_read",
        "pledge",
        ["id"],
        unique=False,
        postgresql_where=sa.text(TO_READ),
        sqlite_where=sa.text(TO_READ),
    )
    connection = op.get_bind()
    is_signature = pledge.c.campaign_id.is_not(None)
    needless = sa.update(pledge).values(approval="needless")
    connection.execute(needless.where(is_signature))
    for row in connection.execute(sa.select(entry.c.id, entry.c.texts)).all():
        texts: Mapping[str, str] = row.texts or {}
        for words in {*texts.values(), *(one.strip() for one in texts.values())}:
            same = (pledge.c.catalogue_id == row.id, pledge.c.words == words)
            connection.execute(needless.where(*same))
