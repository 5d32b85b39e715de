"""The list of staff, and the page of a staff member."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from aiohttp import web

from bot.console.cells import Block, Cell, Copyable, Line, Link, Part, Title, tag
from bot.console.console_context import context_of
from bot.console.form import Field, Form
from bot.console.gate_notice import gate_warning
from bot.console.list_page import ListPage, list_page
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.town_labels import theme_names, theme_options
from bot.i18n import LANGUAGE_NAMES, Text, _, pgettext
from bot.model.staff import BY_NAME, LONGEST_NAME, ROLE_NAMES, ROLES, Role, Staff

WAY = Link(_("Staff"), "staff")
LONGEST_USERNAME = 60  # characters


async def show_staff(request: web.Request) -> web.StreamResponse:
    """Show the list of staff."""
    async with context_of(request).store.reading() as unit:
        everybody = await unit.staff.all()
        above = await gate_warning(request, unit)
    shown = ListPage(
        _("Staff"),
        everybody,
        columns(request),
        css="people",
        css_of=lambda one: "" if one.active else "off",
        new=Link(_("Add somebody"), "staff/new"),
        above=above,
    )
    return await list_page(request, shown)


def columns(request: web.Request) -> Sequence[Callable[[Staff], Cell]]:
    """Return the columns of the list."""
    names = partial(theme_names, request)
    head = Part(_("Head of department"), "quiet")
    return (
        lambda one: Part(one.first_name[:1], "face", hidden=True),
        lambda one: Block(
            (Title(Link(one.first_name, f"staff/{one.id}")), Line(one.username, "quiet"))
        ),
        lambda one: Line((one.unit, (Part("", tag="br"), head) if one.head else None)),
        lambda one: Line(ROLE_NAMES[one.role]),
        lambda one: Line(names(one.themes), "quiet"),
        lambda one: Line(state_of(one)),
    )


def state_of(one: Staff) -> Part:
    """Return the state of an account as a tag."""
    if not one.active:
        return tag(_("Shut out"), "off")
    if not one.has_password:
        return tag(_("No password yet"), "wait")
    return tag(pgettext("staff", "Active"), "on")


async def show_new(request: web.Request) -> web.StreamResponse:
    """Show the form to add a staff member."""
    return await new_page(request, new_form(request).filled({"role": Role.STAFF, "language": "da"}))


def new_form(request: web.Request) -> Form:
    """Return the form to add a staff member."""
    fields = (
        Field(
            "username",
            _("Username"),
            help=_("Small letters, digits, dots, hyphens and underscores."),
            longest=LONGEST_USERNAME,
            autofocus=True,
        ),
        *_fields(request, ROLES),
        Field("language", _("Language"), "choice", options=tuple(LANGUAGE_NAMES.items())),
    )
    return Form("staff/new", fields, _("Add, and show the link"), cancel="staff")


def _fields(request: web.Request, roles: Sequence[Role]) -> tuple[Field, ...]:
    """Return the fields that both forms share."""
    signed = _("Answers are signed with it.")
    head = _("Head of department: hears of cases that are long overdue")
    options = [(str(role), ROLE_NAMES[role]) for role in roles]
    by_name = [(str(one), label) for one, label in BY_NAME.items()]
    return (
        Field("first_name", _("First name"), help=signed, longest=LONGEST_NAME),
        Field("unit", _("Department"), longest=LONGEST_NAME),
        Field("role", _("Role"), "choice", options=options),
        Field("themes", _("Answers for"), "ticks", options=theme_options(request)),
        Field("head", head, "tick", required=False),
        Field("granted", _("Also has"), "ticks", options=by_name, required=False),
    )


async def new_page(request: web.Request, form: Form) -> web.Response:
    """Return the page of the form to add a staff member."""
    return await record_page(request, RecordPage(_("Add somebody"), (Section(forms=(form,)),)))


async def show_member(request: web.Request) -> web.StreamResponse:
    """Show the page of a staff member."""
    member = await member_of(request)
    return await member_page(request, member, member_form(request, member))


def member_form(request: web.Request, member: Staff) -> Form:
    """Return the form to change a staff member, with the present values."""
    # A role that no longer exists can be kept.
    roles = ROLES if member.role in ROLES else (member.role, *ROLES)
    form = Form(
        f"staff/{member.id}", _fields(request, roles), _("Keep the changes"), cancel="staff"
    )
    known = ("first_name", "unit", "role", "themes", "head", "granted")
    return form.filled({name: getattr(member, name) for name in known})


async def member_page(
    request: web.Request, member: Staff, form: Form, *, refused: Text | None = None
) -> web.Response:
    """Return the page of a staff member; *refused* says why an act was refused."""
    shown = RecordPage(
        member.first_name,
        (
            Section(lines=(Line(state_of(member)),), forms=(form,)),
            Section(_("Coming in"), acts=_acts(member, refused)),
        ),
        aside=member.username,
        way=WAY,
    )
    return await record_page(request, shown)


def _acts(member: Staff, refused: Text | None) -> tuple[Form, ...]:
    """Return the acts on an account: a new link, and shutting out."""
    name = member.first_name
    again = _("A new link lets {first_name} choose a new password. Older links stop working.")
    anew = _("A new link lets {first_name} in again.")
    out = _("Shutting {first_name} out ends every session at once. What was done and said stays.")
    link = Form(
        f"staff/{member.id}/invite",
        submit=_("Show a new link"),
        why=refused,
        lead=(again if member.active else anew).with_(first_name=name),
        look="",
    )
    if not member.active:
        return (link,)
    lead = out.with_(first_name=name)
    path = f"staff/{member.id}/disable"
    return link, Form(path, submit=_("Shut out"), lead=lead, look="danger")


async def link_page(
    request: web.Request, member: Staff, link: str, until: datetime
) -> web.Response:
    """Return the page with the link by which a staff member chooses a password."""
    once = _(
        "Give this link to {first_name}, and to nobody else. It is shown this once, works once, "
        "and runs out {until}."
    )
    lines = (
        Line(once.with_(first_name=member.first_name, until=until)),
        Copyable("link", link, _("Copy the link")),
    )
    title = _("Link for {first_name}").with_(first_name=member.first_name)
    return await record_page(request, RecordPage(title, (Section(lines=lines),), way=WAY))


async def member_of(request: web.Request) -> Staff:
    """Return the staff member in the address; raise `HTTPNotFound` where there is none."""
    async with context_of(request).store.reading() as unit:
        found = await unit.staff.get(int(request.match_info["id"]))
    if found is None:
        raise web.HTTPNotFound
    return found
