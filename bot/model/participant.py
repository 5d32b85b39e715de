"""Participants: who makes commitments and gets reminders, in the chat or by phone (HR-27)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.i18n import Text, pgettext


class CitizenRole(StrEnum):
    """A role that staff give a participant; roles act in the chat and have no console account."""

    AMBASSADOR = "ambassador"


CITIZEN_ROLE_NAMES: Mapping[CitizenRole, Text] = {
    CitizenRole.AMBASSADOR: pgettext("citizen's role", "Ambassador"),
}


@dataclass(frozen=True, slots=True)
class Participant:
    """A citizen in the chat, or a first name and phone that staff entered.

    A participant without *person_id* is told by phone: messages become tasks for staff.
    *name_refused* says why staff do not show the name to everybody.
    """

    id: int
    person_id: int | None
    first_name: str
    phone: str | None = None
    created_at: datetime | None = None
    created_by: int | None = None
    ended_at: datetime | None = None
    name_refused: str | None = None

    @property
    def is_entered(self) -> bool:
        """Return whether staff entered them, so that staff keep the name and phone."""
        return self.person_id is None and self.ended_at is None


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role of a participant, from *since* until *ended_at*."""

    id: int
    participant_id: int
    role: CitizenRole
    since: datetime
    given_by: int | None = None
    ended_at: datetime | None = None
