"""A route, and the permission check before its handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from bot.console.current_user import user_of
from bot.console.errors import NotAllowed
from bot.console.render import at, flash, fragment
from bot.i18n import _
from bot.model.staff import May

NAVIGATES = "navigate"  # Sec-Fetch-Mode of a user's click; a script's request has another value
NOT_SAVED = _("You were no longer signed in, so it was not kept. Sign in, and send it again.")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Route:
    """A page (GET) or a form (POST); *path* is relative to the console's address."""

    method: str
    path: str
    handler: Handler
    may: May


def guarded(route: Route) -> Handler:
    """Return the route's handler behind a check of the permission `route.may`.

    A user without the permission gets `NotAllowed`, a visitor the sign-in page.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        user = user_of(request)
        if user.may(route.may):
            return await route.handler(request)
        if user.staff is not None:
            raise NotAllowed(route.may)
        return _redirect_to_sign_in(request)

    return handle


def _redirect_to_sign_in(request: web.Request) -> web.Response:
    """Redirect a visitor to sign in, with the wanted page as the next one.

    A link from another site sends no cookie, as it is SameSite=Strict, even where
    the user is signed in. Such a request gets a page that reloads the address with
    the cookie. That page has no form, so it does not overwrite the user's cookie.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return fragment(request, "reload.html")
    if request.method == "POST" and request.headers.get("Sec-Fetch-Mode", NAVIGATES) == NAVIGATES:
        flash(request, NOT_SAVED, kind="refused")
    wanted = quote(request.path_qs if request.method == "GET" else at(), safe="")
    return web.Response(status=303, headers={"Location": at(f"sign-in?next={wanted}")})
