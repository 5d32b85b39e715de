"""Cases in the words of those who work on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.calendar import Calendar
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.case import Case, Close, Kind, Mark, Said, Sent, State
from bot.model.caselist import ListedCase

NEAR = 2  # working days before the date from which it is called near (HR-12)

STATES: Mapping[State, Text] = {
    State.NEW: pgettext("case", "Not taken"),
    State.OPEN: pgettext("case", "In progress"),
    State.WAITING: pgettext("case", "Waits for the citizen"),
    State.ANSWERED: pgettext("case", "Answered"),
    State.RESOLVED: pgettext("case", "Solved"),
    State.CLOSED: pgettext("case", "Closed"),
}
KINDS: Mapping[Kind, Text] = {
    Kind.QUESTION: pgettext("case", "Question"),
    Kind.REPORT: pgettext("case", "Report"),
    Kind.IDEA: pgettext("case", "Idea"),
    Kind.COMPLAINT: pgettext("case", "Dissatisfied"),
    Kind.ACCESS: pgettext("case", "Access to documents"),
    Kind.CALL: pgettext("case", "Call"),
}
SOURCES: Mapping[str, Text] = {
    "telegram": _("Wrote in Telegram"),
    "phone": _("Rang us"),
    "counter": _("Came to the counter"),
}
CLOSES: Mapping[Close, Text] = {
    Close.NO_VERDICT: _("The citizen said nothing to the answer"),
    Close.SILENT: _("The citizen did not answer our question"),
    Close.NO_ACTION: _("There is nothing more to do"),
    Close.NOT_US: _("It is not ours"),
    Close.DUPLICATE: _("It repeats another case"),
    Close.REFERRED: _("It is passed on to others"),
    Close.WITHDRAWN: _("The citizen took it back"),
    Close.OUT_OF_SCOPE: _("We cannot help with this"),
}
MARKS: Mapping[Mark, Text] = {
    Mark.EXPECTATIONS: _("High expectations"),
    Mark.DEMANDS: _("Big demands"),
    Mark.FEELINGS: _("Strong feelings"),
}
SAID: Mapping[Said, Text] = {
    Said.ASKED: pgettext("said", "Wrote"),
    Said.ANSWER: pgettext("said", "Answer"),
    Said.QUERY: pgettext("said", "Question to the citizen"),
    Said.MESSAGE: pgettext("said", "Wrote to the citizen"),
    Said.NOTICE: pgettext("said", "Message to the citizen"),
    Said.NOTE: pgettext("said", "Note"),
    Said.HANDOVER: pgettext("said", "Handed over"),
    Said.CALL: pgettext("said", "Phone call"),
}
SENT: Mapping[Sent, Text] = {
    Sent.SCHEDULED: _("Is sent {at}"),
    Sent.QUEUED: _("On its way"),
    Sent.SENT: _("Delivered"),
    Sent.FAILED: _("Not delivered"),
    Sent.BY_HAND: _("To be told by phone or at the counter"),
    Sent.WITHDRAWN: _("Taken back"),
}


class How(StrEnum):
    """How a case stands with its date."""

    LATE = "late"
    NEAR = "near"
    CALM = "calm"
    STILL = "still"  # the clock stands still


@dataclass(frozen=True, slots=True)
class Due:
    """How a case stands with its date, and the words for it."""

    how: How
    words: Text


def due_of(case: Case | ListedCase, calendar: Calendar, now: datetime) -> Due | None:
    """Return how a case stands with its date; None where nobody is to do anything."""
    if not case.live:
        return None
    if case.waiting_since is not None:
        return Due(How.STILL, _("The clock stands still"))
    today = calendar.local(now).date()
    if case.due_on < today:
        late = max(1, calendar.working_days_between(case.due_on, today))
        said = ngettext("{days} working day late", "{days} working days late", "days")
        return Due(How.LATE, said.with_(days=late))
    if case.due_on == today:
        return Due(How.NEAR, _("Due today"))
    left = calendar.working_days_between(today, case.due_on)
    said = ngettext("{days} working day left", "{days} working days left", "days")
    return Due(How.NEAR if left <= NEAR else How.CALM, said.with_(days=left))
