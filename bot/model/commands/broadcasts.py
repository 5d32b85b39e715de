"""Commands about broadcasts, corrections and the outcomes of dialogues.

*staff_id* is the member of the staff who acts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class AddBroadcast:
    """Create a draft. *fields* are those of `Broadcast` by name.

    *key* is unique to the form: the same form sent twice makes one draft.
    """

    staff_id: int
    fields: Mapping[str, Any]
    key: str = ""


@dataclass(frozen=True, slots=True)
class EditBroadcast:
    """Change fields of a draft; *version* is the one that staff saw."""

    staff_id: int
    broadcast_id: int
    version: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CopyBroadcast:
    """Create a draft with the fields of another broadcast."""

    staff_id: int
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class DropBroadcast:
    """Delete a draft."""

    staff_id: int
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class SubmitBroadcast:
    """Send a draft to its approval."""

    staff_id: int
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class ApproveBroadcast:
    """Approve what a leader has read: *version* is the one on the page.

    *let_stand* is the leader's reason to keep what a check stops (row 9, HR-19).
    """

    staff_id: int
    broadcast_id: int
    version: int
    let_stand: str = ""


@dataclass(frozen=True, slots=True)
class ReturnBroadcast:
    """Send a broadcast back to its author, with the reason."""

    staff_id: int
    broadcast_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class TestBroadcast:
    """Send a broadcast to the chat that a member of the staff has linked to their account."""

    __test__ = False  # not a class of tests

    staff_id: int
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class PauseBroadcast:
    """Hold what is not sent yet."""

    staff_id: int
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class ResumeBroadcast:
    """Send the rest of a paused broadcast."""

    staff_id: int
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class StopBroadcast:
    """Send no more of it, ever; of a series also no later occurrence."""

    staff_id: int
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class CorrectBroadcast:
    """Propose another text for all who got it and all who get it; a leader approves it."""

    staff_id: int
    broadcast_id: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ApproveCorrection:
    """Approve a correction: every message is edited once.

    *mark* is that of the texts on the page: others are not approved by it. Scripts have none.
    """

    staff_id: int
    broadcast_id: int
    edition: int
    let_stand: str = ""
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class DropCorrection:
    """Withdraw a correction that is not approved."""

    staff_id: int
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class RemindSilent:
    """Ask those again who have not answered, once."""

    staff_id: int
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class ExportBroadcast:
    """Record that staff export the recipients of a broadcast."""

    staff_id: int
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class AnswerBroadcast:
    """Answer a broadcast by the *key* of an option, or in own *words*.

    A later option replaces the option, and later words replace the words; the other part stays.
    """

    person_id: int
    delivery_id: int
    key: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class UndoAnswer:
    """Take back what a person answered last to a broadcast: the option, or the own words."""

    person_id: int
    delivery_id: int
    is_words: bool = False


@dataclass(frozen=True, slots=True)
class GiveOutcomes:
    """Give contributions their outcome; *reasons* by language, needed for "not used"."""

    staff_id: int
    contribution_ids: Sequence[int]
    verdict: str
    decided_by: str
    decided_at: datetime | None = None
    reasons: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class CloseDialogue:
    """Close a dialogue: refused while a contribution has no outcome; each author is told once."""

    staff_id: int
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class AnswerPoll:
    """Answer "did you feel heard?" from 1 to 5; the value is stored without the person."""

    person_id: int
    broadcast_id: int
    value: int
