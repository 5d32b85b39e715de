"""The public pages of opportunities in a browser, on a phone and on a wide screen."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web
from looks import look
from playwright.sync_api import BrowserContext, expect
from programmes import IN_CHROMIUM

from bot.app.compose import town_context_of
from bot.clock import TravelClock
from bot.model.commands.volunteering import ImportOpportunities
from bot.public.app import mount, public_app
from bot.public.public_context import PublicContext
from bot.public.rate_limit import RateLimit
from bot.service import execute
from bot.service.content import employ, import_town, shipped_opportunities
from bot.store.store import Store
from bot.testing import START, klintsund

pytestmark = IN_CHROMIUM
LOOKS = [("light", 1440, "da"), ("dark", 390, "en"), ("light", 390, "da"), ("dark", 1440, "en")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the public pages of a town with open opportunities in a thread."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    file: Path = tmp_path_factory.mktemp("public") / "town.sqlite3"
    address = f"http://127.0.0.1:{port}/public"
    ready, loop = threading.Event(), asyncio.new_event_loop()
    over = asyncio.Event()

    async def serve() -> None:
        context = town_context_of(klintsund())
        store = await Store.open(f"sqlite:///{file}", clock=TravelClock(START), town=context)
        async with store.unit() as unit:
            await import_town(klintsund(), unit)
            await employ(klintsund(), unit)
            await execute(ImportOpportunities(1, shipped_opportunities(), publishes=True), unit)
            only_danish = {"da": "Mørkemåler"}
            await unit.opportunities.change(12, titles=only_danish, texts=only_danish)
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
    yield address
    loop.call_soon_threadsafe(over.set)
    thread.join(20)
    loop.close()


@pytest.mark.parametrize("context", LOOKS, indirect=True)
def test_looks(context: tuple[BrowserContext, int, str], pages: str) -> None:
    """The list and the page of one opportunity are accessible and fit the screen."""
    made, width, language = context
    page = made.new_page()
    page.goto(f"{pages}/opgaver")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("article")).to_have_count(12)
    look(page, width)
    page.get_by_role("link", name="Mørkemåler").click()
    expect(page.locator(".note")).to_have_count(int(language == "en"))
    look(page, width)
    assert page.locator("img").evaluate("(code) => code.naturalWidth") > 0
    page.locator(".top a").click()
    expect(page.locator("html")).to_have_attribute("lang", {"da": "en", "en": "da"}[language])
