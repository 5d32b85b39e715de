"""What all public pages have in common: headers, the rate limit, and errors without details."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.errors import DatabaseUnavailable
from bot.public.error_page import error_page
from bot.public.public_context import context_of
from bot.transport.addresses import client_address

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",  # an address holds a token
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Server": "Brobygger",  # else versions of Python and aiohttp are shown
}
HTTPS_ONLY = "max-age=31536000"
TRY_AGAIN_AFTER = "30"  # seconds
log = logging.getLogger("brobygger.public")


@web.middleware
async def set_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Set the headers on every response, and nothing that identifies a visitor."""
    response = await handler(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if context_of(request).secure:
        response.headers["Strict-Transport-Security"] = HTTPS_ONLY
    return response


@web.middleware
async def limit_rate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 429 to an address that has sent too many requests."""
    public = context_of(request)
    wait = public.rate_limit.wait(client_address(request, public.proxies))
    if wait:
        return error_page(request, 429, {"Retry-After": str(wait)})
    return await handler(request)


@web.middleware
async def show_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer errors with a page; every address that opens nothing is answered alike."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return error_page(request, error.status)
    except DatabaseUnavailable:
        return error_page(request, 503, {"Retry-After": TRY_AGAIN_AFTER})
    except Exception as error:  # noqa: BLE001 - a visitor must not see the details
        # The address holds a token, so only the kind of the error is logged.
        log.error("public_page_failed", extra={"kind": type(error).__name__})  # noqa: TRY400 - a traceback may hold the token
        return error_page(request, 500)
