"""The roles of a process: all of them, or on PostgreSQL some, shared with other processes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any

from bot import settings as settings_module
from bot import watch
from bot.app.compose import Bot, publish_profile, warm_up
from bot.app.nightly import nightly
from bot.errors import ApiError, ConfigurationError, DatabaseUnavailable, NotReady, TransportError
from bot.scheduler import ticking
from bot.service.faq import CHANGED
from bot.settings import Settings
from bot.store.outbox import MAIL
from bot.store.singleton import Singleton
from bot.store.store import Store
from bot.transport.webhook import PATH, look_at_telegram, set_webhook

INTAKE, WORKER, COURIER, SCHEDULER = "intake", "worker", "courier", "scheduler"
CONSOLE, PUBLIC = "console", "public"
ROLES = (INTAKE, WORKER, COURIER, SCHEDULER, CONSOLE, PUBLIC)
TALKING = frozenset({INTAKE, COURIER})  # roles that need Telegram
READING = frozenset({WORKER, CONSOLE})  # roles that search the FAQ
BATCH_EVERY = 0.02  # seconds from the start of one batch to the next
LOOK_EVERY = 2.0  # seconds between polls without a wake-up
LOOK_AT_TELEGRAM, LOOK_AGAIN = 30.0, 5.0  # seconds; LOOK_AGAIN while the intake has trouble
FIRST_ANSWERS = 1.0  # seconds after the start, kept free for the first answers
log = logging.getLogger("brobygger.roles")

Doing = Coroutine[Any, Any, None]


def roles_of(written: str) -> frozenset[str]:
    """Return comma-separated roles; raise `ConfigurationError` for none or an unknown one."""
    named = frozenset(name.strip() for name in written.split(",") if name.strip())
    unknown = sorted(named - set(ROLES))
    if unknown or not named:
        wrong = f"there is no role {unknown[0]!r}" if unknown else "no role is named"
        raise ConfigurationError(f"--roles: {wrong}; there are {', '.join(ROLES)}")
    return named


def refuse_split(settings: Settings, roles: frozenset[str]) -> None:
    """Raise `ConfigurationError` on SQLite where a role is missing: it allows one process only."""
    missing = [role for role in ROLES if role not in roles | unneeded(settings)]
    if missing and settings_module.sqlite_file(settings.database_url) is not None:
        raise ConfigurationError(
            "--roles: SQLite takes one process, and that has every role; "
            f"{', '.join(missing)} would be done by nobody. Use PostgreSQL for several processes."
        )


def unneeded(settings: Settings) -> frozenset[str]:
    """Return the roles that have nothing to do: public, where no public address is set."""
    return frozenset() if settings.public_url else frozenset({PUBLIC})


def needed(settings: Settings, roles: frozenset[str]) -> frozenset[str]:
    """Return *roles* without unneeded ones; raise `ConfigurationError` where none is left."""
    left = roles - unneeded(settings)
    if not left:
        raise ConfigurationError("--roles: public needs BROBYGGER_PUBLIC_URL")
    return left


def doing(settings: Settings, bot: Bot, roles: frozenset[str], stop: asyncio.Event) -> list[Doing]:
    """Return the coroutines of *roles*, to run at the same time until *stop*."""
    store = bot.parts.store
    found: list[Doing] = []
    if INTAKE in roles and settings.intake == "polling":
        found.append(alone(store, INTAKE, stop, partial(poll, bot)))
    elif INTAKE in roles:
        found.append(keep_webhook(settings, bot, stop))
    if INTAKE in roles:
        found.append(show_at_telegram(bot, stop))
    if WORKER in roles:
        found.append(work_rows(bot, stop))
    if COURIER in roles:
        found.append(bot.courier.run(stop))
        found.append(alone(store, MAIL, stop, bot.mailer.run))
    if SCHEDULER in roles:
        found.append(alone(store, SCHEDULER, stop, lambda ended: tick(settings, store, ended)))
    if roles & READING:
        found.append(keep_index(bot, stop))
    return found


async def alone(
    store: Store,
    name: str,
    stop: asyncio.Event,
    work: Callable[[asyncio.Event], Awaitable[None]],
) -> None:
    """Run *work* while this process holds the role *name*; else try to take the role.

    *work* must end soon after its event is set. A process notices the loss of its role
    within 2 seconds. In that time two processes may do the work, without harm: the rows
    of timers and updates are unique.
    """
    while not stop.is_set():
        role = await _taken(store, name)
        if role is None:
            await first(asyncio.sleep(LOOK_EVERY), stop)
            continue
        log.info("took_role", extra={"role": name})
        watch.record_role(name, held=True)
        ended = asyncio.Event()
        watching = asyncio.create_task(_until_lost(role, stop, ended))
        try:
            await work(ended)
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            watch.record_role(name, held=False)
            await role.release()
            log.info("left_role", extra={"role": name})


async def _taken(store: Store, name: str) -> Singleton | None:
    """Take a role; None where another process holds it or the database is unavailable."""
    try:
        return await store.singleton(name)
    except DatabaseUnavailable as error:
        log.warning("database_unavailable", extra={"why": str(error)})
        return None


async def _until_lost(role: Singleton, stop: asyncio.Event, ended: asyncio.Event) -> None:
    """Set *ended* when the process stops or loses the role."""
    try:
        while not stop.is_set() and await role.held():
            await first(asyncio.sleep(LOOK_EVERY), stop)
    finally:
        ended.set()


async def tick(settings: Settings, store: Store, ended: asyncio.Event) -> None:
    """Run the periodic jobs until *ended*."""
    folder = settings.journal_folder
    scheduler = ticking(store, *([nightly(folder)] if folder else []))
    scheduler.start()
    try:
        await ended.wait()
    finally:
        scheduler.shutdown(wait=False)


async def work_rows(bot: Bot, stop: asyncio.Event) -> None:
    """Process inbox rows until *stop*.

    Batches start at least 0.02 seconds apart, so that rows share a transaction: it costs more
    than the turns.
    """
    store = bot.parts.store
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        began = loop.time()
        try:
            if await bot.worker.step():
                await asyncio.sleep(began + BATCH_EVERY - loop.time())
            else:
                await first(store.wake_up.wait("inbox", LOOK_EVERY), stop)
        except NotReady:
            await first(_unless_unavailable(partial(warm_up, bot.parts)), stop)
        except DatabaseUnavailable as error:
            log.warning("database_unavailable", extra={"why": str(error)})
            await first(asyncio.sleep(LOOK_EVERY), stop)


async def keep_index(bot: Bot, stop: asyncio.Event) -> None:
    """Build the FAQ index 1 second after the start, and again whenever the FAQ changes.

    Building it at once would delay the answers to citizens who wrote before the start. A
    question among them has the index built at once, outside its turn.
    """
    store = bot.parts.store
    await first(asyncio.sleep(FIRST_ANSWERS), stop)
    await first(_unless_unavailable(partial(warm_up, bot.parts)), stop)
    while not stop.is_set():
        await first(_unless_unavailable(partial(bot.parts.index.refresh, store)), stop)
        await first(store.wake_up.wait(CHANGED, LOOK_EVERY), stop)


async def show_at_telegram(bot: Bot, stop: asyncio.Event) -> None:
    """Publish the bot's profile once, 1 second after the start, so as not to delay answers.

    It takes about 12 calls. Where the database is unavailable, the next start publishes it.
    """
    await first(asyncio.sleep(FIRST_ANSWERS), stop)
    if not stop.is_set():
        await first(_unless_unavailable(partial(publish_profile, bot.parts)), stop)
    await stop.wait()


async def _unless_unavailable(work: Callable[[], Awaitable[None]]) -> None:
    """Run *work*; where the database is unavailable, log it and wait 2 seconds."""
    try:
        await work()
    except DatabaseUnavailable as error:
        log.warning("database_unavailable", extra={"why": str(error)})
        await asyncio.sleep(LOOK_EVERY)


async def keep_webhook(settings: Settings, bot: Bot, stop: asyncio.Event) -> None:
    """Set the webhook, retrying until it succeeds; then monitor its delivery until *stop*."""
    url, parts = settings.webhook_url + PATH, bot.parts
    bot.condition.begin("webhook")
    watch.record_role(INTAKE, held=True)
    while not stop.is_set():
        try:
            changed = await set_webhook(parts.store, parts.api, url, settings.webhook_secret)
        except (TransportError, DatabaseUnavailable) as error:
            bot.condition.suffers("webhook_refused", error)
            asked = error.retry_after if isinstance(error, ApiError) else None
            await first(asyncio.sleep(asked or LOOK_AGAIN), stop)
        else:
            log.info("webhook_set" if changed else "webhook_stands")
            bot.condition.well()
            break
    await keep_looking(bot, url, stop)


async def poll(bot: Bot, ended: asyncio.Event) -> None:
    """Fetch updates until *ended*, and monitor how many wait at Telegram."""
    bot.condition.begin("polling")
    try:
        await asyncio.gather(bot.poller.run(ended), keep_looking(bot, None, ended))
    finally:
        bot.condition.end()


async def keep_looking(bot: Bot, url: str | None, stop: asyncio.Event) -> None:
    """Check Telegram every 30 seconds, every 5 during trouble; *url* is the webhook or None."""
    condition = bot.condition
    while not stop.is_set():
        try:
            await first(look_at_telegram(bot.parts.store, bot.parts.api, condition, url), stop)
        except (TransportError, DatabaseUnavailable) as error:
            if url is not None:  # else the poller records the error
                condition.suffers("webhook_refused", error)
        pause = LOOK_AGAIN if condition.trouble else LOOK_AT_TELEGRAM
        await first(asyncio.sleep(pause), stop)


async def first(waiting: Awaitable[Any], stop: asyncio.Event) -> None:
    """Wait for *waiting* or *stop*, cancel the other, and raise errors of *waiting*."""
    awaited = asyncio.ensure_future(waiting)
    tasks = {awaited, asyncio.ensure_future(stop.wait())}
    done, late = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in late:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    if awaited in done:
        awaited.result()
