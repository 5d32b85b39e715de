"""Export of a case: as JSON, as CSV, and as a page to print (HR-11)."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.journal import as_csv, as_json, file_name, taken_out
from bot.console.journal_page import as_page
from bot.console.pages.case import id_of, opened
from bot.console.responses import ask
from bot.engine.events import Refused
from bot.model.commands.casework import ExportCase
from bot.service.cases.thread import NO_CASE


async def give_json(request: web.Request) -> web.StreamResponse:
    """Return the journal of a case as a JSON file."""
    journal = await taken(request)
    return _file(journal, as_json(journal), "application/json", "json")


async def give_csv(request: web.Request) -> web.StreamResponse:
    """Return the journal of a case as a CSV file."""
    journal = await taken(request)
    return _file(journal, as_csv(journal), "text/csv", "csv")


async def give_page(request: web.Request) -> web.StreamResponse:
    """Return the journal of a case as a standalone HTML file that can be printed."""
    journal = await taken(request)
    body = as_page(journal, context_of(request).town, user_of(request).language)
    return _file(journal, body, "text/html", "html")


async def taken(request: web.Request) -> dict[str, Any]:
    """Record the export, then return the journal of the case in the address.

    Raise `HTTPForbidden` where the export is refused.
    """
    answer = await ask(request, ExportCase(staff_of(request).id, id_of(request)))
    if isinstance(answer, Refused):
        raise web.HTTPNotFound if answer == NO_CASE else web.HTTPForbidden
    async with opened(request) as (unit, case):
        return await taken_out(unit, case)


def _file(journal: dict[str, Any], body: bytes, kind: str, ending: str) -> web.Response:
    """Return a file that browsers download instead of showing it."""
    name = file_name(journal["case"], ending)
    return web.Response(
        body=body,
        content_type=kind,
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
