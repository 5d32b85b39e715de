"""The form for how a call instead of a message went, and reading it."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web
from multidict import MultiDict

from bot.console.call_labels import call_options
from bot.console.console_context import context_of
from bot.console.form import Field, Form
from bot.console.pledge_forms import part_fields, part_of
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.commands.reminders import RecordCall
from bot.model.delivery import CallOutcome, Delivery
from bot.service.phone_calls import LONGEST_WORDS, outcomes_of


async def call_form(request: web.Request, task_id: int, delivery: Delivery) -> Form:
    """Return the form for how a call about a message went."""
    fields = (
        Field("outcome", _("How did it go?"), "radio", options=call_options(delivery)),
        *await _parts(request, delivery),
        Field("words", _("What was agreed"), "line", required=False, longest=LONGEST_WORDS),
    )
    return Form(f"tasks/{task_id}/call", fields, _("Save"), cancel="tasks")


async def _parts(request: web.Request, delivery: Delivery) -> Sequence[Field]:
    """Return the field of how much was done, where a part can be answered and is counted."""
    if CallOutcome.PARTLY not in outcomes_of(delivery):
        return ()
    async with context_of(request).store.reading() as unit:
        pledge = await unit.pledges.get(delivery.subject_id)
    return part_fields(request, pledge) if pledge is not None else ()


def recorded(form: MultiDict[str], staff_id: int, task_id: int) -> RecordCall | Refused:
    """Read the form into its command."""
    outcome, words = form.get("outcome", ""), form.get("words", "")
    amount = part_of(form, is_part=outcome == CallOutcome.PARTLY)
    if isinstance(amount, Refused):
        return amount
    return RecordCall(staff_id, task_id, outcome, words, amount)
