"""The console's static files: a fixed list, each with its content hash in the address."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from aiohttp import web

from bot.console.console_context import BASE

FILES: Mapping[str, str] = {
    "base.css": "text/css",
    "frame.css": "text/css",
    "forms.css": "text/css",
    "lists.css": "text/css",
    "case_list.css": "text/css",
    "faq.css": "text/css",
    "case.css": "text/css",
    "thread.css": "text/css",
    "write.css": "text/css",
    "print.css": "text/css",
    "audience.js": "text/javascript",
    "console.js": "text/javascript",
    "case.js": "text/javascript",
    "keys.js": "text/javascript",
    "live.js": "text/javascript",
    "live_list.js": "text/javascript",
    "writing.js": "text/javascript",
    "icons.svg": "image/svg+xml",
    "bridge.svg": "image/svg+xml",
}
FOR_A_YEAR = "public, max-age=31536000, immutable"
NOT_FOR_LONG = "no-cache"
STYLES = tuple(name for name in FILES if name.endswith(".css"))  # loaded in this order


@cache
def content_of(name: str) -> bytes:
    """Return the content of a file of the package; it is read once per process."""
    return files("bot.console").joinpath("static", name).read_bytes()


@cache
def mark_of(name: str) -> str:
    """Return a hash of the file's content."""
    return hashlib.sha256(content_of(name)).hexdigest()[:12]


def address_of(name: str) -> str:
    """Return a file's address with its content hash; browsers cache it for a year."""
    return f"{BASE}/static/{name}?v={mark_of(name)}"


async def show_file(request: web.Request) -> web.StreamResponse:
    """Return a file of the list; raise `HTTPNotFound` for any other name."""
    name = request.match_info["name"]
    if name not in FILES:
        raise web.HTTPNotFound
    kept = FOR_A_YEAR if request.query.get("v") == mark_of(name) else NOT_FOR_LONG
    response = web.Response(
        body=content_of(name),
        content_type=FILES[name],
        charset="utf-8",
        headers={"Cache-Control": kept, "Vary": "Accept-Encoding"},
    )
    response.enable_compression()  # pages hold a token and others' text, so they are not compressed
    return response
