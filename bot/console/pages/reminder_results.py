"""The results of a reminder as a file: CSV and XLSX."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.pages.reminders import reminder_of
from bot.console.reminder_labels import OUTCOMES, reason_name
from bot.console.responses import ask
from bot.documents.tables import csv_table, xlsx_table
from bot.engine.events import Refused
from bot.i18n import Text, _, pgettext, render
from bot.model.commands.reminders import ExportReminder
from bot.model.delivery import Outcome
from bot.model.reminder import SUBJECT
from bot.store.unit import Unit

COLUMNS = (
    _("Name"),
    pgettext("result", "Day"),
    pgettext("result", "Sent"),
    pgettext("result", "Outcome"),
    pgettext("result", "Reason"),
    pgettext("result", "Answered"),
    pgettext("result", "In their words"),
)
FILE_NAME = _("Results - {title}")
DAY = len("2026-12-24")
AT_ONCE = 1000  # deliveries read by one statement
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def give_csv(request: web.Request) -> web.StreamResponse:
    """Return the results as a CSV file."""
    columns, rows = await _table(request)
    body = await asyncio.to_thread(csv_table, columns, rows)
    return await _file(request, body, "text/csv", "csv")


async def give_xlsx(request: web.Request) -> web.StreamResponse:
    """Return the results as an Excel file."""
    columns, rows = await _table(request)
    created = context_of(request).store.clock.now()
    body = await asyncio.to_thread(xlsx_table, columns, rows, created=created)
    return await _file(request, body, XLSX, "xlsx")


async def _table(request: web.Request) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
    """Record the export; return the columns and a row for each message, the newest first.

    Raise `HTTPNotFound` where there is no such reminder.
    """
    answer = await ask(request, ExportReminder(staff_of(request).id, _id(request)))
    if isinstance(answer, Refused):
        raise web.HTTPNotFound
    language = user_of(request).language

    def said(text: Text | None) -> str:
        return render(text, language, escape=str) if text is not None else ""

    rows: list[Sequence[Any]] = []
    async with context_of(request).store.reading() as unit:
        reminder = await reminder_of(request, unit)
        before = None
        while found := await unit.deliveries.of_subject(
            SUBJECT, reminder.id, AT_ONCE, before=before
        ):
            before = found[-1].id
            names = await unit.participants.names({one.participant_id for one in found})
            for one in found:
                has_reason = one.outcome in {Outcome.WITHHELD, Outcome.PHONED} and one.reason
                rows.append(
                    (
                        names.get(one.participant_id, ""),
                        one.occasion[:DAY],
                        _local(unit, one.sent_at),
                        said(OUTCOMES[one.outcome]),
                        said(reason_name(one.reason) if has_reason else None),
                        _local(unit, one.answered_at),
                        one.answer_words,
                    )
                )
    return [said(column) for column in COLUMNS], rows


def _local(unit: Unit, at: datetime | None) -> datetime | None:
    """Return an instant as the town's time to the minute, as spreadsheets need it."""
    if at is None:
        return None
    return unit.calendar.local(at).replace(tzinfo=None, second=0, microsecond=0)


def _id(request: web.Request) -> int:
    return int(request.match_info["id"])


async def _file(request: web.Request, body: bytes, kind: str, ending: str) -> web.Response:
    """Return a file that browsers download, named in the reader's language."""
    async with context_of(request).store.reading() as unit:
        reminder = await reminder_of(request, unit)
    language = user_of(request).language
    name = render(FILE_NAME.with_(title=reminder.title), language, escape=str)
    safe = " ".join(re.sub(r"[^\w .,()-]", " ", name).split()).rstrip(".") + f".{ending}"
    plain = f"results-{reminder.id}.{ending}"  # for browsers that read only ASCII
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe)}"
    return web.Response(body=body, content_type=kind, headers={"Content-Disposition": disposition})
