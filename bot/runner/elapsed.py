"""Time has passed, or a sent message has come to something: rows that no citizen wrote."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.conversation import ENDED, WAITING
from bot.engine.effects import Send
from bot.model.case import CaseKind
from bot.redact import own_text
from bot.runner import citizen_cases, conversations, free_text
from bot.runner.context import Runtime, context_of
from bot.runner.letter import letter_of
from bot.runner.notifications import record_delivery
from bot.runner.overview import redraw_overview
from bot.runner.pictures import picture_fetched
from bot.runner.where import flow_of
from bot.service.cases import clock, replies
from bot.service.cases.alarms import send_scheduled, strike
from bot.store.inbox import InboxRow
from bot.store.outbox import Priority
from bot.store.unit import Unit
from flows import cards, case_messages, messages


async def take_timer(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
    """Let a timer do its work; one that was set anew or cancelled since does nothing."""
    fired = row.payload
    if not await unit.timers.is_current(fired["timer"], fired["fence"]):
        return
    match fired["kind"]:
        case clock.TIMER:
            await strike(unit, int(fired["subject"]))
        case replies.SEND:
            await send_scheduled(unit, int(fired["subject"]))
        case free_text.TIMER:
            await _ask_on(runtime, unit, row)
        case _:
            await _conversation_timer(runtime, unit, row)


async def _ask_on(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
    """Send a question on to a person that found no answer and got no tap."""
    context = await context_of(runtime, unit, row)
    if context is None:
        return
    asked = await free_text.settle(context, int(row.payload["subject"]))
    if asked is not None and asked.faq_id is None:
        await free_text.send_on(context, asked, by_itself=True)
    await context.write_outgoing()
    await redraw_overview(context)


async def _conversation_timer(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
    """Nudge once about what is unfinished, or let it go."""
    fired = row.payload
    context = await context_of(runtime, unit, row)
    if context is None:
        return
    conversation = await unit.conversations.get(int(fired["subject"]))
    if conversation is None or conversation.state == ENDED:
        return
    flow = flow_of(conversation)
    if fired["kind"] == "expire" or flow is None:
        await conversations.end(context, conversation)
    elif fired["kind"] == "nudge" and conversation.state == WAITING:
        await unit.conversations.save(replace(conversation, nudged=True))
        card = cards.offer_to_resume(conversation.id, messages.NUDGE, flow.title)
        context.send(card, priority=Priority.REMINDER)
    await context.write_outgoing()


async def take_send_result(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
    """Say what came of a message of ours, where somebody waits to hear."""
    context = await context_of(runtime, unit, row)
    then = row.payload["then"]
    if context is None:
        return
    gone = row.payload["state"] == "sent"
    if then["what"] == "case_said":
        await record_delivery(context, then, row.payload)
    elif then["what"] == "picture":
        await picture_fetched(context, then, row.payload)
    # Of a number split over two messages, either may be the one that stays.
    elif then["what"] == "cpr_deleted" and (then["last"] or not gone):
        told = messages.CPR_DELETED if gone else messages.CPR_NOT_DELETED
        waiting = await unit.conversations.waiting(context.citizen.id)
        text = messages.BOTH.with_(first=told, second=messages.CPR_ORDER_NUMBER)
        context.send(Send(text, () if waiting else (cards.TO_MENU,)))
    await context.write_outgoing()


async def report_failed(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
    """Add a task for staff, and tell the citizen whether the words are kept."""
    context = await context_of(runtime, unit, row)
    person_id = context.citizen.id if context else None
    await unit.tasks.add("failed_turn", name_of(row), person_id)
    if context is not None and row.source.startswith("telegram:"):
        said = messages.UNREADABLE if "unreadable" in row.payload else messages.FAILED
        context.send(Send(said, (cards.TO_MENU,)))
        await context.write_outgoing()


def name_of(row: InboxRow) -> str:
    """Name a row, as the task does that it leaves where it is set aside."""
    return f"{row.source}:{row.key}"


async def open_failed(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
    """Give the words of a row that was set aside to a person, as a case with its receipt."""
    update = row.payload.get("update")
    context = await context_of(runtime, unit, row)
    words = own_text(update) if update else ""
    if context is None or update is None or not any(letter.isalnum() for letter in words):
        return
    context.letter = letter_of(update)
    facts = await citizen_cases.open_case(
        context, CaseKind.QUESTION, words, None, context.written()
    )
    context.send(Send(case_messages.RECEIPT.with_(**facts), (cards.TO_MENU,)))
    await context.write_outgoing()
