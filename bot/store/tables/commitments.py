"""Tables of participants, groups, reminders, deliveries, links and what people have muted."""

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
    Text,
    UniqueConstraint,
    text,
)

from bot.store.tables.base import Id, Json, metadata
from bot.store.types import UtcDateTime

# A citizen in the chat has one; so has each person that staff entered by name and phone.
participant = Table(
    "participant",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), unique=True),
    Column("first_name", String(80), nullable=False),
    Column("phone", String(40)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("ended_at", UtcDateTime),
    Column("name_refused", Text),  # why staff do not show the name to everybody
    sqlite_autoincrement=True,  # an id is never reused
)

participant_role = Table(
    "participant_role",
    metadata,
    Column("id", Id, primary_key=True),
    Column("participant_id", ForeignKey("participant.id", ondelete="CASCADE"), nullable=False),
    Column("role", String(20), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("given_by", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("ended_at", UtcDateTime),
    Index(
        "uq_participant_role_live",
        "participant_id",
        "role",
        unique=True,
        postgresql_where=text("ended_at IS NULL"),
        sqlite_where=text("ended_at IS NULL"),
    ),
    Index("ix_participant_role_role", "role", "participant_id"),
)

# Plural, because "group" is a reserved word in SQL.
groups = Table(
    "groups",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("area", String(40)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    sqlite_autoincrement=True,  # an id is never reused
)

group_member = Table(
    "group_member",
    metadata,
    Column("group_id", ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "participant_id",
        ForeignKey("participant.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    Column("is_lead", Boolean, nullable=False),
    Column("since", UtcDateTime, nullable=False),
)

reminder = Table(
    "reminder",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", String(120), nullable=False),  # for lists of staff
    Column("texts", Json, nullable=False),  # by language
    Column("rule", Json, nullable=False),  # a recurrence, or an offset from a person's own date
    Column("topic", String(40), nullable=False),  # what "less of this" mutes
    Column("state", String(8), nullable=False),
    Column("version", Integer, nullable=False),
    Column("asks", Boolean, nullable=False),
    Column("prepares", Boolean, nullable=False),
    Column("audience", Json),
    Column("group_id", ForeignKey("groups.id", ondelete="CASCADE"), index=True),
    Column("participant_id", ForeignKey("participant.id", ondelete="CASCADE"), index=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("contact", String(80), nullable=False),  # the first name that signs it
    Column("expanded_to", Date),
    Column("expanding", Json),  # an occurrence that is planned in part
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    CheckConstraint("state IN ('active', 'paused', 'ended')", name="state"),
    Index("ix_reminder_state_id", "state", "id"),
    sqlite_autoincrement=True,  # an id is never reused
)

# Every message that a participant is to get about a commitment, and what became of it.
delivery = Table(
    "delivery",
    metadata,
    Column("id", Id, primary_key=True),
    Column("subject_kind", String(16), nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("occasion", String(40), nullable=False),
    Column("participant_id", ForeignKey("participant.id", ondelete="CASCADE"), nullable=False),
    Column("message_class", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    Column("wanted_at", UtcDateTime, nullable=False),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),
    Column("topic", String(40)),
    Column("event_at", UtcDateTime),
    Column("not_after", UtcDateTime),
    Column("asks", Boolean, nullable=False),
    Column("reason", String(16)),
    Column("sent_at", UtcDateTime),
    Column("message_id", BigInteger),
    Column("answer", String(8)),
    Column("answer_words", Text),
    Column("answered_at", UtcDateTime),
    Column("asked_again_at", UtcDateTime),
    Column("choice", String(20)),  # the option that was tapped
    Column("tapped_at", UtcDateTime),
    UniqueConstraint("subject_kind", "subject_id", "occasion", "participant_id"),
    CheckConstraint(
        "state IN ('planned', 'queued', 'sent', 'phoned', 'skipped', 'expired', 'cancelled')",
        name="state",
    ),
    Index("ix_delivery_participant_id", "participant_id", "planned_at"),
    Index("ix_delivery_subject", "subject_kind", "subject_id", "id"),
    Index("ix_delivery_subject_state", "subject_kind", "subject_id", "state", "planned_at"),
    Index(
        "ix_delivery_planned",
        "planned_at",
        postgresql_where=text("state = 'planned'"),
        sqlite_where=text("state = 'planned'"),
    ),
    sqlite_autoincrement=True,  # an id is never reused
)

# A random token that opens a subject; only its hash is stored.
link = Table(
    "link",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("subject_kind", String(16), nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("opens", String(8), nullable=False),
    Column("label", String(80), nullable=False),  # where staff use it; empty for a feed
    # The owner of a personal link; NULL for a link that staff made.
    Column("participant_id", ForeignKey("participant.id", ondelete="CASCADE"), index=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("opened", Integer, nullable=False),
    Column("started", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    CheckConstraint("opens IN ('chat', 'feed')", name="opens"),
    Index("ix_link_subject", "subject_kind", "subject_id", "id"),
    # The list of staff's links, among many feeds of citizens.
    Index(
        "ix_link_of_staff",
        "id",
        postgresql_where=text("staff_id IS NOT NULL"),
        sqlite_where=text("staff_id IS NOT NULL"),
    ),
    sqlite_autoincrement=True,  # an id is never reused
)

# What a person has muted: one topic, or all topics ("*") in a pause until a date.
mute = Table(
    "mute",
    metadata,
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("topic", String(40), primary_key=True),
    Column("until", UtcDateTime),
    Column("at", UtcDateTime, nullable=False),
)
