"""The list of opportunities to volunteer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.cells import Block, Cell, Line, Link, Moment, Title, dotted, switch, tag
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Field, Options
from bot.console.gate_notice import gate_warning
from bot.console.list_page import ListPage, filters_of, list_page
from bot.console.pages.participants import LONGEST_SEARCH, ON_A_PAGE
from bot.console.paging import asked_before, paged
from bot.console.table_files import file_links, table_file
from bot.console.town_labels import area_options, topic_options
from bot.console.volunteer_labels import KINDS, REQUESTS, places, state_tag
from bot.console.waiting_block import waiting_block
from bot.i18n import Text, _, pgettext
from bot.model.opportunity import STATE_NAMES, Kind, Opportunity, OpportunityState, Shift
from bot.service.volunteering.opportunity_file import ROW, row_of
from bot.service.volunteering.opportunity_words import column_name, in_words
from bot.store.unit import Unit

WAY = Link(_("Volunteering"), "opportunities")
LIVE = (OpportunityState.DRAFT, OpportunityState.OPEN, OpportunityState.PAUSED)
AT_ONCE = 500  # opportunities of a file that are read by one statement


@dataclass(frozen=True, slots=True)
class Listed:
    """An opportunity with its next shift, the places taken, and the requests that wait.

    The places are those of the next shift, or of the whole by agreement.
    """

    opportunity: Opportunity
    next: Shift | None
    taken: int
    requests: int

    @property
    def seats(self) -> int | None:
        """Return the number of places; None without a limit."""
        own = self.next.seats if self.next is not None else None
        return own if own is not None else self.opportunity.seats


async def show_opportunities(request: web.Request) -> web.StreamResponse:
    """Show the opportunities, the newest first, by state, theme, area and words."""
    state, words = request.query.get("state", ""), request.query.get("q", "").strip()
    states = (OpportunityState(state),) if state in list(OpportunityState) else LIVE
    async with context_of(request).store.reading() as unit:
        found = await unit.opportunities.listed(
            states,
            ON_A_PAGE + 1,
            before=asked_before(request),
            words=words[:LONGEST_SEARCH],
            theme=request.query.get("theme", ""),
            area=request.query.get("area", ""),
        )
        listed = await _listed(unit, found)
        above = (*await gate_warning(request, unit), *await waiting_block(request, unit))
    last = found[:ON_A_PAGE][-1].id if found else None
    shown, paging = paged(request, listed, ON_A_PAGE, last)
    return await list_page(
        request,
        ListPage(
            _("Volunteering"),
            shown,
            columns(dict(area_options(request)), dict(topic_options(request))),
            new=Link(_("New opportunity"), "opportunities/new"),
            above=(*above, views("opportunities")),
            filters=filters_of(request, "opportunities", _filter_fields(request)),
            empty=Block((Line(_("There is no such opportunity."), "empty"), _files())),
            below=_files(),
            paging=paging,
            live=True,
        ),
    )


def views(here: str) -> Line:
    """Return the links to the list by task and by date; *here* is the shown one."""
    pages = (("opportunities", _("By task")), ("opportunities/dates", _("By date")))
    return switch(pages, here)


def _filter_fields(request: web.Request) -> Sequence[Field]:
    def choice(name: str, label: Text, options: Options, empty: Text) -> Field:
        return Field(name, label, "choice", options=options, empty=empty, required=False)

    states = [(str(one), name) for one, name in STATE_NAMES.items()]
    return (
        Field("q", _("Words in the title"), "search", required=False, longest=LONGEST_SEARCH),
        choice("state", pgettext("opportunity", "State"), states, _("All but ended")),
        choice("theme", _("Theme"), topic_options(request), _("All themes")),
        choice("area", _("Area"), area_options(request), _("All areas")),
    )


async def _listed(unit: Unit, found: Sequence[Opportunity]) -> Sequence[Listed]:
    """Return opportunities with what the list shows of them, by few statements."""
    ids = [one.id for one in found]
    coming = await unit.shifts.next_of(ids, unit.now)
    taken = await unit.shifts.taken([one.id for one in coming.values()])
    agreed = await unit.signups.agreed_of(ids)
    requests = await unit.signups.requests_of(ids)
    return [
        Listed(
            one,
            shift := coming.get(one.id),
            agreed.get(one.id, 0) if shift is None else taken.get(shift.id, 0),
            requests.get(one.id, 0),
        )
        for one in found
    ]


def columns(
    areas: Mapping[str, Text | str], themes: Mapping[str, Text | str]
) -> Sequence[Callable[[Listed], Cell]]:
    """Return the columns of the list; *areas* and *themes* are labels by key."""

    def facts(one: Listed) -> Line:
        known = one.opportunity
        return Line(
            dotted(KINDS[known.kind], areas.get(known.area or ""), themes.get(known.theme or "")),
            "quiet",
        )

    return (
        lambda one: Title(
            (
                Link(one.opportunity.title, f"opportunities/{one.opportunity.id}"),
                " ",
                state_tag(one.opportunity),
            )
        ),
        facts,
        _numbers,
    )


def _numbers(one: Listed) -> Line | None:
    """Return the next shift with its places, and the requests that wait."""
    parts: list[Cell] = []
    if one.next is not None:
        parts.append((_("Next:"), " ", Moment(one.next.begins_at)))
    if one.next is not None or one.opportunity.kind is Kind.AGREEMENT:
        parts.append(places(one.taken, one.seats))
    elif one.opportunity.state is OpportunityState.OPEN:
        parts.append(tag(_("No coming shift"), "wait"))
    if one.requests:
        parts.append(tag(REQUESTS.with_(count=one.requests), "wait"))
    return Line(dotted(*parts)) if parts else None


def _files() -> Block:
    """Return the links to the files of all opportunities, and to the import."""
    return Block(
        (
            Link(_("Import from a table"), "opportunities/import", "button"),
            *file_links("opportunities/table"),
        ),
        "buttons",
    )


async def give_table(request: web.Request) -> web.StreamResponse:
    """Return the opportunities that have not ended as a table, which an import reads."""
    rows: list[Sequence[str]] = []
    language = user_of(request).language
    async with context_of(request).store.reading() as unit:
        before = None
        while found := await unit.opportunities.listed(LIVE, AT_ONCE, before=before):
            before = found[-1].id
            tables = [in_words(row_of(one, language, unit), language, unit.town) for one in found]
            rows += [[table[column] for column in ROW] for table in tables]
    heading = [column_name(column, language) for column in ROW]
    return await table_file(request, "opportunities", heading, rows)
