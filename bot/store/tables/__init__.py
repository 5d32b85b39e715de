"""All tables of the database."""

from __future__ import annotations

from bot.store.tables.base import metadata
from bot.store.tables.cases import (
    alert,
    attachment,
    case_link,
    case_message,
    case_term,
    case_version,
    cases,
    missed,
    presence,
    question,
)
from bot.store.tables.citizen import consent, conversation, person, wish
from bot.store.tables.commitments import (
    delivery,
    group_member,
    groups,
    link,
    mute,
    participant,
    participant_role,
    reminder,
)
from bot.store.tables.current import card, danger_reply, inbox, outbox, split_cpr, timer
from bot.store.tables.record import event, file, seal
from bot.store.tables.staff import invitation, sign_in_try, staff, staff_session, task
from bot.store.tables.town import fact, faq, faq_count, faq_version
from bot.store.tables.volunteering import (
    gate_check,
    opportunity,
    opportunity_contact,
    profile,
    shift,
    signup,
    volunteer_invitation,
)

__all__ = [
    "alert",
    "attachment",
    "card",
    "case_link",
    "case_message",
    "case_term",
    "case_version",
    "cases",
    "consent",
    "conversation",
    "danger_reply",
    "delivery",
    "event",
    "fact",
    "faq",
    "faq_count",
    "faq_version",
    "file",
    "gate_check",
    "group_member",
    "groups",
    "inbox",
    "invitation",
    "link",
    "metadata",
    "missed",
    "mute",
    "opportunity",
    "opportunity_contact",
    "outbox",
    "participant",
    "participant_role",
    "person",
    "presence",
    "profile",
    "question",
    "reminder",
    "seal",
    "shift",
    "sign_in_try",
    "signup",
    "split_cpr",
    "staff",
    "staff_session",
    "task",
    "timer",
    "volunteer_invitation",
    "wish",
]
