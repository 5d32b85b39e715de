"""The console's labels for a case's state, kind, marks, messages and due date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.calendar import Calendar
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.case import (
    Case,
    CaseKind,
    CaseMark,
    CaseState,
    CloseReason,
    DeliveryState,
    MessageKind,
)
from bot.model.caselist import ListedCase

NEAR = 2  # working days left, from which the date is shown as near (HR-12)

STATES: Mapping[CaseState, Text] = {
    CaseState.NEW: pgettext("case", "Not taken"),
    CaseState.OPEN: pgettext("case", "In progress"),
    CaseState.WAITING: pgettext("case", "Waits for the citizen"),
    CaseState.ANSWERED: pgettext("case", "Answered"),
    CaseState.RESOLVED: pgettext("case", "Solved"),
    CaseState.CLOSED: pgettext("case", "Closed"),
}
KINDS: Mapping[CaseKind, Text] = {
    CaseKind.QUESTION: pgettext("case", "Question"),
    CaseKind.REPORT: pgettext("case", "Report"),
    CaseKind.IDEA: pgettext("case", "Idea"),
    CaseKind.COMPLAINT: pgettext("case", "Dissatisfied"),
    CaseKind.ACCESS: pgettext("case", "Access to documents"),
    CaseKind.CALL: pgettext("case", "Call"),
}
SOURCES: Mapping[str, Text] = {
    "telegram": _("Wrote in Telegram"),
    "phone": _("Rang us"),
    "counter": _("Came to the counter"),
}
CLOSES: Mapping[CloseReason, Text] = {
    CloseReason.NO_VERDICT: _("The citizen said nothing to the answer"),
    CloseReason.SILENT: _("The citizen did not answer our question"),
    CloseReason.NO_ACTION: _("There is nothing more to do"),
    CloseReason.NOT_US: _("It is not ours"),
    CloseReason.DUPLICATE: _("It repeats another case"),
    CloseReason.REFERRED: _("It is passed on to others"),
    CloseReason.WITHDRAWN: _("The citizen took it back"),
    CloseReason.OUT_OF_SCOPE: _("We cannot help with this"),
}
MARKS: Mapping[CaseMark, Text] = {
    CaseMark.EXPECTATIONS: _("High expectations"),
    CaseMark.DEMANDS: _("Big demands"),
    CaseMark.FEELINGS: _("Strong feelings"),
}
MESSAGE_KINDS: Mapping[MessageKind, Text] = {
    MessageKind.ASKED: pgettext("said", "Wrote"),
    MessageKind.ANSWER: pgettext("said", "Answer"),
    MessageKind.QUERY: pgettext("said", "Question to the citizen"),
    MessageKind.MESSAGE: pgettext("said", "Wrote to the citizen"),
    MessageKind.NOTICE: pgettext("said", "Message to the citizen"),
    MessageKind.NOTE: pgettext("said", "Note"),
    MessageKind.HANDOVER: pgettext("said", "Handed over"),
    MessageKind.CALL: pgettext("said", "Phone call"),
}
DELIVERY_STATES: Mapping[DeliveryState, Text] = {
    DeliveryState.SCHEDULED: _("Is sent {at}"),
    DeliveryState.QUEUED: _("On its way"),
    DeliveryState.SENT: _("Delivered"),
    DeliveryState.FAILED: _("Not delivered"),
    DeliveryState.BY_HAND: _("To be told by phone or at the counter"),
    DeliveryState.WITHDRAWN: _("Taken back"),
}


class Urgency(StrEnum):
    """How close a case is to its due date."""

    LATE = "late"
    NEAR = "near"
    CALM = "calm"
    STILL = "still"  # the clock is paused while the case waits for the citizen


@dataclass(frozen=True, slots=True)
class Due:
    """How close a case is to its due date, with the text for it."""

    urgency: Urgency
    label: Text


def due_of(case: Case | ListedCase, calendar: Calendar, now: datetime) -> Due | None:
    """Return how close a case is to its due date; None where the case is not live."""
    if not case.live:
        return None
    if case.waiting_since is not None:
        return Due(Urgency.STILL, _("The clock stands still"))
    today = calendar.local(now).date()
    if case.due_on < today:
        late = max(1, calendar.working_days_between(case.due_on, today))
        said = ngettext("{days} working day late", "{days} working days late", "days")
        return Due(Urgency.LATE, said.with_(days=late))
    if case.due_on == today:
        return Due(Urgency.NEAR, _("Due today"))
    left = calendar.working_days_between(today, case.due_on)
    said = ngettext("{days} working day left", "{days} working days left", "days")
    return Due(Urgency.NEAR if left <= NEAR else Urgency.CALM, said.with_(days=left))
