"""What is new, as a stream: the browser listens, and fetches what it needs."""

from __future__ import annotations

from contextlib import suppress

from aiohttp import web

from bot.console.current_user import staff_of, user_of
from bot.console.headers import HEADERS, KEPT_BY_NOBODY
from bot.console.live import CRIER, ChangeEvent

AGAIN_AFTER = 3000  # milliseconds after which a browser that was cut off comes back
ALIVE = b": \n\n"


async def show_events(request: web.Request) -> web.StreamResponse:
    """Tell the browser what is new, for as long as both are there and the session lasts."""
    response = web.StreamResponse(
        headers={
            **HEADERS,
            "Cache-Control": KEPT_BY_NOBODY,
            "Content-Type": "text/event-stream; charset=utf-8",
            "X-Accel-Buffering": "no",  # a proxy is to pass every line on at once
        }
    )
    staff, session = staff_of(request), user_of(request).session
    with suppress(ConnectionResetError):  # the browser has gone
        await response.prepare(request)
        await response.write(b"retry: %d\n\n" % AGAIN_AFTER)
        with request.config_dict[CRIER].listening(staff.id, session) as ear:
            async for word in ear.words():
                await response.write(ALIVE if word is None else written(word))
    return response


def written(word: ChangeEvent) -> bytes:
    """Write a word as an event of the stream."""
    return f"event: {word.what}\ndata: {word.about}\n\n".encode()
