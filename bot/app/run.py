"""`brobygger run`: every role in one process, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Coroutine
from contextlib import AsyncExitStack, suppress
from typing import Any

from aiohttp import web

from bot import settings as settings_module
from bot import watch
from bot.app.compose import Bot, Parts, hall_of, move_in, put_together
from bot.app.http import Health, make_app
from bot.app.nightly import nightly
from bot.clock import SystemClock
from bot.console.app import console_app, mount
from bot.console.office import Office
from bot.errors import ConfigurationError, StoreAway, TransportError
from bot.scheduler import ticking
from bot.service.content import read_town
from bot.service.faq import CHANGED
from bot.settings import Settings
from bot.store.store import Store
from bot.transport.api import HttpBotApi
from bot.transport.webhook import PATH, set_webhook, webhook

LOOK_EVERY = 2.0  # seconds, whatever the bell says
DRAIN = 8.0  # seconds that what is in hand may take; SIGTERM is obeyed within ten
log = logging.getLogger("brobygger.run")


async def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT, then finish what is in hand."""
    watch.set_up_logging(settings.log_format)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_number, stop.set)
    async with AsyncExitStack() as stack:
        settings_module.secret_key(settings)
        town = read_town(settings.town)
        store = await Store.open(settings.database_url, clock=SystemClock(), hall=hall_of(town))
        stack.push_async_callback(store.close)
        api = HttpBotApi(settings.telegram_api_url, settings.bot_token)
        stack.push_async_callback(api.close)
        parts = Parts(store, api, settings.bot_token, town)
        bot = await put_together(parts)
        stack.push_async_callback(bot.close)
        await move_in(parts)
        await _serve(settings, bot, stack)
        folder = settings.journal_folder
        scheduler = ticking(store, *([nightly(folder)] if folder else []))
        scheduler.start()
        stack.callback(scheduler.shutdown, wait=False)
        log.info("running")
        await work(_roles(settings, bot, stop), stop)
    log.info("stopped")


def _roles(settings: Settings, bot: Bot, stop: asyncio.Event) -> list[Coroutine[Any, Any, None]]:
    """List what this process does at the same time."""
    roles = [work_rows(bot, stop), bot.courier.run(stop), keep_index(bot, stop)]
    if settings.intake == "polling":
        roles.append(bot.poller.run(stop))
    else:
        roles.append(keep_webhook(settings, bot, stop))
    return roles


async def work(roles: list[Coroutine[Any, Any, None]], stop: asyncio.Event) -> None:
    """Let all roles work until *stop*; one that breaks ends the process, for all to see."""
    tasks = [asyncio.create_task(role) for role in roles]
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
    broken = [task for task in tasks if task.done() and task.exception()]
    stop.set()
    done, late = await asyncio.wait(tasks, timeout=DRAIN)
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    log.info("drained", extra={"roles": len(done), "late": len(late)})
    for task in broken:
        await task


async def work_rows(bot: Bot, stop: asyncio.Event) -> None:
    """Take inbox rows through their turns until *stop*."""
    store = bot.parts.store
    while not stop.is_set():
        try:
            if not await bot.worker.step():
                await _first(store.bell.wait("inbox", LOOK_EVERY), stop)
        except StoreAway:
            log.warning("store_away")
            await _first(asyncio.sleep(LOOK_EVERY), stop)


async def keep_index(bot: Bot, stop: asyncio.Event) -> None:
    """Make the index anew whenever the FAQ changes, before a citizen asks."""
    store = bot.parts.store
    while not stop.is_set():
        try:
            await bot.parts.index.refresh(store)
            await _first(store.bell.wait(CHANGED, LOOK_EVERY), stop)
        except StoreAway:
            log.warning("store_away")
            await _first(asyncio.sleep(LOOK_EVERY), stop)


async def keep_webhook(settings: Settings, bot: Bot, stop: asyncio.Event) -> None:
    """Set the webhook, asking again where Telegram is away."""
    url = settings.webhook_url + PATH
    while not stop.is_set():
        try:
            changed = await set_webhook(
                bot.parts.store, bot.parts.api, url, settings.webhook_secret
            )
            log.info("webhook_set" if changed else "webhook_stands")
            await stop.wait()
        except (TransportError, StoreAway):
            log.warning("telegram_or_store_away")
            await _first(asyncio.sleep(LOOK_EVERY), stop)


async def _first(waiting: Awaitable[Any], stop: asyncio.Event) -> None:
    """Wait, but no longer than the house runs."""
    tasks = {asyncio.ensure_future(waiting), asyncio.ensure_future(stop.wait())}
    _done, late = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in late:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _serve(settings: Settings, bot: Bot, stack: AsyncExitStack) -> None:
    """Serve health, metrics, the console and the webhook, where a port is set."""
    if settings.http_port == 0:
        return
    polls = settings.intake == "polling"
    take = None if polls else webhook(bot.intake, settings.webhook_secret, watch.Meter())
    app = make_app(Health(bot.parts.store, watch.telegram_seen, polls), take)
    parts = bot.parts
    office = Office(parts.store, parts.town, settings.console_url, index=parts.index)
    mount(app, console_app(office))
    runner = web.AppRunner(app)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, settings.http_host, settings.http_port).start()
    except OSError:
        raise ConfigurationError(
            f"BROBYGGER_HTTP_PORT: nothing can listen on {settings.http_host}:"
            f"{settings.http_port}; choose another, or 0 for none"
        ) from None
