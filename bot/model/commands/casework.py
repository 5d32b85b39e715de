"""What staff do with a case, at the console."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

LONGEST_PHONE = 40  # characters


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """A member of the staff takes a case that nobody has."""

    staff_id: int
    case_id: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """A case changes hands, with a note for whoever gets it."""

    staff_id: int
    case_id: int
    to_id: int
    note: str


@dataclass(frozen=True, slots=True)
class WriteNote:
    """A note for the staff alone."""

    staff_id: int
    case_id: int
    text: str


@dataclass(frozen=True, slots=True)
class LogCall:
    """What was said on the phone, for the staff alone; it ends a promised call."""

    staff_id: int
    case_id: int
    text: str


@dataclass(frozen=True, slots=True)
class MarkCase:
    """Marks on a case, never on a person (DOMAIN row 8); those left out are taken off."""

    staff_id: int
    case_id: int
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SortCase:
    """A case belongs to another theme or area than it was taken for."""

    staff_id: int
    case_id: int
    theme: str
    area: str | None


@dataclass(frozen=True, slots=True)
class AnswerCase:
    """The answer, signed with the first name of whoever writes it.

    *send_at* schedules it; *override* is the reason of one who is not the owner, *let_stand* that
    of a leader for a sentence that talks down; *confirmed* says that it is no decision (HR-5).
    """

    staff_id: int
    case_id: int
    text: str
    send_at: datetime | None = None
    override: str | None = None
    let_stand: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class WriteCitizen:
    """A message that is no answer: the case, its dates and a promised call stand as they stood."""

    staff_id: int
    case_id: int
    text: str
    send_at: datetime | None = None
    override: str | None = None
    let_stand: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class AskCitizen:
    """Staff need to know something; the clock stands still until the citizen answers."""

    staff_id: int
    case_id: int
    text: str
    override: str | None = None
    let_stand: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class CancelScheduled:
    """An answer or a message that waits for its time is not to be sent."""

    staff_id: int
    said_id: int


@dataclass(frozen=True, slots=True)
class CorrectAnswer:
    """A sent answer says something else from now on; both versions are kept."""

    staff_id: int
    said_id: int
    text: str
    override: str | None = None
    let_stand: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class WithdrawAnswer:
    """A sent answer is taken back."""

    staff_id: int
    said_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class ExtendCase:
    """A new date, and the reason, before the old one passes (HR-12)."""

    staff_id: int
    case_id: int
    due_on: date
    reason: str
    override: str | None = None
    let_stand: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class CloseCase:
    """A case ends without an answer; the citizen is told *words*.

    *where* names the place that is right instead (not_us, referred), or the number of the case
    that it repeats (duplicate_of).
    """

    staff_id: int
    case_id: int
    reason: str
    words: str
    where: str | None = None
    override: str | None = None
    let_stand: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ReopenCase:
    """A case that had ended goes on."""

    staff_id: int
    case_id: int
    note: str


@dataclass(frozen=True, slots=True)
class EnterCase:
    """A case for one who rang or came (HR-27). *source* is phone or counter."""

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
    """One who rang or came has more to say to a case."""

    staff_id: int
    case_id: int
    words: str


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A member of the staff has opened a case."""

    staff_id: int
    case_id: int


@dataclass(frozen=True, slots=True)
class ExportCase:
    """A case is taken out for the journal (HR-11); that it was is written down."""

    staff_id: int
    case_id: int


@dataclass(frozen=True, slots=True)
class DoTask:
    """A member of the staff has dealt with a task."""

    staff_id: int
    task_id: int


@dataclass(frozen=True, slots=True)
class ToldByHand:
    """Somebody was told an answer by phone or at the counter."""

    staff_id: int
    said_id: int


@dataclass(frozen=True, slots=True)
class SeeAlerts:
    """A member of the staff has looked at their alerts, up to one of them."""

    staff_id: int
    until: int
