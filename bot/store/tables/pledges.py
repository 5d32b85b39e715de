"""Tables of pledges, their catalogue and campaigns, and of the ledger of outcomes."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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

LIVE = "state IN ('signed', 'active', 'paused')"
TO_READ = f"approval = 'waits' AND visibility <> 'private' AND {LIVE}"

catalogue_entry = Table(
    "catalogue_entry",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(20), unique=True),  # of the town's content file
    Column("title", String(120), nullable=False),  # the Danish one, for lists of staff
    Column("titles", Json, nullable=False),
    Column("texts", Json, nullable=False),
    Column("theme", String(40), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("rhythm", String(10), nullable=False),
    Column("measure", String(20)),
    Column("amount", BigInteger, nullable=False),
    Column("season", Json, nullable=False),
    Column("asks_on", String(5)),
    Column("who", Json),
    Column("thanks", Json),
    Column("doing", Json),
    Column("steps", Json),
    Column("because", Json),
    Column("factor", Json),
    Column("words", Json, nullable=False),
    Column("state", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint("state IN ('draft', 'published', 'retired')", name="state"),
    CheckConstraint("kind IN ('level', 'count')", name="kind"),
    sqlite_autoincrement=True,  # an id is never reused
)

campaign = Table(
    "campaign",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", String(120), nullable=False),  # the Danish one, for lists of staff
    Column("titles", Json, nullable=False),
    Column("texts", Json, nullable=False),
    Column("theme", String(40), nullable=False),
    Column("target", Integer, nullable=False),
    Column("deadline", Date, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("rhythm", String(10), nullable=False),
    Column("measure", String(20)),
    Column("amount", BigInteger, nullable=False),
    Column("area", String(40)),
    Column("state", String(14), nullable=False),
    Column("reason", Text),
    Column("reasons", Json),
    Column("text_hash", String(64)),
    Column("proposer_id", ForeignKey("participant.id", ondelete="SET NULL"), index=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("authors", Json, nullable=False),
    Column("approved_by", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("previous_id", ForeignKey("campaign.id", ondelete="RESTRICT")),
    Column("catalogue_id", ForeignKey("catalogue_entry.id", ondelete="RESTRICT")),
    Column("counter", Json),
    Column("counter_staff_id", ForeignKey("staff.id", ondelete="RESTRICT")),
    Column("counter_on", Date),
    Column("counter_state", String(10)),
    Column("counter_words", Json),
    Column("extended_from", Date),
    Column("extended_why", Text),
    Column("result", Json),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime),
    Column("activated_at", UtcDateTime),
    Column("followed_up_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint(
        "state IN ('draft', 'in_review', 'open', 'activated', 'follow_up', 'completed', "
        "'expired_unmet', 'cancelled')",
        name="state",
    ),
    CheckConstraint("target > 0", name="target"),
    Index("ix_campaign_state", "state", "id"),
    sqlite_autoincrement=True,  # an id is never reused
)

# The counts of an erased person's pledge stay; so the participant may be gone.
pledge = Table(
    "pledge",
    metadata,
    Column("id", Id, primary_key=True),
    Column("participant_id", ForeignKey("participant.id", ondelete="SET NULL")),
    Column("state", String(10), nullable=False),
    Column("words", Text, nullable=False),
    Column("theme", String(40), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("rhythm", String(10), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("measure", String(20)),
    Column("amount", BigInteger, nullable=False),
    Column("season", Json, nullable=False),
    Column("catalogue_id", ForeignKey("catalogue_entry.id", ondelete="RESTRICT"), index=True),
    Column("campaign_id", ForeignKey("campaign.id", ondelete="RESTRICT")),
    Column("group_id", ForeignKey("groups.id", ondelete="SET NULL"), index=True),
    Column("area", String(40)),
    Column("visibility", String(8), nullable=False),
    Column("approval", String(8), nullable=False, server_default="waits"),
    Column("approval_reason", Text),
    Column("wish", String(12)),
    Column("goal", String(20)),
    Column("goal_words", Text),
    Column("plan", Json),
    Column("source", String(8), nullable=False),
    Column("link_id", BigInteger),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("activated_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint(
        "state IN ('signed', 'active', 'paused', 'kept', 'stopped', 'withdrawn', 'released', "
        "'already')",
        name="state",
    ),
    CheckConstraint("kind IN ('level', 'count')", name="kind"),
    CheckConstraint("amount >= 0", name="amount"),
    Index(
        "ix_pledge_to_read",
        "id",
        postgresql_where=text(TO_READ),
        sqlite_where=text(TO_READ),
    ),
    Index("ix_pledge_participant_id", "participant_id", "id"),
    Index("ix_pledge_campaign_id", "campaign_id", "state"),
    Index("ix_pledge_state", "state", "id"),
    Index(
        "uq_pledge_signature_live",
        "campaign_id",
        "participant_id",
        unique=True,
        postgresql_where=text(f"campaign_id IS NOT NULL AND {LIVE}"),
        sqlite_where=text(f"campaign_id IS NOT NULL AND {LIVE}"),
    ),
    sqlite_autoincrement=True,  # an id is never reused
)

check_in = Table(
    "check_in",
    metadata,
    Column("id", Id, primary_key=True),
    Column("pledge_id", ForeignKey("pledge.id", ondelete="CASCADE"), nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("answer", String(8), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    UniqueConstraint("pledge_id", "asked_on"),
    CheckConstraint("answer IN ('done', 'partly', 'not')", name="answer"),
    CheckConstraint("amount >= 0", name="amount"),
    sqlite_autoincrement=True,  # an id is never reused
)

# Every change of the totals; rows are only added.
ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("id", Id, primary_key=True),
    Column("pledge_id", ForeignKey("pledge.id", ondelete="CASCADE"), nullable=False),
    Column("what", String(12), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_ledger_entry_pledge_id", "pledge_id", "id"),
    sqlite_autoincrement=True,  # an id is never reused
)

# The totals as the public sees them: those of the last night.
pledge_snapshot = Table(
    "pledge_snapshot",
    metadata,
    Column("day", Date, primary_key=True),
    Column("content", Json, nullable=False),
    Column("parts", Json),  # from which the next one is computed; of the newest one alone
    Column("at", UtcDateTime, nullable=False),
)

outcome = Table(
    "outcome",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("title", String(120), nullable=False),
    Column("theme", String(40), nullable=False),
    Column("staff_id", ForeignKey("staff.id", ondelete="RESTRICT"), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("summaries", Json, nullable=False),
    Column("state", String(8), nullable=False),
    Column("texts", Json),
    Column("decided_by", String(120)),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint("state IN ('open', 'answered')", name="state"),
    Index("ix_outcome_state", "state", "id"),
    sqlite_autoincrement=True,  # an id is never reused
)

contribution = Table(
    "contribution",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("subject_kind", String(16), nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("participant_id", ForeignKey("participant.id", ondelete="SET NULL"), index=True),
    Column("theme", String(40), nullable=False),
    Column("key", String(20)),
    Column("words", Text),
    Column("campaign_id", ForeignKey("campaign.id", ondelete="RESTRICT"), index=True),
    Column("outcome_id", ForeignKey("outcome.id", ondelete="SET NULL"), index=True),
    Column("verdict", String(8)),
    Column("reasons", Json),
    Column("decided_by", String(120)),
    Column("decided_at", UtcDateTime),
    Column("told_at", UtcDateTime),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_contribution_subject", "subject_kind", "subject_id", "id"),
    Index(
        "ix_contribution_ungrouped",
        "id",
        postgresql_where=text("outcome_id IS NULL"),
        sqlite_where=text("outcome_id IS NULL"),
    ),
    sqlite_autoincrement=True,  # an id is never reused
)
