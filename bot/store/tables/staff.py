"""Tables of staff, sign-in and tasks."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.tables.base import Id, Json, metadata
from bot.store.types import UtcDateTime

staff = Table(
    "staff",
    metadata,
    Column("id", Id, primary_key=True),
    Column("username", String(60), nullable=False, unique=True),  # lower case
    Column("first_name", String(80), nullable=False),  # the signature of answers
    Column("unit", String(80), nullable=False),
    Column("role", String(16), nullable=False),  # see bot.model.staff
    Column("language", String(8), nullable=False),
    Column("themes", Json, nullable=False),  # the keys of the themes they answer for
    Column("head", Boolean, nullable=False, server_default=text("false")),  # of the department
    Column("password_hash", Text),  # argon2; NULL until the invitation is used
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("mail_address", String(254)),  # for e-mail about alerts; NULL for none
    Column("granted", Json, nullable=False, server_default=text("'[]'")),  # permissions by name
)

# A one-time link for choosing a password.
invitation = Table(
    "invitation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

# The session of a browser, signed in or about to be; the key is its cookie's hash. Real time.
staff_session = Table(
    "staff_session",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), index=True),
    Column("data", Json, nullable=False),
    Column("about", String(200), nullable=False),  # the browser's user agent
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)

# Failed sign-ins, by user name and by address. Real time.
sign_in_try = Table(
    "sign_in_try",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(80), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_sign_in_try_key_at", "key", "at"),
)


# Tasks for staff; the console lists them.
task = Table(
    "task",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(40), nullable=False),  # danger | failed_turn
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE")),
    Column("subject", String(80), nullable=False),  # the id of its subject
    Column("at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("done_by", ForeignKey("staff.id", ondelete="RESTRICT")),
    UniqueConstraint("kind", "subject"),
    Index(
        "ix_task_waiting",
        "id",
        postgresql_where=text("done_at IS NULL"),
        sqlite_where=text("done_at IS NULL"),
    ),
)
