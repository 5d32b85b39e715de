"""Tables of broadcasts, saved audiences and polls after a dialogue."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from bot.store.tables.base import Id, Json, metadata
from bot.store.types import UtcDateTime

broadcast = Table(
    "broadcast",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", String(120), nullable=False),
    Column("texts", Json, nullable=False),
    Column("topic", String(40), nullable=False),
    Column("audience", Json, nullable=False),
    Column("others", String(8), nullable=False),
    Column("media", Json),
    Column("file_id", ForeignKey("file.id", ondelete="SET NULL"), index=True),
    Column("place", Json),
    Column("buttons", Json, nullable=False),
    Column("question", Json),
    Column("decider", String(120)),
    Column("agenda_url", Text),
    Column("excludes", Json, nullable=False),
    Column("spares_cases", Boolean, nullable=False),
    Column("is_warning", Boolean, nullable=False),
    Column("is_public", Boolean, nullable=False),
    Column("welcomes", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    Column("text_hash", String(64)),
    Column("edition", Integer, nullable=False),
    Column("correction", Json),
    Column("corrected_at", UtcDateTime),
    Column("reason", Text),
    Column("earlier", Json),  # the fields as a leader returned them
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("approved_by", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("let_stand", Text),
    Column("starts_at", UtcDateTime),
    Column("spread", Integer, nullable=False),
    Column("rule", Json),
    Column("series_id", BigInteger),
    Column("expires_at", UtcDateTime),
    Column("expanded_to", BigInteger),
    Column("audience_size", Integer),
    Column("created_at", UtcDateTime, nullable=False),
    Column("approved_at", UtcDateTime),
    Column("began_at", UtcDateTime),
    Column("fed_at", UtcDateTime),
    Column("reminded_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("form_key", String(40), unique=True),  # of the form that made it
    CheckConstraint(
        "state IN ('draft', 'in_review', 'approved', 'sending', 'paused', 'stopped', 'sent', "
        "'closed')",
        name="state",
    ),
    Index("ix_broadcast_state", "state", "id"),
    Index(
        "ix_broadcast_series_id",
        "series_id",
        "starts_at",
        postgresql_where=text("series_id IS NOT NULL"),
        sqlite_where=text("series_id IS NOT NULL"),
    ),
    sqlite_autoincrement=True,  # an id is never reused
)

saved_audience = Table(
    "saved_audience",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("audience", Json, nullable=False),
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("changed_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,  # an id is never reused
)

# The answers to the poll after a dialogue: only sums, which no row links to a person.
poll_count = Table(
    "poll_count",
    metadata,
    Column("broadcast_id", ForeignKey("broadcast.id", ondelete="CASCADE"), primary_key=True),
    Column("value", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
    CheckConstraint("value BETWEEN 1 AND 5", name="value"),
)

# That a person answered, for 30 days, so that each person answers once.
poll_taken = Table(
    "poll_taken",
    metadata,
    Column("id", Id, primary_key=True),
    Column("broadcast_id", ForeignKey("broadcast.id", ondelete="CASCADE"), nullable=False),
    Column(
        "participant_id",
        ForeignKey("participant.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("at", UtcDateTime, nullable=False),
    Index("uq_poll_taken", "broadcast_id", "participant_id", unique=True),
    Index("ix_poll_taken_at", "at"),
    sqlite_autoincrement=True,  # an id is never reused
)
