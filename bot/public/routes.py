"""All public routes: addresses that everybody may request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.public import feeds, news, opportunities, pages, pledge_feeds, pledges

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class PublicRoute:
    """A page or a feed; *path* is relative to the public address."""

    path: str
    handler: Handler


ROUTES: tuple[PublicRoute, ...] = (
    PublicRoute("/calendar/{token}.ics", feeds.show_feed),
    PublicRoute("/l/{token}.{kind:svg|png}", pages.show_qr_code),
    PublicRoute("/l/{token}", pages.show_link),
    PublicRoute("/opgaver", opportunities.show_all),
    PublicRoute("/opgaver.json", opportunities.show_json),
    PublicRoute("/opgaver.atom", opportunities.show_atom),
    PublicRoute("/opgaver.ics", opportunities.show_calendar),
    PublicRoute("/opgaver/{id:[0-9]{1,15}}", opportunities.show_one),
    PublicRoute("/opgaver/{id:[0-9]{1,15}}.{kind:svg|png}", opportunities.show_code),
    PublicRoute("/lofter", pledges.show_all),
    PublicRoute("/lofter.json", pledge_feeds.show_json),
    PublicRoute("/lofter.atom", pledge_feeds.show_atom),
    PublicRoute("/lofter/{id:[0-9]{1,15}}", pledges.show_one),
    PublicRoute("/lofter/{id:[0-9]{1,15}}.{kind:svg|png}", pledges.show_code),
    PublicRoute("/nyheder", news.show_all),
    PublicRoute("/nyheder.atom", news.show_atom),
    PublicRoute("/nyheder/{id:[0-9]{1,15}}", news.show_one),
    PublicRoute("/nyheder/{id:[0-9]{1,15}}/fil", news.show_file),
    PublicRoute("/public.css", pages.show_style),
    PublicRoute("/robots.txt", pages.show_robots),
)
