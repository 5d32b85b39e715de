"""The console as an application, to be mounted at /console/."""

from __future__ import annotations

import warnings

from aiohttp import web
from aiohttp_session import session_middleware

from bot.console.console_context import BASE, CONSOLE_CONTEXT, ConsoleContext
from bot.console.current_user import know_reader
from bot.console.errors import show_errors
from bot.console.forms import believe_own_forms
from bot.console.headers import set_headers, show_nothing_ahead
from bot.console.live import CRIER, Broadcaster
from bot.console.render import set_up_templates
from bot.console.route import guarded
from bot.console.routes import DEMO_ROUTES, ROUTES
from bot.console.sessions import RowStorage


def console_app(console: ConsoleContext) -> web.Application:
    """Return the console; the demo's has a way in more."""
    # aiohttp-session keeps its things under names; aiohttp would rather have keys.
    warnings.filterwarnings("ignore", category=web.NotAppKeyWarning, module="aiohttp_session")
    storage = RowStorage(console.store, console.clock, secure=console.secure)
    app = web.Application(
        middlewares=[
            set_headers,
            show_nothing_ahead,
            show_errors,  # of keeping the session
            session_middleware(storage),
            show_errors,  # of all else; a page that says so has forms, whose cookie must be kept
            know_reader,
            believe_own_forms,
        ]
    )
    app[CONSOLE_CONTEXT] = console
    app[CRIER] = Broadcaster(console.store, console.clock)
    app.on_shutdown.append(_fall_silent)
    set_up_templates(app, console.town.zone)
    for route in (*ROUTES, *(DEMO_ROUTES if console.demo else ())):
        app.router.add_route(route.method, f"/{route.path}", guarded(route))
    return app


async def _fall_silent(app: web.Application) -> None:
    """Let every browser go that listens."""
    await app[CRIER].close()


def mount(app: web.Application, console: web.Application) -> None:
    """Put the console at its address in *app*, with and without the slash."""

    async def with_slash(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=308, headers={"Location": f"{BASE}/"})

    app.router.add_get(BASE, with_slash)
    app.add_subapp(f"{BASE}/", console)
