"""Form handlers for invitations to volunteer: preview and send one, and end it."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from bot.console.audience_form import after_press
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import form_of
from bot.console.pages.invitation_writing import (
    at_field,
    command_of,
    empty_form,
    named_in,
    place_of,
    preview_page,
    writing_page,
)
from bot.console.pages.invitations import invitation_of
from bot.console.render import flash
from bot.console.responses import act, ask, go
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.commands.volunteering import EndInvitation
from bot.service.volunteering.invitations import draft_of
from bot.store.events import by_staff


async def invite(request: web.Request) -> web.StreamResponse:
    """Show the preview of an invitation, send it, or show its form again."""
    form = await form_of(request)
    async with context_of(request).store.reading() as unit:
        place = await place_of(request, unit)
        shown = await empty_form(request, unit, place, named_in(form))
        if (changed := await after_press(request, shown)) is not None:
            return await writing_page(request, place, replace(shown, written=changed))
        command = command_of(form, shown, place, staff_of(request).id)
        draft = command if isinstance(command, Refused) else await draft_of(command, unit)
    if form.get("do") == "change":
        return await writing_page(request, place, replace(shown, written=form))
    if isinstance(draft, Refused):
        return await writing_page(request, place, shown.refused(form, at_field(draft)))
    if form.get("do") != "save":
        return await preview_page(request, place, form, shown, draft)
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await writing_page(request, place, shown.refused(form, at_field(answer)))
    flash(request, _("The invitation is on its way."))
    return go(f"invitations/{answer.value}")


async def end(request: web.Request) -> web.StreamResponse:
    """End an invitation."""
    async with context_of(request).store.reading() as unit:
        known = await invitation_of(request, unit)
    command = EndInvitation(by_staff(staff_of(request).id), known.id)
    said = _("The invitation has been ended.")
    return await act(request, command, said, f"invitations/{known.id}")
