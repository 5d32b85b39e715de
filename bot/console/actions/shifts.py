"""Form handlers for shifts: add, change and cancel them, write, and check in."""

from __future__ import annotations

from aiohttp import web
from multidict import MultiDict

from bot.calendar.offset import Offset, Span
from bot.calendar.offset import to_json as offset_json
from bot.calendar.recurrence import Recurrence
from bot.calendar.recurrence import Unit as Every
from bot.calendar.recurrence import to_json as recurrence_json
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import form_of, number_of
from bot.console.pages.attendance import shift_in
from bot.console.pages.opportunity_writing import editable, other_reasons
from bot.console.pages.shift_writing import (
    Times,
    at_field,
    cancel_form,
    cancel_page,
    changeable,
    edit_form,
    edit_page,
    message_form,
    message_page,
    new_form,
    new_page,
    times_of,
)
from bot.console.reminder_form import at_field as at_text_field
from bot.console.render import flash
from bot.console.responses import ask, go
from bot.engine.events import Done, Refused
from bot.i18n import LANGUAGES, _
from bot.model.audience import SHIFT, Is
from bot.model.audience import to_json as audience_json
from bot.model.commands.reminders import SetReminder
from bot.model.commands.volunteering import AddShift, CancelShift, ChangeShift, NewCode
from bot.model.opportunity import Shift
from bot.service.volunteering.signup_messages import TOPIC
from bot.store.events import by_staff
from bot.store.unit import Unit


async def add(request: web.Request) -> web.StreamResponse:
    """Add a shift, or show its form again."""
    form = await form_of(request)
    async with context_of(request).store.reading() as unit:
        known = await editable(request, unit)
        read = times_of(form, unit)
    answer: Times | Done | Refused = read
    if isinstance(read, Times):
        staff = staff_of(request)
        command = AddShift(staff.id, known.id, read.begins_at, read.ends_at, read.seats)
        answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await new_page(request, known, new_form(known).refused(form, at_field(answer)))
    flash(request, _("The shift is added."))
    return go(f"opportunities/{known.id}")


async def change(request: web.Request) -> web.StreamResponse:
    """Change a shift, or show its form again."""
    form = await form_of(request)
    async with context_of(request).store.reading() as unit:
        known, shift = await changeable(request, unit)
        shown = await edit_form(unit, shift)
        read = times_of(form, unit)
    answer: Times | Done | Refused = read
    if isinstance(read, Times):
        answer = await ask(request, _change(form, staff_of(request).id, shift, read))
    if isinstance(answer, Refused):
        return await edit_page(request, known, shift, shown.refused(form, at_field(answer)))
    flash(request, _("The shift is changed."))
    return go(f"shifts/{shift.id}")


def _change(form: MultiDict[str], staff_id: int, shift: Shift, times: Times) -> ChangeShift:
    """Return the command that changes a shift."""
    written = {key: form.get(f"places_{key}", "").strip() for key in LANGUAGES}
    places = {key: text for key, text in written.items() if text} or None
    return ChangeShift(
        staff_id,
        shift.id,
        number_of(form.get("version")) or 0,
        times.begins_at,
        times.ends_at,
        times.seats,
        places,
        asks="asks" in form,
    )


async def cancel(request: web.Request) -> web.StreamResponse:
    """Cancel a shift with a reason, or show the form again."""
    form = await form_of(request)
    async with context_of(request).store.reading() as unit:
        known, shift = await changeable(request, unit)
    reason, others = form.get("reason", ""), other_reasons(form)
    command = CancelShift(staff_of(request).id, shift.id, reason, others)
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await cancel_page(request, known, shift, cancel_form(shift).refused(form, answer))
    flash(request, _("The shift is cancelled."))
    return go(f"shifts/{shift.id}")


async def make_code(request: web.Request) -> web.StreamResponse:
    """Make the check-in code, or replace it, and show it."""
    _known, shift = await shift_in(request)
    replaces = "replaces" in await form_of(request)
    answer = await ask(
        request, NewCode(by_staff(staff_of(request).id), shift.id, replaces=replaces)
    )
    if isinstance(answer, Refused):
        flash(request, answer.why, kind="refused")
        return go(f"shifts/{shift.id}")
    return go(f"shifts/{shift.id}/code")


async def write(request: web.Request) -> web.StreamResponse:
    """Write to the volunteers of a shift, as a reminder that is sent at once."""
    form = await form_of(request)
    async with context_of(request).store.reading() as unit:
        known, shift = await changeable(request, unit)
        command = _message(form, staff_of(request).id, shift, unit)
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        shown = message_form(request, shift).refused(form, at_text_field(answer, form))
        return await message_page(request, known, shift, shown)
    flash(request, _("It is on its way."))
    return go(f"shifts/{shift.id}")


def _message(form: MultiDict[str], staff_id: int, shift: Shift, unit: Unit) -> SetReminder:
    """Return the command of a message: a reminder that prepares the shift, and is due now.

    So quiet hours hold it back, unless the shift begins before they end.
    """
    begins = unit.calendar.local(shift.begins_at)
    left = int((shift.begins_at - unit.now).total_seconds() // 60)
    at_begin = Recurrence(Every.ONCE, begins.date(), begins.time())
    before = {"before": offset_json(Offset(-left, Span.MINUTE))} if left else {}
    return SetReminder(
        staff_id,
        texts={"da": form.get("text_da", ""), "en": form.get("text_en", "")},
        rule={"recurrence": recurrence_json(at_begin), **before},
        audience=audience_json(Is(SHIFT, str(shift.id))),
        topic=TOPIC,
        prepares=True,
        let_stand=form.get("let_stand") or None,
    )
