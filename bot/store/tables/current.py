"""Tables of inbox, outbox, cards and timers."""

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
    UniqueConstraint,
    text,
)

from bot.store.tables.base import Id, Json, metadata
from bot.store.types import UtcDateTime

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", String(40), nullable=False),  # telegram:<bot id> | timer | outcome
    Column("key", String(80), nullable=False),  # update_id | timer id + fence | outbox id
    Column("lane", String(80), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("payload", Json, nullable=False),  # redacted; {} once done
    Column("received_at", UtcDateTime, nullable=False),
    Column("done", Boolean, nullable=False, server_default=text("false")),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("failed", Boolean, nullable=False, server_default=text("false")),
    Column("done_at", UtcDateTime),
    UniqueConstraint("source", "key"),
    Index(
        "ix_inbox_undone_lane",
        "lane",
        "id",
        postgresql_where=text("NOT done"),
        sqlite_where=text("NOT done"),
    ),
    Index(
        "ix_inbox_undone_order",
        "priority",
        "id",
        postgresql_where=text("NOT done"),
        sqlite_where=text("NOT done"),
    ),
    Index("ix_inbox_done_at", "done_at", postgresql_where=text("done"), sqlite_where=text("done")),
    sqlite_autoincrement=True,  # an id is never reused
)

# The first half of a number that may become a CPR number with the next message (HR-1).
split_cpr = Table(
    "cpr_half",
    metadata,
    Column("lane", String(80), primary_key=True),
    Column("update_key", String(80), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
)

# Updates whose danger reply the intake sent itself (HR-29), so that it is not sent twice.
danger_reply = Table(
    "danger_reply",
    metadata,
    Column("source", String(40), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)


timer = Table(
    "timer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("lane", String(80), nullable=False),
    Column("fence", Integer, nullable=False),
    Column("due_at", UtcDateTime),  # NULL: fired or cancelled
    UniqueConstraint("kind", "subject"),
    Index(
        "ix_timer_due",
        "due_at",
        postgresql_where=text("due_at IS NOT NULL"),
        sqlite_where=text("due_at IS NOT NULL"),
    ),
    sqlite_autoincrement=True,  # an id is never reused, so a fired row stays stale
)

card = Table(
    "card",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("message_id", BigInteger),
    Column("shown_hash", String(64)),
    Column("shown_at", UtcDateTime),
    UniqueConstraint("chat_id", "kind", "subject"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(12), nullable=False, server_default=text("'telegram'")),
    Column("chat_id", BigInteger, nullable=False),
    Column("lane", String(80), nullable=False),
    Column("card_id", ForeignKey("card.id", ondelete="CASCADE")),
    Column("method", String(60), nullable=False),
    Column("params", Json, nullable=False),  # {} once sent, so that no citizen's words remain
    Column("priority", Integer, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("not_after", UtcDateTime),
    Column("quiet", Boolean, nullable=False, server_default=text("false")),
    # Whether the row was due when it was written or when the courier last looked.
    Column("ripe", Boolean, key="due", nullable=False, server_default=text("false")),
    Column("then", Json, key="on_result"),  # returned with the outcome, in an inbox row of the lane
    Column("state", String(10), nullable=False, server_default=text("'pending'")),
    Column("lease_until", UtcDateTime),
    Column("epoch", Integer),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("ambiguous", Integer, nullable=False, server_default=text("0")),
    Column("error", Text),  # Telegram's error message, never a citizen's words
    Column("message_id", BigInteger),
    Column("created_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    CheckConstraint("state IN ('pending', 'claimed', 'sent', 'failed', 'expired')", name="state"),
    Index(
        "ix_outbox_open_chat",
        "chat_id",
        "priority",
        "id",
        postgresql_where=text("state IN ('pending', 'claimed')"),
        sqlite_where=text("state IN ('pending', 'claimed')"),
    ),
    Index(
        "ix_outbox_ripe_order",
        "priority",
        "id",
        postgresql_where=text("state = 'pending' AND ripe"),
        sqlite_where=text("state = 'pending' AND ripe"),
    ),
    Index(
        "ix_outbox_unripe",
        "not_before",
        postgresql_where=text("state = 'pending' AND NOT ripe"),
        sqlite_where=text("state = 'pending' AND NOT ripe"),
    ),
    Index(
        "ix_outbox_pending_lane",
        "lane",
        postgresql_where=text("state = 'pending'"),
        sqlite_where=text("state = 'pending'"),
    ),
    Index(
        "ix_outbox_claimed",
        "epoch",
        postgresql_where=text("state = 'claimed'"),
        sqlite_where=text("state = 'claimed'"),
    ),
    Index(
        "uq_outbox_card_pending",
        "card_id",
        unique=True,
        postgresql_where=text("state = 'pending' AND card_id IS NOT NULL"),
        sqlite_where=text("state = 'pending' AND card_id IS NOT NULL"),
    ),
    Index(
        "ix_outbox_done_at",
        "done_at",
        postgresql_where=text("done_at IS NOT NULL"),
        sqlite_where=text("done_at IS NOT NULL"),
    ),
    sqlite_autoincrement=True,  # an id is never reused
)
