"""The form of an entry of the catalogue."""

from __future__ import annotations

from aiohttp import web
from multidict import MultiDict

from bot.console.catalogue_form import EMPTY, at_field, choices_for, entry_fields, values_of
from bot.console.cells import Line
from bot.console.console_context import context_of
from bot.console.form import Form
from bot.console.pages.catalogue import WAY, entry_of, way_to
from bot.console.record_page import RecordPage, Section, record_page
from bot.engine.events import Refused
from bot.i18n import _, pgettext
from bot.model.pledge_catalogue import CatalogueEntry


async def show_new(request: web.Request) -> web.StreamResponse:
    """Show the form of a new entry."""
    return await writing_page(request, entry_form(request).filled(EMPTY))


async def show_edit(request: web.Request) -> web.StreamResponse:
    """Show the form of an entry with its present values."""
    async with context_of(request).store.reading() as unit:
        known = await entry_of(request, unit)
    return await writing_page(request, entry_form(request, known).filled(values_of(known)), known)


def entry_form(request: web.Request, known: CatalogueEntry | None = None) -> Form:
    """Return the form without values; *known* is changed by it, else a new one is added."""
    fields = entry_fields(choices_for(request))
    if known is None:
        return Form(
            "catalogue/new", fields, pgettext("pledge", "Save as a draft"), cancel="catalogue"
        )
    path, hidden = f"catalogue/{known.id}", {"version": known.version}
    return Form(f"{path}/edit", fields, _("Keep the changes"), cancel=path, hidden=hidden)


async def writing_page(
    request: web.Request, form: Form, known: CatalogueEntry | None = None
) -> web.Response:
    """Return the page of the form."""
    if known is None:
        page = RecordPage(_("New pledge of the catalogue"), (Section(forms=(form,)),), way=WAY)
        return await record_page(request, page)
    about = Line(
        _(
            "Pledges that were made from it stay as they were promised. So theme, unit and how it "
            "adds up cannot be changed after the first one."
        ),
        "quiet",
    )
    section = Section(lines=(about,), forms=(form,))
    page = RecordPage(_("Change the pledge of the catalogue"), (section,), way=way_to(known))
    return await record_page(request, page)


async def refused_page(
    request: web.Request, form: MultiDict[str], answer: Refused, known: CatalogueEntry | None
) -> web.Response:
    """Return the page of the form as it was sent, with the reason at the field."""
    shown = entry_form(request, known).refused(form, at_field(answer))
    return await writing_page(request, shown, known)
