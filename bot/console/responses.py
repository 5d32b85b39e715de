"""Execute a form's command, and redirect to the next page."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from aiohttp import web

from bot.console.console_context import BASE, context_of
from bot.console.render import at
from bot.engine.events import Done, Refused
from bot.service import execute


async def ask(request: web.Request, command: Any) -> Done | Refused:
    """Execute *command* in its own transaction, and return the outcome."""
    async with context_of(request).store.unit() as unit:
        return await execute(command, unit)


def go(path: str) -> web.Response:
    """Redirect (303) to a page of the console after a form's command was executed."""
    return web.Response(status=303, headers={"Location": at(path)})


def go_back(wanted: str) -> web.Response:
    """Redirect (303) to *wanted* where it is a page of the console, else to the first page."""
    return web.Response(status=303, headers={"Location": own_address(wanted)})


def own_address(wanted: str) -> str:
    """Return *wanted* where it is an address of the console, else the first page.

    Browsers read a backslash as a slash, ignore invisible characters, and go up
    a level at two dots, even where these are percent-encoded.
    """
    odd = not wanted.isascii() or not wanted.isprintable() or "\\" in wanted
    up = ".." in unquote(wanted.partition("?")[0])
    if odd or up or not wanted.startswith(f"{BASE}/"):
        return at()
    parts = urlsplit(wanted)
    return at() if parts.scheme or parts.netloc else wanted
