"""Run a bot in its own process that sends a broadcast to readers who are in its database.

    python -m benchmarks.broadcast.ours DATABASE API paced|unpaced

Its clock starts on a Monday at 10:00, so that no quiet hours delay the broadcast. It runs until it
gets SIGTERM. With the API "silent" a Telegram in the process answers at once.
"""

from __future__ import annotations

import asyncio
import signal
import sys

import uvloop

from benchmarks.scale.run import SilentApi
from bot.app import roles
from bot.app.compose import BotParts, build, prepare, town_context_of
from bot.clock import TravelClock
from bot.scheduler import ticking
from bot.service.content import read_town
from bot.service.faq import IndexKeeper
from bot.simulator import TOKEN
from bot.store.store import Store
from bot.testing import START
from bot.transport.api import HttpBotApi
from bot.transport.pacing import Pacing, Unpaced

SILENT = "silent"


async def run(database: str, api_url: str, *, paced: bool) -> None:
    """Run all roles but the pages, until SIGTERM."""
    town, stop = read_town(None), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    context = town_context_of(town)
    store = await Store.open(database, clock=TravelClock(START, tick=True), town=context)
    api = SilentApi() if api_url == SILENT else HttpBotApi(api_url, TOKEN)
    pacing = Pacing() if paced else Unpaced()
    parts = BotParts(store, api, TOKEN, town, IndexKeeper(), pacing)
    await prepare(parts)
    bot = await build(parts)
    doing = [roles.work_rows(bot, stop), bot.courier.run(stop), roles.keep_index(bot, stop)]
    if api_url != SILENT:
        doing.append(bot.poller.run(stop))
    ticks = ticking(store)
    ticks.start()
    try:
        await asyncio.gather(*doing)
    finally:
        ticks.shutdown(wait=False)
        await bot.close()
        await store.close()
        await api.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(sys.argv[1], sys.argv[2], paced=sys.argv[3] == "paced"))
