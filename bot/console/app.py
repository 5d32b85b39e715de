"""The console as an aiohttp application, mounted at /console/."""

from __future__ import annotations

import warnings

from aiohttp import web
from aiohttp_session import session_middleware

from bot.console.console_context import BASE, CONSOLE_CONTEXT, ConsoleContext
from bot.console.current_user import find_current_user
from bot.console.errors import show_errors
from bot.console.form_input import refuse_nul, require_token
from bot.console.headers import refuse_prefetch, set_headers
from bot.console.live import BROADCASTER, Broadcaster
from bot.console.navigation import NAVIGATION
from bot.console.render import set_up_templates
from bot.console.route import guarded
from bot.console.routes import DEMO_ROUTES, ROUTES, SECTIONS
from bot.console.sessions import RowStorage


def console_app(console: ConsoleContext) -> web.Application:
    """Return the console's application; the demo's has an extra route to sign in."""
    # aiohttp-session stores its objects under strings; aiohttp warns and prefers AppKey.
    warnings.filterwarnings("ignore", category=web.NotAppKeyWarning, module="aiohttp_session")
    storage = RowStorage(console.store, console.clock, secure=console.secure)
    app = web.Application(
        middlewares=[
            set_headers,
            refuse_prefetch,
            show_errors,  # for errors of loading and saving the session
            session_middleware(storage),
            show_errors,  # for all others; the error page has forms, so its session must be saved
            refuse_nul,
            find_current_user,
            require_token,
        ]
    )
    app[CONSOLE_CONTEXT] = console
    app[BROADCASTER] = Broadcaster(console.store, console.clock)
    app[NAVIGATION] = SECTIONS
    app.on_shutdown.append(_close_streams)
    set_up_templates(app, console.town.zone)
    for route in (*ROUTES, *(DEMO_ROUTES if console.demo else ())):
        app.router.add_route(route.method, f"/{route.path}", guarded(route))
    return app


async def _close_streams(app: web.Application) -> None:
    """End the event streams of all browsers."""
    await app[BROADCASTER].close()


def mount(app: web.Application, console: web.Application) -> None:
    """Mount the console in *app*; the address without the slash redirects to it."""

    async def with_slash(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=308, headers={"Location": f"{BASE}/"})

    app.router.add_get(BASE, with_slash)
    app.add_subapp(f"{BASE}/", console)
