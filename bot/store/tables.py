"""Every table of the house, in the order of the current."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from bot.store.types import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite gives ids by itself only to a column that is exactly INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")
# None is no value at all, not the JSON word for it.
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

# -- what comes in ---------------------------------------------------------

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
    sqlite_autoincrement=True,  # an id is never used again
)

# The first half of a number that may become a CPR number with the next message (HR-1).
cpr_half = Table(
    "cpr_half",
    metadata,
    Column("lane", String(80), primary_key=True),
    Column("update_key", String(80), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
)

# Updates whose danger numbers the intake sent itself (HR-29), so that none is sent twice.
danger_reply = Table(
    "danger_reply",
    metadata,
    Column("source", String(40), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

# -- the citizen -----------------------------------------------------------

person = Table(
    "person",
    metadata,
    Column("id", Id, primary_key=True),
    Column("lane", String(80), nullable=False, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("language", String(8), nullable=False),
    Column("first_name", String(80)),  # as Telegram says it
    Column("called", String(80)),  # as the citizen wants it
    Column("area", String(40)),
    Column(
        "quiet_from", Integer
    ),  # the citizen's own quiet hours, minutes after midnight, town's zone
    Column("quiet_until", Integer),
    Column("notice_at", UtcDateTime, nullable=False),
    Column("notice_version", Integer, nullable=False),
    Column("reachable", Boolean, nullable=False, server_default=text("true")),
    Column("screen", Json, nullable=False),  # the buttons last shown: [[data, label], ...]
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
    sqlite_autoincrement=True,  # an id is never used again
)

# A citizen asked to hear when a room opens.
wish = Table(
    "wish",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("door", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
    UniqueConstraint("person_id", "door"),
)

# What a person on the staff must do; the console lists them.
task = Table(
    "task",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(40), nullable=False),  # danger | failed_turn
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE")),
    Column("subject", String(80), nullable=False),  # what it is about, by id
    Column("at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    UniqueConstraint("kind", "subject"),
)

# -- the town --------------------------------------------------------------

faq = Table(
    "faq",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("body", Json, nullable=False),  # see bot.model.faq
    Column("imported", Json, nullable=False),  # the body as the content file last gave it
    Column("retired", Boolean, nullable=False, server_default=text("false")),
    Column("changed_at", UtcDateTime, nullable=False),
)

# Whether an answer helped: counts only, nobody's name.
faq_count = Table(
    "faq_count",
    metadata,
    Column("faq_id", String(20), primary_key=True),
    Column("day", String(10), primary_key=True),  # local date, ISO
    Column("shown", Integer, nullable=False, server_default=text("0")),
    Column("helped", Integer, nullable=False, server_default=text("0")),
    Column("asked_on", Integer, nullable=False, server_default=text("0")),
)

# Small facts the house remembers: the bot's name, what was registered with Telegram.
fact = Table(
    "fact",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", Json, nullable=False),
)

# -- what goes out ---------------------------------------------------------

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
    sqlite_autoincrement=True,  # an id is never used again: a row that was fired stays stale
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
    Column("params", Json, nullable=False),  # {} once sent: no citizen's words stay behind
    Column("priority", Integer, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("not_after", UtcDateTime),
    Column("quiet", Boolean, nullable=False, server_default=text("false")),
    Column("then", Json),  # given back with the outcome, as an inbox row of the lane
    Column("state", String(10), nullable=False, server_default=text("'pending'")),
    Column("lease_until", UtcDateTime),
    Column("epoch", Integer),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("ambiguous", Integer, nullable=False, server_default=text("0")),
    Column("error", Text),  # Telegram's words, never ours or a citizen's
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
        "ix_outbox_pending_order",
        "priority",
        "id",
        postgresql_where=text("state = 'pending'"),
        sqlite_where=text("state = 'pending'"),
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
    sqlite_autoincrement=True,  # an id is never used again
)
