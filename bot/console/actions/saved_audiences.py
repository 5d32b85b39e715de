"""Form handlers for saved audiences: save, change and delete one."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from bot.console.audience_builder import FIRST, audience_of, builder_of
from bot.console.audience_form import NOBODY_CHOSEN, SAVED_AS, after_press
from bot.console.confirmation import unless_sure
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import form_of
from bot.console.pages.saved_audiences import (
    DELETE,
    PAGE,
    audience_at,
    audience_form,
    form_page,
)
from bot.console.render import flash
from bot.console.responses import act, ask, go
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.audience import to_json
from bot.model.commands.audiences import DropAudience, EditAudience, SaveAudience
from bot.store.saved_audiences import SavedAudience


async def write_new(request: web.Request) -> web.StreamResponse:
    """Save a new audience, or show its form again."""
    return await _write(request, None)


async def write_edit(request: web.Request) -> web.StreamResponse:
    """Change a saved audience, or show its form again."""
    async with context_of(request).store.reading() as unit:
        known = await audience_at(request, unit)
    return await _write(request, known)


async def _write(request: web.Request, known: SavedAudience | None) -> web.StreamResponse:
    """Do what the button says with the form of an audience."""
    form, shown = await form_of(request), await audience_form(request, known)
    if (changed := await after_press(request, shown)) is not None:
        return await form_page(request, replace(shown, written=changed), known)
    built = audience_of(form, builder_of(shown).choices, NOBODY_CHOSEN)
    if built is None or isinstance(built, Refused):
        wrong = built or Refused(NOBODY_CHOSEN, FIRST)
        return await form_page(request, shown.refused(form, wrong), known)
    name, audience, staff_id = form.get("name", ""), to_json(built), staff_of(request).id
    command = (
        SaveAudience(staff_id, name, audience)
        if known is None
        else EditAudience(staff_id, known.id, name, audience)
    )
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        field = FIRST if answer.field == "audience" else answer.field
        return await form_page(request, shown.refused(form, Refused(answer.why, field)), known)
    flash(request, SAVED_AS.with_(name=" ".join(name.split())))
    return go(PAGE)


async def drop(request: web.Request) -> web.StreamResponse:
    """Delete a saved audience, after asking once."""
    async with context_of(request).store.reading() as unit:
        known = await audience_at(request, unit)
    question = _("Delete the audience “{name}”?").with_(name=known.name)
    page = await unless_sure(request, question, DELETE, f"{PAGE}/{known.id}")
    if page is not None:
        return page
    command = DropAudience(staff_of(request).id, known.id)
    return await act(request, command, _("The audience is deleted."), PAGE)
