"""Count the items in each list, for the sidebar of every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.model.staff import May

_GLANCE: web.RequestKey[Mapping[str, int]] = web.RequestKey("glance", Mapping)
# The header that names what the browser loads. Scripts and pictures show no sidebar.
_DESTINATION = "Sec-Fetch-Dest"


async def load_sidebar(request: web.Request) -> None:
    """Count the current user's items where the browser loads a page."""
    if request.headers.get(_DESTINATION, "document") == "document":
        await count_sidebar(request)


async def count_sidebar(request: web.Request) -> None:
    """Count the current user's items now, and keep the counts in the request."""
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


def sidebar_of(request: web.Request) -> Mapping[str, int]:
    """Return the request's counts by the names of `Counts`; empty where none were taken."""
    seen: Mapping[str, int] = request.get(_GLANCE, {})
    return seen
