"""How well an opportunity fits a volunteer's profile, with the reason. All functions are pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.calendar import Calendar
from bot.model.opportunity import Opportunity, Shift
from bot.model.profile import Part, Profile

NOON, EVENING = 12, 17  # the hours at which the afternoon and the evening begin


class Fits(StrEnum):
    """What of a profile an opportunity fits."""

    TIME = "time"
    INTEREST = "interest"
    AREA = "area"
    SKILL = "skill"
    LANGUAGE = "language"


POINTS = {
    Fits.TIME: 8,
    Fits.INTEREST: 4,
    Fits.AREA: 3,
    Fits.SKILL: 2,
    Fits.LANGUAGE: 1,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an opportunity fits: *key* is the slot, theme, area, skill or language."""

    fits: Fits
    key: str


@dataclass(frozen=True, slots=True)
class Traits:
    """All that the score depends on; *slot* is weekday and part, as in `Profile.times`."""

    slot: str | None
    theme: str | None
    area: str | None
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def traits_of(opportunity: Opportunity, shift: Shift | None, calendar: Calendar) -> Traits:
    """Return what the score of an opportunity at a shift depends on."""
    return Traits(
        slot_of(shift, calendar) if shift is not None else None,
        opportunity.theme,
        opportunity.area,
        opportunity.skills,
        opportunity.languages,
    )


def slot_of(shift: Shift, calendar: Calendar) -> str:
    """Return the weekday and the part of the day at which a shift begins."""
    local = calendar.local(shift.begins_at)
    part = (
        Part.MORNING
        if local.hour < NOON
        else Part.AFTERNOON
        if local.hour < EVENING
        else Part.EVENING
    )
    return f"{local.weekday()}-{part}"


def score(
    profile: Profile, opportunity: Opportunity, shift: Shift | None, calendar: Calendar
) -> tuple[int, Reason | None]:
    """Return the points of an opportunity at a shift, and the strongest reason for them."""
    return score_traits(profile, traits_of(opportunity, shift, calendar))


def score_traits(profile: Profile, traits: Traits) -> tuple[int, Reason | None]:
    """Return the points of traits, and the strongest reason for them."""
    found = [reason for fitting in _FITTING if (reason := fitting(profile, traits)) is not None]
    return sum(POINTS[one.fits] for one in found), found[0] if found else None


def _time(profile: Profile, traits: Traits) -> Reason | None:
    slot = traits.slot
    return Reason(Fits.TIME, slot) if slot is not None and slot in (profile.times or ()) else None


def _interest(profile: Profile, traits: Traits) -> Reason | None:
    theme = traits.theme
    fits = theme is not None and theme in (profile.interests or ())
    return Reason(Fits.INTEREST, theme) if fits and theme is not None else None


def _area(profile: Profile, traits: Traits) -> Reason | None:
    area = traits.area
    return Reason(Fits.AREA, area) if area is not None and area == profile.area else None


def _skill(profile: Profile, traits: Traits) -> Reason | None:
    known = {one.casefold() for one in profile.skills or ()}
    return next((Reason(Fits.SKILL, one) for one in traits.skills if one.casefold() in known), None)


def _language(profile: Profile, traits: Traits) -> Reason | None:
    known = {one.casefold() for one in profile.languages or ()}
    fits = (one for one in traits.languages if one.casefold() in known)
    return next((Reason(Fits.LANGUAGE, one) for one in fits), None)


# The strongest reason first.
_FITTING: tuple[Callable[[Profile, Traits], Reason | None], ...] = (
    _time,
    _interest,
    _area,
    _skill,
    _language,
)
