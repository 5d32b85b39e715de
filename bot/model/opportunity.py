"""Opportunities to volunteer, and their shifts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.i18n import Text, _, pgettext

OPPORTUNITY, SHIFT = "opportunity", "shift"  # subject kinds of links, alerts and audiences
LONGEST_TITLE = 80  # characters
LONGEST_TEXT = 900
LONGEST_PLACE = 160


class Kind(StrEnum):
    """How a volunteer takes part."""

    SHIFTS = "shifts"  # at times that are set beforehand
    AGREEMENT = "agreement"  # a sign-up is a request, which gets a name and a date


class OpportunityState(StrEnum):
    """The state of an opportunity."""

    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    ENDED = "ended"


class Insurance(StrEnum):
    """Who insures the volunteer (HR-23)."""

    MUNICIPALITY = "municipality"
    ASSOCIATION = "association"
    OWN = "own"


class Gate(StrEnum):
    """What must be in order before the first shift."""

    CHILDREN = "children"  # a children's certificate, ordered by the municipality (HR-21)
    CRIMINAL_RECORD = "criminal_record"
    CONFIDENTIALITY = "confidentiality"  # an acknowledgement in the chat (HR-22)
    COURSE = "course"


class Need(StrEnum):
    """A practical need that is asked about, and erased after the event."""

    DIET = "diet"
    SIZE = "size"
    TRANSPORT = "transport"


class Spent(StrEnum):
    """How much time a volunteer has."""

    TEN_MINUTES = "10"
    AN_HOUR = "60"
    A_DAY = "480"


# The languages that volunteers may speak, by their own names.
SPOKEN: Mapping[str, str] = {
    "da": "Dansk",
    "en": "English",
    "uk": "Українська",
    "pl": "Polski",
    "ro": "Română",
    "ar": "العربية",
    "de": "Deutsch",
    "tr": "Türkçe",
}
STATE_NAMES: Mapping[OpportunityState, Text] = {
    OpportunityState.DRAFT: pgettext("opportunity", "Draft"),
    OpportunityState.OPEN: pgettext("opportunity", "Open"),
    OpportunityState.PAUSED: pgettext("opportunity", "Paused"),
    OpportunityState.ENDED: pgettext("opportunity", "Ended"),
}
INSURANCE_NAMES: Mapping[Insurance, Text] = {
    Insurance.MUNICIPALITY: _("Insured by the municipality"),
    Insurance.ASSOCIATION: _("Insured by the association"),
    Insurance.OWN: _("Your own insurance"),
}
GATE_NAMES: Mapping[Gate, Text] = {
    Gate.CHILDREN: _("Children's certificate"),
    Gate.CRIMINAL_RECORD: _("Criminal record certificate"),
    Gate.CONFIDENTIALITY: _("Duty of confidentiality"),
    Gate.COURSE: _("A short course"),
}
NEED_NAMES: Mapping[Need, Text] = {
    Need.DIET: _("What you do not eat"),
    Need.SIZE: _("Size of clothes"),
    Need.TRANSPORT: _("How you get there"),
}


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One opportunity; *title* is the Danish one.

    *titles*, *texts*, *gains* (what a volunteer gets out of it), *places* and *notes* (the
    practical note before a shift) are by language, Danish first. *takes* is how long one time
    takes, in minutes. *seats* are the places of a shift, or of the whole by agreement; None is
    without limit. *rule* is the JSON of the shifts' recurrence. *season* are the first and the
    last day of the year, as ``["08-01", "09-30"]``. *approves* says that staff confirm each
    sign-up. *closes_before* and *cancels_before* are minutes before a shift: until then people
    sign up, and leave without further ado. *expanded_to* is the last day whose shifts exist.
    """

    id: int
    title: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    kind: Kind
    takes: int
    code: str | None = None
    gains: Mapping[str, str] | None = None
    places: Mapping[str, str] | None = None
    notes: Mapping[str, str] | None = None
    latitude: float | None = None
    longitude: float | None = None
    area: str | None = None
    theme: str | None = None
    seats: int | None = None
    rule: Mapping[str, Any] | None = None
    season: tuple[str, ...] = ()
    insurance: Insurance | None = None
    gates: tuple[Gate, ...] = ()
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    approves: bool = False
    closes_before: int = 0
    cancels_before: int = 24 * 60
    group_id: int | None = None
    state: OpportunityState = OpportunityState.DRAFT
    version: int = 1
    staff_id: int | None = None
    created_at: datetime | None = None
    published_at: datetime | None = None
    ended_at: datetime | None = None
    expanded_to: date | None = None

    def in_season(self, day: date) -> bool:
        """Return whether a day is in the season; a season may pass the new year."""
        if not self.season:
            return True
        first, last = self.season
        today = f"{day:%m-%d}"
        return first <= today <= last if first <= last else today >= first or today <= last


def said(texts: Mapping[str, str] | None, language: str) -> str:
    """Return the text in *language*, else the Danish one, else any; "" where there is none."""
    if not texts:
        return ""
    return texts.get(spoken_in(texts, language), "")


def spoken_in(texts: Mapping[str, str] | None, language: str) -> str:
    """Return the language in which `said` says a text: *language*, where there is a text in it."""
    if not texts or texts.get(language):
        return language
    return "da" if texts.get("da") else next(iter(texts))


class ShiftState(StrEnum):
    """The state of a shift."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Shift:
    """One time of an opportunity; *occasion* is unique within it and survives an edit.

    *seats* and *places* replace the opportunity's. *version* counts changes of time and place
    about which the volunteers are asked. *reason* is why it was cancelled, in Danish, and
    *reasons* by language. *before* has the begin and the places before the last change. *code*
    checks volunteers in. *unnamed* people checked in and would not be kept; by *unnamed_marks*
    each is counted once.
    """

    id: int
    opportunity_id: int
    occasion: str
    begins_at: datetime
    ends_at: datetime
    seats: int | None = None
    places: Mapping[str, str] | None = None
    state: ShiftState = ShiftState.PLANNED
    reason: str | None = None
    reasons: Mapping[str, str] | None = None
    before: Mapping[str, Any] | None = None
    version: int = 1
    code: str | None = None
    unnamed: int = 0
    unnamed_marks: Sequence[str] | None = None

    @property
    def length(self) -> timedelta:
        """Return how long the shift lasts."""
        return self.ends_at - self.begins_at
