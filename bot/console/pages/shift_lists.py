"""The lists of a shift to take along: phones to print, and files of volunteers and hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.console.cells import Cell, Line, Part, Phone, Title, dotted
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.list_page import ListPage, list_page
from bot.console.pages.opportunity import opportunity_of
from bot.console.pages.shift import shift_of, way_to_shift
from bot.console.responses import ask
from bot.console.signup_rows import people_of
from bot.console.table_files import local_time, table_file
from bot.console.times import full
from bot.console.volunteer_labels import SIGNUPS, SOURCES
from bot.i18n import Text, _, pgettext
from bot.model.commands.volunteering import ExportSignups
from bot.model.signup import COMES, Signup
from bot.store.unit import Unit

AT_ONCE = 1000  # sign-ups read by one statement
VOLUNTEER_COLUMNS = (
    _("Name"),
    _("Phone number"),
    pgettext("sign-up", "State"),
    _("Says yes"),
    pgettext("sign-up", "How"),
    _("Minutes"),
)
HOUR_COLUMNS = (_("Name"), pgettext("hours", "Day"), _("Minutes"), pgettext("sign-up", "How"))


async def show_phones(request: web.Request) -> web.StreamResponse:
    """Show the first names and usable phones of the volunteers who come, to print."""
    async with context_of(request).store.reading() as unit:
        known, shift = await shift_of(request, unit)
        signups = await unit.signups.of_shift(shift.id, COMES)
        people = await people_of(unit, signups)

    def phone(one: Signup) -> Cell:
        number = people.phones.get(one.participant_id)
        return Line(Phone(number) if number else Part(_("Writes in the chat"), "quiet"))

    def needs(one: Signup) -> Cell:
        said = dotted(*(one.needs or {}).values())
        return Line(said, "quiet") if said else None

    shown: ListPage[Signup] = ListPage(
        _("Phone list"),
        sorted(signups, key=lambda one: str(people.name(one.participant_id)).casefold()),
        (lambda one: Title(people.name(one.participant_id)), phone, needs),
        css="phones",
        way=way_to_shift(known, shift),
        above=(
            Line((Part(known.title, tag="strong"), ", ", on_paper(unit, shift.begins_at))),
            Line(
                _(
                    "Phone numbers of those who are not in the chat, or who gave one for this. "
                    "Print it from the browser (Ctrl+P), and destroy it after the shift."
                ),
                "quiet",
            ),
        ),
        empty=Line(_("No one comes yet."), "empty"),
        ordered=True,
    )
    return await list_page(request, shown)


def on_paper(unit: Unit, instant: datetime) -> Text:
    """Return an instant with its whole date, because paper is read on another day."""
    local = unit.calendar.local(instant)
    return full(instant, zone=str(local.tzinfo))


async def give_volunteers(request: web.Request) -> web.StreamResponse:
    """Return the sign-ups of a shift as a file."""
    async with context_of(request).store.reading() as unit:
        known, shift = await shift_of(request, unit)
    await ask(request, ExportSignups(staff_of(request).id, known.id, shift.id))
    async with context_of(request).store.reading() as unit:
        signups = await unit.signups.of_shift(shift.id)
        people = await people_of(unit, signups)
        rows = [
            (
                people.name(one.participant_id),
                people.phones.get(one.participant_id),
                SIGNUPS[one.state][0],
                local_time(unit, one.says_coming_at),
                SOURCES.get(one.source),
                one.minutes,
            )
            for one in signups
        ]
    return await table_file(request, f"shift-{shift.id}", VOLUNTEER_COLUMNS, rows)


async def give_hours(request: web.Request) -> web.StreamResponse:
    """Return the hours of an opportunity as a file: one row for each volunteer and time."""
    async with context_of(request).store.reading() as unit:
        known = await opportunity_of(request, unit)
    await ask(request, ExportSignups(staff_of(request).id, known.id))
    rows: list[Sequence[Any]] = []
    async with context_of(request).store.reading() as unit:
        after = 0
        while signups := await unit.signups.hours_of(known.id, AT_ONCE, after=after):
            after = signups[-1].id
            people = await people_of(unit, signups)
            shifts = await unit.shifts.some({one.shift_id for one in signups if one.shift_id})
            for one in signups:
                begins = shifts[one.shift_id].begins_at if one.shift_id else one.created_at
                name, source = people.name(one.participant_id), SOURCES.get(one.source)
                rows.append((name, local_time(unit, begins), one.minutes, source))
    return await table_file(request, f"hours-{known.id}", HOUR_COLUMNS, rows)
