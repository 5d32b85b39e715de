"""Lists of cases, and the search in cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from aiohttp import web

from bot.console.cases.columns import columns, filter_fields, narrow_of
from bot.console.cells import Block, Cell, Icon, Line, Link, Part
from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.gate_notice import gate_warning
from bot.console.list_labels import EMPTY, LISTS
from bot.console.list_page import Filters, ListPage, filters_of, list_page
from bot.console.paging import AFTER, BEFORE, neighbours
from bot.console.responses import go
from bot.console.sidebar import sidebar_counts
from bot.console.waiting_block import waiting_block
from bot.i18n import Text, _, ngettext
from bot.model.case_number import case_number_in
from bot.model.caselist import CaseList, ListedCase, Page, edge_of
from bot.model.staff import May
from bot.store.unit import Unit

LONGEST_SEARCH = 200  # characters
# Lists whose cases may be in several states, so that a filter by state makes sense.
MIXED = frozenset({CaseList.MINE, CaseList.UNASSIGNED, CaseList.ALL})
TRY_FEWER = _(
    "Every word must be in the case. Try fewer words, or only the beginning of the last one."
)


async def show_mine(request: web.Request) -> web.StreamResponse:
    """Show the current user's cases, the first page after signing in."""
    return await show_cases(request, CaseList.MINE)


async def show_list(request: web.Request) -> web.StreamResponse:
    """Show the list whose name ends the address."""
    return await show_cases(request, CaseList(request.path.rpartition("/")[2]))


async def show_cases(request: web.Request, which: CaseList) -> web.Response:
    """Return a page of a list."""
    own = which is CaseList.MINE
    path = "cases" if own else f"cases/{which}"
    filters = _filters(request, path, states=which in MIXED)
    async with context_of(request).store.reading() as unit:
        today = unit.calendar.local(unit.now).date()
        narrow = narrow_of(request, unit.town)
        found = await unit.caselists.page(
            which, staff_of(request).id, today, narrow, **_edges(request, which)
        )
        rows = _rows(request, unit, found, own=own)
        above = (
            (*await gate_warning(request, unit), *await waiting_block(request, unit)) if own else ()
        )
    new = Link(_("Enter a case"), "cases/new")
    used = any(astuple(narrow))
    shown: ListPage[ListedCase] = ListPage(
        LISTS[which],
        **rows,
        new=new if user_of(request).may(May.WORK_CASES) else None,
        above=above,
        filters=filters,
        empty=_nothing_fits(path) if used else await _empty(request, which),
        live=True,
    )
    return await list_page(request, shown)


async def show_search(request: web.Request) -> web.StreamResponse:
    """Show the cases that contain the words of the search; redirect a case number to its case."""
    written = request.query.get("q", "").strip()[:LONGEST_SEARCH]
    console = context_of(request)
    number = _number_of(written, console.town.number_prefix)
    async with console.store.reading() as unit:
        if number is not None:
            case = await unit.cases.by_number(number)
            if case is not None:
                return go(f"cases/{case.number}")
        narrow = narrow_of(request, console.town)
        found = await unit.casesearch.page(written, narrow, **_edges(request, CaseList.ALL))
        rows = _rows(request, unit, found)
    filters = _filters(request, "search", states=True, hidden={"q": written})
    with_words = _("Cases with “{words}”").with_(words=written)
    search = _("Search")
    shown: ListPage[ListedCase] = ListPage(
        with_words if written else _("Search in cases"),
        **rows,
        window=(search, ": ", written) if written else search,
        above=(_absent(f"{console.town.number_prefix}-{number}"),) if number is not None else (),
        filters=filters if written and (found.cases or any(astuple(narrow))) else None,
        empty=_not_found(written),
        searched=written,
    )
    return await list_page(request, shown)


def _rows(request: web.Request, unit: Unit, found: Page, *, own: bool = False) -> Mapping[str, Any]:
    """Return the rows of a list of cases, their columns, and the links to other pages."""
    before, after = (edge.written if edge else None for edge in (found.before, found.after))
    return {
        "items": found.cases,
        "columns": columns(request, unit.calendar, unit.now, own=own),
        "css": "mail own" if own else "mail",
        "css_of": lambda case: "unread" if case.unread else "",
        "paging": neighbours(request, before, after),
        "ordered": True,
    }


def _filters(
    request: web.Request, path: str, *, states: bool, hidden: Mapping[str, str] | None = None
) -> Filters:
    fields = filter_fields(request, states=states)
    return filters_of(request, path, fields, hidden=hidden, folded=True)


def _nothing_fits(path: str) -> Line:
    return Line((_("No case in this list fits."), " ", Link(_("Show all"), path)), "empty")


async def _empty(request: web.Request, which: CaseList) -> Block:
    """Return why a list is empty; one's own leads to the cases without an owner."""
    waiting = 0
    if which is CaseList.MINE:
        waiting = (await sidebar_counts(request)).get("unassigned", 0)
    nobody = ngettext("{cases} case has nobody yet", "{cases} cases have nobody yet", "cases")
    link = Line(Link(nobody.with_(cases=waiting), "cases/unassigned")) if waiting else None
    return Block((Line(EMPTY[which]), link), "empty")


def _absent(number: str) -> Line:
    absent: Text = _("There is no case {number}.").with_(number=number)
    return Line((Icon("warning"), Part(absent)), "notice refused")


def _not_found(written: str) -> Cell:
    if not written:
        return Line(_("Write above what the case is about, or its number."), "empty")
    return Block((Line(_("Nobody has written that.")), Line(TRY_FEWER)), "empty")


def _number_of(written: str, prefix: str) -> int | None:
    """Return the case number that a search consists of, or None; digits alone are one."""
    named = case_number_in(written, prefix)
    if named is not None:
        return named.number if named.alone else None
    return int(written) if written.isascii() and written.isdigit() and len(written) < 13 else None  # noqa: PLR2004 - as many digits as a number can have


def _edges(request: web.Request, which: CaseList) -> dict[str, Any]:
    """Return where the page starts or ends, from the address."""
    return {name: edge_of(request.query.get(name, ""), which) for name in (BEFORE, AFTER)}
