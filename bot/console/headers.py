"""What every answer of the console tells the browser about itself."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.console.office import office_of

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


@web.middleware
async def set_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Set the headers; what a page says of itself stands."""
    response = await handler(request)
    if not response.prepared:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", KEPT_BY_NOBODY)
        if office_of(request).secure:
            response.headers["Strict-Transport-Security"] = HTTPS_ONLY
    return response
