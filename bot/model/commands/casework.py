"""Commands of staff about cases, from the console."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

LONGEST_PHONE = 40  # characters


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """Make a staff member the owner of a case that has none."""

    staff_id: int
    case_id: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give a case to another owner, with a note for them."""

    staff_id: int
    case_id: int
    to_id: int
    note: str


@dataclass(frozen=True, slots=True)
class WriteNote:
    """Add an internal note."""

    staff_id: int
    case_id: int
    text: str


@dataclass(frozen=True, slots=True)
class LogCall:
    """Add an internal note of a phone call; it ends a promised call."""

    staff_id: int
    case_id: int
    text: str


@dataclass(frozen=True, slots=True)
class MarkCase:
    """Set the marks of a case, never of a person (DOMAIN row 8); marks left out are removed."""

    staff_id: int
    case_id: int
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SortCase:
    """Move a case to another theme or area."""

    staff_id: int
    case_id: int
    theme: str
    area: str | None


@dataclass(frozen=True, slots=True)
class AnswerCase:
    """Answer a case, signed with the first name of the staff member who writes.

    *send_at* schedules the answer. *override* is the reason of a writer who is not the owner,
    *let_stand* a leader's reason for a sentence that talks down; *confirmed* says that the answer
    is no decision (HR-5). *seen* is the id of the last message that the writer has seen: a newer
    one by another person refuses the answer. All messages to citizens have these four.
    *verdict* (of `Verdict`) is the outcome of an idea or a report, *decided_by* who decided it.
    """

    staff_id: int
    case_id: int
    text: str
    send_at: datetime | None = None
    override: str | None = None
    let_stand: str | None = None
    confirmed: bool = False
    seen: int | None = None
    verdict: str | None = None
    decided_by: str | None = None


@dataclass(frozen=True, slots=True)
class WriteCitizen:
    """Send a message that is no answer; the case, its dates and a promised call do not change."""

    staff_id: int
    case_id: int
    text: str
    send_at: datetime | None = None
    override: str | None = None
    let_stand: str | None = None
    confirmed: bool = False
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class AskCitizen:
    """Ask the citizen something; the case's clock is paused until the citizen answers."""

    staff_id: int
    case_id: int
    text: str
    override: str | None = None
    let_stand: str | None = None
    confirmed: bool = False
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class CancelScheduled:
    """Cancel an answer or a message that is scheduled."""

    staff_id: int
    case_message_id: int


@dataclass(frozen=True, slots=True)
class CorrectAnswer:
    """Replace the text of a sent answer or message; both versions are kept."""

    staff_id: int
    case_message_id: int
    text: str
    override: str | None = None
    let_stand: str | None = None
    confirmed: bool = False
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawAnswer:
    """Take back a sent answer or message."""

    staff_id: int
    case_message_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class ExtendCase:
    """Set a later due date, with a reason, before the old one passes (HR-12)."""

    staff_id: int
    case_id: int
    due_on: date
    reason: str
    override: str | None = None
    let_stand: str | None = None
    confirmed: bool = False
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class CloseCase:
    """Close a case without an answer; *words* tell the citizen why.

    *where* names the right place instead (not_us, referred), or the number of the case that this
    one repeats (duplicate_of).
    """

    staff_id: int
    case_id: int
    reason: str
    words: str
    where: str | None = None
    override: str | None = None
    let_stand: str | None = None
    confirmed: bool = False
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class ReopenCase:
    """Reopen a case that had ended."""

    staff_id: int
    case_id: int
    note: str


@dataclass(frozen=True, slots=True)
class EnterCase:
    """Open a case for a person who phoned or came (HR-27). *source* is phone or counter."""

    staff_id: int
    source: str
    kind: str
    name: str
    phone: str | None
    theme: str
    area: str | None
    words: str


@dataclass(frozen=True, slots=True)
class AddWords:
    """Add words of a person who phoned or came to their case."""

    staff_id: int
    case_id: int
    words: str


@dataclass(frozen=True, slots=True)
class ReadCase:
    """Record that a staff member has opened a case."""

    staff_id: int
    case_id: int


@dataclass(frozen=True, slots=True)
class ExportCase:
    """Record that a case was exported for the journal (HR-11)."""

    staff_id: int
    case_id: int


@dataclass(frozen=True, slots=True)
class DoTask:
    """Record that a staff member has dealt with a task."""

    staff_id: int
    task_id: int


@dataclass(frozen=True, slots=True)
class ToldByHand:
    """Record that a citizen was told an answer by phone or at the counter."""

    staff_id: int
    case_message_id: int


@dataclass(frozen=True, slots=True)
class SeeAlerts:
    """Mark a staff member's alerts as seen, up to the alert *until*."""

    staff_id: int
    until: int
