"""Public pages and feeds of open opportunities; they hold nothing about citizens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.documents import atom_feed, calendar_file, qr_code
from bot.json_text import write_json
from bot.model.link import event_source, opportunity_link, opportunity_url
from bot.model.opportunity import ShiftState
from bot.public import opportunity_words as words
from bot.public.answers import open_answer
from bot.public.opportunity_view import ShownOpportunity, View
from bot.public.page_frame import frame
from bot.public.pages import language_of, templates
from bot.public.public_context import PublicContext, context_of
from bot.service.calendar_events import event_of_shift
from bot.store.open_opportunities import OpenOpportunities, OpenOpportunity

MOST = 200  # opportunities on a page or in a feed
NEXT = 3  # dates of each opportunity in a list
MOST_DATES = 10  # on the page of one opportunity
MOST_EVENTS = 500  # of the calendar
JSON = "application/json"
PAGE = "/opgaver"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter, as a link."""

    label: str
    address: str
    is_chosen: bool


async def show_all(request: web.Request) -> web.Response:
    """Show the open opportunities by theme; the address may name a theme and an area."""
    public, view = _of(request)
    found = await _open(public, MOST, NEXT)
    theme, area = _chosen(request, found)
    shown = [
        (one.opportunity.theme, view.show(one))
        for one in found
        if theme in {None, one.opportunity.theme} and area in {None, one.opportunity.area}
    ]
    page = templates().get_template("opportunities.html").render(
        **_frame(request, view, view.said(words.TITLE)),
        sections=_sections(view, shown),
        nothing=view.said(words.NOTHING_FITS if found else words.NONE_OPEN),
        all=_address(request, public),
        chat=public.bot_link,
        filters=_filters(request, view, found, theme, area),
    )  # fmt: skip
    return open_answer(request, page.encode(), "text/html")


async def show_one(request: web.Request) -> web.Response:
    """Show one open opportunity, with its next dates and the way into the chat."""
    public, view = _of(request)
    found = await _one(request, public)
    shown = view.show(replace(found, coming=found.coming[:MOST_DATES]))
    page = templates().get_template("opportunity.html").render(
        **_frame(request, view, shown.title.text),
        one=shown,
        all=_address(request, public),
        code=f"{shown.page}.svg",
        has_more=len(found.coming) > MOST_DATES,
    )  # fmt: skip
    return open_answer(request, page.encode(), "text/html")


async def show_code(request: web.Request) -> web.Response:
    """Show the QR code of an opportunity's address in the chat."""
    public = context_of(request)
    one = await _one(request, public)
    kind = request.match_info["kind"]
    picture = qr_code.qr_code(opportunity_link(public.bot_link, one.opportunity.id), kind)
    return open_answer(request, picture, qr_code.MIME[kind], for_sites=True)


async def show_json(request: web.Request) -> web.Response:
    """Show the open opportunities as JSON, for other sites (docs/opportunities.md)."""
    public, view = _of(request)
    found = await _open(public, MOST, NEXT)
    value = {
        "municipality": public.town.name,
        "language": view.language,
        "page": f"{public.url}{PAGE}",
        "opportunities": [view.as_json(one, view.show(one)) for one in found],
    }
    return open_answer(request, write_json(value).encode(), JSON, for_sites=True)


async def show_atom(request: web.Request) -> web.Response:
    """Show the open opportunities as an Atom feed, the newest first."""
    public, view = _of(request)
    entries = [_entry(view, one) for one in await _open(public, MOST, NEXT)]
    entries.sort(key=lambda one: one.updated, reverse=True)
    feed = atom_feed.AtomFeed(
        address=f"{public.url}{PAGE}.atom",
        page=f"{public.url}{PAGE}",
        title=view.said(words.TITLE),
        author=public.town.name,
        language=view.language,
        updated=entries[0].updated if entries else atom_feed.BEFORE_ALL,
        entries=entries,
    )
    body = atom_feed.atom_feed(feed)
    return open_answer(request, body, atom_feed.MIME, for_sites=True)


async def show_calendar(request: web.Request) -> web.Response:
    """Show the coming shifts as a calendar; cancelled ones stay, marked as cancelled."""
    public, view = _of(request)
    async with public.store.reading() as unit:
        # The full hour, so that an unchanged calendar keeps its ETag until the next one.
        at = unit.now.replace(minute=0, second=0, microsecond=0)
        dates = await OpenOpportunities(unit).dates(MOST_EVENTS)
    source = event_source(public.bot_link)
    events = [
        event_of_shift(
            of,
            shift,
            view.language,
            source,
            is_over=shift.state is ShiftState.CANCELLED,
            address=opportunity_url(public.url, of.id),
        )
        for shift, of in dates
    ]
    organizer = calendar_file.Organizer(public.town.name, public.bot_link)
    body = calendar_file.calendar_file(events, organizer, at, name=view.said(words.TITLE))
    return open_answer(request, body, calendar_file.MIME, for_sites=True)


def _of(request: web.Request) -> tuple[PublicContext, View]:
    """Return the public context, and the view in the visitor's language."""
    public = context_of(request)
    return public, View(public, language_of(request))


async def _open(public: PublicContext, limit: int, dates: int) -> list[OpenOpportunity]:
    """Return the open opportunities, the oldest first."""
    async with public.store.reading() as unit:
        return await OpenOpportunities(unit).some(limit, dates)


async def _one(request: web.Request, public: PublicContext) -> OpenOpportunity:
    """Return the opportunity in the address; answer 404 where it is not open."""
    wanted = int(request.match_info["id"])
    async with public.store.reading() as unit:
        found = await OpenOpportunities(unit).some(1, MOST_DATES + 1, only=wanted)
    if not found:
        raise web.HTTPNotFound
    return found[0]


def _entry(view: View, one: OpenOpportunity) -> atom_feed.AtomEntry:
    """Return an opportunity as an entry of a feed."""
    shown = view.show(one)
    lines = [shown.text.text, *(f"{date.when} {date.places}".strip() for date in shown.dates)]
    if not shown.dates:
        lines.append(shown.when)
    of = one.opportunity
    return atom_feed.AtomEntry(
        address=shown.page,
        title=shown.title.text,
        summary="\n".join(lines),
        updated=of.published_at or atom_feed.BEFORE_ALL,
        language=shown.text.language,
        topics=[name for name in (shown.theme, view.area(of.area)) if name],
    )


def _frame(request: web.Request, view: View, title: str) -> dict[str, Any]:
    """Return what every page of opportunities needs."""
    address = f"{view.public.url}{PAGE}"
    return {
        **frame(request, view.public, view.language, title, _kept(request)),
        "words": words,
        "say": view.said,
        "atom": f"{address}.atom",
        "json": f"{address}.json",
        "calendar": f"{address}.ics",
    }


def _kept(request: web.Request) -> dict[str, str]:
    """Return the parts of the address that its links keep."""
    return {name: request.query[name] for name in ("theme", "area") if name in request.query}


def _address(
    request: web.Request, public: PublicContext, theme: str | None = None, area: str | None = None
) -> str:
    """Return the address of the list with a filter, in the language of this address."""
    wanted = {"theme": theme, "area": area, "lang": request.query.get("lang")}
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"{public.url}{PAGE}" + (f"?{query}" if query else "")


def _chosen(
    request: web.Request, found: Sequence[OpenOpportunity]
) -> tuple[str | None, str | None]:
    """Return the theme and the area of the address; an unknown one is left out."""
    theme, area = request.query.get("theme"), request.query.get("area")
    return (
        theme if theme in {one.opportunity.theme for one in found} else None,
        area if area in {one.opportunity.area for one in found} else None,
    )


def _sections(
    view: View, shown: Sequence[tuple[str | None, ShownOpportunity]]
) -> list[tuple[str, list[ShownOpportunity]]]:
    """Return the opportunities by theme, in the town's order, with those without one last."""
    keys = [one.key for one in view.town.topics]
    sections = [(view.theme(key), [one for theme, one in shown if theme == key]) for key in keys]
    others = [one for theme, one in shown if theme not in keys]
    sections.append((view.said(words.OTHER_THEMES), others))
    return [(name, some) for name, some in sections if some]


def _filters(
    request: web.Request,
    view: View,
    found: Sequence[OpenOpportunity],
    theme: str | None,
    area: str | None,
) -> list[tuple[str, list[Choice]]]:
    """Return the two filters, each with the choices that open opportunities have, as links."""
    public, town = view.public, view.town
    themes = {one.opportunity.theme for one in found}
    areas = {one.opportunity.area for one in found}
    by_theme = [
        Choice(view.theme(key), _address(request, public, key, area), key == theme)
        for key in (one.key for one in town.topics)
        if key in themes
    ]
    by_area = [
        Choice(view.area(key), _address(request, public, theme, key), key == area)
        for key in (one.key for one in town.areas)
        if key in areas
    ]
    every = view.said(words.ALL_THEMES), view.said(words.ALL_AREAS)
    no_theme = Choice(every[0], _address(request, public, None, area), theme is None)
    no_area = Choice(every[1], _address(request, public, theme, None), area is None)
    return [
        (view.said(words.THEME), [no_theme, *by_theme]),
        (view.said(words.AREA), [no_area, *by_area]),
    ]
