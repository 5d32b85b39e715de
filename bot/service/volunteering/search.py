"""Find opportunities for a citizen: the best matches first, or the nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.model.opportunity import Opportunity, Shift
from bot.model.profile import Profile
from bot.model.town import Point, Town, distance
from bot.service.volunteering.matching import Reason
from bot.service.volunteering.opportunity_index import Candidate, OpportunityIndex, Wanted
from bot.store.unit import Unit

SHOWN_DATES = 3


@dataclass(frozen=True, slots=True)
class Search:
    """What a citizen looks for; None is without that condition. *last* is the last local day.

    With *near* the nearest come first. It is the centre of an area, or a place that the citizen
    sent for this search.
    """

    minutes: int | None = None
    theme: str | None = None
    area: str | None = None
    first: date | None = None
    last: date | None = None
    near: Point | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A found opportunity with its next dates; *metres* is the distance where that is known."""

    opportunity: Opportunity
    shifts: tuple[Shift, ...]
    points: int
    reason: Reason | None
    metres: float | None = None


async def find(  # noqa: PLR0917 - the search, its index and the page
    unit: Unit, index: OpportunityIndex, profile: Profile, search: Search, skip: int, most: int
) -> tuple[list[Match], bool]:
    """Return a page of matches, and whether there are more."""
    await index.refresh(unit)
    wanted = _wanted(unit, search)
    if search.near is None:
        found = index.best(profile, wanted, unit.now, skip + most + 1)
    else:
        found = index.all(profile, wanted, unit.now)
    measured = [(one, _metres(unit.town, one.opportunity, search.near)) for one in found]
    if search.near is not None:
        measured.sort(key=_nearest)
    page = measured[skip : skip + most]
    shifts = await next_shifts(unit, [one.opportunity for one, _metres in page], wanted)
    matches = [_match(one, shifts.get(one.opportunity.id, []), metres) for one, metres in page]
    return matches, len(found) > skip + most


async def profile_of(unit: Unit, participant_id: int, own_area: str | None) -> Profile:
    """Return a person's profile; without an area, it is the one in which they live."""
    known = await unit.profiles.get(participant_id)
    return known if known.area else replace(known, area=own_area)


async def next_shifts(
    unit: Unit, opportunities: Sequence[Opportunity], wanted: Wanted | None = None
) -> dict[int, list[Shift]]:
    """Return the next shifts of each opportunity for which one can still sign up."""
    wanted = wanted or Wanted()
    after = max(unit.now, wanted.first - timedelta(seconds=1)) if wanted.first else unit.now
    found: dict[int, list[Shift]] = {}
    for one in opportunities:
        closes = timedelta(minutes=one.closes_before)
        start = max(after, unit.now + closes)
        own = await unit.shifts.of([one.id], after=start, until=wanted.until, limit=SHOWN_DATES)
        found[one.id] = own
    return found


def _nearest(measured: tuple[Candidate, float | None]) -> tuple[float, int, int]:
    """Return what sorts the nearest first, of equally near ones those that fit best."""
    one, metres = measured
    return metres if metres is not None else float("inf"), -one.points, one.opportunity.id


def _match(one: Candidate, shifts: Sequence[Shift], metres: float | None) -> Match:
    return Match(one.opportunity, tuple(shifts), one.points, one.reason, metres)


def _wanted(unit: Unit, search: Search) -> Wanted:
    """Return the condition of a search; its days are local."""
    calendar, midnight = unit.calendar, time()
    first = calendar.instant(search.first, midnight) if search.first else None
    last = search.last or search.first
    until = calendar.instant(last + timedelta(days=1), midnight) if last else None
    return Wanted(search.minutes, search.theme, search.area, first, until)


def _metres(town: Town, one: Opportunity, near: Point | None) -> float | None:
    """Return the metres from a place to an opportunity, or to the centre of its area."""
    if near is None:
        return None
    if one.latitude is not None and one.longitude is not None:
        return distance(near, (one.latitude, one.longitude))
    centre = next((area.centre for area in town.areas if area.key == one.area), None)
    return distance(near, centre) if centre is not None else None
