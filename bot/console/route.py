"""A route, and the guard before its handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from bot.console.current_user import user_of
from bot.console.errors import NotAllowed
from bot.console.render import at, flash, fragment
from bot.console.sidebar import glance_at
from bot.i18n import _
from bot.model.staff import May

NAVIGATES = "navigate"  # what a browser says of a person's click, and of no script's request
SENT_IN_VAIN = _("You were no longer signed in, so it was not kept. Sign in, and send it again.")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Route:
    """A page (GET) or an act (POST); *path* comes after the console's address."""

    method: str
    path: str
    handler: Handler
    may: May


def guarded(route: Route) -> Handler:
    """Return the route's handler, reached only by those who may."""

    async def handle(request: web.Request) -> web.StreamResponse:
        reader = user_of(request)
        if reader.may(route.may):
            await glance_at(request)
            return await route.handler(request)
        if reader.staff is not None:
            raise NotAllowed(route.may)
        return _to_the_door(request)

    return handle


def _to_the_door(request: web.Request) -> web.Response:
    """Let somebody sign in first, and come back to the page they wanted.

    A link from elsewhere brings no cookie along, even of somebody who is signed
    in; a page of ours that follows the same link does. It has no form, so it sets
    no cookie over the one that was not brought.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return fragment(request, "arrival.html")
    if request.method == "POST" and request.headers.get("Sec-Fetch-Mode", NAVIGATES) == NAVIGATES:
        flash(request, SENT_IN_VAIN, kind="refused")
    wanted = quote(request.path_qs if request.method == "GET" else at(), safe="")
    return web.Response(status=303, headers={"Location": at(f"sign-in?next={wanted}")})
