"""Tables of files, events and seals."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table, Text

from bot.store.tables.base import Id, Json, metadata
from bot.store.types import UtcDateTime

# Pictures without their EXIF data, and documents waiting to be sent to a citizen.
file = Table(
    "file",
    metadata,
    Column("id", Id, primary_key=True),
    Column("mime", String(60), nullable=False),
    Column("name", String(120), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),  # last: SQLite reads past it for later columns
)


# Every act with actor and time; append-only.
event = Table(
    "event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(40), nullable=False),  # staff:3 | citizen | clock | operator
    Column("verb", String(40), nullable=False),
    Column("case_id", BigInteger),
    Column("from_state", String(20)),
    Column("to_state", String(20)),
    Column("reason", Text),
    Column("details", Json, nullable=False),
    Index("ix_event_case_id_id", "case_id", "id"),
    Index("ix_event_actor_id", "actor", "id"),
    sqlite_autoincrement=True,  # an id is never reused
)

# The hash chain that shows whether an event was changed or deleted.
seal = Table(
    "seal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("event_id", BigInteger, nullable=False, unique=True),
    Column("hash", String(64), nullable=False),
    sqlite_autoincrement=True,  # an id is never reused
)
