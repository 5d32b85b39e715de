"""What stands beside every page: how much waits, in each list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.model.staff import May

_GLANCE: web.RequestKey[Mapping[str, int]] = web.RequestKey("glance", Mapping)
# What a browser says it asks for; a script or a picture needs no frame around it.
_DESTINATION = "Sec-Fetch-Dest"


async def glance_at(request: web.Request) -> None:
    """Look how much waits for whoever asks for a page."""
    if request.headers.get(_DESTINATION, "document") == "document":
        await look_around(request)


async def look_around(request: web.Request) -> None:
    """Look how much waits for the reader, now."""
    staff = user_of(request).staff
    if staff is None or not staff.may(May.SEE_CASES):
        return
    async with context_of(request).store.reading() as unit:
        today = unit.calendar.local(unit.now).date()
        request[_GLANCE] = {
            **asdict(await unit.caselists.counts(staff.id, today)),
            "tasks": await unit.tasks.waiting() + await unit.caselists.calls_due(),
            "alerts": await unit.alerts.unseen(staff.id),
        }


def glance_of(request: web.Request) -> Mapping[str, int]:
    """Return how much waits, by the names of `Counts`; nothing where nobody looked."""
    seen: Mapping[str, int] = request.get(_GLANCE, {})
    return seen
