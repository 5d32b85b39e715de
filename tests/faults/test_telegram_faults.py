"""Telegram fails, is silent, forgets to answer, or tells us to wait: nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fault_town import town

from bot.simulator import Fault, FaultKind

MINUTE = 60
STEP = timedelta(seconds=1)


@pytest.mark.parametrize("method", [None, "sendMessage"], ids=["all", "sends alone"])
@pytest.mark.parametrize("code", [500, 502])
async def test_telegram_fails_for_a_minute(sqlite_url: str, code: int, method: str | None) -> None:
    """What is answered in that time goes out once Telegram is well again: all of it, and once."""
    async with town(sqlite_url, citizens=10) as here:
        await here.let_in()
        fault = Fault(FaultKind.ERROR, method=method, code=code)
        here.ask(0)
        await here.bot.poller.step()
        here.world.faults.add(fault)
        await here.bot.worker.step()
        for _second in range(MINUTE):
            await here.bot.courier.step()
            here.clock.advance(STEP)
        here.world.faults.remove(fault)
        here.ask(1)
        await here.let_pass(2 * MINUTE)
        assert here.hold_heard(0, 1) == 0
