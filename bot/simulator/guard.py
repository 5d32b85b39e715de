"""Who may reach the demo and the simulator: programs of this machine, and pages of their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.errors import ApiError
from bot.simulator.params import bad_request

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
OWN = frozenset({"same-origin", "none"})  # none: a person typed the address
CONSOLE = "/console"
BAD, FORBIDDEN, TOO_LARGE = 400, 403, 413
BROKEN = (web.RequestPayloadError, HttpProcessingError)  # as a body that is no gzip
HEADERS = {"Cross-Origin-Resource-Policy": "same-origin", "X-Content-Type-Options": "nosniff"}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests of foreign pages, and bodies that are too large."""
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
    """Return whether the request names this machine: a foreign DNS name may lead here too."""
    name, _, port = request.host.rpartition(":")
    host = name if name and port.isdigit() else request.host
    return host.lower() in HOSTS


def origin_is_ours(request: web.Request) -> bool:
    """Return whether the request names no origin, or the very address it was sent to."""
    origin = request.headers.get("Origin")
    return origin is None or origin.lower() == f"{request.scheme}://{request.host}".lower()


def site_is_ours(request: web.Request) -> bool:
    """Return whether a browser sent the request for our own page, or a program sent it."""
    return request.headers.get("Sec-Fetch-Site", "none") in OWN


def is_link(request: web.Request) -> bool:
    """Return whether a person follows a link to a page; no other site can read what is shown."""
    sent = request.headers
    whole_page = sent.get("Sec-Fetch-Mode") == "navigate" and (
        sent.get("Sec-Fetch-Dest") == "document"
    )
    is_page = request.path in ("/", CONSOLE) or request.path.startswith(f"{CONSOLE}/")
    return request.method == "GET" and whole_page and is_page


def programs_only(handler: Handler) -> Handler:
    """Refuse browsers at *handler*, and answer every refusal as Telegram does."""

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
    """Answer a refusal."""
    return web.json_response({"error": words}, status=status, headers=HEADERS)


def answer_error(error: ApiError) -> web.Response:
    """Answer an error with Telegram's JSON."""
    body: dict[str, Any] = {
        "ok": False,
        "error_code": error.code,
        "description": error.description,
    }
    if error.retry_after is not None:
        body["parameters"] = {"retry_after": int(error.retry_after)}
    return web.json_response(body, status=error.code, headers=HEADERS)
