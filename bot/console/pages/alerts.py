"""The current user's alerts; showing them marks them as seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.cells import Cell, Line, Link, Moment, Part, Quote, Title, case_link
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import number_of
from bot.console.list_labels import ALERTS, NAMELESS
from bot.console.list_page import ListPage, list_page
from bot.console.paging import asked_before, paged
from bot.console.responses import ask
from bot.i18n import _, pgettext
from bot.model.commands.casework import SeeAlerts
from bot.store.alerts import Alert
from bot.store.unit import Unit

ON_A_PAGE = 50


async def show_alerts(request: web.Request) -> web.StreamResponse:
    """Show the alerts, newest first, and mark them as seen."""
    staff, prefix = staff_of(request), context_of(request).town.number_prefix
    async with context_of(request).store.reading() as unit:
        found = await unit.alerts.newest(staff.id, ON_A_PAGE + 1, before=asked_before(request))
        refusals = await _refusals(unit, found)
    last = found[:ON_A_PAGE][-1].id if found else None
    alerts, paging = paged(request, found, ON_A_PAGE, last)
    if any(alert.seen_at is None for alert in alerts):
        await ask(request, SeeAlerts(staff.id, alerts[0].id))
    shown = ListPage(
        _("Alerts"),
        alerts,
        columns(prefix, refusals),
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


@dataclass(frozen=True, slots=True)
class Refusal:
    """A citizen's answer to a reminder that they cannot, with their reason."""

    participant_id: int
    name: str
    words: str


async def _refusals(unit: Unit, alerts: Sequence[Alert]) -> Mapping[int, Refusal]:
    """Return who cannot and why, by alert."""
    found = {}
    for alert in alerts:
        about = number_of(alert.occasion) if alert.kind == "cannot" else None
        delivery = await unit.deliveries.get(about) if about is not None else None
        if delivery is not None:
            names = await unit.participants.names({delivery.participant_id})
            name = names.get(delivery.participant_id, "")
            found[alert.id] = Refusal(delivery.participant_id, name, delivery.answer_words or "")
    return found


def _what(alert: Alert, refusal: Refusal | None) -> Cell:
    """Return what happened; where a citizen cannot, who that is."""
    if refusal is None:
        return ALERTS.get(alert.kind, alert.kind)
    name = Link(refusal.name or NAMELESS, f"participants/{refusal.participant_id}")
    return (name, " ", _("has answered a reminder: I cannot"))


def columns(prefix: str, refusals: Mapping[int, Refusal]) -> Sequence[Callable[[Alert], Cell]]:
    """Return the columns; *prefix* begins the numbers of cases."""
    fresh = (" ", Part(pgettext("alert", "New"), "fresh", "b"))
    return (
        lambda alert: Line(
            (_what(alert, refusals.get(alert.id)), None if alert.seen_at else fresh), "ring-what"
        ),
        lambda alert: Title(_subject_link(prefix, alert)),
        lambda alert: (
            Quote(refusals[alert.id].words, "")
            if alert.id in refusals and refusals[alert.id].words
            else None
        ),
        lambda alert: Line(Moment(alert.at), "quiet"),
    )
