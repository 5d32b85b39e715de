"""Take a pledge from a person who rings or comes, and change one (HR-27)."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.console.cells import Cell, Line, Link
from bot.console.console_context import context_of
from bot.console.form import Form
from bot.console.list_labels import NAMELESS
from bot.console.pages.participants import entering_fold, entering_form
from bot.console.pages.pledge import pledge_of
from bot.console.pages.pledges import WAY
from bot.console.participant_choice import choice_page
from bot.console.pledge_forms import changing_form, making_form
from bot.console.record_page import RecordPage, Section, record_page
from bot.i18n import _, pgettext
from bot.model.participant import Participant
from bot.model.pledge import LIVE, Pledge, Visibility


async def show_choice(request: web.Request) -> web.StreamResponse:
    """Show participants, to choose whose pledge it is."""
    return await choosing_page(request)


def person_form(path: str, known: Sequence[Participant] = ()) -> Form:
    """Return the form of a person who is not in the chat; *known* have the phone number already."""
    return entering_form(path, _("Enter, and go on"), known)


async def choosing_page(request: web.Request, refused: Form | None = None) -> web.Response:
    """Return the page on which staff choose or enter the person who rings."""
    fold = entering_fold(person_form("pledges/new/enter"), refused)
    return await choice_page(
        request,
        title=_("Whose pledge is it?"),
        path="pledges/new",
        way=WAY,
        taken=(),
        is_taken=_("Is chosen"),
        label=pgettext("pledge", "Choose"),
        above=(fold,),
        status=fold.form.status,
    )


async def making_form_for(request: web.Request) -> tuple[Participant, Form]:
    """Return the person in the address and the form; raise `HTTPNotFound` for no such person."""
    async with context_of(request).store.reading() as unit:
        person = await unit.participants.shown(int(request.match_info["id"]))
        if person is None or person.ended_at is not None:
            raise web.HTTPNotFound
        entries = [(str(one.id), one.title) for one in await unit.catalogue.published()]
        groups = [(str(one.id), one.name) for one in await unit.groups.live()]
    return person, making_form(request, person.id, entries, groups)


async def show_making(request: web.Request) -> web.StreamResponse:
    """Show the form of a pledge that a person makes by phone."""
    person, form = await making_form_for(request)
    return await making_page(request, person, form.filled({"visibility": Visibility.PRIVATE}))


async def making_page(request: web.Request, person: Participant, form: Form) -> web.Response:
    """Return the page of the form, with the pledges that the person has already."""
    async with context_of(request).store.reading() as unit:
        live = await unit.pledges.of_participant(person.id, LIVE)
    has: list[Cell] = [
        Line((_("Has already:"), " ", Link(one.words, f"pledges/{one.id}")), "quiet")
        for one in live
    ]
    about = Line(_("Staff ring instead of writing where a person is not in the chat."), "quiet")
    section = Section(lines=(about, *has), forms=(form,))
    title = _("Take a pledge of {name}").with_(name=person.first_name or NAMELESS)
    return await record_page(request, RecordPage(title, (section,), way=WAY))


async def changeable(request: web.Request) -> Pledge:
    """Return the pledge in the address; raise `HTTPNotFound` for none, or where it has ended."""
    async with context_of(request).store.reading() as unit:
        known = await pledge_of(request, unit)
    if known.state not in LIVE:
        raise web.HTTPNotFound
    return known


async def show_edit(request: web.Request) -> web.StreamResponse:
    """Show the form that changes a pledge, as a person says by phone."""
    known = await changeable(request)
    return await editing_page(request, known, changing_form(known))


async def editing_page(request: web.Request, known: Pledge, form: Form) -> web.Response:
    """Return the page of the form that changes a pledge."""
    way = Link(known.words, f"pledges/{known.id}")
    section = Section(lines=(Line(known.words),), forms=(form,))
    return await record_page(request, RecordPage(_("Change the pledge"), (section,), way=way))
