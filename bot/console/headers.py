"""What every answer of the console tells the browser about itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.console.console_context import context_of

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
KEPT_BY_NOBODY = "no-store"
HTTPS_ONLY = "max-age=31536000"
# How browsers, of now and of before, say that they fetch a page which no person has asked for yet.
PURPOSES = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
AHEAD = frozenset({"prefetch", "prerender", "preview"})
_BETWEEN = re.compile(r"[;,\s\"]+")


@web.middleware
async def set_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Set the headers; what a page says of itself stands."""
    response = await handler(request)
    if not response.prepared:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", KEPT_BY_NOBODY)
        if context_of(request).secure:
            response.headers["Strict-Transport-Security"] = HTTPS_ONLY
    return response


@web.middleware
async def show_nothing_ahead(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a browser that fetches a page ahead: a person might read it later without a trace.

    An error makes the browser drop the answer, and ask again once its owner does.
    """
    if looks_ahead(request):
        return web.Response(status=503)
    return await handler(request)


def looks_ahead(request: web.Request) -> bool:
    """Tell whether a browser asks before its owner does."""
    said = " ".join(value for name in PURPOSES for value in request.headers.getall(name, ()))
    return not AHEAD.isdisjoint(_BETWEEN.split(said.lower()))
