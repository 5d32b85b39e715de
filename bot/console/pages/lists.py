"""Lists of cases, and the search in cases."""

from __future__ import annotations

import re
from typing import Any

from aiohttp import web

from bot.console.cases.labels import KINDS, MARKS, SOURCES, STATES
from bot.console.cases.list_lines import AFTER, BEFORE, Lines, choices_of, lines_of, narrow_of
from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.list_labels import EMPTY, LISTS, NAMELESS, NARROW
from bot.console.render import page
from bot.console.responses import go
from bot.model.caselist import CaseList, Narrow, edge_of

WORDS = {
    "STATES": STATES,
    "KINDS": KINDS,
    "SOURCES": SOURCES,
    "MARKS": MARKS,
    "NARROW": NARROW,
    "NAMELESS": NAMELESS,
}
LONGEST_SEARCH = 200  # characters
# Lists whose cases may be in several states, so that a filter by state makes sense.
MIXED = frozenset({CaseList.MINE, CaseList.UNASSIGNED, CaseList.ALL})
_NUMBER = re.compile(r"([^\W\d_]{1,6})?[- ]?([0-9]{1,12})")


async def show_mine(request: web.Request) -> web.StreamResponse:
    """Show the current user's cases, the first page after signing in."""
    return await list_page(request, CaseList.MINE)


async def show_list(request: web.Request) -> web.StreamResponse:
    """Show the list whose name ends the address."""
    return await list_page(request, CaseList(request.path.rpartition("/")[2]))


async def list_page(request: web.Request, which: CaseList) -> web.Response:
    """Return a page of a list."""
    narrow = narrow_of(request, context_of(request).town)
    async with context_of(request).store.reading() as unit:
        today = unit.calendar.local(unit.now).date()
        found = await unit.caselists.page(
            which, staff_of(request).id, today, narrow, **_edges(request, which)
        )
        lines = lines_of(request, found, unit.calendar, unit.now)
    shown = _shown(request, narrow, lines, states=which in MIXED)
    shown |= {"title": LISTS[which], "which": which, "empty": EMPTY[which]}
    return await page(request, "cases.html", **shown)


async def show_search(request: web.Request) -> web.StreamResponse:
    """Show the cases that contain the words of the search; redirect a case number to its case."""
    written = request.query.get("q", "").strip()[:LONGEST_SEARCH]
    console, number = context_of(request), _NUMBER.fullmatch(written)
    async with console.store.reading() as unit:
        if number is not None and _own(number[1], console.town.number_prefix):
            case = await unit.cases.by_number(int(number[2]))
            if case is not None:
                return go(f"cases/{case.number}")
        narrow = narrow_of(request, console.town)
        found = await unit.casesearch.page(written, narrow, **_edges(request, CaseList.ALL))
        lines = lines_of(request, found, unit.calendar, unit.now)
    shown = _shown(request, narrow, lines, states=True)
    absent = f"{console.town.number_prefix}-{number[2]}" if number else None
    return await page(request, "search.html", searched=written, absent=absent, **shown)


def _own(prefix: str | None, ours: str) -> bool:
    """Return whether a case number has our prefix or none."""
    return prefix is None or prefix.casefold() == ours.casefold()


def _edges(request: web.Request, which: CaseList) -> dict[str, Any]:
    """Return where the page starts or ends, from the address."""
    return {name: edge_of(request.query.get(name, ""), which) for name in (BEFORE, AFTER)}


def _shown(request: web.Request, narrow: Narrow, lines: Lines, *, states: bool) -> dict[str, Any]:
    """Return the template variables that lists and the search share."""
    town, language = context_of(request).town, user_of(request).language
    return {
        **WORDS,
        "lines": lines,
        "choices": choices_of(narrow, town, language, states=states),
        "narrowed": narrow != Narrow(),
        "plain": request.path,
    }
