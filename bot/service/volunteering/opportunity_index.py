"""An index in memory of the open opportunities and their coming shifts.

Each entry is in a list for every combination of its traits, with `ANY` for the traits that are
left out, in order of time. A search reads the lists of the combinations that a profile has, those
with the most points first, and stops when it has enough. So it reads little, however many
opportunities there are, and finds the same as scoring everything.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import combinations, groupby, product

from bot.calendar import Calendar
from bot.model.opportunity import Kind, Opportunity, OpportunityState, Shift, Spent
from bot.model.profile import Profile
from bot.service.volunteering.matching import POINTS, Fits, Reason, Traits, score_traits, traits_of
from bot.store.unit import Unit

BY_AGREEMENT = datetime.max.replace(tzinfo=UTC)  # the time of an entry without a shift
CHUNK = 500  # opportunities that are read at a time
# A transaction that began before another one may commit after it, by less than this.
OVERLAP = timedelta(minutes=5)
LONGEST = tuple(sorted(int(one) for one in Spent))
ANY = "*"
# The combinations of what may fit, by their points, the most first.
COMBINATIONS = sorted(
    (
        (sum(POINTS[one] for one in some), frozenset(some))
        for number in range(len(Fits) + 1)
        for some in combinations(Fits, number)
    ),
    key=lambda one: -one[0],
)

Entry = tuple[datetime, int, int]  # begins, opportunity, shift (0 by agreement)
# The place in `LONGEST` of how long it takes, then a trait for each of `Fits`.
Key = tuple[int, str | None, str | None, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a citizen looks for; None is without that condition.

    An opportunity without an area is everywhere, and one by agreement is at any time.
    """

    minutes: int | None = None
    theme: str | None = None
    area: str | None = None
    first: datetime | None = None
    until: datetime | None = None

    def admits(self, one: Opportunity) -> bool:
        """Return whether an opportunity is wanted at some time."""
        return (
            (self.minutes is None or one.takes <= self.minutes)
            and self.theme in {None, one.theme}
            and (one.area is None or self.area in {None, one.area})
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """An opportunity with its best shift, its points and the reason."""

    opportunity: Opportunity
    shift_id: int | None
    points: int
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class _Held:
    """An opportunity in the index, its entries by traits, and the change that they are from."""

    opportunity: Opportunity
    entries: Mapping[Entry, Traits]
    changed_at: datetime | None


class OpportunityIndex:
    """The open opportunities, in lists by their traits."""

    def __init__(self) -> None:
        """Start empty; `refresh` reads the rows."""
        self._lists: dict[Key, list[Entry]] = {}
        self._held: dict[int, _Held] = {}
        self._read_at: datetime | None = None
        self._reading = asyncio.Lock()

    @property
    def themes(self) -> set[str | None]:
        """Return the themes of the open opportunities."""
        return {held.opportunity.theme for held in self._held.values()}

    async def refresh(self, unit: Unit) -> None:
        """Read the opportunities that have changed since the last time."""
        async with self._reading:
            since = self._read_at - OVERLAP if self._read_at is not None else None
            changed = dict(await unit.opportunities.changed_since(since))
            old = [one for one, at in changed.items() if not self._is_current(one, at)]
            for start in range(0, len(old), CHUNK):
                await self._read(unit, old[start : start + CHUNK], changed)
            self._read_at = unit.now

    def _is_current(self, opportunity_id: int, changed_at: datetime) -> bool:
        held = self._held.get(opportunity_id)
        return held is not None and held.changed_at == changed_at

    async def _read(self, unit: Unit, ids: list[int], changed: dict[int, datetime]) -> None:
        """Read some opportunities with their coming shifts."""
        found = await unit.opportunities.some(ids)
        shifts: dict[int, list[Shift]] = {}
        for one in await unit.shifts.of(ids, after=unit.now):
            shifts.setdefault(one.opportunity_id, []).append(one)
        for opportunity_id in ids:
            self.remove(opportunity_id)
            known = found.get(opportunity_id)
            if known is not None and known.state is OpportunityState.OPEN:
                # A change of this very moment may be followed by another one.
                at = changed[opportunity_id]
                final = at if at < unit.now else None
                self.put(known, shifts.get(opportunity_id, ()), unit.calendar, final)

    def put(
        self,
        known: Opportunity,
        shifts: Sequence[Shift],
        calendar: Calendar,
        changed_at: datetime | None = None,
    ) -> None:
        """Add an opportunity with its coming shifts, which are in order of time."""
        entries = {}
        for shift in (None,) if known.kind is Kind.AGREEMENT else shifts:
            traits = traits_of(known, shift, calendar)
            begins = shift.begins_at if shift is not None else BY_AGREEMENT
            entry = (begins, known.id, shift.id if shift is not None else 0)
            for key in _keys(known, traits):
                insort(self._lists.setdefault(key, []), entry)
            entries[entry] = traits
        self._held[known.id] = _Held(known, entries, changed_at)

    def remove(self, opportunity_id: int) -> None:
        """Remove an opportunity with its shifts."""
        held = self._held.pop(opportunity_id, None)
        if held is None:
            return
        for entry, traits in held.entries.items():
            for key in _keys(held.opportunity, traits):
                entries = self._lists[key]
                entries.pop(bisect_left(entries, entry))
                if not entries:
                    del self._lists[key]

    def all(self, profile: Profile, wanted: Wanted, now: datetime) -> list[Candidate]:
        """Return every wanted opportunity at its earliest shift, in no order."""
        found = []
        for held in self._held.values():
            if not wanted.admits(held.opportunity):
                continue
            entry = next(self._wanted(list(held.entries), wanted, now), None)
            if entry is not None:
                points, reason = score_traits(profile, held.entries[entry])
                found.append(Candidate(held.opportunity, entry[2] or None, points, reason))
        return found

    def best(self, profile: Profile, wanted: Wanted, now: datetime, most: int) -> list[Candidate]:
        """Return the *most* opportunities that fit best; of equal ones the earliest."""
        found: list[Candidate] = []
        seen: set[int] = set()
        for entry in self._in_order(profile, wanted, now):
            _begins, known, shift = entry
            if known not in seen:
                seen.add(known)
                held = self._held[known]
                points, reason = score_traits(profile, held.entries[entry])
                found.append(Candidate(held.opportunity, shift or None, points, reason))
                if len(found) == most:
                    break
        return found

    def _in_order(self, profile: Profile, wanted: Wanted, now: datetime) -> Iterator[Entry]:
        """Yield the wanted entries, those with the most points first.

        An entry comes again with the combinations that have fewer points.
        """
        own = _own_traits(profile)
        for _points, several in groupby(COMBINATIONS, key=lambda one: one[0]):
            keys = {
                key for _points, combination in several for key in _sought(combination, own, wanted)
            }
            lists = (self._lists[key] for key in keys if key in self._lists)
            yield from merge(*(self._wanted(entries, wanted, now) for entries in lists))

    def _wanted(self, entries: list[Entry], wanted: Wanted, now: datetime) -> Iterator[Entry]:
        """Yield the entries of a list that are wanted and still open for sign-ups."""
        after = max(now, wanted.first) if wanted.first is not None else now
        for place in range(bisect_right(entries, (after, 0, 0)), len(entries)):
            begins, opportunity_id, _shift = entry = entries[place]
            if begins == BY_AGREEMENT:
                yield entry
            elif wanted.until is not None and begins >= wanted.until:
                yield from entries[bisect_left(entries, (BY_AGREEMENT, 0, 0)) :]
                return
            else:
                closes = self._held[opportunity_id].opportunity.closes_before
                if begins - timedelta(minutes=closes) > now:
                    yield entry


def _keys(known: Opportunity, traits: Traits) -> Iterator[Key]:
    """Yield the keys of all lists that an entry is in."""
    kind = sum(known.takes > longest for longest in LONGEST)
    skills = {one.casefold() for one in traits.skills}
    languages = {one.casefold() for one in traits.languages}
    yield from product(
        (kind,),
        {ANY, traits.slot},
        {ANY, traits.theme},
        {ANY, traits.area},
        {ANY, *skills},
        {ANY, *languages},
    )


def _own_traits(profile: Profile) -> Mapping[Fits, frozenset[str]]:
    """Return what a profile has of each trait."""
    return {
        Fits.TIME: frozenset(profile.times or ()),
        Fits.INTEREST: frozenset(profile.interests or ()),
        Fits.AREA: frozenset({profile.area} if profile.area else ()),
        Fits.SKILL: frozenset(one.casefold() for one in profile.skills or ()),
        Fits.LANGUAGE: frozenset(one.casefold() for one in profile.languages or ()),
    }


def _sought(
    combination: frozenset[Fits], own: Mapping[Fits, frozenset[str]], wanted: Wanted
) -> Iterator[Key]:
    """Yield the keys of the lists in which all of a combination fits and all is wanted."""
    limits: Mapping[Fits, frozenset[str | None]] = {
        Fits.INTEREST: frozenset({wanted.theme} if wanted.theme is not None else ()),
        Fits.AREA: frozenset({wanted.area, None} if wanted.area is not None else ()),
    }
    longest = len(LONGEST) if wanted.minutes is None else LONGEST.index(wanted.minutes)
    sought: list[frozenset[str | None]] = []
    for fits in Fits:
        limit = limits.get(fits)
        if fits in combination:
            sought.append(own[fits] & limit if limit else own[fits])
        else:
            sought.append(limit or frozenset({ANY}))
    yield from product(range(longest + 1), *sought)
