"""`brobygger run`: one process with all roles or some, until SIGTERM or SIGINT."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import AsyncExitStack
from functools import partial

from aiohttp import web

from bot import watch
from bot.app.compose import (
    ASK_TIMEOUT,
    Bot,
    BotParts,
    bring_content,
    build,
    town_context_of,
)
from bot.app.http import Health, make_app
from bot.app.roles import CONSOLE, INTAKE, PUBLIC, ROLES, Doing, doing, needed, refuse_split
from bot.clock import SystemClock
from bot.console.app import console_app, mount
from bot.console.console_context import ConsoleContext
from bot.errors import ConfigurationError
from bot.public.app import mount as mount_public
from bot.public.app import public_app
from bot.public.public_context import PublicContext
from bot.service.content import read_town
from bot.settings import Settings
from bot.store.store import Store
from bot.transport.api import HttpBotApi
from bot.transport.webhook import webhook

DRAIN = 7.0  # seconds for work in progress; the process ends within 10 seconds of SIGTERM
HTTP_DRAIN = 2.0  # more seconds for open requests; the console's SSE stream never ends by itself
log = logging.getLogger("brobygger.run")


async def run(settings: Settings, roles: frozenset[str] = frozenset(ROLES)) -> None:
    """Run *roles* until SIGTERM or SIGINT, then finish the work in progress."""
    watch.set_up_logging(settings.log_format)
    roles = needed(settings, roles)
    refuse_split(settings, roles)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_number, stop.set)
    async with AsyncExitStack() as stack:
        town = read_town(settings.town)
        store = await Store.open(
            settings.database_url,
            clock=SystemClock(),
            town=town_context_of(town, settings.console_url),
        )
        stack.push_async_callback(store.close)
        api = HttpBotApi(
            settings.telegram_api_url, settings.bot_token, watch.record_telegram_answer
        )
        stack.push_async_callback(api.close)
        parts = BotParts(
            store,
            api,
            settings.bot_token,
            town,
            public_url=settings.public_url,
            date_entities=settings.date_entities,
            smtp=settings.smtp,
        )
        bot = await build(parts)
        stack.push_async_callback(bot.close)
        await bring_content(parts)
        await _serve(settings, bot, roles, stop, stack)
        log.info("running", extra={"roles": sorted(roles)})
        await work(doing(settings, bot, roles, stop), stop)
    log.info("stopped")


async def work(roles: list[Doing], stop: asyncio.Event) -> None:
    """Run all roles until *stop*; an exception in one stops the others and is raised."""
    tasks = [asyncio.create_task(role) for role in roles]
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
    broken = [task for task in tasks if task.done() and task.exception()]
    stop.set()
    done, late = await asyncio.wait([*tasks, stopping], timeout=DRAIN)
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    log.info("drained", extra={"roles": len(done) - 1, "late": len(late)})
    for task in broken:
        await task


async def _serve(
    settings: Settings,
    bot: Bot,
    roles: frozenset[str],
    stop: asyncio.Event,
    stack: AsyncExitStack,
) -> None:
    """Serve health, metrics and the roles' routes; raise `ConfigurationError` for a taken port."""
    if settings.http_port == 0:
        return
    parts = bot.parts
    take = None
    if INTAKE in roles and settings.intake == "webhook":
        take = webhook(bot.intake, settings.webhook_secret, bot.condition.took)
    ask = partial(parts.api.call, "getMe", {}, timeout=ASK_TIMEOUT)
    health = Health(parts.store, roles, ask, stop, bot.condition)
    stack.push_async_callback(health.close)
    app = make_app(health, take)
    if CONSOLE in roles:
        console = ConsoleContext(
            parts.store,
            parts.town,
            bot.link,
            settings.console_url,
            index=parts.index,
            proxies=settings.trusted_proxies,
            map_url=settings.map_url,
            public_url=settings.public_url,
            sends_mail=settings.smtp is not None,
        )
        mount(app, console_app(console))
    if PUBLIC in roles:
        public = PublicContext(
            parts.store,
            parts.town,
            settings.public_url,
            bot.link,
            proxies=settings.trusted_proxies,
        )
        mount_public(app, public_app(public))
    runner = web.AppRunner(app, shutdown_timeout=HTTP_DRAIN)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, settings.http_host, settings.http_port).start()
    except OSError:
        raise ConfigurationError(
            f"BROBYGGER_HTTP_PORT: nothing can listen on {settings.http_host}:"
            f"{settings.http_port}; choose another, or 0 for none"
        ) from None
