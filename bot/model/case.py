"""A case: a citizen's request to the town, and its state (DOMAIN 5 C)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

FIRST_NUMBER = 1000  # added to an id, so that no citizen gets case number 1
LONGEST_TITLE = 80


class CaseState(StrEnum):
    """The state of a case."""

    NEW = "new"  # without an owner
    OPEN = "open"
    WAITING = "awaiting_citizen"  # the clock is paused
    ANSWERED = "answered"
    RESOLVED = "resolved"  # set by the citizen's verdict alone
    CLOSED = "closed"


# Staff still have to act, or wait for the citizen.
LIVE = frozenset({CaseState.NEW, CaseState.OPEN, CaseState.WAITING})


class CaseKind(StrEnum):
    """What a case is about."""

    QUESTION = "question"
    REPORT = "report"
    IDEA = "idea"
    COMPLAINT = "complaint"
    ACCESS = "access"
    CALL = "call"


# No timer ever closes these (HR-16, DOMAIN 5 C).
NEVER_TIMED_OUT = frozenset({CaseKind.COMPLAINT, CaseKind.ACCESS})


class MessageKind(StrEnum):
    """The kind of a message in a thread."""

    ASKED = "asked"  # by the citizen
    ANSWER = "answer"
    QUERY = "query"  # staff ask the citizen something
    MESSAGE = "message"  # staff write to the citizen; the case's state does not change
    NOTICE = "notice"  # a new date, a close with its reason
    NOTE = "note"  # internal; never sent to the citizen
    HANDOVER = "handover"  # an internal note, written when a case gets another owner
    CALL = "call"  # an internal note of a phone call


INTERNAL = frozenset({MessageKind.NOTE, MessageKind.HANDOVER, MessageKind.CALL})
TO_CITIZEN = frozenset(
    {MessageKind.ANSWER, MessageKind.QUERY, MessageKind.MESSAGE, MessageKind.NOTICE}
)


class DeliveryState(StrEnum):
    """The delivery state of a message in a thread."""

    KEPT = "kept"  # not to be sent
    SCHEDULED = "scheduled"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    BY_HAND = "by_hand"  # staff tell it by phone or at the counter
    WITHDRAWN = "withdrawn"


class CloseReason(StrEnum):
    """Why a case was closed without the citizen's word that it is solved."""

    NO_VERDICT = "no_verdict"
    SILENT = "silent"  # the citizen was asked something and did not answer
    NO_ACTION = "no_action"
    NOT_US = "not_us"
    DUPLICATE = "duplicate_of"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    OUT_OF_SCOPE = "out_of_scope"


# The reasons that staff may choose; the clock alone uses the other two.
BY_STAFF = (
    CloseReason.NO_ACTION,
    CloseReason.NOT_US,
    CloseReason.DUPLICATE,
    CloseReason.REFERRED,
    CloseReason.WITHDRAWN,
    CloseReason.OUT_OF_SCOPE,
)


class CaseMark(StrEnum):
    """The marks of a case; a person is never marked (DOMAIN row 8)."""

    EXPECTATIONS = "high_expectations"
    DEMANDS = "big_demands"
    FEELINGS = "strong_feelings"


@dataclass(frozen=True, slots=True)
class Case:
    """One case. Days are local dates; instants are UTC. *number* is what people are told."""

    id: int
    person_id: int | None
    source: str  # telegram | phone | counter
    kind: CaseKind
    theme: str
    area: str | None
    language: str
    title: str
    asker_name: str | None
    asker_phone: str | None
    conversation_id: int | None
    state: CaseState
    close_reason: str | None
    owner_id: int | None
    contact: str
    received_at: datetime
    working_days: int
    due_on: date
    told_on: date
    citizen_at: datetime
    touched_at: datetime
    clock_at: datetime
    merged_into: int | None = None
    call_by: datetime | None = None
    waiting_since: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    episode: int = 0
    marks: tuple[str, ...] = ()
    no_promo: bool = False
    read_at: datetime | None = None
    read_by: str | None = None
    acted_at: datetime | None = None

    @property
    def number(self) -> int:
        """Return the number without the town's prefix."""
        return self.id + FIRST_NUMBER

    @property
    def live(self) -> bool:
        """Return whether staff still have to act, or wait for the citizen."""
        return self.state in LIVE


@dataclass(frozen=True, slots=True)
class CaseMessage:
    """One message of a thread."""

    id: int
    case_id: int
    kind: MessageKind
    staff_id: int | None
    signed: str | None
    text: str
    version: int
    state: DeliveryState
    at: datetime
    send_at: datetime | None = None
    chat_id: int | None = None
    message_id: int | None = None
    album: str | None = None
    notification: str | None = None
    copy_of: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The chat message that holds a citizen's words; *sent_at* is Telegram's time."""

    chat_id: int
    message_id: int | None
    sent_at: datetime
    album: str | None = None


def title_of(words: str) -> str:
    """Return a case's title in lists: its first words on one line, at most 80 characters."""
    lines = (" ".join(line.split()) for line in words.splitlines())
    line = " – ".join(line for line in lines if line)
    if len(line) <= LONGEST_TITLE:
        return line
    cut = line[: LONGEST_TITLE - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def id_of_number(number: int) -> int:
    """Return the id of the case that people know as *number*."""
    return number - FIRST_NUMBER
