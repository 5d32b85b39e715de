"""Form handlers for contributions: several get one outcome, after its message was seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form import Form
from bot.console.form_check import fault_in
from bot.console.form_dates import as_written, date_of, is_near
from bot.console.form_input import form_of
from bot.console.language_fields import texts_of
from bot.console.list_page import CHOOSE_FIRST, chosen_ids
from bot.console.pages.contributions import (
    Chosen,
    chosen,
    outcome_form,
    outcome_form_page,
    preview_page,
)
from bot.console.render import at, flash
from bot.console.responses import ask, go, go_back
from bot.engine.events import Done, Refused
from bot.i18n import _, ngettext
from bot.model.commands.broadcasts import GiveOutcomes
from bot.service.broadcasts.dialogues import wrong_outcome
from bot.store.unit import Unit

NO_DAY = Refused(_("Write a day, such as 15.4.2027."), "decided_on")
GIVEN = ngettext(
    "{count} contribution has its outcome.", "{count} contributions have their outcome.", "count"
)
FIELD_OF = {"reasons": "reasons_da"}


async def give(request: web.Request) -> web.StreamResponse:
    """Show the form, then the message; then give the outcome, or show the form again."""
    form = await form_of(request)
    async with context_of(request).store.reading() as unit:
        picked = await chosen(unit, form, chosen_ids(form))
        today = as_written((unit.calendar.local(unit.now).date(),))
        decided_at = _decided_at(unit, form.get("decided_on", ""))
    if picked is None or not picked.ids:
        flash(request, CHOOSE_FIRST, kind="refused")
        return go_back(form.get("next", at("contributions")))
    empty = outcome_form(picked, today)
    if "do" not in form:
        return await outcome_form_page(request, picked, empty)
    sent = replace(empty, written=form)
    if form["do"] == "change":
        return await outcome_form_page(request, picked, sent)
    wrong = fault_in(empty, form) or (NO_DAY if decided_at is None else None)
    if wrong is not None or decided_at is None:
        return await outcome_form_page(request, picked, empty.refused(form, wrong or NO_DAY))
    return await _preview_or_give(request, picked, sent, decided_at)


async def _preview_or_give(
    request: web.Request, picked: Chosen, sent: Form, decided_at: datetime
) -> web.StreamResponse:
    """Show the message of an outcome without faults; give it where staff have seen that."""
    form = sent.written
    command = GiveOutcomes(
        staff_of(request).id,
        picked.ids,
        form.get("verdict", ""),
        form.get("decided_by", ""),
        decided_at,
        texts_of(form, "reasons"),
    )
    answer: Refused | Done | None
    async with context_of(request).store.reading() as unit:
        answer = await wrong_outcome(command, unit)
    if answer is None and form["do"] != "send":
        return await preview_page(request, picked, sent, decided_at)
    answer = answer or await ask(request, command)
    if isinstance(answer, Refused):
        shown = replace(answer, field=FIELD_OF.get(answer.field, answer.field))
        return await outcome_form_page(request, picked, sent.refused(form, shown))
    flash(request, GIVEN.with_(count=answer.value))
    return go(f"broadcasts/{picked.dialogue.id}/contributions")


def _decided_at(unit: Unit, written: str) -> datetime | None:
    """Return the beginning of the day on which it was decided; now for today; None for no day."""
    try:
        day = date_of(written)
    except ValueError:
        return None
    if day is None or not is_near(day):
        return None
    begins = unit.calendar.instant(day, time())
    return unit.now if day == unit.calendar.local(unit.now).date() else begins
