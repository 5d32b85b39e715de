"""The stream of change events (server-sent events) to a browser."""

from __future__ import annotations

from contextlib import suppress

from aiohttp import web

from bot.console.current_user import staff_of, user_of
from bot.console.headers import HEADERS, NO_STORE
from bot.console.live import BROADCASTER, ChangeEvent

AGAIN_AFTER = 3000  # milliseconds after which a disconnected browser reconnects
ALIVE = b": \n\n"


async def show_events(request: web.Request) -> web.StreamResponse:
    """Send change events until the browser disconnects, the session ends or the server stops."""
    response = web.StreamResponse(
        headers={
            **HEADERS,
            "Cache-Control": NO_STORE,
            "Content-Type": "text/event-stream; charset=utf-8",
            "X-Accel-Buffering": "no",  # a proxy must not buffer the stream
        }
    )
    staff, session = staff_of(request), user_of(request).session
    with suppress(ConnectionResetError):  # the browser has disconnected
        await response.prepare(request)
        await response.write(b"retry: %d\n\n" % AGAIN_AFTER)
        with request.config_dict[BROADCASTER].subscribe(staff.id, session) as subscriber:
            async for event in subscriber.events():
                await response.write(ALIVE if event is None else written(event))
    return response


def written(event: ChangeEvent) -> bytes:
    """Return a change event in the format of server-sent events."""
    return f"event: {event.what}\ndata: {event.about}\n\n".encode()
