"""The results of a reminder as a file: CSV and XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.pages.reminders import reminder_of
from bot.console.reminder_labels import OUTCOMES, reason_name
from bot.console.responses import ask
from bot.console.table_files import local_time, table_file
from bot.engine.events import Refused
from bot.i18n import _, pgettext
from bot.model.commands.reminders import ExportReminder
from bot.model.delivery import Outcome
from bot.model.reminder import SUBJECT

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


async def give_file(request: web.Request) -> web.StreamResponse:
    """Return the results as a CSV or Excel file, named after the reminder."""
    rows = await _rows(request)
    async with context_of(request).store.reading() as unit:
        reminder = await reminder_of(request, unit)
    name = FILE_NAME.with_(title=reminder.title)
    return await table_file(request, f"results-{reminder.id}", COLUMNS, rows, said=name)


async def _rows(request: web.Request) -> Sequence[Sequence[Any]]:
    """Record the export; return a row for each message, the newest first.

    Raise `HTTPNotFound` where there is no such reminder.
    """
    answer = await ask(request, ExportReminder(staff_of(request).id, _id(request)))
    if isinstance(answer, Refused):
        raise web.HTTPNotFound
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
                        local_time(unit, one.sent_at),
                        OUTCOMES[one.outcome],
                        reason_name(one.reason) if has_reason else None,
                        local_time(unit, one.answered_at),
                        one.answer_words,
                    )
                )
    return rows


def _id(request: web.Request) -> int:
    return int(request.match_info["id"])
