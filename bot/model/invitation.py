"""Invitations to volunteer: some people are asked for a shift, or for a task by agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.model.delivery import Reason

INVITATION = "invitation"  # the subject kind of its deliveries
TOPIC = "invitations"  # of staff; a lead's is the group's own topic
MOST_PLACES = 200
CREDITED_WITHIN = timedelta(days=3)  # a sign-up counts to the invitation before it
RESTS = timedelta(days=14)  # a shortage call leaves out people who were invited within this time
AT_A_TIME = 3  # people that a shortage call asks for each missing place


class InvitationState(StrEnum):
    """The state of an invitation."""

    OPEN = "open"
    FILLED = "filled"  # it opens again where a person who came by it cancels
    ENDED = "ended"


class Reply(StrEnum):
    """What a person answers."""

    YES = "yes"
    NO = "no"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class VolunteerInvitation:
    """One invitation, set by staff, or by the lead of a group (*participant_id*).

    *texts* are the words of who asks, by language. *audience* is JSON. *quota* is how many
    people are wanted. A *shortage* call asks only people who fit and were not asked lately, a
    few at a time. *contact* is the first name of who asks.
    """

    id: int
    opportunity_id: int
    shift_id: int | None
    texts: Mapping[str, str]
    audience: Mapping[str, Any]
    quota: int
    ends_at: datetime
    topic: str = TOPIC
    contact: str = ""
    shortage: bool = False
    state: InvitationState = InvitationState.OPEN
    staff_id: int | None = None
    participant_id: int | None = None
    created_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InvitationResults:
    """What became of an invitation, in numbers of people.

    *asked* have the message; *yes*, *no*, *later* and *silent* divide them. *planned* get it
    soon, *to_ring* are phone tasks, and *not_reached* has the others by reason. *credited*
    signed up; *found* of them have a place or wait for an answer.
    """

    yes: int = 0
    no: int = 0
    later: int = 0
    silent: int = 0
    planned: int = 0
    to_ring: int = 0
    credited: int = 0
    found: int = 0
    not_reached: Mapping[Reason, int] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        """Return the number of people who have the message."""
        return self.yes + self.no + self.later + self.silent
