"""The current user's alerts; showing them marks them as seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.console.cells import Cell, Line, Link, Moment, Part, Quote, Title, case_link, tag
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import number_of
from bot.console.list_labels import ALERTS, NAMELESS
from bot.console.list_page import ListPage, list_page
from bot.console.paging import asked_before, paged
from bot.console.responses import ask
from bot.console.signup_rows import people_of
from bot.i18n import Text, _, pgettext
from bot.model.commands.casework import SeeAlerts
from bot.model.signup import Signup, SignupState
from bot.store.alerts import Alert
from bot.store.unit import Unit

ON_A_PAGE = 50
# The alerts about a volunteer, and whether a sign-up still waits for what they say.
OF_SIGNUPS: Mapping[str, Callable[[Signup], bool]] = {
    **dict.fromkeys(
        ("volunteer_asks", "request_soon", "request_ready", "request_late"),
        lambda one: one.state is SignupState.REQUESTED,
    ),
    "standin_wanted": lambda one: one.state is SignupState.STANDIN_WANTED,
    "volunteer_silent": lambda one: (
        one.state is SignupState.CONFIRMED and one.says_coming_at is None
    ),
    "no_show_disputed": lambda one: one.disputed_at is not None,
    "asks_why": lambda one: one.due_at is not None,
    "promise_late": lambda one: one.due_at is not None,
    **dict.fromkeys(("volunteer_cannot", "standin_found", "went_poorly"), lambda _one: True),
}


async def show_alerts(request: web.Request) -> web.StreamResponse:
    """Show the alerts, newest first, and mark them as seen."""
    staff, prefix = staff_of(request), context_of(request).town.number_prefix
    async with context_of(request).store.reading() as unit:
        found = await unit.alerts.newest(staff.id, ON_A_PAGE + 1, before=asked_before(request))
        refusals = await _refusals(unit, found)
        volunteers = await _volunteers(unit, found)
    last = found[:ON_A_PAGE][-1].id if found else None
    alerts, paging = paged(request, found, ON_A_PAGE, last)
    if any(alert.seen_at is None for alert in alerts):
        await ask(request, SeeAlerts(staff.id, alerts[0].id))
    shown = ListPage(
        _("Alerts"),
        alerts,
        columns(prefix, refusals, volunteers),
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
    return Link(alert.called, alert.path)


@dataclass(frozen=True, slots=True)
class Volunteer:
    """The sign-up that an alert is about: who it is, where it is shown, and whether it is over."""

    name: Text | str
    page: str
    begins_at: datetime | None
    is_over: bool
    words: str | None = None


def _signup_of(alert: Alert) -> int | None:
    """Return the sign-up that an alert is about; its occasion ends with it."""
    is_about = alert.kind in OF_SIGNUPS
    return number_of(alert.occasion.rpartition(":")[2]) if is_about else None


async def _volunteers(unit: Unit, alerts: Sequence[Alert]) -> Mapping[int, Volunteer]:
    """Return the volunteers of alerts about sign-ups, by alert."""
    about = {alert.id: own for alert in alerts if (own := _signup_of(alert)) is not None}
    signups = await unit.signups.some(set(about.values()))
    people = await people_of(unit, list(signups.values())) if signups else None
    shifts = await unit.shifts.some({one.shift_id for one in signups.values() if one.shift_id})
    found = {}
    for alert in alerts:
        one = signups.get(about.get(alert.id, 0))
        if one is None or people is None:
            continue
        shift = shifts.get(one.shift_id or 0)
        page = f"shifts/{shift.id}" if shift is not None else f"opportunities/{one.opportunity_id}"
        found[alert.id] = Volunteer(
            people.name(one.participant_id),
            f"volunteers/{one.participant_id}" if alert.kind == "asks_why" else page,
            shift.begins_at if shift is not None else None,
            not OF_SIGNUPS[alert.kind](one),
            one.feedback if alert.kind == "went_poorly" else None,
        )
    return found


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


def _about(prefix: str, alert: Alert, volunteer: Volunteer | None) -> Cell:
    """Return the link to what an alert is about; a volunteer is named, with their shift."""
    if volunteer is None:
        return _subject_link(prefix, alert)
    at = (", ", Moment(volunteer.begins_at)) if volunteer.begins_at is not None else None
    done = (" ", tag(_("is dealt with"), "off")) if volunteer.is_over else None
    return (Link((volunteer.name, ": ", alert.title, at), volunteer.page), done)


def columns(
    prefix: str, refusals: Mapping[int, Refusal], volunteers: Mapping[int, Volunteer]
) -> Sequence[Callable[[Alert], Cell]]:
    """Return the columns; *prefix* begins the numbers of cases."""
    fresh = (" ", Part(pgettext("alert", "New"), "fresh", "b"))

    def words(alert: Alert) -> Cell:
        said = refusals[alert.id].words if alert.id in refusals else None
        if alert.id in volunteers:
            said = volunteers[alert.id].words
        return Quote(said, "") if said else None

    return (
        lambda alert: Line(
            (_what(alert, refusals.get(alert.id)), None if alert.seen_at else fresh), "ring-what"
        ),
        lambda alert: Title(_about(prefix, alert, volunteers.get(alert.id))),
        words,
        lambda alert: Line(Moment(alert.at), "quiet"),
    )
