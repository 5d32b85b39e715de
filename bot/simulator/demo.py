"""The demo's page: a telephone in the browser, and the town's clock beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from importlib.resources import files
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.i18n import LANGUAGES, show_date, show_time
from bot.simulator.guard import guard
from bot.simulator.params import parse_json

ZONE = ZoneInfo("Europe/Copenhagen")
DESTINATIONS = frozenset({"hour", "tomorrow", "week"})
PAGE_FILES = {
    "style.css": "text/css",
    "chat.css": "text/css",
    "phone.js": "text/javascript",
    "below.js": "text/javascript",
    "composer.js": "text/javascript",
    "files.js": "text/javascript",
    "log.js": "text/javascript",
    "menus.js": "text/javascript",
    "nodes.js": "text/javascript",
    "panel.js": "text/javascript",
    "things.js": "text/javascript",
    "wire.js": "text/javascript",
    "words.js": "text/javascript",
    "bridge.svg": "image/svg+xml",
    "shore.svg": "image/svg+xml",
    "icons.svg": "image/svg+xml",
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Travel(Protocol):
    """The town's clock, and whoever can move it with everything that falls due on the way."""

    async def go(self, to: str) -> None:
        """Move to one of `DESTINATIONS`, and come back when all is done that was due."""
        ...

    def now(self) -> datetime:
        """Return the present instant, aware."""
        ...


TRAVEL = web.AppKey("travel", Travel)
MOVING = web.AppKey("moving", asyncio.Lock)


def add_page(app: web.Application, travel: Travel | None) -> None:
    """Add the page to *app*, and the time control where there is a *travel* to control."""
    if guard not in app.middlewares:
        app.middlewares.append(guard)
    app.router.add_get("/", _show_page(can_travel=travel is not None))
    app.router.add_get("/static/{name}", show_file)
    if travel is not None:
        app[TRAVEL], app[MOVING] = travel, asyncio.Lock()
        app.router.add_get("/time", show_clock)
        app.router.add_post("/time", move_clock)


def _show_page(*, can_travel: bool) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Make the route of the page; it is told whether it has a clock to ask."""
    text = _read("index.html").decode()
    if can_travel:
        text = text.replace('data-travel="no"', 'data-travel="yes"')

    async def show(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    return show


async def show_file(request: web.Request) -> web.StreamResponse:
    """Show one of the page's files; nothing else can be named."""
    name = request.match_info["name"]
    if name not in PAGE_FILES:
        raise web.HTTPNotFound
    return web.Response(
        body=_read(name), content_type=PAGE_FILES[name], charset="utf-8", headers=HEADERS
    )


async def show_clock(request: web.Request) -> web.StreamResponse:
    """Tell what time it is in the town."""
    return web.json_response(clock_face(request.app[TRAVEL].now()), headers=HEADERS)


async def move_clock(request: web.Request) -> web.StreamResponse:
    """Move the clock, one move at a time, and tell what time it has become."""
    if request.content_type != "application/json":
        return web.json_response({"error": "JSON is expected"}, status=415)
    to = await _destination(request)
    if to is None:
        words = f"'to' must be one of {', '.join(sorted(DESTINATIONS))}"
        return web.json_response({"error": words}, status=400)
    travel = request.app[TRAVEL]
    async with request.app[MOVING]:
        await travel.go(to)
    return web.json_response(clock_face(travel.now()), headers=HEADERS)


def clock_face(now: datetime) -> dict[str, Any]:
    """Word an instant as the town's clock shows it, in every language."""
    local = now.astimezone(ZONE)
    return {
        "now": now.isoformat(),
        "local": {language: _worded(local, language) for language in LANGUAGES},
    }


def _worded(local: datetime, language: str) -> str:
    """Write the day and the time."""
    return f"{show_date(local.date(), language)} {show_time(local.time(), language)}"


async def _destination(request: web.Request) -> str | None:
    """Return where the request wants to go; None is nowhere that is known."""
    try:
        body = parse_json(await request.read())
    except ValueError:
        return None
    to = body.get("to") if isinstance(body, dict) else None
    return to if isinstance(to, str) and to in DESTINATIONS else None


def _read(name: str) -> bytes:
    """Read a file of the page from the package."""
    return files("bot.simulator").joinpath("page", name).read_bytes()
