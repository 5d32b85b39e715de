"""The list of saved audiences, and the form of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.audience_builder import LONGEST_NAME, audience_values
from bot.console.audience_form import Use, audience_builder
from bot.console.audience_labels import names_for
from bot.console.cells import Cell, Line, Link, Moment, Title
from bot.console.console_context import context_of
from bot.console.form import Field, Form
from bot.console.list_page import ListPage, list_page
from bot.console.record_page import RecordPage, Section, record_page
from bot.i18n import Text, _, pgettext
from bot.model.audience import EVERYONE, readable
from bot.model.audience_words import Words, in_words
from bot.model.broadcast import BROADCAST
from bot.model.invitation import INVITATION
from bot.model.reminder import SUBJECT
from bot.store.saved_audiences import SavedAudience, Usage
from bot.store.unit import Unit

PAGE = "audiences"
WAY = Link(_("Saved audiences"), PAGE)
WHO = _("Who is in it")
USED_BY = _("Used by")
NOT_USED = _("Nothing uses it.")
COPIED = _("Who chooses it gets a copy. A change here changes nothing that was made from it.")
DELETE = _("Delete the audience")
USERS: Mapping[str, tuple[str, Text]] = {
    BROADCAST: ("broadcasts", pgettext("staff", "News")),
    SUBJECT: ("reminders", _("Reminder")),
    INVITATION: ("invitations", _("Invitation")),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A saved audience in words, with what uses it."""

    saved: SavedAudience
    who: Words
    uses: Sequence[Usage]


async def show_audiences(request: web.Request) -> web.StreamResponse:
    """Show the saved audiences by name, with what uses each."""
    async with context_of(request).store.reading() as unit:
        found = await unit.saved_audiences.all()
        read = [readable(one.audience) for one in found]
        names = await names_for(unit, *read)
        listed = [
            Listed(one, in_words(who, names), await unit.saved_audiences.uses(one.id))
            for one, who in zip(found, read, strict=True)
        ]
    shown: ListPage[Listed] = ListPage(
        _("Saved audiences"),
        listed,
        (
            lambda one: Title(Link(one.saved.name, f"{PAGE}/{one.saved.id}")),
            lambda one: Line(one.who),
            lambda one: Line(_used(one.uses), "quiet"),
            lambda one: Line((_("Changed:"), " ", Moment(one.saved.changed_at)), "quiet"),
        ),
        new=Link(_("New audience"), f"{PAGE}/new"),
        lead=COPIED,
        empty=Line(_("No audience is saved yet."), "empty"),
    )
    return await list_page(request, shown)


def _used(uses: Sequence[Usage]) -> Cell:
    """Return what uses an audience, as links."""
    if not uses:
        return NOT_USED
    links: list[Cell] = [USED_BY, ": "]
    for one in uses:
        path, kind = USERS[one.kind]
        links += [kind, " ", Link(one.title, f"{path}/{one.id}"), ", "]
    return tuple(links[:-1])


async def show_new(request: web.Request) -> web.StreamResponse:
    """Show the form of a new audience."""
    form = await audience_form(request)
    return await form_page(request, form.filled({"who_1": EVERYONE}))


async def show_audience(request: web.Request) -> web.StreamResponse:
    """Show a saved audience in its form, and what uses it."""
    async with context_of(request).store.reading() as unit:
        known = await audience_at(request, unit)
    form = await audience_form(request, known)
    values = {"name": known.name, **audience_values(readable(known.audience))}
    return await form_page(request, form.filled(values), known)


async def audience_at(request: web.Request, unit: Unit) -> SavedAudience:
    """Return the audience in the address; raise `HTTPNotFound` for none."""
    known = await unit.saved_audiences.get(int(request.match_info["id"]))
    if known is None:
        raise web.HTTPNotFound
    return known


async def audience_form(request: web.Request, known: SavedAudience | None = None) -> Form:
    """Return the form without values; *known* is changed by it."""
    present = readable(known.audience) if known is not None else None
    async with context_of(request).store.reading() as unit:
        built = await audience_builder(request, unit, Use.SAVED, present, label=WHO)
    name = Field("name", _("Name of the audience"), "line", longest=LONGEST_NAME)
    path = f"{PAGE}/new" if known is None else f"{PAGE}/{known.id}"
    return Form(path, (name, built), _("Save the audience"), cancel=PAGE)


async def form_page(
    request: web.Request, form: Form, known: SavedAudience | None = None
) -> web.Response:
    """Return the page of the form."""
    if known is None:
        section = Section(lines=(Line(COPIED, "quiet"),), forms=(form,))
        return await record_page(request, RecordPage(_("New audience"), (section,), way=WAY))
    async with context_of(request).store.reading() as unit:
        uses = await unit.saved_audiences.uses(known.id)
    drop = Form(f"{PAGE}/{known.id}/drop", submit=DELETE, lead=COPIED, look="danger")
    sections = (
        Section(forms=(form,)),
        Section(USED_BY, lines=(Line(_used(uses)),)),
        Section(DELETE, acts=(drop,)),
    )
    return await record_page(request, RecordPage(known.name, sections, way=WAY))
