"""The form of a broadcast, and next to it what the server finds in it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

from aiohttp import web

from bot.console import broadcast_files
from bot.console.audience_form import Use, audience_builder
from bot.console.broadcast_fields import EMPTY, Choices, broadcast_fields
from bot.console.broadcast_form import by_field, values_of
from bot.console.broadcast_view import checked
from bot.console.cells import Checked, Line, Link
from bot.console.console_context import context_of
from bot.console.form import Form
from bot.console.form_input import form_of
from bot.console.pages.broadcasts import WAY, broadcast_of
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.town_labels import topic_options
from bot.i18n import Text, _, pgettext
from bot.model.audience import readable
from bot.model.broadcast import BEGUN, WRITABLE, Broadcast
from bot.service.broadcasts.reaching import all_faults
from bot.service.broadcasts.targets import targets
from bot.store.unit import Unit

MOST_EARLIER = 20  # broadcasts to choose from whose readers are left out
KEY = "key"  # the hidden field by which the same form is saved once
BLANK = Broadcast(0, "", {}, "", {})
CHECK, SAVE = "check", "save"  # values of the field "do"
HOW = _("How it looks, and what to look at")


async def show_new(request: web.Request) -> web.StreamResponse:
    """Show the form of a new broadcast."""
    form = (await empty_form(request)).filled(EMPTY)
    return await writing_page(request, form, BLANK)


async def show_edit(request: web.Request) -> web.StreamResponse:
    """Show the form of a draft, with the faults at its fields."""
    async with context_of(request).store.reading() as unit:
        known = await editable(request, unit)
        values = values_of(known, unit)
        faults = await all_faults(unit, known)
    form = (await empty_form(request, known)).filled({**EMPTY, **values})
    return await writing_page(request, replace(form, hints=by_field(faults, form)), known)


async def editable(request: web.Request, unit: Unit) -> Broadcast:
    """Return the broadcast in the address; raise `HTTPNotFound` where its words are frozen."""
    known = await broadcast_of(request, unit)
    if known.state not in WRITABLE:
        raise web.HTTPNotFound
    return known


async def choices_for(request: web.Request, unit: Unit, known: Broadcast | None) -> Choices:
    """Return what can be chosen in the form."""
    earlier = await unit.broadcasts.listed(tuple(BEGUN), MOST_EARLIER)
    present = readable(known.audience) if known is not None else None
    return Choices(
        topics=topic_options(request),
        audience=await audience_builder(request, unit, Use.BROADCAST, present),
        targets=await targets(unit),
        earlier=[(str(one.id), one.title) for one in earlier],
    )


async def empty_form(request: web.Request, known: Broadcast | None = None) -> Form:
    """Return the form without values; *known* is changed by it, else a draft is added."""
    async with context_of(request).store.reading() as unit:
        fields = broadcast_fields(await choices_for(request, unit, known), known)
    path = "broadcasts/new" if known is None else f"broadcasts/{known.id}/edit"
    back = "broadcasts" if known is None else f"broadcasts/{known.id}"
    written = await form_of(request) if request.method == "POST" else {}
    hidden: dict[str, object] = {}
    if known is None:
        hidden[KEY] = written.get(KEY) or secrets.token_hex(16)
    else:
        hidden["version"] = written.get("version") or known.version
    return Form(
        path,
        fields,
        pgettext("pledge", "Save as a draft") if known is None else _("Keep the changes"),
        cancel=back,
        hidden=hidden,
        also=((CHECK, _("See how it looks")),),
        checked_at="broadcasts/check" if known is None else f"broadcasts/{known.id}/check",
    )


async def writing_page(
    request: web.Request,
    form: Form,
    draft: Broadcast,
    notices: Sequence[Text] = (),
    media: broadcast_files.Media | None = None,
) -> web.Response:
    """Return the page of the form; *draft* is shown next to it.

    *media* is the file of the form as it was sent: its form brings it along.
    """
    kept: Mapping[str, str] = {}
    if media is not None and media.kept:
        kept = {broadcast_files.KEPT: media.kept}
        name = str((media.media or {}).get("name", ""))
        notices = (*notices, _("The file {name} is kept until you save.").with_(name=name))
    form = replace(form, hidden={**form.hidden, **kept})
    beside = Checked(HOW, await checked(request, draft))
    is_new = not draft.id
    title = _("Write news") if is_new else _("Change the news")
    way = WAY if is_new else Link(draft.title, f"broadcasts/{draft.id}")
    sections = (
        Section(lines=[Line(one, "notice") for one in notices], forms=(form,)),
        Section(HOW, lines=(beside,)),
    )
    return await record_page(request, RecordPage(title, sections, way=way))
