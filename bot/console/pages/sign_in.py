"""The sign-in page, and the page to choose a password through an invitation."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Field, Form
from bot.console.navigation import items_for
from bot.console.render import page
from bot.console.responses import go, own_address
from bot.console.sessions import key_of
from bot.engine.events import Refused
from bot.i18n import Text, _
from bot.model.staff import SHORTEST_PASSWORD
from bot.service.sign_in import SPENT


async def show_sign_in(request: web.Request) -> web.StreamResponse:
    """Show the sign-in page; redirect a signed-in user to the first page."""
    if user_of(request).staff is not None:
        return go("")
    return await sign_in_page(request, wanted=request.query.get("next", ""))


async def sign_in_page(
    request: web.Request,
    *,
    wanted: str,
    username: str = "",
    refused: Text | None = None,
    status: int = 200,
) -> web.Response:
    """Return the sign-in page; *refused* says why the last attempt failed."""
    console = context_of(request)
    known = bool(username)
    form = Form(
        "sign-in",
        (
            Field(
                "username",
                _("Username"),
                autocomplete="username",
                autofocus=not known and not console.demo,
            ),
            Field(
                "password",
                _("Password"),
                "password",
                autocomplete="current-password",
                autofocus=known,
            ),
        ),
        _("Sign in"),
        why=refused,
        hidden={"next": own_address(wanted)},
    )
    shown: dict[str, Any] = {
        "wanted": own_address(wanted),
        "form": form.filled({"username": username}),
        "demo_staff": console.town.staff if console.demo else (),
    }
    return await page(request, "sign_in.html", status=status, **shown)


async def open_first_section(request: web.Request) -> web.StreamResponse:
    """Redirect to the first section of the current user's sidebar."""
    return go(items_for(request, {})[0].section.path)


async def show_invitation(request: web.Request) -> web.StreamResponse:
    """Show the form to choose a password; answer 410 where the link is used or expired."""
    console, token = context_of(request), request.match_info["token"]
    async with console.store.reading() as unit:
        invitation = await unit.invitations.live(key_of(token), console.clock.now())
        staff = await unit.staff.get(invitation.staff_id) if invitation else None
    if staff is None:
        return await page(request, "invitation_spent.html", status=410, why=SPENT)
    return await invitation_page(request, staff.username, staff.first_name)


async def invitation_page(
    request: web.Request,
    username: str,
    first_name: str,
    *,
    refused: Refused | None = None,
) -> web.Response:
    """Return the page to choose a password; *refused* says why the last was not accepted."""
    path = f"invitation/{request.match_info['token']}"
    least = _(
        "At least {least} characters, without your username. Three or four words that do not "
        "belong together are easy to remember."
    ).with_(least=SHORTEST_PASSWORD)
    new = "new-password"
    fields = (
        Field("username", _("Username"), "username"),
        Field("password", _("Password"), "password", least, autocomplete=new, autofocus=True),
        Field("again", _("The same password again"), "password", autocomplete=new),
    )
    form = Form(path, fields, _("Keep the password")).filled({"username": username})
    if refused is not None:
        form = form.refused(form.written, refused)
    shown: dict[str, Any] = {"username": username, "first_name": first_name, "form": form}
    return await page(request, "invitation.html", status=form.status, **shown)
