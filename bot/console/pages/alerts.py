"""The current user's alerts; showing them marks them as seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiohttp import web

from bot.console.cells import Cell, Line, Link, Moment, Part, Title, case_link
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.list_labels import ALERTS
from bot.console.list_page import ListPage, list_page
from bot.console.paging import asked_before, paged
from bot.console.responses import ask
from bot.i18n import _, pgettext
from bot.model.commands.casework import SeeAlerts
from bot.store.alerts import Alert

ON_A_PAGE = 50


async def show_alerts(request: web.Request) -> web.StreamResponse:
    """Show the alerts, newest first, and mark them as seen."""
    staff, prefix = staff_of(request), context_of(request).town.number_prefix
    async with context_of(request).store.reading() as unit:
        found = await unit.alerts.newest(staff.id, ON_A_PAGE + 1, before=asked_before(request))
    last = found[:ON_A_PAGE][-1].id if found else None
    alerts, paging = paged(request, found, ON_A_PAGE, last)
    if any(alert.seen_at is None for alert in alerts):
        await ask(request, SeeAlerts(staff.id, alerts[0].id))
    shown = ListPage(
        _("Alerts"),
        alerts,
        columns(prefix),
        css="rings",
        css_of=lambda alert: "" if alert.seen_at else "unread",
        empty=Line(_("Nothing has rung for you."), "empty"),
        paging=paging,
        ordered=True,
    )
    return await list_page(request, shown)


def _subject_link(prefix: str, alert: Alert) -> Link:
    """Return the link to an alert's subject; a case is named by its number too."""
    if alert.number is not None:
        return case_link(prefix, alert.number, alert.title)
    return Link(alert.title, alert.path)


def columns(prefix: str) -> Sequence[Callable[[Alert], Cell]]:
    """Return the columns; *prefix* begins the numbers of cases."""
    fresh = (" ", Part(pgettext("alert", "New"), "fresh", "b"))
    return (
        lambda alert: Line(
            (ALERTS.get(alert.kind, alert.kind), None if alert.seen_at else fresh), "ring-what"
        ),
        lambda alert: Title(_subject_link(prefix, alert)),
        lambda alert: Line(Moment(alert.at), "quiet"),
    )
