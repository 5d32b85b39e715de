"""Time has passed, or a sent message has come to something: rows that no citizen wrote."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.conversation import ENDED, WAITING
from bot.engine.effects import Send
from bot.model.case import Kind
from bot.redact import own_text
from bot.runner import asking, caseload, talk
from bot.runner.desk import House, desk_of
from bot.runner.letter import letter_of
from bot.runner.overview import redraw_overview
from bot.runner.pictures import picture_fetched
from bot.runner.told import note_said
from bot.runner.where import flow_of
from bot.service.cases import clock, replies
from bot.service.cases.alarms import send_scheduled, strike
from bot.store.inbox import InboxRow
from bot.store.outbox import Priority
from bot.store.unit import Unit
from flows import cards, case_messages, messages


async def take_timer(house: House, unit: Unit, row: InboxRow) -> None:
    """Let a timer do its work; one that was set anew or cancelled since does nothing."""
    fired = row.payload
    if not await unit.timers.is_current(fired["timer"], fired["fence"]):
        return
    match fired["kind"]:
        case clock.TIMER:
            await strike(unit, int(fired["subject"]))
        case replies.SEND:
            await send_scheduled(unit, int(fired["subject"]))
        case asking.TIMER:
            await _ask_on(house, unit, row)
        case _:
            await _conversation_timer(house, unit, row)


async def _ask_on(house: House, unit: Unit, row: InboxRow) -> None:
    """Send a question on to a person that found no answer and got no tap."""
    desk = await desk_of(house, unit, row)
    if desk is None:
        return
    asked = await asking.settle(desk, int(row.payload["subject"]))
    if asked is not None and asked.faq_id is None:
        await asking.send_on(desk, asked, by_itself=True)
    await desk.settle()
    await redraw_overview(desk)


async def _conversation_timer(house: House, unit: Unit, row: InboxRow) -> None:
    """Nudge once about what is unfinished, or let it go."""
    fired = row.payload
    desk = await desk_of(house, unit, row)
    if desk is None:
        return
    conversation = await unit.conversations.get(int(fired["subject"]))
    if conversation is None or conversation.state == ENDED:
        return
    flow = flow_of(conversation)
    if fired["kind"] == "expire" or flow is None:
        await talk.end(desk, conversation)
    elif fired["kind"] == "nudge" and conversation.state == WAITING:
        await unit.conversations.save(replace(conversation, nudged=True))
        card = cards.offer_to_resume(conversation.id, messages.NUDGE, flow.title)
        desk.say(card, priority=Priority.REMINDER)
    await desk.settle()


async def take_outcome(house: House, unit: Unit, row: InboxRow) -> None:
    """Say what came of a message of ours, where somebody waits to hear."""
    desk = await desk_of(house, unit, row)
    then = row.payload["then"]
    if desk is None:
        return
    gone = row.payload["state"] == "sent"
    if then["what"] == "case_said":
        await note_said(desk, then, row.payload)
    elif then["what"] == "picture":
        await picture_fetched(desk, then, row.payload)
    # Of a number split over two messages, either may be the one that stays.
    elif then["what"] == "cpr_deleted" and (then["last"] or not gone):
        told = messages.CPR_DELETED if gone else messages.CPR_NOT_DELETED
        waiting = await unit.conversations.waiting(desk.citizen.id)
        text = messages.BOTH.with_(first=told, second=messages.CPR_ORDER_NUMBER)
        desk.say(Send(text, () if waiting else (cards.TO_MENU,)))
    await desk.settle()


async def say_failed(house: House, unit: Unit, row: InboxRow) -> None:
    """Add a task for staff, and tell the citizen whether the words are kept."""
    desk = await desk_of(house, unit, row)
    person_id = desk.citizen.id if desk else None
    await unit.tasks.add("failed_turn", name_of(row), person_id)
    if desk is not None and row.source.startswith("telegram:"):
        said = messages.UNREADABLE if "unreadable" in row.payload else messages.FAILED
        desk.say(Send(said, (cards.TO_MENU,)))
        await desk.settle()


def name_of(row: InboxRow) -> str:
    """Name a row, as the task does that it leaves where it is set aside."""
    return f"{row.source}:{row.key}"


async def open_failed(house: House, unit: Unit, row: InboxRow) -> None:
    """Give the words of a row that was set aside to a person, as a case with its receipt."""
    update = row.payload.get("update")
    desk = await desk_of(house, unit, row)
    words = own_text(update) if update else ""
    if desk is None or update is None or not any(letter.isalnum() for letter in words):
        return
    desk.letter = letter_of(update)
    facts = await caseload.open_case(desk, Kind.QUESTION, words, None, desk.written())
    desk.say(Send(case_messages.RECEIPT.with_(**facts), (cards.TO_MENU,)))
    await desk.settle()
