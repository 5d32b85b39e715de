"""Form handlers for an administrator's work on staff accounts."""

from __future__ import annotations

from aiohttp import web
from multidict import MultiDict

from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import form_of
from bot.console.pages.staff import (
    link_page,
    member_form,
    member_of,
    member_page,
    new_form,
    new_page,
)
from bot.console.render import flash
from bot.console.responses import ask, go
from bot.console.sessions import key_of, new_identity
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.commands.staff import AddStaff, ChangeStaff, DisableStaff, InviteStaff
from bot.model.staff import BY_NAME, INVITED_FOR, ROLES, Role
from bot.store.events import by_staff


async def add_staff(request: web.Request) -> web.StreamResponse:
    """Add a staff member, and show their invitation link once."""
    form, console, token = await form_of(request), context_of(request), new_identity()
    command = AddStaff(
        by=by_staff(staff_of(request).id),
        username=form.get("username", "").strip().lower(),
        first_name=form.get("first_name", ""),
        unit=form.get("unit", ""),
        role=_role(form),
        language=form.get("language", ""),
        themes=_themes(form, request),
        head="head" in form,
        granted=_granted(form),
        token_hash=key_of(token),
        at=console.clock.now(),
    )
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await new_page(request, new_form(request).refused(form, answer))
    return await _link_page(request, answer.value, token)


async def change_staff(request: web.Request) -> web.StreamResponse:
    """Change a staff member's name, unit, role and themes, and whether they head the department."""
    form, member = await form_of(request), await member_of(request)
    command = ChangeStaff(
        by=by_staff(staff_of(request).id),
        staff_id=member.id,
        first_name=form.get("first_name", ""),
        unit=form.get("unit", ""),
        role=_role(form),
        themes=_themes(form, request),
        head="head" in form,
        granted=_granted(form),
    )
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        refused = member_form(request, member).refused(form, answer)
        return await member_page(request, member, refused)
    flash(request, _("It is written down, and holds from now on."))
    return go("staff")


async def invite(request: web.Request) -> web.StreamResponse:
    """Create a new invitation link for a staff member, and show it once."""
    member, token = await member_of(request), new_identity()
    by, now = by_staff(staff_of(request).id), context_of(request).clock.now()
    answer = await ask(request, InviteStaff(by, member.id, key_of(token), now))
    if isinstance(answer, Refused):
        shown = member_form(request, member)
        return await member_page(request, member, shown, refused=answer.why)
    return await _link_page(request, member.id, token)


async def disable(request: web.Request) -> web.StreamResponse:
    """Disable a staff member's account at once."""
    member = await member_of(request)
    answer = await ask(request, DisableStaff(by_staff(staff_of(request).id), member.id))
    if isinstance(answer, Refused):
        shown = member_form(request, member)
        return await member_page(request, member, shown, refused=answer.why)
    said = _("{first_name} can no longer come in.").with_(first_name=member.first_name)
    flash(request, said)
    return go("staff")


async def _link_page(request: web.Request, staff_id: int, token: str) -> web.Response:
    """Return the page with the link; only its hash is stored, so it cannot be shown again."""
    console = context_of(request)
    async with console.store.reading() as unit:
        member = await unit.staff.get(staff_id)
    if member is None:
        raise web.HTTPNotFound
    link = f"{console.url}/invitation/{token}"
    until = console.clock.now() + INVITED_FOR
    return await link_page(request, member, link, until)


def _role(form: MultiDict[str]) -> Role:
    """Return the chosen role; raise `HTTPBadRequest` for a role that cannot be given."""
    role = form.get("role", "")
    if role not in ROLES:
        raise web.HTTPBadRequest
    return Role(role)


def _granted(form: MultiDict[str]) -> tuple[str, ...]:
    """Return the ticked permissions that are given by name."""
    return tuple(str(one) for one in BY_NAME if one in form.getall("granted", []))


def _themes(form: MultiDict[str], request: web.Request) -> tuple[str, ...]:
    """Return the ticked themes that exist."""
    ticked = form.getall("themes", [])
    return tuple(theme.key for theme in context_of(request).town.themes if theme.key in ticked)
