"""Tables of the FAQ and of facts."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, UniqueConstraint, text

from bot.store.tables.base import Id, Json, metadata
from bot.store.types import UtcDateTime

faq = Table(
    "faq",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("body", Json, nullable=False),  # see bot.model.faq
    Column("imported", Json, nullable=False),  # the body as the content file last gave it
    Column("retired", Boolean, nullable=False, server_default=text("false")),
    Column("changed_at", UtcDateTime, nullable=False),
)

# Every version of an entry, including the present one.
faq_version = Table(
    "faq_version",
    metadata,
    Column("id", Id, primary_key=True),
    Column("faq_id", ForeignKey("faq.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Json, nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),  # NULL: the content file
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("faq_id", "version"),
)

# Whether answers helped: counts only, without names.
faq_count = Table(
    "faq_count",
    metadata,
    Column("faq_id", String(20), primary_key=True),
    Column("day", String(10), primary_key=True),  # local date, ISO
    Column("shown", Integer, nullable=False, server_default=text("0")),
    Column("helped", Integer, nullable=False, server_default=text("0")),
    Column("asked_on", Integer, nullable=False, server_default=text("0")),
)

# Small facts by name: the bot's name, the settings registered with Telegram.
fact = Table(
    "fact",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", Json, nullable=False),
)
