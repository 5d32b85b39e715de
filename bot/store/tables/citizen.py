"""Tables of citizens, consents, conversations and wishes."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from bot.store.tables.base import Id, Json, metadata
from bot.store.types import UtcDateTime

person = Table(
    "person",
    metadata,
    Column("id", Id, primary_key=True),
    Column("lane", String(80), nullable=False, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("language", String(8), nullable=False),
    Column("first_name", String(80)),  # from Telegram
    Column("called", String(80)),  # chosen by the citizen
    Column("area", String(40)),
    Column(
        "quiet_from", Integer
    ),  # the citizen's own quiet hours, minutes after midnight, town's zone
    Column("quiet_until", Integer),
    Column("notice_at", UtcDateTime, nullable=False),
    Column("notice_version", Integer, nullable=False),
    Column("reachable", Boolean, nullable=False, server_default=text("true")),
    Column("album", String(40)),  # the last processed album, so that it is answered once
    Column("screen", Json, nullable=False),  # the buttons last shown: [[data, label], ...]
    Column("keyboard_below", Boolean, nullable=False, server_default=text("false")),
    Column("seen_on", Date),  # the last day on which the citizen wrote or tapped a button
    Column("created_at", UtcDateTime, nullable=False),
)

consent = Table(
    "consent",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("purpose", String(60), nullable=False),  # news:<topic>
    Column("text_version", Integer, nullable=False),
    Column("language", String(8), nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Index(
        "uq_consent_live",
        "person_id",
        "purpose",
        unique=True,
        postgresql_where=text("withdrawn_at IS NULL"),
        sqlite_where=text("withdrawn_at IS NULL"),
    ),
)

conversation = Table(
    "conversation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("flow", String(40), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("answers", Json, nullable=False),
    Column("draft", Json),
    Column("state", String(12), nullable=False),  # waiting | paused | ended
    Column("started_at", UtcDateTime, nullable=False),
    Column("touched_at", UtcDateTime, nullable=False),
    Column("nudged", Boolean, nullable=False, server_default=text("false")),
    CheckConstraint("state IN ('waiting', 'paused', 'ended')", name="state"),
    Index(
        "uq_conversation_waiting",
        "person_id",
        unique=True,
        postgresql_where=text("state = 'waiting'"),
        sqlite_where=text("state = 'waiting'"),
    ),
    sqlite_autoincrement=True,  # an id is never reused
)

# A citizen's request for a message when an announced service opens.
wish = Table(
    "wish",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("door", String(40), key="intent", nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
    UniqueConstraint("person_id", "intent"),
)
