"""What all public pages have in common: headers, the rate limit, and errors without details."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.errors import DatabaseUnavailable
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
NOT_FOUND = "404: Not Found"
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
        return web.Response(status=429, text="429", headers={"Retry-After": str(wait)})
    return await handler(request)


@web.middleware
async def show_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer errors in one line; every address that opens nothing is answered alike."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return web.Response(status=404, text=NOT_FOUND)
    except web.HTTPException as error:
        return web.Response(status=error.status, text=str(error.status))
    except DatabaseUnavailable:
        headers = {"Retry-After": TRY_AGAIN_AFTER}
        return web.Response(status=503, text="503", headers=headers)
    except Exception as error:  # noqa: BLE001 - a visitor must not see the details
        # The address holds a token, so only the kind of the error is logged.
        log.error("public_page_failed", extra={"kind": type(error).__name__})  # noqa: TRY400 - a traceback may hold the token
        return web.Response(status=500, text="500")
