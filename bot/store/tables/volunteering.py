"""Tables of opportunities, shifts, sign-ups, invitations, volunteers' profiles and gates."""

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

LIVE = (
    "state IN ('requested', 'waitlisted', 'offered', 'confirmed', 'standin_wanted', 'checked_in')"
)

opportunity = Table(
    "opportunity",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(20), unique=True),  # of an import
    Column("title", String(120), nullable=False),  # the Danish one, for lists of staff
    Column("titles", Json, nullable=False),
    Column("texts", Json, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("takes", Integer, nullable=False),  # minutes
    Column("gains", Json),
    Column("places", Json),
    Column("notes", Json),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("area", String(40)),
    Column("theme", String(40)),
    Column("seats", Integer),
    Column("rule", Json),
    Column("season", Json, nullable=False),
    Column("insurance", String(12)),
    Column("gates", Json, nullable=False),
    Column("languages", Json, nullable=False),
    Column("skills", Json, nullable=False),
    Column("needs", Json, nullable=False),
    Column("approves", Boolean, nullable=False),
    Column("closes_before", Integer, nullable=False),  # minutes
    Column("cancels_before", Integer, nullable=False),  # minutes
    Column("group_id", ForeignKey("groups.id", ondelete="SET NULL"), index=True),
    Column("state", String(8), nullable=False),
    Column("version", Integer, nullable=False),
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("published_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("expanded_to", Date),
    Column("changed_at", UtcDateTime, nullable=False),  # of the row, or of one of its shifts
    CheckConstraint("state IN ('draft', 'open', 'paused', 'ended')", name="state"),
    Index("ix_opportunity_state", "state", "id"),
    Index("ix_opportunity_changed_at", "changed_at"),
    sqlite_autoincrement=True,  # an id is never reused
)

# A contact is staff (alerts and e-mail) or a participant (messages).
opportunity_contact = Table(
    "opportunity_contact",
    metadata,
    Column("id", Id, primary_key=True),
    Column("opportunity_id", ForeignKey("opportunity.id", ondelete="CASCADE"), nullable=False),
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("participant_id", ForeignKey("participant.id", ondelete="CASCADE"), index=True),
    UniqueConstraint("opportunity_id", "staff_id"),
    UniqueConstraint("opportunity_id", "participant_id"),
    CheckConstraint("(staff_id IS NULL) <> (participant_id IS NULL)", name="one_of_both"),
)

shift = Table(
    "shift",
    metadata,
    Column("id", Id, primary_key=True),
    Column("opportunity_id", ForeignKey("opportunity.id", ondelete="CASCADE"), nullable=False),
    Column("occasion", String(20), nullable=False),  # the day of the rule, or one of its own
    Column("begins_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("seats", Integer),
    Column("places", Json),
    Column("state", String(10), nullable=False),
    Column("reason", Text),
    Column("reasons", Json),
    Column("before", Json),  # begin and place before the last change that is asked about
    Column("version", Integer, nullable=False),
    Column("code", String(20)),  # to check in
    Column("unnamed", Integer, nullable=False, server_default="0"),
    Column("unnamed_marks", Json),  # each fits many people; erased a day after the shift
    UniqueConstraint("opportunity_id", "occasion"),
    CheckConstraint("state IN ('planned', 'cancelled')", name="state"),
    Index("ix_shift_begins_at", "begins_at"),
    Index("ix_shift_code", "code"),
    Index("ix_shift_opportunity_id_begins_at", "opportunity_id", "begins_at"),
    sqlite_autoincrement=True,  # an id is never reused
)

signup = Table(
    "signup",
    metadata,
    Column("id", Id, primary_key=True),
    Column("opportunity_id", ForeignKey("opportunity.id", ondelete="CASCADE"), nullable=False),
    Column("shift_id", ForeignKey("shift.id", ondelete="CASCADE")),
    Column("participant_id", ForeignKey("participant.id", ondelete="CASCADE"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("source", String(12), nullable=False),
    Column("queued_at", UtcDateTime),
    Column("offered_until", UtcDateTime),
    Column("says_coming_at", UtcDateTime),
    Column("handled_by", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("due_at", UtcDateTime),
    Column("replaces", BigInteger),  # the sign-up whose place it took
    Column("reason", Text),
    Column("reasons", Json),
    Column("written", Text),  # what staff wrote last, and who did
    Column("written_by", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("objection", Text),  # of the volunteer, to a mark
    Column("minutes", Integer),
    Column("rating", String(8)),  # how the volunteer says that it went
    Column("feedback", Text),  # in their words
    Column("needs", Json),
    Column("invitation_id", BigInteger),
    Column("disputed_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index(
        "uq_signup_shift_live",
        "shift_id",
        "participant_id",
        unique=True,
        postgresql_where=text(f"shift_id IS NOT NULL AND {LIVE}"),
        sqlite_where=text(f"shift_id IS NOT NULL AND {LIVE}"),
    ),
    Index(
        "uq_signup_agreement_live",
        "opportunity_id",
        "participant_id",
        unique=True,
        postgresql_where=text(f"shift_id IS NULL AND {LIVE}"),
        sqlite_where=text(f"shift_id IS NULL AND {LIVE}"),
    ),
    Index("ix_signup_shift_id", "shift_id", "state"),
    Index("ix_signup_participant_id", "participant_id", "id"),
    Index("ix_signup_opportunity_id", "opportunity_id", "state"),
    Index(
        "ix_signup_due_at",
        "due_at",
        postgresql_where=text("due_at IS NOT NULL"),
        sqlite_where=text("due_at IS NOT NULL"),
    ),
    Index(
        "ix_signup_invitation_id",
        "invitation_id",
        postgresql_where=text("invitation_id IS NOT NULL"),
        sqlite_where=text("invitation_id IS NOT NULL"),
    ),
    sqlite_autoincrement=True,  # an id is never reused
)

# Set by staff, or by the lead of a group. The table `invitation` is about accounts of staff.
volunteer_invitation = Table(
    "volunteer_invitation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("opportunity_id", ForeignKey("opportunity.id", ondelete="CASCADE"), nullable=False),
    Column("shift_id", ForeignKey("shift.id", ondelete="CASCADE"), index=True),
    Column("texts", Json, nullable=False),
    Column("audience", Json, nullable=False),
    Column("quota", Integer, nullable=False),
    Column("topic", String(40), nullable=False),
    Column("contact", String(80), nullable=False),
    Column("shortage", Boolean, nullable=False),
    Column("state", String(8), nullable=False),
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("participant_id", ForeignKey("participant.id", ondelete="CASCADE"), index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    CheckConstraint("state IN ('open', 'filled', 'ended')", name="state"),
    CheckConstraint("(staff_id IS NULL) <> (participant_id IS NULL)", name="one_of_both"),
    CheckConstraint("quota > 0", name="quota"),
    Index("ix_volunteer_invitation_opportunity_id", "opportunity_id", "id"),
    sqlite_autoincrement=True,  # an id is never reused
)

profile = Table(
    "profile",
    metadata,
    Column("participant_id", ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True),
    Column("interests", Json),
    Column("times", Json),
    Column("area", String(40)),
    Column("languages", Json),
    Column("skills", Json),
    Column("phone", String(40)),
    Column("over_15", Boolean),
    Column("wish", String(12)),
    Column("changed_at", UtcDateTime),
)

gate_check = Table(
    "gate_check",
    metadata,
    Column("participant_id", ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True),
    Column("gate", String(16), primary_key=True),
    Column("state", String(8), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("ordered_at", UtcDateTime),
    Column("recheck_on", Date),
    CheckConstraint("state IN ('wanted', 'ordered', 'open', 'refused')", name="state"),
)
