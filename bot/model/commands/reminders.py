"""Commands about participants, groups and reminders.

*by* is the actor that events record, such as `staff:3`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class AddParticipant:
    """Enter a participant who phoned or visited (HR-27).

    With *is_another* another participant may have the same phone number.
    """

    staff_id: int
    first_name: str
    phone: str
    is_another: bool = False


@dataclass(frozen=True, slots=True)
class EditParticipant:
    """Change the name and phone of a participant who is not in the chat."""

    staff_id: int
    participant_id: int
    first_name: str
    phone: str
    is_another: bool = False


@dataclass(frozen=True, slots=True)
class EndParticipant:
    """Delete the name and phone of a participant who is not in the chat, and ring no more."""

    staff_id: int
    participant_id: int


@dataclass(frozen=True, slots=True)
class RecordCall:
    """Record how a call instead of a message went; *outcome* is of `CallOutcome`.

    *amount* is how much was done, as in `AnswerCheckIn`, where it is a part.
    """

    staff_id: int
    task_id: int
    outcome: str
    words: str = ""
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class AddGroup:
    """Create an association, a firm or a team."""

    staff_id: int
    name: str
    kind: str
    area: str | None = None


@dataclass(frozen=True, slots=True)
class EndGroup:
    """End a group; its reminders end too."""

    staff_id: int
    group_id: int


@dataclass(frozen=True, slots=True)
class JoinGroup:
    """Add a member to a group, or change whether the member is a lead."""

    staff_id: int
    group_id: int
    participant_id: int
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class LeaveGroup:
    """Remove a member of a group."""

    staff_id: int
    group_id: int
    participant_id: int


@dataclass(frozen=True, slots=True)
class GiveRole:
    """Give a participant a role, such as ambassador."""

    staff_id: int
    participant_id: int
    role: str


@dataclass(frozen=True, slots=True)
class EndRole:
    """End a participant's role."""

    staff_id: int
    participant_id: int
    role: str


@dataclass(frozen=True, slots=True)
class SetReminder:
    """Set a reminder for an audience; *rule* and *audience* are JSON."""

    staff_id: int
    texts: Mapping[str, str]
    rule: Mapping[str, Any]
    audience: Mapping[str, Any]
    topic: str
    asks: bool = False
    prepares: bool = False
    let_stand: str | None = None


@dataclass(frozen=True, slots=True)
class EditReminder:
    """Change a reminder of staff; pending messages of the old version are cancelled."""

    staff_id: int
    reminder_id: int
    version: int
    texts: Mapping[str, str]
    rule: Mapping[str, Any]
    audience: Mapping[str, Any]
    topic: str
    asks: bool = False
    prepares: bool = False
    let_stand: str | None = None


@dataclass(frozen=True, slots=True)
class HoldReminder:
    """Pause a reminder, or resume it."""

    by: str
    reminder_id: int
    paused: bool


@dataclass(frozen=True, slots=True)
class EndReminder:
    """End a reminder; what is planned is cancelled."""

    by: str
    reminder_id: int


@dataclass(frozen=True, slots=True)
class ExportReminder:
    """Record that the results of a reminder are exported."""

    staff_id: int
    reminder_id: int


@dataclass(frozen=True, slots=True)
class RemindMe:
    """Set a citizen's reminder to themselves; *rule* is the JSON of a recurrence.

    *plainer* replaces *words* where the citizen left out private details.
    """

    person_id: int
    words: str
    rule: Mapping[str, Any]
    plainer: str | None = None


@dataclass(frozen=True, slots=True)
class RemindGroup:
    """Set a lead's reminder for their group."""

    person_id: int
    group_id: str
    words: str
    rule: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AnswerDelivery:
    """Record a person's answer to a delivery, with the reason in their own words."""

    person_id: int
    delivery_id: int
    answer: str
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Snooze:
    """Send a delivery again later."""

    person_id: int
    delivery_id: int
    until: datetime


@dataclass(frozen=True, slots=True)
class MuteTopic:
    """Send a person no more about a topic; *until* makes it a pause."""

    person_id: int
    topic: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class LiftMute:
    """Send a person messages about a topic again."""

    person_id: int
    topic: str


@dataclass(frozen=True, slots=True)
class SnoozeTo:
    """Send a delivery again at the time of a rule."""

    person_id: int
    delivery_id: int
    rule: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GiveReason:
    """Add a person's reason to the answer that they cannot; None where they gave none."""

    person_id: int
    delivery_id: int
    words: str | None


@dataclass(frozen=True, slots=True)
class PauseUntil:
    """Send a person only answers until the time of a rule."""

    person_id: int
    rule: Mapping[str, Any]
