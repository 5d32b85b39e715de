"""Security headers of every response, and refusal of prefetching browsers."""

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
NO_STORE = "no-store"
HTTPS_ONLY = "max-age=31536000"
# Headers by which current and older browsers mark a request as prefetch.
PURPOSES = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
PREFETCH = frozenset({"prefetch", "prerender", "preview"})
_BETWEEN = re.compile(r"[;,\s\"]+")


@web.middleware
async def set_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Set the headers on every response; a header set by the handler is kept."""
    response = await handler(request)
    if not response.prepared:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", NO_STORE)
        if context_of(request).secure:
            response.headers["Strict-Transport-Security"] = HTTPS_ONLY
    return response


@web.middleware
async def refuse_prefetch(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a prefetch with 503, because reading the prefetched page would not be recorded.

    The error makes the browser drop the response, and request again once the user opens the page.
    """
    if is_prefetch(request):
        return web.Response(status=503)
    return await handler(request)


def is_prefetch(request: web.Request) -> bool:
    """Return whether the request is a prefetch, a prerender or a preview."""
    said = " ".join(value for name in PURPOSES for value in request.headers.getall(name, ()))
    return not PREFETCH.isdisjoint(_BETWEEN.split(said.lower()))
