"""List pages: columns, filters, paging and bulk acts are declared; one template shows them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from aiohttp import web
from multidict import MultiDict

from bot.console.cells import Cell, Line, Link
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form import Field, Form
from bot.console.form_input import form_of, number_of
from bot.console.paging import Paging
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.render import at, flash, page
from bot.console.responses import go_back, own_address
from bot.engine.events import Refused
from bot.i18n import Text, _, ngettext
from bot.service import execute
from bot.store.unit import Unit

Item = TypeVar("Item")
SHOW = _("Show")
ASKED = ngettext("{act}: {count} row?", "{act}: {count} rows?", "count")
DONE = ngettext("{count} row is dealt with.", "{count} rows are dealt with.", "count")
CHOOSE_FIRST = _("Choose one or more rows first.")
MOST_AT_ONCE = 100  # rows of one bulk act


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters and the search of a list; *folded* hides them until they are used."""

    form: Form
    submit: Text = SHOW
    icon: str = ""
    folded: bool = False

    @property
    def used(self) -> bool:
        """Return whether a filter is set."""
        return any(self.form.written.values())

    @property
    def all(self) -> str:
        """Return the address of the list without filters."""
        kept = urlencode(self.form.hidden)
        return at(self.form.path) + (f"?{kept}" if kept else "")


def filters_of(
    request: web.Request,
    path: str,
    fields: Sequence[Field],
    *,
    faults: Mapping[str, Sequence[Text]] | None = None,
    hidden: Mapping[str, str] | None = None,
    **options: Any,
) -> Filters:
    """Return the filters *fields* with the values in the address.

    *hidden* are other parts of the address to keep, *options* the looks of `Filters`.
    """
    named = {one.name: request.query.get(one.name, "") for one in fields}
    form = Form(path, tuple(fields), faults=faults or {}, hidden=hidden or {})
    return Filters(form.filled(named), **options)


@dataclass(frozen=True, slots=True)
class BulkAct:
    """One act on several rows, after one confirmation.

    *path* is its route, *title_of* returns a row's title (None where the row is gone), and
    *command* makes the command for a staff id and a row's id. The confirmation has *asked* as
    its title and *lead* above its button; *done* is said afterwards. `count` is the number of rows.
    It also asks for *fields*, whose texts are arguments of *command* by their names.
    """

    path: str
    label: Text
    icon: str
    title_of: Callable[[Unit, int], Awaitable[Text | str | None]]
    command: Callable[..., Any]
    asked: Text = ASKED
    lead: Text | None = None
    done: Text = DONE
    fields: Sequence[Field] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list; *name* labels its box for bulk acts."""

    id: int | None
    name: Cell
    css: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Item]):
    """A list: *columns* are functions from an item to a cell.

    *id_of* is needed for bulk acts. *css* and *css_of* are the looks of the list and of a row.
    """

    title: Cell
    items: Sequence[Item]
    columns: Sequence[Callable[[Item], Cell]]
    css: str = ""
    css_of: Callable[[Item], str] = lambda _item: ""
    id_of: Callable[[Item], int | None] = lambda _item: None
    name_of: Callable[[Item], Cell] = lambda _item: None
    anchor: str = ""  # with the id, the anchor of a row
    window: Cell = None  # the browser's title, where it differs
    way: Link | None = None
    lead: Text | None = None
    new: Link | None = None
    above: Sequence[Cell] = ()
    filters: Filters | None = None
    between: Sequence[Cell] = ()  # shown between filters and rows
    empty: Cell = None
    below: Cell = None
    paging: Paging = field(default_factory=Paging)
    ordered: bool = False
    backwards: bool = False  # numbered from the end
    live: bool = False  # reloaded after change events
    acts: Sequence[BulkAct] = ()
    status: int = 200
    searched: str = ""  # words in the search field of the bar

    @property
    def shown_acts(self) -> Sequence[BulkAct]:
        """Return the bulk acts, if a row can be chosen."""
        return self.acts if any(self.id_of(item) is not None for item in self.items) else ()

    @property
    def rows(self) -> Sequence[Row]:
        """Return the items as rows."""
        return [
            Row(
                self.id_of(item),
                self.name_of(item),
                self.css_of(item),
                [column(item) for column in self.columns],
            )
            for item in self.items
        ]


async def list_page(request: web.Request, shown: ListPage[Any]) -> web.Response:
    """Return the page of a list."""
    return await page(request, "list.html", status=shown.status, it=shown, searched=shown.searched)


def chosen_ids(form: MultiDict[str]) -> list[int]:
    """Return the ids of the rows that were chosen for a bulk act.

    They are in one order for all staff, so that two transactions cannot wait for each other.
    """
    written = form.getall("id", [])[:MOST_AT_ONCE]
    return sorted({one for text in written if (one := number_of(text)) is not None})


def bulk_handler(act: BulkAct) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Return the handler of a bulk act: first it asks for confirmation, then it acts."""

    async def handle(request: web.Request) -> web.StreamResponse:
        form = await form_of(request)
        ids = chosen_ids(form)
        back = form.get("next", at())
        if not ids:
            flash(request, CHOOSE_FIRST, kind="refused")
            return go_back(back)
        if "confirmed" not in form:
            return await _confirmation(request, act, ids, back)
        done, refused = await _carried_out(request, act, ids)
        if done:
            flash(request, act.done.with_(count=done))
        for refusal in {one.why.key: one for one in refused}.values():
            flash(request, refusal.why, kind="refused")
        return go_back(back)

    return handle


async def _carried_out(
    request: web.Request, act: BulkAct, ids: Sequence[int]
) -> tuple[int, list[Refused]]:
    """Execute the commands in one transaction; return how many were done, and the refusals."""
    staff, form = staff_of(request), await form_of(request)
    said = {one.name: form.get(one.name, "") for one in act.fields}
    async with context_of(request).store.unit() as unit:
        answers = [await execute(act.command(staff.id, one, **said), unit) for one in ids]
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    return len(answers) - len(refused), refused


async def _confirmation(
    request: web.Request, act: BulkAct, ids: Sequence[int], back: str
) -> web.StreamResponse:
    """Return the page that names the rows, and asks once."""
    async with context_of(request).store.reading() as unit:
        titles = {one: await act.title_of(unit, one) for one in ids}
    known = {one: title for one, title in titles.items() if title is not None}
    if not known:
        flash(request, _("Those rows are dealt with already."), kind="refused")
        return go_back(back)
    form = Form(
        act.path,
        act.fields,
        submit=act.label,
        hidden={"confirmed": "yes", "next": back, "id": tuple(known)},
        cancel=own_address(back).removeprefix(at()),
        lead=act.lead,
    )
    section = Section(rows=[Line(title) for title in known.values()], acts=(form,))
    title = act.asked.with_(act=act.label, count=len(known))
    return await record_page(request, RecordPage(title, (section,)))
