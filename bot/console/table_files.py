"""Tables as files that browsers download: CSV and XLSX."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.documents.tables import csv_table, xlsx_table
from bot.i18n import Text, render
from bot.store.unit import Unit

ENDING = "{ending:csv|xlsx}"  # of a route's path
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


async def table_file(
    request: web.Request,
    name: str,
    columns: Sequence[Text | str],
    rows: Sequence[Sequence[Any]],
) -> web.Response:
    """Return a table as a file of the kind in the address; texts are in the user's language."""
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
        headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'},
    )


def local_time(unit: Unit, at: datetime | None) -> datetime | None:
    """Return an instant as the town's time without a zone, as spreadsheets need it."""
    return unit.calendar.local(at).replace(tzinfo=None) if at is not None else None


def _said(request: web.Request, value: Any) -> Any:
    is_text = isinstance(value, Text)
    return render(value, user_of(request).language, escape=str) if is_text else value
