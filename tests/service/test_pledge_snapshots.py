"""The night's snapshot of the totals of pledges, on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from pledge_town import PledgeTown
from signup_town import ZONE

from bot.model.commands.pledges import StopPledge, WithdrawPledge
from bot.model.pledge import PER_UNIT
from bot.model.pledge_snapshot import Snapshot
from bot.scheduler import publish_totals
from bot.service.pledges.totals import due_snapshot, shown_snapshot, shown_total

pytestmark = pytest.mark.asyncio
NAMES = tuple(f"Borger{number}" for number in range(7))
DAY = timedelta(days=1)


async def snapshot(town: PledgeTown) -> Snapshot:
    """Return the newest snapshot."""
    async with town.store.reading() as unit:
        found = await shown_snapshot(unit)
    assert found is not None
    return found


async def night(town: PledgeTown) -> Snapshot:
    """Let a night pass; return its snapshot."""
    town.clock.move_to(town.now + DAY)
    assert await publish_totals(town.store) == 1
    return await snapshot(town)


async def test_one_snapshot_a_day(pledging: PledgeTown) -> None:
    """Of processes that publish at once one stores the day's snapshot; a new day has a new one."""
    await pledging.add(*NAMES)
    for name in NAMES:
        await pledging.pledge(name, "L1", amount=10 * PER_UNIT)
    done = await asyncio.gather(*(publish_totals(pledging.store) for _process in range(4)))
    assert sum(done) == 1
    async with pledging.store.reading() as unit:
        assert await due_snapshot(unit) is None
    first = await snapshot(pledging)
    assert (await night(pledging)).day == first.day + DAY
    (total,) = first.totals
    assert (total.people, total.amount) == (7, 70 * PER_UNIT)


async def test_soon_after_midnight(pledging: PledgeTown) -> None:
    """The local day counts, and not the one of UTC: a snapshot is stored a minute past midnight."""
    await publish_totals(pledging.store)
    local = pledging.now.astimezone(ZONE)
    midnight = (local + DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    pledging.clock.move_to(midnight - timedelta(minutes=1))
    assert await publish_totals(pledging.store) == 0
    pledging.clock.move_to(midnight + timedelta(minutes=1))
    assert await publish_totals(pledging.store) == 1
    assert (await snapshot(pledging)).day == midnight.date()


async def test_what_leaves_a_total(pledging: PledgeTown) -> None:
    """A stopped and a withdrawn pledge leave the level of the next night."""
    await pledging.add(*NAMES)
    made = {name: await pledging.pledge(name, "L1", amount=10 * PER_UNIT) for name in NAMES}
    assert (await night(pledging)).totals[0].amount == 70 * PER_UNIT
    await pledging.do(StopPledge(pledging.people[NAMES[0]], made[NAMES[0]]))
    assert (await snapshot(pledging)).totals[0].amount == 70 * PER_UNIT
    assert (await night(pledging)).totals[0].amount == 60 * PER_UNIT
    await pledging.do(WithdrawPledge(pledging.people[NAMES[1]], made[NAMES[1]]))
    assert (await night(pledging)).totals[0].people == 5
    async with pledging.store.reading() as unit:
        assert await shown_total(unit, "wild", "m2") == 50 * PER_UNIT
    await pledging.do(StopPledge(pledging.people[NAMES[2]], made[NAMES[2]]))
    assert (await night(pledging)).totals == ()
    async with pledging.store.reading() as unit:
        assert await shown_total(unit, "wild", "m2") is None
