"""Random acts of volunteers, staff and the clock keep the invariants of a shift.

A longer form runs with ``--slow``.
"""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from volunteer_town import DAY, HOUR, VolunteerTown, lawful

from bot.app.compose import town_context_of
from bot.clock import TravelClock
from bot.model.commands.volunteering import (
    AddWalkIn,
    CancelShift,
    ChangeShift,
    CheckIn,
    MarkAttendance,
    NewCode,
    SayComing,
)
from bot.model.opportunity import Shift, ShiftState
from bot.model.signup import ALL_AT_ONCE, COMES, HOLDS_PLACE, LIVE, Signup, SignupState, Source
from bot.service.volunteering.signup_messages import FREE
from bot.store.store import Store
from bot.testing import START, klintsund

NAMES = ("Ana", "Bo", "Cem", "Dina", "Emil", "Fia")
WHO = st.sampled_from(NAMES)
SPANS = st.sampled_from([timedelta(minutes=20), 2 * HOUR, 7 * HOUR, DAY])
AHEAD = st.sampled_from([5 * HOUR, 11 * HOUR, 13 * HOUR, 30 * HOUR, 4 * DAY])
MARKS = st.sampled_from(["attended", "excused", "no_show"])
STAFF = "staff:1"
S = SignupState


class Volunteers(RuleBasedStateMachine):
    """Six volunteers and one shift at a time with one to three places."""

    def __init__(self) -> None:
        """Create a town on its own SQLite file."""
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.held = ExitStack()
        folder = self.held.enter_context(tempfile.TemporaryDirectory())
        clock = TravelClock(START)
        opening = Store.open(
            f"sqlite:///{Path(folder) / 'town.sqlite3'}",
            clock=clock,
            town=town_context_of(klintsund()),
        )
        self.town = VolunteerTown(self.run(opening), clock)
        self.shift_id = 0
        self.code = ""
        self.queue: list[int] = []  # ids of the sign-ups that waited, in order
        self.ids: dict[int, SignupState] = {}  # of all sign-ups of the shift

    def run(self, work: Any) -> Any:
        """Run a coroutine."""
        return self.loop.run_until_complete(work)

    def shift(self) -> Shift:
        """Return the shift."""
        found: Shift = self.run(self.town.shift_of(self.shift_id))
        return found

    def rows(self) -> list[Signup]:
        """Return the sign-ups of the shift."""

        async def found() -> list[Signup]:
            async with self.town.store.unit() as unit:
                return await unit.signups.of_shift(self.shift_id)

        rows: list[Signup] = self.run(found())
        return rows

    def own(self, name: str) -> int:
        """Return the newest sign-up of a volunteer; 0 where there is none."""
        newest = self.run(self.town.signups(self.shift_id)).get(name)
        return newest.id if newest is not None else 0

    @initialize(ahead=AHEAD)
    def begins(self, ahead: timedelta) -> None:
        """The volunteers start, and the first shift is planned."""
        self.held.enter_context(lawful())
        self.run(self.town.begin(*NAMES))
        self.plan(ahead)

    def plan(self, ahead: timedelta) -> None:
        """Plan a shift and a code for it."""
        self.shift_id = self.run(self.town.shift(self.town.now + ahead))
        self.code = self.run(self.town.do(NewCode(STAFF, self.shift_id)))
        self.queue, self.ids = [], {}

    # -- volunteers --------------------------------------------------------

    @rule(name=WHO)
    def sign_up(self, name: str) -> None:
        """A volunteer taps twice."""
        first = self.run(self.town.sign_up(name, self.shift_id, knows_overlap=True))
        again = self.run(self.town.sign_up(name, self.shift_id, knows_overlap=True))
        assert first == again
        if self.is_open():
            assert first["state"] in {one.value for one in LIVE}

    def is_open(self) -> bool:
        """Return whether the shift takes sign-ups."""
        known = self.shift()
        return known.state is ShiftState.PLANNED and known.begins_at > self.town.now

    @rule(name=WHO, act=st.sampled_from(["withdraw", "accept", "decline", "want_standin"]))
    def answer(self, name: str, act: str) -> None:
        """A volunteer leaves, answers an offer, or looks for a stand-in."""
        if self.own(name):
            self.run(getattr(self.town, act)(name, self.shift_id))

    @rule(name=WHO)
    def say_coming(self, name: str) -> None:
        """A volunteer says that they come."""
        self.run(self.town.do(SayComing(self.town.people[name], self.own(name))))

    @rule(name=WHO, of=WHO)
    def take_over(self, name: str, of: str) -> None:
        """A volunteer takes over from another."""
        if self.own(of):
            self.run(self.town.take_over(name, of, self.shift_id))

    @rule(name=WHO)
    def check_in(self, name: str) -> None:
        """A volunteer taps the code."""
        self.run(self.town.do(CheckIn(self.town.people[name], self.code)))

    # -- staff and the clock -----------------------------------------------

    @rule(seats=st.integers(1, 3), asks=st.booleans(), later=st.booleans())
    def change(self, seats: int, asks: bool, later: bool) -> None:  # noqa: FBT001 - hypothesis draws it
        """Staff change the places, and perhaps the time."""
        known = self.shift()
        by = 2 * HOUR if later else timedelta()
        moved = replace(known, begins_at=known.begins_at + by, ends_at=known.ends_at + by)
        times = (moved.begins_at, moved.ends_at, seats, None)
        change = ChangeShift(1, known.id, known.version, *times, asks=asks)
        self.run(self.town.do(change))

    @rule(name=WHO, mark=MARKS)
    def mark(self, name: str, mark: str) -> None:
        """The contact marks a volunteer."""
        self.run(self.town.do(MarkAttendance(STAFF, self.own(name), mark)))

    @rule(name=WHO)
    def walk_in(self, name: str) -> None:
        """The contact records a volunteer who came."""
        who = self.town.participants[name]
        self.run(self.town.do(AddWalkIn(STAFF, self.shift_id, who)))

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        """Time passes."""
        self.run(self.town.passes(span))

    @precondition(lambda self: self.shift_id and not self.is_open())
    @rule(ahead=AHEAD)
    def next_shift(self, ahead: timedelta) -> None:
        """After a shift comes another."""
        self.plan(ahead)

    @precondition(lambda self: len(self.ids) > 4)
    @rule()
    def cancel(self) -> None:
        """Staff cancel the shift."""
        self.run(self.town.do(CancelShift(1, self.shift_id, "Storm")))

    # -- invariants --------------------------------------------------------

    @invariant()
    def the_capacity_is_kept(self) -> None:
        """The held places are those of the states that hold one, at most as many as there are."""
        if not self.shift_id:
            return
        rows = [one for one in self.rows() if one.state in HOLDS_PLACE]
        expected = [one for one in rows if one.source is not Source.WALK_IN]
        assert len(expected) <= (self.shift().seats or 99)
        live = [one.participant_id for one in self.rows() if one.state in LIVE]
        assert len(live) == len(set(live))

    @invariant()
    def the_queue_keeps_its_order(self) -> None:
        """Nobody passes another; the first is offered a place; nobody disappears."""
        if not self.shift_id:
            return
        rows = {one.id: one for one in self.rows()}
        assert set(self.ids) <= set(rows)
        waiting = sorted(
            (one for one in rows.values() if one.state is S.WAITLISTED),
            key=lambda one: (one.queued_at, one.id),
        )
        now = [one.id for one in waiting]
        before = [one for one in self.queue if one in now]
        assert now[: len(before)] == before
        for place, one in enumerate(self.queue):
            if rows[one].state is S.OFFERED:
                assert not set(self.queue[:place]) & set(now)
        self.queue, self.ids = now, {one: rows[one].state for one in rows}

    @invariant()
    def a_free_place_is_offered(self) -> None:
        """Before twelve hours no place is free while people wait; inside, all were told."""
        if not self.shift_id or not self.is_open():
            return
        rows, known = self.rows(), self.shift()
        waiting = [one for one in rows if one.state is S.WAITLISTED]
        free = (known.seats or 99) - sum(one.state in HOLDS_PLACE for one in rows)
        if free <= 0 or not waiting:
            return
        assert known.begins_at - self.town.now <= ALL_AT_ONCE
        for one in waiting:
            assert any(kind.startswith(FREE) for kind in self.occasions(one))

    def occasions(self, one: Signup) -> list[str]:
        """Return the occasions of the messages about a sign-up."""

        async def found() -> list[str]:
            async with self.town.store.unit() as unit:
                rows = await unit.deliveries.of_subject("signup", one.id, 100)
            return [row.occasion for row in rows]

        occasions: list[str] = self.run(found())
        return occasions

    @invariant()
    def after_the_beginning_nobody_waits(self) -> None:
        """When a shift has begun or is cancelled, no offer and no waiting is left."""
        if not self.shift_id or self.is_open():
            return
        waits = {S.WAITLISTED, S.OFFERED, S.REQUESTED}
        if self.shift().state is ShiftState.CANCELLED:
            waits |= COMES
        assert not [one for one in self.rows() if one.state in waits]

    @invariant()
    def a_notice_comes_once(self) -> None:
        """No occasion of a sign-up is sent twice."""
        assert max(self.town.notices.values(), default=1) == 1

    @invariant()
    def the_audit_is_clean(self) -> None:
        """The audit finds nothing."""
        if self.shift_id:
            self.run(self.town.is_sound())

    def teardown(self) -> None:
        """Close the store, and delete its folder."""
        self.run(self.town.store.close())
        self.held.close()
        self.loop.close()


SHORT = settings(
    max_examples=10,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHORT, max_examples=300, stateful_step_count=60)
TestVolunteers = Volunteers.TestCase
TestVolunteers.settings = SHORT


@pytest.mark.slow
class TestVolunteersLong(Volunteers.TestCase):  # type: ignore[misc, name-defined]
    """The same rules with 300 examples of 60 steps."""

    settings = LONG
