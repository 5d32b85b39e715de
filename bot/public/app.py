"""The public pages as an aiohttp application, mounted at /public/."""

from __future__ import annotations

from aiohttp import web

from bot.public.guards import limit_rate, set_headers, show_errors
from bot.public.public_context import BASE, LISTS, PUBLIC_CONTEXT, PublicContext
from bot.public.routes import ROUTES


def public_app(public: PublicContext) -> web.Application:
    """Return the application of the public pages; it only answers GET and HEAD."""
    app = web.Application(middlewares=[set_headers, limit_rate, show_errors])
    app[PUBLIC_CONTEXT] = public
    for route in ROUTES:
        app.router.add_get(route.path, route.handler)
    return app


def mount(app: web.Application, public: web.Application) -> None:
    """Mount the public pages in *app*; the lists have short addresses, too."""
    app.add_subapp(f"{BASE}/", public)
    for name in LISTS:
        app.router.add_get(f"/{name}{{rest:(/.*)?}}", _go_to_list)


async def _go_to_list(request: web.Request) -> web.StreamResponse:
    """Redirect a typed address to the page of a list, or of one of it."""
    return web.Response(status=302, headers={"Location": f"{BASE}{request.rel_url}"})
