"""What a volunteer has told about themselves, one answer at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.i18n import Text, _, pgettext
from bot.model.opportunity import Gate

CONSENT = "volunteering"  # to keep a profile, and to be found tasks by it


class Part(StrEnum):
    """A part of the day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


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
