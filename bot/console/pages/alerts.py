"""The current user's alerts; showing them marks them as seen."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.list_words import ALERTS
from bot.console.paging import asked_before, paged
from bot.console.render import page
from bot.console.responses import ask
from bot.console.sidebar import count_sidebar
from bot.i18n import Text
from bot.model.commands.casework import SeeAlerts
from bot.store.alerts import Alert

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Ring:
    """One alert with its text."""

    alert: Alert
    words: Text | str


async def show_alerts(request: web.Request) -> web.StreamResponse:
    """Show the alerts, newest first, and mark them as seen."""
    staff = staff_of(request)
    async with context_of(request).store.reading() as unit:
        found = await unit.alerts.newest(staff.id, ON_A_PAGE + 1, before=asked_before(request))
    rings = [Ring(alert, ALERTS.get(alert.kind, alert.kind)) for alert in found]
    shown = rings[:ON_A_PAGE]
    if any(ring.alert.seen_at is None for ring in shown):
        await ask(request, SeeAlerts(staff.id, shown[0].alert.id))
        await count_sidebar(request)
    last = shown[-1].alert.id if shown else None
    return page(request, "alerts.html", rings=paged(request, rings, ON_A_PAGE, last))
