"""Reminders: the text, the recipients, and when it recurs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

LONGEST_TEXT = 700  # characters
SUBJECT = "reminder"  # the subject kind of its deliveries
# What a stored rule raises that cannot be read or computed; its row must not fail a whole page.
UNREADABLE = (KeyError, TypeError, ValueError, OverflowError)


class ReminderState(StrEnum):
    """The state of a reminder."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder.

    Staff set it for an *audience*; a lead (*participant_id*) of *group_id* sets it for the
    group; a citizen (*participant_id*) sets it for themselves. *texts* are by language, and
    *title* is the beginning of the Danish one. *rule* is the JSON of
    a recurrence, or of an offset from a person's own date. *asks* adds the answer buttons,
    *prepares* says that it prepares an event at its time. *version* counts edits. *expanded_to*
    is the day of the last occurrence whose deliveries are planned; *expanding* is how far the next
    one is.
    """

    id: int
    title: str
    texts: Mapping[str, str]
    rule: Mapping[str, Any]
    topic: str
    state: ReminderState = ReminderState.ACTIVE
    version: int = 1
    asks: bool = False
    prepares: bool = False
    audience: Mapping[str, Any] | None = None
    group_id: int | None = None
    participant_id: int | None = None
    staff_id: int | None = None
    contact: str = ""
    expanded_to: date | None = None
    expanding: Mapping[str, Any] | None = None
    created_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_own(self) -> bool:
        """Return whether a citizen set it for themselves."""
        return self.audience is None and self.group_id is None

    def text(self, language: str) -> str:
        """Return the text in *language*, else the Danish one, else any."""
        return self.texts.get(language) or self.texts.get("da") or next(iter(self.texts.values()))
