"""A flood from one citizen or a waiting broadcast does not delay answers to others."""

from __future__ import annotations

import asyncio

import pytest
from fault_town import FIRST, p95, rows, town
from figures import Figure
from working_town import AtWork, at_work

from bot.store.outbox import NewOutbox, Priority
from bot.transport import pacing
from bot.transport.pacing import Pacing

FLOOD, BACKLOG = 1000, 3000
WITHIN = 2.0  # seconds


async def test_a_flood_of_one_goes_before_nobody(database_url: str) -> None:
    """At most one message of a waiting flood is answered before another citizen's question."""
    async with town(database_url, citizens=2) as here:
        await here.let_in()
        flooder, other = here.who()
        for _time in range(100):
            here.world.say(flooder, "/hjælp")
        await here.bot.poller.step()
        here.ask_one(other, 0)
        await here.bot.poller.step()
        await here.bot.worker.step()
        await here.bot.worker.step()
        await here.bot.courier._begin()
        await here.bot.courier._land_all()
        assert len(here.received(other)) == 1
        assert len(here.received(flooder)) <= 1
        await here.step()
        assert len(here.received(flooder)) == 100


async def test_a_broadcast_that_waits_goes_before_nobody(database_url: str) -> None:
    """The next claim includes a reply, although 300 broadcast rows are older."""
    async with town(database_url, citizens=1) as here:
        await here.let_in()
        async with here.store.unit() as unit:
            for number in range(300):
                here.world.add_user(FIRST + 1 + number, "Bo")
                await unit.outbox.add(news(FIRST + 1 + number))
        here.ask(0)
        await here.bot.poller.step()
        await here.bot.worker.step()
        await here.bot.courier._begin()
        claimed = await rows(here.store, "SELECT chat_id FROM outbox WHERE state = 'claimed'")
        assert len(claimed) == 30
        assert (FIRST,) in claimed
        await here.bot.courier.step()
        assert here.hold_heard(0) == 0


def news(who: int) -> NewOutbox:
    """Return one outbox row of a broadcast."""
    params = {"chat_id": who, "text": "Vejen er spærret på tirsdag."}
    return NewOutbox(who, f"tg:{who}", "sendMessage", params, Priority.BROADCAST)


async def measured(working: AtWork, times: int) -> list[float]:
    """Return the seconds that each of *times* answers took."""
    loop, took = asyncio.get_running_loop(), []
    for number in range(times):
        who = FIRST + 1 + number  # a new citizen each time, so that no per-chat limit is measured
        begun, before = loop.time(), len(working.sent(who))
        working.world.say(who, "/hjælp")
        async with asyncio.timeout(60):
            while len(working.sent(who)) == before:  # noqa: ASYNC110 - no event to await
                await asyncio.sleep(0.005)
        took.append(loop.time() - begun)
        await asyncio.sleep(0.2)
    return took


@pytest.mark.slow
async def test_a_thousand_messages_of_one(
    database_url: str, figure: Figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All 1000 are answered; the p95 of forty other answers stays below 2 s."""
    async with at_work(database_url, citizens=41, pacing=Pacing()) as working:
        for who in working.who():
            working.world.say(who, "/start")
        await until_sent(working, 2 * 41)
        for _time in range(FLOOD):
            working.world.say(FIRST, "/hjælp")
        took = await measured(working, 40)
        # At Telegram's limit of one message a second the rest would take a quarter of an hour.
        monkeypatch.setattr(pacing, "PRIVATE", 1000.0)
        working.bot.courier.pacing.chats.clear()
        await until_sent(working, 2 * 41 + FLOOD + 40)
        assert len(working.sent(FIRST)) == FLOOD + 2
        assert p95(took) < WITHIN
        name = working.store.dialect
    figure(f"a flood of one, {name}", messages=FLOOD, dropped=0, **told(took))


@pytest.mark.slow
async def test_a_backlog_of_three_thousand(database_url: str, figure: Figure) -> None:
    """During a broadcast within Telegram's limits the p95 of replies stays below 2 s."""
    async with at_work(database_url, citizens=41, pacing=Pacing()) as working:
        for who in working.who():
            working.world.say(who, "/start")
        await until_sent(working, 2 * 41)
        async with working.store.unit() as unit:
            for number in range(BACKLOG):
                working.world.add_user(FIRST + 1000 + number, "Bo")
                await unit.outbox.add(news(FIRST + 1000 + number))
        took = await measured(working, 40)
        left = await rows(working.store, "SELECT count(*) FROM outbox WHERE state = 'pending'")
        assert left[0][0] > 0  # without a backlog the measurement would prove nothing
        await until_sent(working, 2 * 41 + 40 + BACKLOG)
        assert p95(took) < WITHIN
        name = working.store.dialect
    figure(f"a backlog of a broadcast, {name}", rows=BACKLOG, dropped=0, **told(took))


async def until_sent(working: AtWork, sends: int) -> None:
    """Wait until *sends* messages have gone out; assert that there are no more."""
    async with asyncio.timeout(600):
        while working.world.calls["sendMessage"] < sends:  # noqa: ASYNC110 - no event to await
            await asyncio.sleep(0.05)
    assert working.world.calls["sendMessage"] == sends


def told(took: list[float]) -> dict[str, str]:
    """Return median, p95 and maximum of the waits."""
    return {
        "another's_reply_p50": f"{sorted(took)[len(took) // 2]:.2f} s",
        "p95": f"{p95(took):.2f} s",
        "longest": f"{max(took):.2f} s",
    }
