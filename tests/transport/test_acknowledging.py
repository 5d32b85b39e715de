"""Callback queries are answered in the background."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.errors import Unreachable
from bot.transport.acknowledging import AT_ONCE, MOST, Acknowledging


class Slow:
    """A Telegram that answers only after its event is set."""

    def __init__(self) -> None:
        """Start without calls."""
        self.asked: list[str] = []
        self.at_once = self.most = 0
        self.let = asyncio.Event()

    async def call(self, method: str, params: Mapping[str, Any], *, timeout: float) -> Any:  # noqa: ASYNC109 - the parameter belongs to the port
        """Answer once the event is set; raise `Unreachable` for the query "away"."""
        assert (method, timeout) == ("answerCallbackQuery", 5.0)
        self.asked.append(params["callback_query_id"])
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await self.let.wait()
        self.at_once -= 1
        if params["callback_query_id"] == "away":
            raise Unreachable


async def test_nobody_waits_for_it() -> None:
    """`begin` returns at once, and every query is answered, even if one fails."""
    api = Slow()
    acknowledging = Acknowledging(api)  # type: ignore[arg-type]  # only `call` is used
    acknowledging.begin(["1", "away", "2"])
    assert api.asked == []
    waiting = asyncio.create_task(acknowledging.settle())
    await asyncio.sleep(0)
    assert not waiting.done()
    api.let.set()
    await waiting
    assert sorted(api.asked) == ["1", "2", "away"]
    await acknowledging.settle()  # no answer is in flight


async def test_it_takes_no_more_than_its_share() -> None:
    """At most `AT_ONCE` answers are in flight, and at most `MOST` are kept."""
    api = Slow()
    api.let.set()
    acknowledging = Acknowledging(api)  # type: ignore[arg-type]  # only `call` is used
    acknowledging.begin(map(str, range(MOST + 50)))
    await acknowledging.settle()
    assert len(api.asked) == MOST
    assert api.most <= AT_ONCE
