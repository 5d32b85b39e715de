"""Pledges in the lists that know all messages: the forecast, the outgoing calendar, a feed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pledge_town import PledgeTown
from signup_town import at

from bot.model.commands.pledges import PausePledge, SavePlan, StopPledge
from bot.model.pledge import PLEDGE
from bot.service.calendar_events import feed_events
from bot.service.forecast import forecast
from bot.service.outgoing import outgoing

pytestmark = pytest.mark.asyncio


async def expected(town: PledgeTown, name: str) -> list[tuple[str, str]]:
    """Return the occasions that will reach a citizen, with their days."""
    async with town.store.reading() as unit:
        found = [one.delivery for one in await forecast(unit, town.participants[name])]
        return [
            (one.occasion.partition(":")[0], f"{unit.calendar.local(one.planned_at):%m-%d %H:%M}")
            for one in found
        ]


async def test_the_forecast_has_each_question(pledging: PledgeTown) -> None:
    """A pledge of each week is asked about each week, also where only the next one is planned."""
    own = await pledging.pledge("Ana", "L8", ends_on=date(2027, 3, 1))
    weekly = [("checkin", f"{day} 16:30") for day in ("11-30", "12-07", "12-14")]
    assert await expected(pledging, "Ana") == weekly
    plan = SavePlan(pledging.people["Ana"], own, "snart", "", "", at(11, 28, 10))
    await pledging.do(plan)
    assert await expected(pledging, "Ana") == [("plan", "11-28 10:00"), *weekly]
    await pledging.until(at(12, 1, 12))
    assert [one for one in await expected(pledging, "Ana") if one[0] == "checkin"] == [
        *weekly[1:],
        ("checkin", "12-21 16:30"),
        ("checkin", "12-28 16:30"),
    ]
    await pledging.do(PausePledge(pledging.people["Ana"], own))
    assert await expected(pledging, "Ana") == [("checkin", "12-07 16:30")]  # held, with the reason


async def test_the_forecast_has_the_question_of_a_shared_pledge(pledging: PledgeTown) -> None:
    """Signers are asked once on the last day: by their campaign, at nine."""
    known = await pledging.campaign(target=2)
    for name in ("Ana", "Bo"):
        await pledging.sign(name, known)
    await pledging.until(at(11, 30, 12))
    assert await expected(pledging, "Ana") == [("followup", "12-21 09:00")]
    await pledging.until(at(12, 22, 12))
    assert (await pledging.asked(1))[-1] == date(2026, 12, 21)


async def test_the_outgoing_calendar_counts_pledges_and_sign_ups(pledging: PledgeTown) -> None:
    """Each kind of message is a line of its day, with how many people get it."""
    for name in ("Ana", "Bo"):
        await pledging.pledge(name, "L8", ends_on=date(2027, 3, 1))
    stopped = await pledging.pledge("Cem", "L8", ends_on=date(2027, 3, 1))
    await pledging.do(StopPledge(pledging.people["Cem"], stopped))
    shift = await pledging.shift(at(12, 3, 15))
    await pledging.sign_up("Dina", shift)
    async with pledging.store.reading() as unit:
        calendar = await outgoing(unit)
    lines = [
        (f"{day.day:%m-%d}", line.kind, line.number) for day in calendar.days for line in day.lines
    ]
    assert ("11-30", PLEDGE, 2) in lines
    assert ("12-07", PLEDGE, 2) not in lines  # later than 14 days
    assert [line for line in lines if line[1] == "signup"]
    await pledging.passes(timedelta(hours=30))
    async with pledging.store.reading() as unit:
        calendar = await outgoing(unit)
    numbers = {
        f"{day.day:%m-%d}": line.number
        for day in calendar.days
        for line in day.lines
        if line.kind == PLEDGE
    }
    assert numbers == {"11-30": 2, "12-07": 2}


async def test_a_plan_is_in_the_feed(pledging: PledgeTown) -> None:
    """A person's calendar has when and where they begin; a plan that is dropped leaves it."""
    own = await pledging.pledge("Ana", "L4")
    plan = SavePlan(pledging.people["Ana"], own, "lørdag", "ved skuret", "Sæt uret", at(11, 28, 10))
    await pledging.do(plan)

    async def events() -> list[tuple[str, str]]:
        async with pledging.store.reading() as unit:
            participant = await unit.participants.get(pledging.participants["Ana"])
            assert participant is not None
            return [(one.title, one.place) for one in await feed_events(unit, participant, "x")]

    assert await events() == [("Sæt uret", "ved skuret")]
    await pledging.do(SavePlan(pledging.people["Ana"], own))
    assert await events() == []
