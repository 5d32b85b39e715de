"""The current user's alerts about cases; showing them marks them as seen."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.list_labels import ALERTS
from bot.console.paging import asked_before, paged
from bot.console.render import page
from bot.console.responses import ask
from bot.i18n import Text
from bot.model.case import FIRST_NUMBER
from bot.model.commands import SeeAlerts
from bot.store.alerts import Alert

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Ring:
    """One alert with its text and case number."""

    alert: Alert
    words: Text | str
    number: int


async def show_alerts(request: web.Request) -> web.StreamResponse:
    """Show the alerts, newest first, and mark them as seen."""
    staff = staff_of(request)
    async with context_of(request).store.reading() as unit:
        found = await unit.alerts.newest(staff.id, ON_A_PAGE + 1, before=asked_before(request))
    rings = [
        Ring(alert, ALERTS.get(alert.kind, alert.kind), alert.case_id + FIRST_NUMBER)
        for alert in found
    ]
    shown = rings[:ON_A_PAGE]
    if any(ring.alert.seen_at is None for ring in shown):
        await ask(request, SeeAlerts(staff.id, shown[0].alert.id))
    last = shown[-1].alert.id if shown else None
    return await page(request, "alerts.html", rings=paged(request, rings, ON_A_PAGE, last))
