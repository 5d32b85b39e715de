"""The list of staff, and the page of a staff member."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.render import page
from bot.i18n import Text
from bot.model.staff import ROLES, Role, Staff


async def show_staff(request: web.Request) -> web.StreamResponse:
    """Show the list of staff."""
    async with context_of(request).store.reading() as unit:
        everybody = await unit.staff.all()
    return await page(request, "staff.html", everybody=everybody)


async def show_new(request: web.Request) -> web.StreamResponse:
    """Show the form to add a staff member."""
    return await new_page(request, {})


async def new_page(
    request: web.Request, written: Mapping[str, Any], *, refused: Text | None = None
) -> web.Response:
    """Return the form to add a staff member, with the input *written*; status 422 if refused."""
    shown: dict[str, Any] = {"written": written, "refused": refused, "roles": ROLES}
    return await page(request, "staff_new.html", status=422 if refused else 200, **shown)


async def show_member(request: web.Request) -> web.StreamResponse:
    """Show the page of a staff member."""
    return await member_page(request, await member_of(request))


async def member_page(
    request: web.Request, member: Staff, *, refused: Text | None = None
) -> web.Response:
    """Return the page of a staff member; status 422 where a change was refused."""
    shown: dict[str, Any] = {"member": member, "refused": refused, "roles": roles_for(member)}
    return await page(request, "staff_member.html", status=422 if refused else 200, **shown)


def roles_for(member: Staff) -> tuple[Role, ...]:
    """Return the roles to choose from; a role that no longer exists can be kept."""
    return ROLES if member.role in ROLES else (member.role, *ROLES)


async def member_of(request: web.Request) -> Staff:
    """Return the staff member in the address; raise `HTTPNotFound` where there is none."""
    async with context_of(request).store.reading() as unit:
        found = await unit.staff.get(int(request.match_info["id"]))
    if found is None:
        raise web.HTTPNotFound
    return found
