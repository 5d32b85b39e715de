"""Every update arrives three times, and the system clock steps by an hour."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from apscheduler.schedulers import base
from fault_town import Town, rows, town

from bot import clock, scheduler
from bot.scheduler import Tick, ticking
from bot.store.store import Store

HOUR = timedelta(hours=1)


async def deliver(here: Town) -> None:
    """Deliver each waiting update three times: twice in one batch, and again after processing."""
    updates = await here.bot.parts.api.call("getUpdates", {"timeout": 0})
    async with asyncio.timeout(10):
        await asyncio.gather(here.bot.intake.take(updates + updates), here.bot.intake.take(updates))
    while await here.bot.worker.step():
        await here.bot.courier.step()
    await here.bot.intake.take(updates)
    await here.bot.settle()


async def test_every_update_comes_three_times(database_url: str) -> None:
    """Repeated messages and taps have one effect each, and a question opens one case."""
    async with town(database_url, citizens=4) as here:
        asked = ("/start", "Hvornår bliver bænken ved søen malet igen?", "min mand slår mig")
        for words in asked:
            for who in here.who():
                here.world.say(who, words)
            await deliver(here)
        chats = here.world.bots[here.bot.parts.token].chats
        for who in here.who():
            card = next(
                message
                for message in chats[who].messages.values()
                if any(b.text == "Spørg et menneske" for row in message.keyboard for b in row)
            )
            button = next(b for row in card.keyboard for b in row if b.text == "Spørg et menneske")
            here.world.tap(who, card.id, str(button.data))
        await deliver(here)
        received = [here.received(who) for who in here.who()]
        assert all(len(set(each)) == len(each) for each in received)
        assert all(sum("Sagsnummer" in text for text in each) == 1 for each in received)
        assert all(sum("112" in text for text in each) == 1 for each in received)
        assert await rows(here.store, "SELECT count(*) FROM cases") == [(here.citizens,)]


@pytest.mark.parametrize("step", [-HOUR, HOUR], ids=["back", "on"])
async def test_the_clock_steps_in_mid_work(database_url: str, step: timedelta) -> None:
    """Answers written before the clock steps go out at once afterwards, once and in order."""
    async with town(database_url, citizens=4) as here:
        await here.let_in()
        for number in (0, 1):
            here.ask(number)
        await here.bot.poller.step()
        await here.bot.worker.step()
        here.clock._base += step
        await here.step(1.0)
        here.ask(2)
        await here.step(1.0)
        assert here.hold_heard(0, 1, 2) == 0


class SteppedClock(datetime):
    """The system clock minus `back`."""

    back: ClassVar[timedelta] = timedelta()

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        """Return the current time minus `back`."""
        return datetime.now(tz) - cls.back


async def test_ticks_go_on_when_the_clock_is_set_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scheduled ticks keep running after the clock steps back or forward by an hour."""
    ticked = asyncio.Event()

    async def tick(_store: Store) -> int:
        ticked.set()
        return 0

    for module in (base, clock):
        monkeypatch.setattr(module, "datetime", SteppedClock)
    monkeypatch.setattr(scheduler, "TICKS", (Tick("each", 1, tick),))
    monkeypatch.setattr(SteppedClock, "back", timedelta())
    running = ticking(store)
    running.start()
    try:
        for back in (timedelta(), HOUR, -HOUR):
            monkeypatch.setattr(SteppedClock, "back", back)
            for _time in range(2):
                ticked.clear()
                await asyncio.wait_for(ticked.wait(), 10)
    finally:
        running.shutdown(wait=False)
