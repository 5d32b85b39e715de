"""The stream of change events (server-sent events) to a browser."""

from __future__ import annotations

from contextlib import suppress

from aiohttp import web

from bot.console.current_user import staff_of, user_of
from bot.console.headers import HEADERS, KEPT_BY_NOBODY
from bot.console.live import BROADCASTER, ChangeEvent

AGAIN_AFTER = 3000  # milliseconds after which a disconnected browser reconnects
ALIVE = b": \n\n"


async def show_events(request: web.Request) -> web.StreamResponse:
    """Send change events until the browser disconnects, the session ends or the server stops."""
    response = web.StreamResponse(
        headers={
            **HEADERS,
            "Cache-Control": KEPT_BY_NOBODY,
            "Content-Type": "text/event-stream; charset=utf-8",
            "X-Accel-Buffering": "no",  # a proxy must not buffer the stream
        }
    )
    staff, session = staff_of(request), user_of(request).session
    with suppress(ConnectionResetError):  # the browser has disconnected
        await response.prepare(request)
        await response.write(b"retry: %d\n\n" % AGAIN_AFTER)
        with request.config_dict[BROADCASTER].listening(staff.id, session) as ear:
            async for word in ear.words():
                await response.write(ALIVE if word is None else written(word))
    return response


def written(word: ChangeEvent) -> bytes:
    """Return a change event in the format of server-sent events."""
    return f"event: {word.what}\ndata: {word.about}\n\n".encode()
