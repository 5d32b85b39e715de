"""Rows that are set aside after too many attempts: a task for staff, a reply to the citizen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.engine.effects import Send
from bot.model.case import CaseKind
from bot.runner import citizen_cases
from bot.runner.context import Runtime, context_of
from bot.service.broadcasts import sending
from bot.store.inbox import InboxRow
from bot.store.timers import NewTimer
from bot.store.unit import Unit
from bot.transport.incoming import incoming_of
from flows import cards, case_messages, messages

# How long a timer waits whose row was set aside, where nothing else would set it again.
GOES_ON_AFTER: Mapping[str, timedelta] = {sending.TIMER: timedelta(minutes=10)}


async def report_failed(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
    """Add a task for staff, and tell the citizen whether their words are kept."""
    context = await context_of(runtime, unit, row)
    person_id = context.citizen.id if context else None
    await unit.tasks.add("failed_turn", name_of(row), person_id)
    if row.source == "timer":
        await _try_later(unit, row)
    if context is not None and row.source.startswith("telegram:"):
        text = messages.UNREADABLE if "unreadable" in row.payload else messages.FAILED
        context.send(Send(text, (cards.TO_MENU,)))
        await context.write_outgoing()


async def _try_later(unit: Unit, row: InboxRow) -> None:
    """Set a timer again where nothing else would, so that a failure does not end its work."""
    kind, subject = row.payload["kind"], row.payload["subject"]
    after = GOES_ON_AFTER.get(kind)
    if after is not None and await unit.timers.is_current(
        row.payload["timer"], row.payload["fence"]
    ):
        await unit.timers.set(NewTimer(kind, subject, row.lane, unit.now + after))


def name_of(row: InboxRow) -> str:
    """Return the name of a failed row in its task."""
    return f"{row.source}:{row.key}"


async def open_failed(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
    """Open a case with the words of a failed row, if it has any, and send its receipt."""
    context = await context_of(runtime, unit, row)
    incoming = await incoming_of(row.payload, runtime.parse)
    words = incoming.words
    if context is None or not any(letter.isalnum() for letter in words):
        return
    context.incoming = incoming
    facts = await citizen_cases.open_case(
        context, CaseKind.QUESTION, words, None, context.written()
    )
    context.send(Send(case_messages.RECEIPT.with_(**facts), (cards.TO_MENU,)))
    await context.write_outgoing()
