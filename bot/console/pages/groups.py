"""The list of groups, and the page of a group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from aiohttp import web

from bot.console.cells import Block, Button, Cell, Line, Link, Part, Title, dotted, tag
from bot.console.console_context import context_of
from bot.console.form import Field, Form
from bot.console.list_page import ListPage, list_page
from bot.console.pages.participants import reached_by
from bot.console.participant_choice import choice_page
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.town_labels import area_options
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.group import GROUP_KIND_NAMES, Group, Member
from bot.model.staff import LONGEST_NAME

WAY = Link(_("Groups"), "groups")
MEMBERS = ngettext("{count} member", "{count} members", "count")
LEADS = ngettext("{count} lead", "{count} leads", "count")


async def show_groups(request: web.Request) -> web.StreamResponse:
    """Show the groups that have not ended, by name."""
    async with context_of(request).store.reading() as unit:
        live, sizes = await unit.groups.live(), await unit.groups.sizes()
    shown = ListPage(
        _("Groups"),
        live,
        columns(dict(area_options(request)), sizes),
        new=Link(_("New group"), "groups/new"),
        lead=_("Associations, firms and teams. A lead can remind the members in the chat."),
        empty=Line(_("There is no group yet."), "empty"),
    )
    return await list_page(request, shown)


def columns(
    areas: Mapping[str, Text | str], sizes: Mapping[int, tuple[int, int]]
) -> Sequence[Callable[[Group], Cell]]:
    """Return the columns of the list; *sizes* are members and leads by group."""

    def numbers(one: Group) -> Line:
        members, leads = sizes.get(one.id, (0, 0))
        none = tag(_("No lead"), "wait")
        led = LEADS.with_(count=leads) if leads else none
        return Line(dotted(MEMBERS.with_(count=members), led))

    return (
        lambda one: Title(Link(one.name, f"groups/{one.id}")),
        lambda one: Line(dotted(GROUP_KIND_NAMES[one.kind], areas.get(one.area or "")), "quiet"),
        numbers,
    )


async def show_new(request: web.Request) -> web.StreamResponse:
    """Show the form of a new group."""
    return await new_page(request, new_form(request))


def new_form(request: web.Request) -> Form:
    """Return the form of a new group."""
    kinds = [(str(kind), name) for kind, name in GROUP_KIND_NAMES.items()]
    fields = (
        Field("name", _("Name"), longest=LONGEST_NAME, autofocus=True),
        Field("kind", pgettext("group", "Kind"), "choice", options=kinds),
        Field(
            "area",
            _("Area"),
            "choice",
            options=area_options(request),
            empty=_("The whole municipality"),
            required=False,
        ),
    )
    return Form("groups/new", fields, _("Create the group"), cancel="groups")


async def new_page(request: web.Request, form: Form) -> web.Response:
    """Return the page of the form of a new group."""
    return await record_page(request, RecordPage(_("New group"), (Section(forms=(form,)),)))


async def show_group(request: web.Request) -> web.StreamResponse:
    """Show the page of a group."""
    async with context_of(request).store.reading() as unit:
        group = await unit.groups.get(int(request.match_info["id"]))
        members = await unit.groups.members(group.id) if group else []
    if group is None:
        raise web.HTTPNotFound
    facts: list[tuple[Text, Cell]] = [(pgettext("group", "Kind"), GROUP_KIND_NAMES[group.kind])]
    areas = dict(area_options(request))
    facts.append((_("Area"), areas.get(group.area or "", _("The whole municipality"))))
    if group.ended_at is not None:
        sections = [Section(facts=[*facts, (pgettext("group", "Ended"), group.ended_at)])]
        return await record_page(request, RecordPage(group.name, sections, way=WAY))
    add = Link(_("Add a member"), f"groups/{group.id}/add", "button", icon="plus")
    none = () if members else (Line(_("Nobody is in the group yet."), "quiet"),)
    end = Form(
        f"groups/{group.id}/end",
        submit=_("End the group"),
        lead=_("Its reminders end, too. The members stay in the chat."),
        look="danger",
    )
    sections = [
        Section(facts=facts),
        Section(
            _("Members"),
            lines=none,
            rows=[_member(group, one) for one in members],
        ),
        Section(lines=(Line(add),)),
        Section(_("End the group"), acts=(end,)),
    ]
    return await record_page(request, RecordPage(group.name, sections, way=WAY))


def _member(group: Group, one: Member) -> tuple[Cell, ...]:
    """Return the row of a member, with the acts on the membership."""
    hidden = {"participant": one.participant_id}
    path = f"groups/{group.id}"
    lead: Cell = None
    if one.is_lead:
        lead = Button(
            f"{path}/join", _("Lead no more"), about=one.first_name, hidden={**hidden, "lead": ""}
        )
    elif one.person_id is not None:
        lead = Button(
            f"{path}/join", _("Make lead"), about=one.first_name, hidden={**hidden, "lead": "yes"}
        )
    name = Link(one.first_name or _("Without a name"), f"participants/{one.participant_id}")
    how = reached_by(one.person_id)
    mark = (" ", tag(_("Lead"), "on")) if one.is_lead else None
    leave = Button(f"{path}/leave", _("Remove"), about=one.first_name, hidden=hidden)
    return Line((name, mark, Part("", tag="br"), Part(how, "quiet"))), Block((lead, leave), "acts")


async def show_add(request: web.Request) -> web.StreamResponse:
    """Show participants to choose as a member, found by name."""
    async with context_of(request).store.reading() as unit:
        group = await unit.groups.get(int(request.match_info["id"]))
        if group is None or group.ended_at is not None:
            raise web.HTTPNotFound
        known = {one.participant_id for one in await unit.groups.members(group.id)}
    return await choice_page(
        request,
        title=_("Add a member to {name}").with_(name=group.name),
        path=f"groups/{group.id}/add",
        post=f"groups/{group.id}/join",
        way=Link(group.name, f"groups/{group.id}"),
        taken=known,
        is_taken=_("Is a member"),
        label=_("Add"),
    )
