"""What a process serves over HTTP: its health, its metrics, and the webhook."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot import watch
from bot.errors import StoreAway
from bot.store.repository import Depth
from bot.store.store import Store
from bot.transport import webhook

OLDEST_ALLOWED = 60.0  # seconds a row may wait before the process is not ready
TELEGRAM_SILENT = 120.0  # seconds


@dataclass(frozen=True, slots=True)
class Health:
    """Looks at the store, and at when Telegram was last heard of."""

    store: Store
    telegram_seen: Callable[[], float]  # Unix seconds; 0 for never
    polls: bool

    async def look(self) -> tuple[bool, dict[str, object]]:
        """Return whether the process is ready, and what was seen; sets the gauges too."""
        seen: dict[str, object] = {}
        try:
            async with self.store.reading() as unit:
                inbox, outbox = await unit.inbox.depth(), await unit.outbox.depth()
                late = await unit.timers.overdue()
                now = unit.now
        except StoreAway:
            return False, {"database": "away"}
        seen["database"] = "there"
        ages = [_age(inbox, now), _age(outbox, now)]
        watch.INBOX_DEPTH.set(inbox.count)
        watch.OUTBOX_DEPTH.set(outbox.count)
        watch.INBOX_AGE.set(ages[0])
        watch.OUTBOX_AGE.set(ages[1])
        watch.TIMERS_LATE.set(late.count)
        seen |= {"inbox": inbox.count, "inbox_oldest_seconds": round(ages[0], 1)}
        seen |= {"outbox": outbox.count, "outbox_oldest_seconds": round(ages[1], 1)}
        silent = time.time() - self.telegram_seen()  # noqa: TID251 - how long ago, by the real clock
        there = not self.polls or silent < TELEGRAM_SILENT
        seen["telegram"] = "there" if there else "not heard of"
        return there and max(ages) < OLDEST_ALLOWED, seen


def _age(depth: Depth, now: datetime) -> float:
    """Return how long the oldest row has waited, in seconds."""
    return (now - depth.oldest).total_seconds() if depth.oldest else 0.0


def make_app(health: Health, take_update: webhook.Handler | None) -> web.Application:
    """Return the routes: /healthz, /readyz, /metrics, and /telegram where updates are brought."""

    async def healthz(request: web.Request) -> web.Response:
        del request
        return web.json_response({"alive": True})

    async def readyz(request: web.Request) -> web.Response:
        del request
        ready, seen = await health.look()
        return web.json_response({"ready": ready, **seen}, status=200 if ready else 503)

    async def metrics(request: web.Request) -> web.Response:
        del request
        await health.look()
        return web.Response(body=watch.exposition(), content_type="text/plain")

    # The webhook's route limits bodies itself, so that a refusal is counted.
    app = web.Application(client_max_size=webhook.LARGEST_BODY)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
    if take_update is not None:
        app.router.add_post(webhook.PATH, take_update)
    return app
