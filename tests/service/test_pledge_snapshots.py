"""The night's snapshot of the totals of pledges, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from pledge_town import PledgeTown
from signup_town import ZONE
from sqlalchemy import select, update

from bot.model.commands.pledges import (
    AnswerCheckIn,
    ApproveWords,
    ChangePledge,
    MakePledge,
    StopPledge,
    WithdrawPledge,
)
from bot.model.pledge import PER_UNIT
from bot.model.pledge_snapshot import Snapshot
from bot.scheduler import publish_totals
from bot.service.pledges.totals import due_snapshot, is_held, shown_snapshot
from bot.store.tables import pledge_snapshot

pytestmark = pytest.mark.asyncio
NAMES = tuple(f"Borger{number}" for number in range(7))
LATER = tuple(f"Ny{number}" for number in range(5))
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
    """A number stays while fewer than five have left it; with fewer than five people it is gone."""
    await pledging.add(*NAMES)
    made = {name: await pledging.pledge(name, "L1", amount=10 * PER_UNIT) for name in NAMES}
    first = await night(pledging)
    assert first.totals[0].amount == 70 * PER_UNIT
    await pledging.do(StopPledge(pledging.people[NAMES[0]], made[NAMES[0]]))
    assert (await night(pledging)).totals == first.totals
    await pledging.do(WithdrawPledge(pledging.people[NAMES[1]], made[NAMES[1]]))
    assert (await night(pledging)).totals == first.totals
    await pledging.do(StopPledge(pledging.people[NAMES[2]], made[NAMES[2]]))
    assert (await night(pledging)).totals == ()


async def test_five_new_people_replace_a_number(pledging: PledgeTown) -> None:
    """The fifth new person replaces the number; what it is made of is kept for the newest alone."""
    await pledging.add(*NAMES, *LATER)
    for name in NAMES:
        await pledging.pledge(name, "L1", amount=10 * PER_UNIT)
    first = (await night(pledging)).totals[0].whole
    for name in LATER[:-1]:
        await pledging.pledge(name, "L1", amount=10 * PER_UNIT)
        assert (await night(pledging)).totals[0].whole == first
    await pledging.pledge(LATER[-1], "L1", amount=10 * PER_UNIT)
    last = await night(pledging)
    total = last.totals[0]
    assert (total.people, total.amount, total.day) == (12, 120 * PER_UNIT, last.day)
    async with pledging.store.reading() as unit:
        rows = await unit.connection.execute(select(pledge_snapshot.c.day, pledge_snapshot.c.parts))
        assert [row.day for row in rows if row.parts is not None] == [last.day]


async def test_a_level_that_is_told_as_done(pledging: PledgeTown) -> None:
    """What is promised becomes done when five have told so, and five have not."""
    await pledging.add(*NAMES, *LATER)
    made = {
        name: await pledging.pledge(name, "L1", amount=10 * PER_UNIT) for name in (*NAMES, *LATER)
    }
    assert (await night(pledging)).totals[0].done is None
    today = pledging.now.astimezone(ZONE).date()
    for number, name in enumerate(NAMES, 1):
        person = pledging.people[name]
        await pledging.do(AnswerCheckIn(person, made[name], today, "done"))
        done = (await night(pledging)).totals[0].done
        assert (done.amount if done else None) == (50 * PER_UNIT if number >= 5 else None)


async def own_words(town: PledgeTown, seen: str) -> dict[str, int]:
    """Let five promise lawns of different sizes in their own words; staff read them."""
    await town.add(*LATER)
    how = {"theme": "wild", "measure": "m2", "rhythm": "month", "ends_on": "2027-10-01"}
    made = {}
    for size, name in enumerate(LATER, 20):
        fields = {"words": f"Jeg lader {size} m² stå", "amount": size * PER_UNIT, **how}
        done = await town.do(MakePledge(town.people[name], visibility=seen, **fields))
        made[name] = done["pledge_id"]
        await read(town, made[name])
    return made


async def read(town: PledgeTown, pledge_id: int) -> None:
    """Let staff approve the words of a pledge."""
    version = (await town.pledge_of(pledge_id)).version
    await town.do(ApproveWords(town.staff_id, pledge_id, version))


async def let_see(town: PledgeTown, made: dict[str, int], names: Sequence[str], seen: str) -> None:
    """Let people choose who may see their pledges."""
    for name in names:
        await town.do(ChangePledge(town.people[name], made[name], visibility=seen))


async def test_words_that_are_shown_after_a_number(pledging: PledgeTown) -> None:
    """The words of four of five people do not stand beside, or after, what all five promised."""
    made = await own_words(pledging, "private")
    first = await night(pledging)
    assert (first.totals[0].amount, first.people) == (110 * PER_UNIT, 5)
    await let_see(pledging, made, LATER[:4], "unnamed")
    later = await night(pledging)
    assert (later.totals, later.shown) == (first.totals, set())
    async with pledging.store.reading() as unit:
        assert await is_held(unit, made[LATER[0]])
    await let_see(pledging, made, LATER[4:], "unnamed")
    assert (await night(pledging)).shown == set(made.values())


async def test_words_that_are_hidden_before_a_number(pledging: PledgeTown) -> None:
    """Who remembers the words of four does not learn the amount of the fifth."""
    made = await own_words(pledging, "unnamed")
    await let_see(pledging, made, LATER[4:], "private")
    first = await night(pledging)
    assert (first.totals, first.people, len(first.shown)) == ((), None, 4)
    await let_see(pledging, made, LATER, "private")
    for _night in range(2):
        hidden = await night(pledging)
        assert (hidden.totals, hidden.people, hidden.shown) == ((), None, set())


async def test_words_that_an_earlier_version_showed(pledging: PledgeTown) -> None:
    """Snapshots without parts tell which words readers know already."""
    made = await own_words(pledging, "unnamed")
    await let_see(pledging, made, LATER[4:], "private")
    await night(pledging)
    await let_see(pledging, made, LATER, "private")
    async with pledging.store.unit() as unit:
        await unit.connection.execute(update(pledge_snapshot).values(parts=None))
    assert (await night(pledging)).totals == ()
