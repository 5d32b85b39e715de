"""Form handlers for reminders: preview and save one, pause, resume and end it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiohttp import web
from multidict import MultiDict

from bot.console.audience_form import after_press
from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.form_input import form_of, number_of
from bot.console.pages.reminder_writing import (
    editable,
    empty_form,
    preview_page,
    refused_page,
    writing_page,
)
from bot.console.pages.reminders import reminder_of
from bot.console.reminder_form import submitted
from bot.console.render import flash
from bot.console.responses import ask, go
from bot.engine.events import Refused
from bot.i18n import Text, _
from bot.model.commands.reminders import EditReminder, EndReminder, HoldReminder, SetReminder
from bot.model.reminder import Reminder
from bot.service.reminder_rules import fault_of
from bot.service.reminders import NO_REMINDER, draft_of
from bot.store.events import by_staff


async def write_new(request: web.Request) -> web.StreamResponse:
    """Show the preview of a new reminder, set it, or show its form again."""
    return await _write(request, None)


async def write_edit(request: web.Request) -> web.StreamResponse:
    """Show the preview of a changed reminder, change it, or show its form again."""
    async with context_of(request).store.reading() as unit:
        reminder = await editable(request, unit)
    return await _write(request, reminder)


async def _write(request: web.Request, reminder: Reminder | None) -> web.StreamResponse:
    """Do what the button says with the form of a reminder."""
    form, staff = await form_of(request), staff_of(request)
    shown = await empty_form(request, reminder)
    changed = form if form.get("do") == "change" else await after_press(request, shown)
    if changed is not None:
        return await writing_page(request, replace(shown, written=changed), reminder)
    async with context_of(request).store.reading() as unit:
        read = submitted(form, shown, unit, user_of(request).language, reminder)
        if read.refused is not None:
            return await refused_page(request, form, read.refused, reminder)
        command = _command(form, staff.id, reminder, read.fields)
        wrong = fault_of(command, staff, unit)
        draft = None if wrong is not None else draft_of(command, staff, unit)
    if wrong is not None or draft is None:
        return await refused_page(request, form, wrong or NO_REMINDER, reminder)
    if form.get("do") != "save":
        return await preview_page(request, form, draft, reminder)
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await refused_page(request, form, answer, reminder)
    flash(request, _("The reminder is saved."))
    return go(f"reminders/{answer.value if reminder is None else reminder.id}")


def _command(
    form: MultiDict[str], staff_id: int, reminder: Reminder | None, fields: Mapping[str, Any]
) -> SetReminder | EditReminder:
    """Return the command of a form: to set a reminder, or to change one."""
    if reminder is None:
        return SetReminder(staff_id, **fields)
    version = number_of(form.get("version")) or 0
    return EditReminder(staff_id, reminder.id, version, **fields)


async def pause(request: web.Request) -> web.StreamResponse:
    """Pause a reminder."""
    by = by_staff(staff_of(request).id)
    return await _done(
        request, HoldReminder(by, _reminder(request), paused=True), _("The reminder is paused.")
    )


async def resume(request: web.Request) -> web.StreamResponse:
    """Resume a reminder with its next time."""
    by = by_staff(staff_of(request).id)
    return await _done(
        request, HoldReminder(by, _reminder(request), paused=False), _("The reminder is resumed.")
    )


async def end(request: web.Request) -> web.StreamResponse:
    """End a reminder."""
    by = by_staff(staff_of(request).id)
    return await _done(
        request, EndReminder(by, _reminder(request)), _("The reminder has been ended.")
    )


def _reminder(request: web.Request) -> int:
    return int(request.match_info["id"])


async def _done(
    request: web.Request, command: HoldReminder | EndReminder, said: Text
) -> web.StreamResponse:
    """Execute a command about a reminder that is not a citizen's own, and show the reminder."""
    async with context_of(request).store.reading() as unit:
        await reminder_of(request, unit)
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        flash(request, answer.why, kind="refused")
    else:
        flash(request, said)
    return go(f"reminders/{_reminder(request)}")
