"""What follows a form: the next page, and what is said on it."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from aiohttp import web

from bot.console.console_context import BASE, context_of
from bot.console.render import at
from bot.engine.events import Done, Refused
from bot.service import execute


async def ask(request: web.Request, command: Any) -> Done | Refused:
    """Let the service of *command* carry it out, in a transaction of its own."""
    async with context_of(request).store.unit() as unit:
        return await execute(command, unit)


def go(path: str) -> web.Response:
    """Send the browser on to a page of the console: the answer to a form that was done."""
    return web.Response(status=303, headers={"Location": at(path)})


def go_back(wanted: str) -> web.Response:
    """Send the browser to *wanted*, where that is a page of the console."""
    return web.Response(status=303, headers={"Location": own_address(wanted)})


def own_address(wanted: str) -> str:
    """Return *wanted* where it is an address of the console's own; else the first page.

    Browsers read a backslash as a slash, skip what cannot be seen, and go up by
    two dots, however they are written.
    """
    odd = not wanted.isascii() or not wanted.isprintable() or "\\" in wanted
    up = ".." in unquote(wanted.partition("?")[0])
    if odd or up or not wanted.startswith(f"{BASE}/"):
        return at()
    parts = urlsplit(wanted)
    return at() if parts.scheme or parts.netloc else wanted
