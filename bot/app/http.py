"""The HTTP routes of a process: health, metrics, and the webhook."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

from aiohttp import web

from bot import watch
from bot.app.checks.observed import Contents, Database, Observed, Process, Telegram, Waiting
from bot.app.probe import WriteProbe
from bot.app.roles import INTAKE, TALKING
from bot.errors import ApiError, DatabaseUnavailable, TransportError
from bot.store.store import Store
from bot.transport import webhook
from bot.transport.condition import IntakeCondition, Why

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
    telegram_seen: Callable[[], float] = watch.telegram_seen  # Unix seconds; 0 for never
    probe: WriteProbe = field(init=False)

    def __post_init__(self) -> None:
        """Make the probe that writes to the store."""
        object.__setattr__(self, "probe", WriteProbe(self.store))

    async def close(self) -> None:
        """Cancel the probe's write."""
        await self.probe.close()

    async def readiness(self) -> tuple[bool, dict[str, object]]:
        """Return whether the process is ready, the measurements, and any failed checks."""
        # A start answers citizens sooner without the audit's statements, which this imports.
        from bot.app.checks.run import failed_checks  # noqa: PLC0415

        shown: dict[str, object] = {}
        seen = Observed(self.store.clock.now(), process=Process(is_stopping=self.stop.is_set()))
        try:
            contents = await self.measure()
        except DatabaseUnavailable as error:
            seen, shown["database"] = replace(seen, database=Database(error=error)), "away"
        else:
            contents = replace(contents, unwritable=await self.writes())
            seen = replace(seen, contents=contents)
            shown = {"database": contents.unwritable or "there"} | _numbers(contents)
            if INTAKE in self.roles:
                works, shown["intake"] = self.takes_updates()
                problem = "" if works else str(shown["intake"])
                seen = replace(seen, process=replace(seen.process, intake_error=problem))
            if self.roles & TALKING:
                unreachable = await self.telegram_error()
                shown["telegram"] = "not heard of" if unreachable else "there"
                seen = replace(seen, telegram=Telegram(error=unreachable))
            if self.stop.is_set():
                shown["stopping"] = True
        failed = failed_checks(seen, self.roles)
        return not failed, shown | ({"failed": failed} if failed else {})

    async def measure(self) -> Contents:
        """Return the waiting rows; set their gauges; raise `DatabaseUnavailable`."""
        try:
            async with self.store.reading() as unit:
                seen = Contents(
                    inbox=Waiting.of(await unit.inbox.depth(), unit.now),
                    outbox=Waiting.of(await unit.outbox.depth(), unit.now),
                    timers=Waiting.of(await unit.timers.overdue(), unit.now),
                )
        except DatabaseUnavailable:
            watch.DATABASE_THERE.set(0)
            watch.DATABASE_WRITABLE.set(0)
            raise
        watch.DATABASE_THERE.set(1)
        watch.INBOX_DEPTH.set(seen.inbox.count)
        watch.OUTBOX_DEPTH.set(seen.outbox.count)
        watch.INBOX_AGE.set(seen.inbox.age.total_seconds())
        watch.OUTBOX_AGE.set(seen.outbox.age.total_seconds())
        watch.TIMERS_LATE.set(seen.timers.count)
        return seen

    async def writes(self) -> str:
        """Return why the database takes no writes, or ""; set the gauge."""
        unwritable = await self.probe.problem()
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

    async def telegram_error(self) -> TransportError | None:
        """Return None if Telegram answered in the last 120 seconds; otherwise call it and see."""
        silent = time.time() - self.telegram_seen()  # noqa: TID251 - how long ago, by the real clock
        if silent < TELEGRAM_SILENT:
            return None
        try:
            await self.ask()
        except ApiError:
            return None  # an error is an answer
        except TransportError as error:
            return error
        return None


def _numbers(seen: Contents) -> dict[str, object]:
    """Return counts and ages of waiting rows."""
    return {
        "inbox": seen.inbox.count,
        "inbox_oldest_seconds": round(seen.inbox.age.total_seconds(), 1),
        "outbox": seen.outbox.count,
        "outbox_oldest_seconds": round(seen.outbox.age.total_seconds(), 1),
    }


def _show_intake(seen: IntakeCondition) -> None:
    """Set the gauges of the intake of this process."""
    if seen.last_seen is not None:
        watch.INTAKE_SEEN.labels(seen.way).set(seen.last_seen.timestamp())
    for why in Why:
        here = seen.trouble is not None and seen.trouble.why is why
        watch.INTAKE_TROUBLE.labels(why.value).set(int(here))
    watch.PENDING.set(seen.info.pending)
    failed = seen.info.error_at
    watch.WEBHOOK_ERROR.set(failed.timestamp() if failed else 0)


def make_app(health: Health, take_update: webhook.Handler | None) -> web.Application:
    """Return an application with /healthz, /readyz, /metrics, and /telegram for a webhook."""

    async def healthz(request: web.Request) -> web.Response:
        del request
        return web.json_response({"alive": True})

    async def readyz(request: web.Request) -> web.Response:
        del request
        ready, seen = await health.readiness()
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
            await health.telegram_error()
        return web.Response(body=watch.exposition(), content_type="text/plain")

    # The webhook handler limits bodies itself, so that it can count refusals.
    app = web.Application(client_max_size=webhook.LARGEST_BODY)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
    if take_update is not None:
        app.router.add_post(webhook.PATH, take_update)
    return app
