"""Form handlers for the catalogue of pledges: write, publish and retire its entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from multidict import MultiDict

from bot.console.catalogue_form import submitted
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_check import fault_in
from bot.console.form_input import form_of, number_of
from bot.console.pages.catalogue import entry_of
from bot.console.pages.catalogue_writing import entry_form, refused_page
from bot.console.render import flash
from bot.console.responses import act, ask, go
from bot.engine.events import Refused
from bot.i18n import _, pgettext
from bot.model.commands.pledges import AddEntry, EditEntry, PublishEntry, RetireEntry


async def write_new(request: web.Request) -> web.StreamResponse:
    """Add a draft and show it, or show its form again."""
    form = await form_of(request)
    fields = _fields(request, form)
    if isinstance(fields, Refused):
        return await refused_page(request, form, fields, None)
    answer = await ask(request, AddEntry(staff_of(request).id, fields))
    if isinstance(answer, Refused):
        return await refused_page(request, form, answer, None)
    flash(request, pgettext("pledge", "It is saved as a draft. Publish it when it is ready."))
    return go(f"catalogue/{answer.value}")


async def write_edit(request: web.Request) -> web.StreamResponse:
    """Change an entry and show it, or show its form again."""
    form = await form_of(request)
    async with context_of(request).store.reading() as unit:
        known = await entry_of(request, unit)
    fields = _fields(request, form)
    if isinstance(fields, Refused):
        return await refused_page(request, form, fields, known)
    version = number_of(form.get("version")) or 0
    answer = await ask(request, EditEntry(staff_of(request).id, known.id, version, fields))
    if isinstance(answer, Refused):
        return await refused_page(request, form, answer, known)
    flash(request, _("The pledge of the catalogue is changed."))
    return go(f"catalogue/{known.id}")


async def publish(request: web.Request) -> web.StreamResponse:
    """Let people choose an entry."""
    command = PublishEntry(staff_of(request).id, _id(request))
    return await act(request, command, _("People can choose it now."), f"catalogue/{_id(request)}")


async def retire(request: web.Request) -> web.StreamResponse:
    """Let people no longer choose an entry."""
    command = RetireEntry(staff_of(request).id, _id(request))
    said = _("No one can choose it any more.")
    return await act(request, command, said, f"catalogue/{_id(request)}")


def _fields(request: web.Request, form: MultiDict[str]) -> Mapping[str, Any] | Refused:
    """Read the form of an entry; refuse what its fields show to be wrong."""
    goals = [goal.key for goal in context_of(request).town.goals]
    return fault_in(entry_form(request), form) or submitted(form, goals)


def _id(request: web.Request) -> int:
    return int(request.match_info["id"])
