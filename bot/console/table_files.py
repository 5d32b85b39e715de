"""Tables as files that browsers download: CSV and XLSX."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.console.cells import Link
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.documents.tables import csv_table, xlsx_table
from bot.i18n import Text, _, render
from bot.store.unit import Unit

ENDING = "{ending:csv|xlsx}"  # of a route's path
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_links(path: str, query: str = "") -> tuple[Link, Link]:
    """Return the links to a table as a CSV and as an Excel file; *path* has no ending."""
    return (
        Link(_("CSV file"), f"{path}.csv{query}", "button"),
        Link(_("Excel file"), f"{path}.xlsx{query}", "button"),
    )


async def table_file(
    request: web.Request,
    name: str,
    columns: Sequence[Text | str],
    rows: Sequence[Sequence[Any]],
    *,
    said: Text | None = None,
) -> web.Response:
    """Return a table as a file of the kind in the address; texts are in the user's language.

    *said* is the name of the file in words, for browsers that read more than ASCII.
    """
    ending = request.match_info["ending"]
    shown = [[_said(request, value) for value in row] for row in (columns, *rows)]
    if ending == "csv":
        body = await asyncio.to_thread(csv_table, shown[0], shown[1:])
    else:
        created = context_of(request).store.clock.now()
        body = await asyncio.to_thread(xlsx_table, shown[0], shown[1:], created=created)
    return web.Response(
        body=body,
        content_type=TYPES[ending],
        headers={"Content-Disposition": _disposition(request, f"{name}.{ending}", said)},
    )


def _disposition(request: web.Request, plain: str, said: Text | None) -> str:
    """Return the header that names a file."""
    if said is None:
        return f'attachment; filename="{plain}"'
    ending = plain.rpartition(".")[2]
    words = " ".join(re.sub(r"[^\w .,()-]", " ", str(_said(request, said))).split()).rstrip(".")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(f'{words}.{ending}')}"


def local_time(unit: Unit, at: datetime | None) -> datetime | None:
    """Return an instant as the town's time to the minute, as spreadsheets need it."""
    if at is None:
        return None
    return unit.calendar.local(at).replace(tzinfo=None, second=0, microsecond=0)


def _said(request: web.Request, value: Any) -> Any:
    is_text = isinstance(value, Text)
    return render(value, user_of(request).language, escape=str) if is_text else value
