"""Random acts of people and the clock keep the totals of pledges equal to what was promised.

A longer form runs with ``--slow``.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter, defaultdict
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pledge_town import PledgeTown
from test_signup_properties import migrated, opened

from bot.clock import TravelClock
from bot.engine.events import Refused
from bot.model.commands.pledges import (
    AnswerCheckIn,
    BeginPledging,
    ChangePledge,
    LeavePledging,
    MakePledge,
    PausePledge,
    ResumePledge,
    SavePlan,
    StopPledge,
    UndoCheckIn,
    WithdrawPledge,
)
from bot.model.delivery import DeliveryState
from bot.model.pledge import (
    APART,
    LIVES,
    PER_UNIT,
    PLEDGE,
    MeasureKind,
    Pledge,
    PledgeState,
    Rhythm,
)
from bot.service.pledges import ending, pledge_messages
from bot.service.pledges.check_in_days import LEAST_WEEKS
from bot.store.unit import Unit
from bot.testing import START

NAMES = ("Ana", "Bo", "Cem")
WHO = st.sampled_from(NAMES)
CODES = st.sampled_from(["L1", "L2", "L4", "L8", "L9", "L10"])
OWN_RHYTHMS = st.sampled_from(["once", "day", "week", "month"])
AMOUNTS = st.integers(1, 40).map(lambda one: one * PER_UNIT)
SPANS = st.sampled_from([timedelta(hours=3), *(timedelta(days=days) for days in (1, 6, 9, 31, 70))])
WEEKS = st.integers(LEAST_WEEKS, 40)
S = PledgeState
COUNTED = frozenset({S.ACTIVE, S.PAUSED, S.KEPT, S.STOPPED})


class Pledging(RuleBasedStateMachine):
    """Three people make, change, keep and end pledges, alone and together."""

    def __init__(self) -> None:
        """Create a town on its own SQLite file."""
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.held = ExitStack()
        clock = TravelClock(START)
        file = Path(self.held.enter_context(tempfile.TemporaryDirectory())) / "town.sqlite3"
        file.write_bytes(self.run(migrated()))
        self.town = PledgeTown(self.run(opened(file, clock)), clock)
        self.campaign_id = 0
        self.is_begun = False
        self.sizes: dict[int, list[tuple[date, int]]] = defaultdict(list)  # before each change

    def run(self, work: Any) -> Any:
        """Run a coroutine."""
        return self.loop.run_until_complete(work)

    @initialize()
    def begins(self) -> None:
        """The people arrive, and a shared pledge is open that two of them can activate."""
        self.run(self.town.begin(*NAMES))
        self.campaign_id = self.run(self.town.campaign(target=2))
        self.is_begun = True

    def pledges(self, *states: PledgeState) -> list[Pledge]:
        """Return the pledges in some states, or all."""

        async def found() -> list[Pledge]:
            async with self.town.store.reading() as unit:
                return await unit.pledges.listed(states or tuple(PledgeState), 10_000)

        rows: list[Pledge] = self.run(found())
        return rows

    def pick(self, data: st.DataObject, *states: PledgeState) -> tuple[int, Pledge] | None:
        """Return a pledge in one of some states with its person's id, or None."""
        rows = self.pledges(*states)
        if not rows:
            return None
        own = data.draw(st.sampled_from(rows))
        name = next(one for one, id_ in self.town.participants.items() if id_ == own.participant_id)
        return self.town.people[name], own

    def do(self, command: Any) -> Any:
        """Execute a command; it may be refused."""
        return self.run(self.town.do(command))

    # -- people ------------------------------------------------------------

    @rule(name=WHO, code=CODES, amount=AMOUNTS, weeks=WEEKS, already=st.booleans())
    def make(self, name: str, code: str, amount: int, weeks: int, already: bool) -> None:  # noqa: FBT001 - hypothesis draws it
        """A person makes a pledge of the catalogue, or does it already."""
        ends_on = self.town.now.date() + timedelta(weeks=weeks)
        entry = self.town.catalogue[code]
        more = {"amount": amount, "ends_on": ends_on, "already": already, "visibility": "named"}
        self.do(MakePledge(self.town.people[name], entry, **more))

    @rule(name=WHO, rhythm=OWN_RHYTHMS, amount=AMOUNTS, weeks=WEEKS)
    def make_own(self, name: str, rhythm: str, amount: int, weeks: int) -> None:
        """A person makes a pledge in own words."""
        ends_on = self.town.now.date() + timedelta(weeks=weeks)
        words = {"words": "Jeg cykler", "theme": "climate", "measure": "rides", "rhythm": rhythm}
        more = {**words, "amount": amount, "ends_on": ends_on, "visibility": "unnamed"}
        self.do(MakePledge(self.town.people[name], None, **more))

    @rule(name=WHO, amount=AMOUNTS)
    def sign(self, name: str, amount: int) -> None:
        """A person signs the shared pledge, twice."""
        first = self.run(self.town.sign(name, self.campaign_id, amount=amount))
        again = self.run(self.town.sign(name, self.campaign_id))
        if not isinstance(first, Refused):
            assert first["pledge_id"] == again["pledge_id"]

    @rule(data=st.data(), amount=AMOUNTS)
    def resize(self, data: st.DataObject, amount: int) -> None:
        """A person changes the amount."""
        if picked := self.pick(data):
            done = self.do(ChangePledge(picked[0], picked[1].id, amount=amount))
            if not isinstance(done, Refused):
                day = min(self.town.now.date(), picked[1].ends_on)
                self.sizes[picked[1].id].append((day, picked[1].amount))

    @rule(data=st.data(), weeks=st.integers(0, 50), rhythm=st.sampled_from([None, *Rhythm]))
    def reschedule(self, data: st.DataObject, weeks: int, rhythm: Rhythm | None) -> None:
        """A person changes the last day, and perhaps the rhythm."""
        if picked := self.pick(data, *LIVES, S.SIGNED):
            ends_on = self.town.now.date() + timedelta(days=1 + 7 * weeks)
            self.do(ChangePledge(picked[0], picked[1].id, ends_on=ends_on, rhythm=rhythm))

    @rule(data=st.data(), days=st.integers(1, 20))
    def plan(self, data: st.DataObject, days: int) -> None:
        """A person plans when they begin."""
        if picked := self.pick(data, *LIVES):
            at = self.town.now + timedelta(days=days)
            self.do(SavePlan(picked[0], picked[1].id, "snart", "hjemme", "", at))

    @rule(data=st.data(), command=st.sampled_from([PausePledge, ResumePledge]))
    def hold(self, data: st.DataObject, command: Any) -> None:
        """A person begins or ends a break."""
        if picked := self.pick(data, *LIVES):
            self.do(command(picked[0], picked[1].id))

    @rule(data=st.data(), command=st.sampled_from([StopPledge, WithdrawPledge]))
    def end(self, data: st.DataObject, command: Any) -> None:
        """A person stops a pledge or takes one back, which may be over; twice is once."""
        if picked := self.pick(data):
            first = self.do(command(picked[0], picked[1].id))
            if not isinstance(first, Refused):
                assert not isinstance(self.do(command(picked[0], picked[1].id)), Refused)

    @rule(data=st.data(), answer=st.sampled_from(["done", "partly", "not"]), some=st.integers(0, 9))
    def answer(self, data: st.DataObject, answer: str, some: int) -> None:
        """A person answers a check-in, perhaps not the newest, and perhaps again."""
        if picked := self.pick(data, *LIVES, S.KEPT, S.STOPPED):
            asked = self.run(self.town.asked(picked[1].id))
            if asked:
                day, amount = data.draw(st.sampled_from(asked)), some * PER_UNIT
                self.do(AnswerCheckIn(picked[0], picked[1].id, day, answer, amount))

    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        """A person takes an answer back, twice."""
        if picked := self.pick(data, *LIVES, S.KEPT, S.STOPPED, S.WITHDRAWN):
            asked = self.run(self.town.asked(picked[1].id))
            if asked:
                day = data.draw(st.sampled_from(asked))
                for _again in range(2):
                    self.do(UndoCheckIn(picked[0], picked[1].id, day))

    @rule(name=WHO, blocks=st.booleans())
    def leave(self, name: str, blocks: bool) -> None:  # noqa: FBT001 - hypothesis draws it
        """A person withdraws the consent or blocks the bot, and comes back."""
        person = self.town.people[name]
        if blocks:
            self.run(self._block(person))
        else:
            self.do(LeavePledging(person))
        own = self.town.participants[name]
        assert not [one for one in self.pledges(*LIVES, S.SIGNED) if one.participant_id == own]
        self.do(BeginPledging(person, over_15=True))

    async def _block(self, person: int) -> None:
        async with self.town.store.unit() as unit:
            await unit.people.reach(person, reachable=False)
            await ending.stop_unreachable(unit, person)
            await unit.people.reach(person, reachable=True)

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        """Time passes."""
        self.run(self.town.passes(span))

    # -- invariants --------------------------------------------------------

    @invariant()
    def all_is_exact(self) -> None:
        """After each act: totals, lists and messages."""
        if self.is_begun:
            self.run(self._check())

    async def _check(self) -> None:
        async with self.town.store.reading() as unit:
            rows = await unit.pledges.listed(tuple(PledgeState), 10_000)
            for year in (self.town.now.year - 1, self.town.now.year):
                await self._totals_are_exact(unit, rows, year)
            await self._what_is_withdrawn_is_gone(unit, rows)
            for one in rows:
                await self._messages_are_apart(unit, one)

    async def _totals_are_exact(self, unit: Unit, rows: list[Pledge], year: int) -> None:
        """The totals of a year are what the pledges and their check-ins say, and the ledger has."""
        wanted: Counter[tuple[str, str | None]] = Counter()
        for one in rows:
            wanted[one.theme, one.measure] += await self._adds(unit, one, year)
        listed: Counter[tuple[str, str | None]] = Counter()
        for counted in await unit.ledger.contributions(year):
            listed[counted.theme, counted.measure] += counted.amount
        assert +listed == +wanted, (year, listed, wanted)
        for (theme, measure), amount in wanted.items():
            if measure is not None:
                found = await unit.ledger.total(year, theme=theme, measure=measure)
                assert found == amount, (year, theme, measure)

    async def _adds(self, unit: Unit, one: Pledge, year: int) -> int:
        """Return what a pledge adds to the totals of a year, without the ledger."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        if one.state not in COUNTED or one.measure is None:
            return 0
        if one.kind is MeasureKind.COUNT:
            answers = await unit.check_ins.of_pledge(one.id)
            return sum(answer.amount for answer in answers if first <= answer.asked_on <= last)
        if one.starts_on > last or not (one.state in LIVES or one.ends_on >= first):
            return 0
        if one.state is S.STOPPED and one.ended_at is not None:
            stopped = min(unit.calendar.local(one.ended_at).date(), one.ends_on)
            if stopped <= last:
                return 0
        later = [amount for day, amount in self.sizes[one.id] if day > last]
        return later[0] if later else one.amount

    async def _what_is_withdrawn_is_gone(self, unit: Unit, rows: list[Pledge]) -> None:
        """A pledge that was taken back is in no total and in no list, in any year."""
        gone = {one.id for one in rows if one.state in {S.WITHDRAWN, S.RELEASED}}
        year = self.town.now.year
        for shown in (year - 1, year, year + 1):
            assert not gone & {one.pledge_id for one in await unit.ledger.contributions(shown)}
            assert not gone & {one.pledge_id for one in await unit.pledges.made_in(shown)}
        listed = await unit.pledges.shown(999)
        assert not gone.intersection(listed)
        for one in rows:
            if one.id in gone:
                assert not await unit.check_ins.of_pledge(one.id) or one.ended_at is not None
                planned = await unit.deliveries.of_subject(PLEDGE, one.id, 1000)
                assert not [row for row in planned if row.state is DeliveryState.PLANNED]

    async def _messages_are_apart(self, unit: Unit, one: Pledge) -> None:
        """Questions about one pledge are five days apart, each is asked again at most once."""
        moments: list[datetime] = []
        occasions: dict[str, int] = defaultdict(int)
        for row in await unit.deliveries.of_subject(PLEDGE, one.id, 1000):
            if row.kind not in pledge_messages.QUESTIONS or row.sent_at is None:
                continue
            occasions[row.occasion] += 1
            moments += [one for one in (row.sent_at, row.asked_again_at) if one is not None]
        days = sorted(unit.calendar.local(moment).date() for moment in moments)
        assert all(later - day >= APART for day, later in pairwise(days)), (one, days)
        assert max(occasions.values(), default=1) == 1

    def teardown(self) -> None:
        """Find nothing in the audit, close the store, and delete its folder."""
        if self.is_begun:
            self.run(self.town.is_sound())
        self.run(self.town.store.close())
        self.held.close()
        self.loop.close()


SHORT = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHORT, max_examples=300, stateful_step_count=60)
TestPledging = Pledging.TestCase
TestPledging.settings = SHORT


@pytest.mark.slow
class TestPledgingLong(Pledging.TestCase):  # type: ignore[misc, name-defined]
    """The same rules with 300 examples of 60 steps."""

    settings = LONG
