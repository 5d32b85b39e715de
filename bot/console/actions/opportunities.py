"""Form handlers for opportunities: write, copy, publish, pause, end and import them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.form_input import file_of, form_of, is_too_large, number_of
from bot.console.opportunity_form import submitted
from bot.console.pages.opportunity_import import LARGEST_TABLE, import_form, import_page
from bot.console.pages.opportunity_writing import (
    CONFIRMED,
    editable,
    end_form,
    end_page,
    other_reasons,
    participant_contacts,
    reading_page,
    refused_page,
    staff_contacts,
)
from bot.console.render import flash
from bot.console.responses import act, ask, go
from bot.documents.tables import NotATableError, read_table
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.commands.volunteering import (
    AddOpportunity,
    CopyOpportunity,
    EditOpportunity,
    EndOpportunity,
    ImportOpportunities,
    PauseOpportunity,
    PublishOpportunity,
)
from bot.model.opportunity import Opportunity

NO_TABLE = Refused(
    _("That is no table. Choose a CSV or XLSX file whose first row names the columns."), "table"
)
NO_ROWS = Refused(_("There are no rows below the names of the columns."), "table")
IMPORTED = _("Imported: {added} new, {changed} changed, {unchanged} as before.")


async def write_new(request: web.Request) -> web.StreamResponse:
    """Add a draft and show it, or show its form again."""
    form, staff = await form_of(request), staff_of(request)
    async with context_of(request).store.reading() as unit:
        read = submitted(form, unit, user_of(request).language)
    if isinstance(read, Refused):
        return await refused_page(request, form, read, None)
    if read.key and form.get(CONFIRMED) != read.key:
        return await reading_page(request, form, read, None)
    answer = await ask(request, AddOpportunity(staff.id, read.fields, read.staff_contacts))
    if isinstance(answer, Refused):
        return await refused_page(request, form, answer, None)
    flash(request, _("It is saved as a draft. Publish it when it is ready."))
    return go(f"opportunities/{answer.value}")


async def write_edit(request: web.Request) -> web.StreamResponse:
    """Change an opportunity and show it, or show its form again."""
    form, staff = await form_of(request), staff_of(request)
    async with context_of(request).store.reading() as unit:
        known = await editable(request, unit)
        read = submitted(form, unit, user_of(request).language, known)
        others = await participant_contacts(unit, known)
    if isinstance(read, Refused):
        return await refused_page(request, form, read, known)
    if read.key and form.get(CONFIRMED) != read.key:
        return await reading_page(request, form, read, known)
    version = number_of(form.get("version")) or 0
    command = EditOpportunity(staff.id, known.id, version, read.fields, read.staff_contacts, others)
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await refused_page(request, form, answer, known)
    flash(request, _("The opportunity is changed."))
    return go(f"opportunities/{known.id}")


async def copy(request: web.Request) -> web.StreamResponse:
    """Copy an opportunity to a draft, and show the form of the copy."""
    answer = await ask(request, CopyOpportunity(staff_of(request).id, _id(request)))
    if isinstance(answer, Refused):
        raise web.HTTPNotFound
    flash(request, _("This is the copy. Change what is different."))
    return go(f"opportunities/{answer.value}/edit")


async def publish(request: web.Request) -> web.StreamResponse:
    """Open an opportunity for sign-ups."""
    command = PublishOpportunity(staff_of(request).id, _id(request))
    return await act(request, command, _("Citizens can sign up now."), _path(request))


async def pause(request: web.Request) -> web.StreamResponse:
    """Close an opportunity for new sign-ups."""
    command = PauseOpportunity(staff_of(request).id, _id(request))
    return await act(request, command, _("No one can sign up for now."), _path(request))


async def end(request: web.Request) -> web.StreamResponse:
    """End an opportunity with a reason, or show the form again."""
    form = await form_of(request)
    async with context_of(request).store.reading() as unit:
        known = await editable(request, unit)
    reason, others = form.get("reason", ""), other_reasons(form)
    answer = await ask(request, EndOpportunity(staff_of(request).id, known.id, reason, others))
    if isinstance(answer, Refused):
        return await end_page(request, known, end_form(known).refused(form, answer))
    flash(request, _("The opportunity has ended."))
    return go(_path(request))


async def add_contact(request: web.Request) -> web.StreamResponse:
    """Add a participant to the contacts."""
    return await _change_contacts(request, adds=True)


async def remove_contact(request: web.Request) -> web.StreamResponse:
    """Remove a participant from the contacts."""
    return await _change_contacts(request, adds=False)


async def _change_contacts(request: web.Request, *, adds: bool) -> web.StreamResponse:
    chosen = number_of((await form_of(request)).get("participant")) or 0
    async with context_of(request).store.reading() as unit:
        known = await editable(request, unit)
        staff, others = await staff_contacts(unit, known), await participant_contacts(unit, known)
        exists = await unit.participants.get(chosen) is not None
    if not exists:
        raise web.HTTPBadRequest
    after = [one for one in others if one != chosen] + ([chosen] if adds else [])
    command = _with_contacts(request, known, staff, after)
    return await act(request, command, _("The contacts are changed."), _path(request))


def _with_contacts(
    request: web.Request, known: Opportunity, staff: Sequence[int], others: Sequence[int]
) -> EditOpportunity:
    return EditOpportunity(staff_of(request).id, known.id, known.version, {}, staff, others)


async def take_table(request: web.Request) -> web.StreamResponse:
    """Import the table that was sent, or show its faults."""
    form = await form_of(request)
    body = await file_of(request, "table")
    if len(body) > LARGEST_TABLE or await is_too_large(request, "table"):
        raise web.HTTPRequestEntityTooLarge(LARGEST_TABLE, len(body))
    try:
        rows = await asyncio.to_thread(read_table, body)
    except NotATableError:
        return await import_page(request, import_form().refused(form, NO_TABLE))
    if not rows:
        return await import_page(request, import_form().refused(form, NO_ROWS))
    command = ImportOpportunities(staff_of(request).id, rows, publishes="publishes" in form)
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await import_page(request, import_form().refused(form, answer))
    if answer.value["faults"]:
        shown = import_form().filled({"publishes": form.get("publishes")})
        return await import_page(request, shown, answer.value["faults"])
    counts = {name: number for name, number in answer.value.items() if name != "faults"}
    flash(request, IMPORTED.with_(**counts))
    return go("opportunities")


def _id(request: web.Request) -> int:
    return int(request.match_info["id"])


def _path(request: web.Request) -> str:
    return f"opportunities/{_id(request)}"
