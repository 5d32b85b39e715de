"""The index of opportunities finds the same as scoring everything, and follows every change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar
from bot.clock import TravelClock
from bot.model.commands.volunteering import (
    CancelShift,
    EditOpportunity,
    ImportOpportunities,
    PauseOpportunity,
    PublishOpportunity,
)
from bot.model.opportunity import Kind, Opportunity, Shift
from bot.model.profile import Profile
from bot.model.staff import Role, Staff
from bot.service import execute
from bot.service.content import shipped_opportunities
from bot.service.volunteering.matching import Fits, Reason, score
from bot.service.volunteering.opportunity_index import BY_AGREEMENT, OpportunityIndex, Wanted
from bot.service.volunteering.profiles import TIMES
from bot.service.volunteering.search import Search, find
from bot.store.store import Store
from bot.testing import START

CALENDAR = Calendar()
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
THEMES, AREAS = ("nature", "culture", "children"), ("klintsund", "tangoe")
SKILLS, LANGUAGES = ("Sy", "fodbold"), ("tr", "ar")


def _some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


@st.composite
def towns(draw: st.DrawFn) -> list[tuple[Opportunity, list[Shift]]]:
    """Draw some opportunities with their coming shifts."""
    found = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        kind = draw(st.sampled_from(Kind))
        one = Opportunity(
            number,
            "t",
            {"da": "t"},
            {"da": "t"},
            kind,
            draw(st.sampled_from((10, 60, 90, 600))),
            theme=draw(st.sampled_from((*THEMES, None))),
            area=draw(st.sampled_from((*AREAS, None))),
            skills=draw(_some(SKILLS)),
            languages=draw(_some(LANGUAGES)),
            closes_before=draw(st.sampled_from((0, 24 * 60))),
        )
        hours = draw(st.lists(st.integers(-5, 400), unique=True, max_size=4))
        begins = [NOW + timedelta(hours=hour) for hour in sorted(hours)]
        shifts = [
            Shift(10 * number + n, number, str(n), at, at + timedelta(hours=1))
            for n, at in enumerate(begins)
        ]
        found.append((one, shifts if kind is Kind.SHIFTS else []))
    return found


PROFILES = st.builds(
    Profile,
    st.just(1),
    interests=_some(THEMES),
    times=_some(tuple(sorted(TIMES))),
    area=st.sampled_from((*AREAS, None)),
    languages=_some(LANGUAGES),
    skills=_some(("sy", "FODBOLD")),
)
WANTED = st.builds(
    Wanted,
    st.sampled_from((None, 10, 60, 480)),
    st.sampled_from((None, *THEMES)),
    st.sampled_from((None, *AREAS)),
    st.sampled_from((None, NOW + timedelta(days=2))),
    st.sampled_from((None, NOW + timedelta(days=7))),
)


@given(towns(), PROFILES, WANTED)
def test_best_is_what_scoring_everything_finds(
    town: list[tuple[Opportunity, list[Shift]]], profile: Profile, wanted: Wanted
) -> None:
    """The best five are the same, in the same order, with the same points and reasons."""
    index = OpportunityIndex()
    for one, shifts in town:
        index.put(one, shifts, CALENDAR)
    expected = []
    for one, shifts in town:
        times = [None] if one.kind is Kind.AGREEMENT else [s for s in shifts if _open(one, s)]
        scored = []
        for shift in times:
            if wanted.admits(one) and _in_span(shift, wanted):
                points, reason = score(profile, one, shift, CALENDAR)
                begins = shift.begins_at if shift else BY_AGREEMENT
                scored.append((-points, begins, one.id, shift.id if shift else None, reason))
        expected += sorted(scored, key=lambda row: row[:2])[:1]
    best = sorted(expected, key=lambda row: row[:3])[:5]
    found = index.best(profile, wanted, NOW, 5)
    assert [(-one.points, one.opportunity.id, one.shift_id, one.reason) for one in found] == [
        (points, known, shift, reason) for points, _begins, known, shift, reason in best
    ]
    assert {one.opportunity.id for one in index.all(profile, wanted, NOW)} == {
        row[2] for row in expected
    }
    for one, _shifts in town:
        index.remove(one.id)
    assert index.best(profile, Wanted(), NOW, 5) == []


def _open(one: Opportunity, shift: Shift) -> bool:
    return shift.begins_at - timedelta(minutes=one.closes_before) > NOW


def _in_span(shift: Shift | None, wanted: Wanted) -> bool:
    if shift is None:
        return True
    after = wanted.first is None or shift.begins_at > wanted.first
    return after and (wanted.until is None or shift.begins_at < wanted.until)


def test_the_strongest_reason_is_named() -> None:
    """A time that fits counts more than a theme, and both count."""
    one = Opportunity(1, "t", {"da": "t"}, {"da": "t"}, Kind.SHIFTS, 60, theme="nature")
    shift = Shift(1, 1, "a", datetime(2026, 11, 25, 14, tzinfo=UTC), NOW + timedelta(days=3))
    profile = Profile(1, interests=("nature",), times=("2-afternoon",))
    assert score(profile, one, shift, CALENDAR) == (12, Reason(Fits.TIME, "2-afternoon"))
    assert score(Profile(1), one, shift, CALENDAR) == (0, None)


@pytest.mark.parametrize("frozen", [True, False])
async def test_the_index_follows_changes(store: Store, *, frozen: bool) -> None:
    """A pause, an edit and a cancelled shift are seen by the next search."""
    index = OpportunityIndex()
    clock = store.clock
    assert isinstance(clock, TravelClock)
    async with store.unit() as unit:
        staff = await unit.staff.add(Staff(0, "mette", "Mette", "Borgerservice", Role.STAFF, "da"))
        await execute(ImportOpportunities(staff, shipped_opportunities(), publishes=True), unit)

    async def found(search: Search) -> list[str | None]:
        async with store.reading() as unit:
            matches, _more = await find(unit, index, Profile(1), search, 0, 20)
        return [one.opportunity.code for one in matches]

    async def act(command: object) -> None:
        if not frozen:
            clock.advance(timedelta(minutes=10))
        async with store.unit() as unit:
            await execute(command, unit)

    assert await found(Search(minutes=10)) == ["V12"]
    async with store.reading() as unit:
        one = await unit.opportunities.of_code("V12")
        monday = await unit.opportunities.of_code("V9")
        assert one is not None
        assert monday is not None
        shift = (await unit.shifts.of([monday.id], after=START))[0]
    await act(PauseOpportunity(staff, one.id))
    assert await found(Search(minutes=10)) == []
    await act(PublishOpportunity(staff, one.id))
    await act(EditOpportunity(staff, one.id, one.version, {"takes": 20}))
    assert await found(Search(minutes=10)) == []
    assert "V12" in await found(Search(minutes=60))
    today = CALENDAR.local(shift.begins_at).date()
    assert "V9" in await found(Search(first=today))
    await act(CancelShift(staff, shift.id, "Lukket"))
    assert "V9" not in await found(Search(first=today))
