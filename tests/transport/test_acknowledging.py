"""A tap is answered beside everything else."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.errors import Unreachable
from bot.transport.acknowledging import AT_ONCE, MOST, Acknowledging


class Slow:
    """A Telegram that answers when it is let to."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.asked: list[str] = []
        self.at_once = self.most = 0
        self.let = asyncio.Event()

    async def call(self, method: str, params: Mapping[str, Any], *, timeout: float) -> Any:  # noqa: ASYNC109 - the port's word
        """Answer once it is let to; the query called "away" finds nobody."""
        assert (method, timeout) == ("answerCallbackQuery", 5.0)
        self.asked.append(params["callback_query_id"])
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await self.let.wait()
        self.at_once -= 1
        if params["callback_query_id"] == "away":
            raise Unreachable


async def test_nobody_waits_for_it() -> None:
    """Whoever begins goes on at once; all is answered in the end, whatever fails."""
    api = Slow()
    acknowledging = Acknowledging(api)  # type: ignore[arg-type]  # it calls, and nothing else
    acknowledging.begin(["1", "away", "2"])
    assert api.asked == []
    waiting = asyncio.create_task(acknowledging.settle())
    await asyncio.sleep(0)
    assert not waiting.done()
    api.let.set()
    await waiting
    assert sorted(api.asked) == ["1", "2", "away"]
    await acknowledging.settle()  # nothing is under way any more


async def test_it_takes_no_more_than_its_share() -> None:
    """A few are answered at once, and where very many wait, more are left out."""
    api = Slow()
    api.let.set()
    acknowledging = Acknowledging(api)  # type: ignore[arg-type]  # it calls, and nothing else
    acknowledging.begin(map(str, range(MOST + 50)))
    await acknowledging.settle()
    assert len(api.asked) == MOST
    assert api.most <= AT_ONCE
