"""Tables of cases, threads, attachments, alerts and questions."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
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

# Questions that are not part of a case yet: each becomes a case or is deleted (HR-28).
question = Table(
    "question",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("theme", String(20), nullable=False),
    Column("language", String(8), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    Column("sent_at", UtcDateTime, nullable=False),  # as Telegram says
    Column("faq_id", String(20)),  # the entry that answered it, if any
    sqlite_autoincrement=True,  # an id is never reused
)

# Questions without an answer, stored without their author, for the editors of the FAQ.
missed = Table(
    "missed",
    metadata,
    Column("id", Id, primary_key=True),
    Column("words", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("near", Json, nullable=False),  # ids of entries that may have been meant
    Column("at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Index(
        "ix_missed_open",
        "id",
        postgresql_where=text("done_at IS NULL"),
        sqlite_where=text("done_at IS NULL"),
    ),
)

# Plural, because "case" is a reserved word in SQL.
cases = Table(
    "cases",
    metadata,
    Column("id", Id, primary_key=True),  # the public number is id + 1000
    Column("person_id", ForeignKey("person.id", ondelete="SET NULL"), index=True),
    Column("source", String(10), nullable=False),  # telegram | phone | counter
    Column("kind", String(12), nullable=False),  # see bot.model.case
    Column("theme", String(20), nullable=False),
    Column("area", String(40)),
    Column("language", String(8), nullable=False),
    Column("title", String(120), nullable=False),
    Column("asker_name", String(80)),
    Column("asker_phone", String(40)),
    Column("conversation_id", BigInteger, unique=True),  # the flow that opened it
    Column("state", String(20), nullable=False),
    Column("live", Boolean, nullable=False),  # staff must act, or wait for the citizen
    Column("close_reason", String(20)),
    Column("merged_into", BigInteger, index=True),  # the case that this one repeats
    Column("owner_id", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("contact", String(80), nullable=False),  # the first name shown to the citizen
    Column("received_at", UtcDateTime, nullable=False),
    Column("working_days", Integer, nullable=False),
    Column("due_on", Date, nullable=False),  # the staff's deadline
    Column("told_on", Date, nullable=False),  # the date the citizen knows
    Column("clock_at", UtcDateTime, nullable=False),  # alarms due until then have been processed
    Column("call_by", UtcDateTime),  # staff are to call the citizen by then
    Column("waiting_since", UtcDateTime),  # since when a question to the citizen is open
    Column("answered_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("episode", Integer, nullable=False, server_default=text("0")),  # surveyed answers
    Column("marks", Json, nullable=False),
    Column("no_promo", Boolean, nullable=False, server_default=text("false")),
    Column("read_at", UtcDateTime),
    Column("read_by", String(80)),
    Column("acted_at", UtcDateTime),  # the last act of a member of the staff
    Column("citizen_at", UtcDateTime, nullable=False),  # the last time the citizen wrote
    Column("touched_at", UtcDateTime, nullable=False),
    CheckConstraint(
        "state IN ('new', 'open', 'awaiting_citizen', 'answered', 'resolved', 'closed')",
        name="state",
    ),
    Index(
        "ix_cases_live_due",
        "due_on",
        "id",
        postgresql_where=text("live"),
        sqlite_where=text("live"),
    ),
    Index(
        "ix_cases_live_owner",
        "owner_id",
        "due_on",
        "id",
        postgresql_where=text("live"),
        sqlite_where=text("live"),
    ),
    Index("ix_cases_state_id", "state", "id"),
    Index("ix_cases_kind_id", "kind", "id"),
    Index("ix_cases_theme_id", "theme", "id"),
    Index("ix_cases_area_id", "area", "id"),
    Index(
        "ix_cases_marked",
        "id",
        postgresql_where=text("marks <> '[]'"),
        sqlite_where=text("marks <> '[]'"),
    ),
    Index(
        "ix_cases_call_by",
        "call_by",
        "id",
        postgresql_where=text("call_by IS NOT NULL"),
        sqlite_where=text("call_by IS NOT NULL"),
    ),
    sqlite_autoincrement=True,  # a number is never reused
)

# The thread of a case: messages of the citizen; answers, queries and notes of staff.
case_message = Table(
    "case_message",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(12), nullable=False),  # see bot.model.case
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("signed", String(80)),  # the first name it is signed with
    Column("text", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("state", String(12), nullable=False),  # kept | scheduled | queued | sent | failed | ...
    Column("at", UtcDateTime, nullable=False),
    Column("send_at", UtcDateTime),
    Column("chat_id", BigInteger),
    Column("message_id", BigInteger),  # Telegram's
    Column("album", String(40)),  # Telegram's media_group_id
    Column("told_as", String(12), key="notification"),  # its kind: see bot.runner.notifications
    Column("copy_of", BigInteger, index=True),  # the message it repeats for another citizen
    Index("ix_case_message_case_id_id", "case_id", "id"),
    sqlite_autoincrement=True,  # an id is never reused
)

# Earlier texts of changed messages.
case_version = Table(
    "case_version",
    metadata,
    Column("id", Id, primary_key=True),
    Column("message_id", ForeignKey("case_message.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),  # who changed it
    Column("at", UtcDateTime, nullable=False),  # when it was changed
    UniqueConstraint("message_id", "version"),
)

# The case of a message in a chat, so that replies to it and edits of it find the case.
case_link = Table(
    "case_link",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column(
        "said_id",
        ForeignKey("case_message.id", ondelete="CASCADE"),
        key="case_message_id",
        index=True,
    ),
)

# A picture or a place; before the case exists it belongs to the conversation that will open it.
attachment = Table(
    "attachment",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), index=True),
    Column("conversation_id", BigInteger, index=True),
    Column("person_id", ForeignKey("person.id", ondelete="SET NULL")),
    Column("kind", String(12), nullable=False),  # photo | place
    Column("file_id", ForeignKey("file.id", ondelete="CASCADE"), index=True),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("at", UtcDateTime, nullable=False),
)

# An alert to a member of the staff; one for each subject, kind and occasion.
alert = Table(
    "alert",
    metadata,
    Column("id", Id, primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    # The previous release writes case_id alone.
    Column("subject_kind", String(20), nullable=False, server_default=text("'case'")),
    Column("subject_id", BigInteger),
    # Set where the subject is a case: deleting the case then deletes its alerts.
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), index=True),
    Column("kind", String(20), nullable=False),
    Column("occasion", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime),
    UniqueConstraint("staff_id", "case_id", "kind", "occasion"),
    Index(
        "uq_alert_subject",
        "staff_id",
        "subject_kind",
        "subject_id",
        "kind",
        "occasion",
        unique=True,
    ),
    Index("ix_alert_staff_id_id", "staff_id", "id"),
    Index(
        "ix_alert_unseen",
        "staff_id",
        "id",
        postgresql_where=text("seen_at IS NULL"),
        sqlite_where=text("seen_at IS NULL"),
    ),
)

# Staff who have a case open or write in it, and their drafts. Real time.
presence = Table(
    "presence",
    metadata,
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("writing_at", UtcDateTime),
    Column("draft", Text),
)

# With the "C" collation, an index finds words by their beginning; local collations do not allow it.
Term = String(60).with_variant(String(60, collation="C"), "postgresql")
# The words of threads: a search index that works on both databases.
case_term = Table(
    "case_term",
    metadata,
    Column("term", Term, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
