"""Access control of demo and simulator: only local programs and their own pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.errors import ApiError
from bot.simulator.params import bad_request

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
OWN = frozenset({"same-origin", "none"})  # none: the user typed the address
CONSOLE = "/console"
BAD, FORBIDDEN, TOO_LARGE = 400, 403, 413
BROKEN = (web.RequestPayloadError, HttpProcessingError)  # for example invalid gzip
HEADERS = {"Cross-Origin-Resource-Policy": "same-origin", "X-Content-Type-Options": "nosniff"}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 403 to other hosts and sites, 413 to too large and 400 to broken bodies."""
    if not host_is_ours(request):
        return refuse(FORBIDDEN, "only this machine may ask")
    if not (origin_is_ours(request) and (site_is_ours(request) or is_link(request))):
        return refuse(FORBIDDEN, "a page of another site may not ask")
    try:
        return await handler(request)
    except web.HTTPRequestEntityTooLarge:
        return refuse(TOO_LARGE, "the body is too large")
    except BROKEN:
        return refuse(BAD, "the body cannot be read")


def host_is_ours(request: web.Request) -> bool:
    """Return whether the Host header is this machine's: a foreign DNS name may resolve here."""
    name, _, port = request.host.rpartition(":")
    host = name if name and port.isdigit() else request.host
    return host.lower() in HOSTS


def origin_is_ours(request: web.Request) -> bool:
    """Return whether the request has no Origin header, or its own address as origin."""
    origin = request.headers.get("Origin")
    return origin is None or origin.lower() == f"{request.scheme}://{request.host}".lower()


def site_is_ours(request: web.Request) -> bool:
    """Return whether a program or a page of ours sent the request, by Sec-Fetch-Site."""
    return request.headers.get("Sec-Fetch-Site", "none") in OWN


def is_link(request: web.Request) -> bool:
    """Return whether a browser opens a page from a link; other sites cannot read it."""
    sent = request.headers
    whole_page = sent.get("Sec-Fetch-Mode") == "navigate" and (
        sent.get("Sec-Fetch-Dest") == "document"
    )
    is_page = request.path in ("/", CONSOLE) or request.path.startswith(f"{CONSOLE}/")
    return request.method == "GET" and whole_page and is_page


def programs_only(handler: Handler) -> Handler:
    """Wrap *handler*: refuse browsers, and answer errors as Telegram does."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if "Origin" in request.headers or any(
            name.lower().startswith("sec-fetch-") for name in request.headers
        ):
            words = "Forbidden: the Bot API answers programs, and no browser"
            return answer_error(ApiError(FORBIDDEN, words))
        try:
            return await handler(request)
        except web.HTTPRequestEntityTooLarge:
            return answer_error(ApiError(TOO_LARGE, "Request Entity Too Large"))
        except BROKEN:
            return answer_error(bad_request("can't read the body"))
        except ApiError as error:
            return answer_error(error)

    return handle


def refuse(status: int, words: str) -> web.Response:
    """Return a refusal as JSON."""
    return web.json_response({"error": words}, status=status, headers=HEADERS)


def answer_error(error: ApiError) -> web.Response:
    """Return *error* in Telegram's JSON."""
    body: dict[str, Any] = {
        "ok": False,
        "error_code": error.code,
        "description": error.description,
    }
    if error.retry_after is not None:
        body["parameters"] = {"retry_after": int(error.retry_after)}
    return web.json_response(body, status=error.code, headers=HEADERS)
