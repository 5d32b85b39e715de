"""The HTTP routes of a process: health, metrics, and the webhook."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web

from bot import watch
from bot.app.probe import WriteProbe
from bot.app.roles import COURIER, INTAKE, TALKING, WORKER
from bot.errors import ApiError, DatabaseUnavailable, TransportError
from bot.store.repository import Depth
from bot.store.store import Store
from bot.transport import webhook
from bot.transport.condition import IntakeCondition, Why

OLDEST_ALLOWED = 60.0  # seconds a row may wait before the process is not ready
TELEGRAM_SILENT = 120.0  # seconds
# These troubles often pass by themselves: a process stays ready for their first 120 seconds.
PASSING, PATIENCE = frozenset({Why.TELEGRAM, Why.STORE}), timedelta(seconds=TELEGRAM_SILENT)


@dataclass(frozen=True, slots=True)
class Health:
    """Checks what the roles of a process need."""

    store: Store
    roles: frozenset[str]
    ask: Callable[[], Awaitable[object]]  # any call to Telegram; raises `TransportError`
    stop: asyncio.Event
    intake: IntakeCondition
    heard: Callable[[], float] = watch.telegram_seen  # Unix seconds; 0 for never
    probe: WriteProbe = field(init=False)

    def __post_init__(self) -> None:
        """Make the probe that writes to the store."""
        object.__setattr__(self, "probe", WriteProbe(self.store))

    async def close(self) -> None:
        """Cancel the probe's write."""
        await self.probe.close()

    async def look(self) -> tuple[bool, dict[str, object]]:
        """Return whether the process is ready, and the measurements."""
        try:
            ages = await self.measure()
        except DatabaseUnavailable:
            return False, {"database": "away"}
        unwritable = await self.writes()
        seen: dict[str, object] = {"database": unwritable or "there", **ages}
        waits = {WORKER: ages["inbox_oldest_seconds"], COURIER: ages["outbox_oldest_seconds"]}
        ready = all(waits[role] < OLDEST_ALLOWED for role in waits.keys() & self.roles)
        ready = ready and not unwritable
        if INTAKE in self.roles:
            works, seen["intake"] = self.takes_updates()
            ready = ready and works
        if self.roles & TALKING:
            there = await self.hears_telegram()
            seen["telegram"] = "there" if there else "not heard of"
            ready = ready and there
        if self.stop.is_set():
            seen["stopping"] = True
        return ready and not self.stop.is_set(), seen

    async def measure(self) -> dict[str, float]:
        """Return counts and ages of waiting rows; set the gauges; raise `DatabaseUnavailable`."""
        try:
            async with self.store.reading() as unit:
                inbox, outbox = await unit.inbox.depth(), await unit.outbox.depth()
                late = await unit.timers.overdue()
                now = unit.now
        except DatabaseUnavailable:
            watch.DATABASE_THERE.set(0)
            watch.DATABASE_WRITABLE.set(0)
            raise
        watch.DATABASE_THERE.set(1)
        ages = [_age(inbox, now), _age(outbox, now)]
        watch.INBOX_DEPTH.set(inbox.count)
        watch.OUTBOX_DEPTH.set(outbox.count)
        watch.INBOX_AGE.set(ages[0])
        watch.OUTBOX_AGE.set(ages[1])
        watch.TIMERS_LATE.set(late.count)
        return {
            "inbox": inbox.count,
            "inbox_oldest_seconds": round(ages[0], 1),
            "outbox": outbox.count,
            "outbox_oldest_seconds": round(ages[1], 1),
        }

    async def writes(self) -> str:
        """Return why the database takes no writes, or ""; set the gauge."""
        unwritable = await self.probe.look()
        watch.DATABASE_WRITABLE.set(int(not unwritable))
        return unwritable

    def takes_updates(self) -> tuple[bool, str]:
        """Return whether this process's intake works or is on standby, and a text that says so."""
        seen, now = self.intake, self.store.clock.now()
        if seen.began is None:
            return True, "stands by"
        if seen.trouble is not None:
            passing = seen.trouble.why in PASSING and now - seen.trouble.since < PATIENCE
            return passing, watch.without_token(seen.trouble.words)
        silent = now - (seen.last_seen or now)
        if seen.way == "polling" and silent >= PATIENCE:
            return False, f"nothing was fetched for {int(silent.total_seconds())} seconds"
        return True, "works"

    async def hears_telegram(self) -> bool:
        """Return whether Telegram answered in the last 120 seconds; otherwise call it and see."""
        silent = time.time() - self.heard()  # noqa: TID251 - how long ago, by the real clock
        if silent < TELEGRAM_SILENT:
            return True
        try:
            await self.ask()
        except ApiError:
            return True  # an error is an answer
        except TransportError:
            return False
        return True


def _age(depth: Depth, now: datetime) -> float:
    """Return the age of the oldest waiting row in seconds."""
    return (now - depth.oldest).total_seconds() if depth.oldest else 0.0


def _show_intake(seen: IntakeCondition) -> None:
    """Set the gauges of the intake of this process."""
    if seen.last_seen is not None:
        watch.INTAKE_SEEN.labels(seen.way).set(seen.last_seen.timestamp())
    for why in Why:
        here = seen.trouble is not None and seen.trouble.why is why
        watch.INTAKE_TROUBLE.labels(why.value).set(int(here))
    watch.PENDING.set(seen.pending)
    watch.WEBHOOK_ERROR.set(seen.error_at.timestamp() if seen.error_at else 0)


def make_app(health: Health, take_update: webhook.Handler | None) -> web.Application:
    """Return an application with /healthz, /readyz, /metrics, and /telegram for a webhook."""

    async def healthz(request: web.Request) -> web.Response:
        del request
        return web.json_response({"alive": True})

    async def readyz(request: web.Request) -> web.Response:
        del request
        ready, seen = await health.look()
        return web.json_response({"ready": ready, **seen}, status=200 if ready else 503)

    async def metrics(request: web.Request) -> web.Response:
        del request
        with suppress(DatabaseUnavailable):
            await health.measure()
            await health.writes()
        if INTAKE in health.roles:
            _show_intake(health.intake)
        if health.roles & TALKING:
            # Without citizens' messages, call Telegram so that its gauge stays fresh.
            await health.hears_telegram()
        return web.Response(body=watch.exposition(), content_type="text/plain")

    # The webhook handler limits bodies itself, so that it can count refusals.
    app = web.Application(client_max_size=webhook.LARGEST_BODY)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
    if take_update is not None:
        app.router.add_post(webhook.PATH, take_update)
    return app
