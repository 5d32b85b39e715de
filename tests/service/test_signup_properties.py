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
from signup_town import DAY, HOUR, VolunteerTown, lawful

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
from bot.model.signup import COMES, HOLDS_PLACE, LIVE, Signup, SignupState, Source
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


MIGRATED: list[bytes] = []  # a file with the schema, made once


async def opened(file: Path, clock: TravelClock) -> Store:
    """Open the store of a file."""
    town = town_context_of(klintsund())
    return await Store.open(f"sqlite:///{file}", clock=clock, town=town)


async def migrated() -> bytes:
    """Return a file with the schema and no rows."""
    if not MIGRATED:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "town.sqlite3"
            await (await opened(file, TravelClock(START))).close()
            MIGRATED.append(file.read_bytes())
    return MIGRATED[0]


class Volunteers(RuleBasedStateMachine):
    """Six volunteers and one shift at a time with one to three places."""

    def __init__(self) -> None:
        """Create a town on its own SQLite file."""
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.held = ExitStack()
        clock = TravelClock(START)
        file = Path(self.held.enter_context(tempfile.TemporaryDirectory())) / "town.sqlite3"
        file.write_bytes(self.run(migrated()))
        self.town = VolunteerTown(self.run(opened(file, clock)), clock)
        self.shift_id = 0
        self.code = ""
        self.queue: list[int] = []  # ids of the sign-ups that waited, in order
        self.ids: set[int] = set()  # of all sign-ups of the shift

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
            async with self.town.store.reading() as unit:
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
        """Plan a shift with a code, a volunteer, and a waiting list of three."""
        self.shift_id = self.run(self.town.shift(self.town.now + ahead))
        self.code = self.run(self.town.do(NewCode(STAFF, self.shift_id)))
        for name in NAMES[:4]:
            self.run(self.town.sign_up(name, self.shift_id, knows_overlap=True))
        self.queue, self.ids = [], set()

    # -- volunteers --------------------------------------------------------

    @rule(names=st.lists(WHO, min_size=1, max_size=6, unique=True))
    def sign_up(self, names: list[str]) -> None:
        """Some volunteers tap twice each."""
        for name in names:
            first = self.run(self.town.sign_up(name, self.shift_id, knows_overlap=True))
            again = self.run(self.town.sign_up(name, self.shift_id, knows_overlap=True))
            assert first == again
            if self.is_open():
                assert first["state"] in {one.value for one in LIVE}

    def is_open(self) -> bool:
        """Return whether the shift takes sign-ups."""
        known = self.shift()
        return known.state is ShiftState.PLANNED and known.begins_at > self.town.now

    def pick(self, data: st.DataObject, *states: SignupState) -> str | None:
        """Return a volunteer whose sign-up is in one of some states, or None."""
        newest = self.run(self.town.signups(self.shift_id))
        names = [name for name in NAMES if name in newest and newest[name].state in states]
        return data.draw(st.sampled_from(names)) if names else None

    @rule(data=st.data(), act=st.sampled_from(["withdraw", "accept", "decline", "want_standin"]))
    def act(self, data: st.DataObject, act: str) -> None:
        """A volunteer leaves, answers an offer, or looks for a stand-in; not all may do so."""
        name = self.pick(data, *LIVE)
        if name is not None:
            self.run(getattr(self.town, act)(name, self.shift_id))

    @rule(data=st.data(), act=st.sampled_from(["withdraw", "accept", "decline"]))
    def answer(self, data: st.DataObject, act: str) -> None:
        """A volunteer with an offer answers it."""
        name = self.pick(data, S.OFFERED)
        if name is not None:
            self.run(getattr(self.town, act)(name, self.shift_id))

    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        """A volunteer who comes says that they cannot."""
        name = self.pick(data, *COMES)
        if name is not None:
            self.run(self.town.withdraw(name, self.shift_id))

    @rule(data=st.data())
    def say_coming(self, data: st.DataObject) -> None:
        """A volunteer says that they come."""
        name = self.pick(data, *LIVE)
        if name is not None:
            self.run(self.town.do(SayComing(self.town.people[name], self.own(name))))

    @rule(name=WHO, data=st.data())
    def take_over(self, name: str, data: st.DataObject) -> None:
        """A volunteer takes over from one who comes or wants a stand-in."""
        of = self.pick(data, S.STANDIN_WANTED) or self.pick(data, S.CONFIRMED)
        if of is not None:
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
        self.run(self.town.do(AddWalkIn(STAFF, self.shift_id, who, agreed=True)))

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        """Time passes."""
        self.run(self.town.passes(span))

    @precondition(lambda self: self.shift_id and not self.is_open())
    @rule(ahead=AHEAD)
    def next_shift(self, ahead: timedelta) -> None:
        """After a shift comes another; the audit finds nothing."""
        self.run(self.town.is_sound())
        self.plan(ahead)

    @precondition(lambda self: len(self.ids) > 4)
    @rule()
    def cancel(self) -> None:
        """Staff cancel the shift."""
        self.run(self.town.do(CancelShift(1, self.shift_id, "Storm")))

    # -- invariants --------------------------------------------------------

    @invariant()
    def all_is_exact(self) -> None:
        """After each act: capacity, queue, offers, and the end of waiting."""
        if self.shift_id:
            known, rows = self.shift(), self.rows()
            self.the_capacity_is_kept(known, rows)
            self.the_queue_keeps_its_order(rows)
            if known.state is ShiftState.PLANNED and known.begins_at > self.town.now:
                self.a_free_place_is_offered(known, rows)
            else:
                self.no_waiting_is_left(known, rows)

    def the_capacity_is_kept(self, known: Shift, rows: list[Signup]) -> None:
        """At most as many places are held as there are, and by one sign-up of a person."""
        held = [one for one in rows if one.state in HOLDS_PLACE]
        assert sum(one.source is not Source.WALK_IN for one in held) <= (known.seats or 99)
        live = [one.participant_id for one in rows if one.state in LIVE]
        assert len(live) == len(set(live))

    def the_queue_keeps_its_order(self, rows: list[Signup]) -> None:
        """Nobody passes another; the first is offered a place; nobody disappears."""
        of = {one.id: one for one in rows}
        assert self.ids <= set(of)
        waiting = [one for one in rows if one.state is S.WAITLISTED]
        now = [one.id for one in sorted(waiting, key=lambda one: (one.queued_at, one.id))]
        before = [one for one in self.queue if one in now]
        assert now[: len(before)] == before
        for place, one in enumerate(self.queue):
            if of[one].state is S.OFFERED:
                assert not set(self.queue[:place]) & set(now)
        self.queue, self.ids = now, set(of)

    def a_free_place_is_offered(self, known: Shift, rows: list[Signup]) -> None:
        """No place is free while people wait, unless all of them were told of it."""
        waiting = [one for one in rows if one.state is S.WAITLISTED]
        free = (known.seats or 99) - sum(one.state in HOLDS_PLACE for one in rows)
        if free <= 0 or not waiting:
            return
        for one in waiting:
            assert any(kind.startswith(FREE) for kind in self.occasions(one))

    def no_waiting_is_left(self, known: Shift, rows: list[Signup]) -> None:
        """When a shift has begun or is cancelled, no offer and no waiting is left."""
        waits = {S.WAITLISTED, S.OFFERED, S.REQUESTED}
        if known.state is ShiftState.CANCELLED:
            waits |= COMES
        assert not [one for one in rows if one.state in waits]

    @invariant()
    def a_notice_comes_once(self) -> None:
        """No occasion of a sign-up is sent twice."""
        assert max(self.town.notices.values(), default=1) == 1

    def occasions(self, one: Signup) -> list[str]:
        """Return the occasions of the messages about a sign-up."""

        async def found() -> list[str]:
            async with self.town.store.reading() as unit:
                rows = await unit.deliveries.of_subject("signup", one.id, 100)
            return [row.occasion for row in rows]

        occasions: list[str] = self.run(found())
        return occasions

    def teardown(self) -> None:
        """Close the store, and delete its folder."""
        if self.shift_id:
            self.run(self.town.is_sound())
        self.run(self.town.store.close())
        self.held.close()
        self.loop.close()


SHORT = settings(
    max_examples=40,
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
