"""The demo page: a phone in the browser, and the control of the town's clock."""

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
    "stream.js": "text/javascript",
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


class TimeTravel(Protocol):
    """Reads the town's clock and moves it, with all work that falls due on the way."""

    async def move_to(self, to: str) -> None:
        """Move to one of `DESTINATIONS`; return when all due work is done."""
        ...

    def now(self) -> datetime:
        """Return the present instant, aware."""
        ...


TIME_TRAVEL = web.AppKey("time_travel", TimeTravel)
MOVING = web.AppKey("moving", asyncio.Lock)
POSTER = web.AppKey("poster", str)
BOT = r"/{username:\w{1,29}bot}"  # usernames of bots end in "bot"


def add_page(
    app: web.Application, time_travel: TimeTravel | None, *, poster: str | None = None
) -> None:
    """Add the page to *app*, and the time control where *time_travel* is given.

    *poster* is the address of a page with a QR code, which the page links to. The address
    `/<username of a bot>?start=<payload>` opens the page as Telegram's deep link would.
    """
    if guard not in app.middlewares:
        app.middlewares.append(guard)
    show = _show_page(can_travel=time_travel is not None, has_poster=poster is not None)
    app.router.add_get("/", show)
    app.router.add_get(BOT, show)
    app.router.add_get("/static/{name}", show_file)
    if poster is not None:
        app[POSTER] = poster
        app.router.add_get("/poster", go_to_poster)
    if time_travel is not None:
        app[TIME_TRAVEL], app[MOVING] = time_travel, asyncio.Lock()
        app.router.add_get("/time", show_clock)
        app.router.add_post("/time", move_clock)


def _show_page(
    *, can_travel: bool, has_poster: bool
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Return the page's handler; `data-travel` and `data-poster` say what the page has."""
    text = _read("index.html").decode()
    for name, is_there in (("travel", can_travel), ("poster", has_poster)):
        if is_there:
            text = text.replace(f'data-{name}="no"', f'data-{name}="yes"')

    async def show(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    return show


async def show_file(request: web.Request) -> web.StreamResponse:
    """Return one of `PAGE_FILES`; answer 404 for any other name."""
    name = request.match_info["name"]
    if name not in PAGE_FILES:
        raise web.HTTPNotFound
    return web.Response(
        body=_read(name), content_type=PAGE_FILES[name], charset="utf-8", headers=HEADERS
    )


async def go_to_poster(request: web.Request) -> web.StreamResponse:
    """Redirect to the page with a QR code, whose address is new at each start."""
    return web.Response(status=302, headers={"Location": request.app[POSTER], **HEADERS})


async def show_clock(request: web.Request) -> web.StreamResponse:
    """Return the town's time as JSON."""
    return web.json_response(clock_face(request.app[TIME_TRAVEL].now()), headers=HEADERS)


async def move_clock(request: web.Request) -> web.StreamResponse:
    """Move the clock, one request at a time; return the new time, or 400 or 415."""
    if request.content_type != "application/json":
        return web.json_response({"error": "JSON is expected"}, status=415)
    to = await _destination(request)
    if to is None:
        words = f"'to' must be one of {', '.join(sorted(DESTINATIONS))}"
        return web.json_response({"error": words}, status=400)
    time_travel = request.app[TIME_TRAVEL]
    async with request.app[MOVING]:
        await time_travel.move_to(to)
    return web.json_response(clock_face(time_travel.now()), headers=HEADERS)


def clock_face(now: datetime) -> dict[str, Any]:
    """Return an instant in ISO format, and as local date and time in every language."""
    local = now.astimezone(ZONE)
    return {
        "now": now.isoformat(),
        "local": {language: _worded(local, language) for language in LANGUAGES},
    }


def _worded(local: datetime, language: str) -> str:
    """Return date and time in *language*."""
    return f"{show_date(local.date(), language)} {show_time(local.time(), language)}"


async def _destination(request: web.Request) -> str | None:
    """Return the requested destination; None for an unknown one or a bad body."""
    try:
        body = parse_json(await request.read())
    except ValueError:
        return None
    to = body.get("to") if isinstance(body, dict) else None
    return to if isinstance(to, str) and to in DESTINATIONS else None


def _read(name: str) -> bytes:
    """Return a file of the page from the package."""
    return files("bot.simulator").joinpath("page", name).read_bytes()
