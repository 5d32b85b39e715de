"""The public pages of a town, served in a thread to a browser."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from aiohttp import web

from bot.app.compose import town_context_of
from bot.clock import TravelClock
from bot.public.app import mount, public_app
from bot.public.public_context import PublicContext
from bot.public.rate_limit import RateLimit
from bot.service.content import employ, import_town
from bot.store.store import Store
from bot.store.unit import Unit
from bot.testing import START, klintsund


@contextmanager
def served(folder: Path, fill: Callable[[Unit], Awaitable[None]]) -> Iterator[str]:
    """Serve the public pages of a town with the rows that *fill* adds; the value is the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/public"
    ready, loop = threading.Event(), asyncio.new_event_loop()
    over = asyncio.Event()

    async def serve() -> None:
        context = town_context_of(klintsund())
        url = f"sqlite:///{folder / 'town.sqlite3'}"
        store = await Store.open(url, clock=TravelClock(START), town=context)
        async with store.unit() as unit:
            await import_town(klintsund(), unit)
            await employ(klintsund(), unit)
            await fill(unit)
        chat, limit = "https://t.me/dialog_klintsund_bot", RateLimit(most=10_000)
        app = web.Application()
        mount(app, public_app(PublicContext(store, klintsund(), address, chat, rate_limit=limit)))
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        ready.set()
        await over.wait()
        await runner.cleanup()
        await store.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(30)
    try:
        yield address
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(20)
        loop.close()
