"""Record and form pages: a heading, and sections with facts, rows, forms and acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web

from bot.console.cells import Cell, Link
from bot.console.form import Form
from bot.console.render import page
from bot.i18n import Text
from bot.store.by_id import ById

T = TypeVar("T")


async def record_of(request: web.Request, rows: ById[T]) -> T:
    """Return the row whose id is in the address; raise `HTTPNotFound` for none."""
    found = await rows.get(int(request.match_info["id"]))
    if found is None:
        raise web.HTTPNotFound
    return found


@dataclass(frozen=True, slots=True)
class Section:
    """One card of a record page; its parts are shown in this order."""

    heading: Cell = None
    lines: Sequence[Cell] = ()
    facts: Sequence[tuple[Text, Cell]] = ()
    forms: Sequence[Form] = ()
    rows: Sequence[Cell] = ()
    acts: Sequence[Form] = ()


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A page about one record, or a form alone; *aside* completes its title.

    *status* is that of a page with other faults than those of its forms.
    """

    title: Cell
    sections: Sequence[Section]
    aside: str = ""
    way: Link | None = None  # back to the list
    status: int = 200


async def record_page(request: web.Request, record: RecordPage) -> web.Response:
    """Return the page; status 422 where one of its forms was refused."""
    forms = [form for section in record.sections for form in (*section.forms, *section.acts)]
    status = max([record.status, *(form.status for form in forms)])
    return await page(request, "record.html", status=status, record=record)
