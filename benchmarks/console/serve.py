"""Serve the console of a filled database in its own process, which is measured."""

from __future__ import annotations

import asyncio
import sys

from aiohttp import web

from bot import watch
from bot.app.compose import town_context_of
from bot.clock import TravelClock
from bot.console.app import console_app, mount
from bot.console.console_context import ConsoleContext
from bot.service.content import read_town
from bot.store.store import Store
from bot.testing import START

READY = "ready"


async def serve(database_url: str, port: int) -> None:
    """Serve until the process is terminated; the town's clock is fixed at the time of filling."""
    watch.set_up_logging("text")  # failing pages are logged with a traceback
    town = read_town(None)
    store = await Store.open(database_url, clock=TravelClock(START), town=town_context_of(town))
    app = web.Application()
    address = f"http://127.0.0.1:{port}/console"
    mount(app, console_app(ConsoleContext(store, town, "https://t.me/a_bot", address)))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print(READY, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
