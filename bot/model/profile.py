"""What a volunteer has told about themselves, one answer at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.i18n import Text, Weekday, _, pgettext
from bot.model.opportunity import Gate

CONSENT = "volunteering"  # to keep a profile, and to be found tasks by it
CONSENT_TEXT_VERSION = 2  # of the question; increase it with each new wording


class Part(StrEnum):
    """A part of the day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


WEEK = 7  # days
# What a time of a profile is called: a weekday and a part of the day, or one of them.
_SLOTS: Mapping[str, Text] = {
    Part.MORNING: pgettext("part of the day", "{weekday} morning"),
    Part.AFTERNOON: pgettext("part of the day", "{weekday} afternoon"),
    Part.EVENING: pgettext("part of the day", "{weekday} evening"),
    "": pgettext("part of the day", "{weekday}"),
}
_PARTS: Mapping[str, Text] = {
    Part.MORNING: pgettext("part of the day", "in the morning"),
    Part.AFTERNOON: pgettext("part of the day", "in the afternoon"),
    Part.EVENING: pgettext("part of the day", "in the evening"),
}


def slot_name(slot: str) -> Text:
    """Return a time of a profile in words: “2-evening”, “2-” or “-evening”."""
    day, _dash, part = slot.partition("-")
    return _SLOTS[part].with_(weekday=Weekday(int(day))) if day else _PARTS[part]


def slots() -> list[str]:
    """Return every time by which volunteers are found: days, parts, and both."""
    days = [str(day) for day in range(WEEK)]
    both = [f"{day}-{part}" for day in days for part in Part]
    return [*(f"{day}-" for day in days), *(f"-{part}" for part in Part), *both]


class Wish(StrEnum):
    """What a person wants to get out of taking part (row 20 of the domain)."""

    DIFFERENCE = "difference"
    COMMUNITY = "community"
    LEARN = "learn"
    RECOGNITION = "recognition"


WISH_NAMES: Mapping[Wish, Text] = {
    Wish.DIFFERENCE: _("Make a difference"),
    Wish.COMMUNITY: _("Be with others"),
    Wish.LEARN: _("Learn something"),
    Wish.RECOGNITION: _("A title or a diploma"),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A volunteer's profile. *times* are weekday and part, such as ``("2-evening",)``.

    *area* is where they want to help, which may differ from where they live. *over_15* is None
    until the person has answered (HR-20).
    """

    participant_id: int
    interests: tuple[str, ...] | None = None
    times: tuple[str, ...] | None = None
    area: str | None = None
    languages: tuple[str, ...] | None = None
    skills: tuple[str, ...] | None = None
    phone: str | None = None
    over_15: bool | None = None
    wish: Wish | None = None
    changed_at: datetime | None = None


GATE_TAKES = timedelta(days=10)  # usually, for a certificate


class GateState(StrEnum):
    """How far a gate is."""

    WANTED = "wanted"  # staff are to order it
    ORDERED = "ordered"
    OPEN = "open"
    REFUSED = "refused"


GATE_STATE_NAMES: Mapping[GateState, Text] = {
    GateState.WANTED: pgettext("gate", "To be ordered"),
    GateState.ORDERED: pgettext("gate", "Ordered"),
    GateState.OPEN: pgettext("gate", "In order"),
    GateState.REFUSED: pgettext("gate", "Not in order"),
}


@dataclass(frozen=True, slots=True)
class GateCheck:
    """One person's gate. Only the state, who set it and when are kept, never a document (HR-21)."""

    participant_id: int
    gate: Gate
    state: GateState
    at: datetime
    staff_id: int | None = None
    ordered_at: datetime | None = None
    recheck_on: date | None = None
