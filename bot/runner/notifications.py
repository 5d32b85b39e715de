"""Notifications to citizens: one renderer for each kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.engine.effects import Send
from bot.i18n import Text
from bot.model.case import Case, CaseMessage, DeliveryState
from bot.model.staff_messages import ANSWER, BY_NOTIFICATION
from bot.runner import broadcasts
from bot.runner.attendance import not_in_order, not_noted
from bot.runner.context import Runtime, TurnContext, context_of
from bot.runner.invitations import tell_lead
from bot.runner.overview import redraw_overview
from bot.runner.reminder_intents import member_cannot
from bot.runner.signup_buttons import tell_contact
from bot.service.cases.corrections import not_delivered, receipt_not_delivered
from bot.service.cases.opening import case_number
from bot.service.cases.outcomes import contribution_of
from bot.service.staff_chat import TEST
from bot.store.inbox import InboxRow
from bot.store.outbox import NewOutbox, Priority
from bot.store.unit import Unit
from flows import cards, case_cards, case_messages
from flows.invitation_cards import LEAD_TEXTS
from flows.shift_cards import CONTACT_TEXTS

NotificationHandler = Callable[[TurnContext, Mapping[str, Any]], Awaitable[None]]
CaseRenderer = Callable[[TurnContext, Case, CaseMessage | None, Any], Awaitable[None]]
DELETES_WITHIN = timedelta(hours=47)  # Telegram's limit is 48 h; the call may wait for 1 h


async def take_notification(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
    """Send a notification to its citizen and redraw their overview."""
    context = await context_of(runtime, unit, row)
    if context is None:
        return
    # Typed words and numbers must still mean the buttons of the waiting step.
    context.keeps_screen = await unit.conversations.waiting(context.citizen.id) is not None
    await NOTIFICATIONS[row.payload["tell"]](context, row.payload)
    await context.write_outgoing()
    await redraw_overview(context)


def about_case(render: CaseRenderer) -> NotificationHandler:
    """Return a handler that passes the case and its message to *render*, if the case is theirs."""

    async def handle(context: TurnContext, payload: Mapping[str, Any]) -> None:
        case = await context.unit.cases.get(payload["case"])
        if case is None or case.person_id != context.citizen.id:
            return
        context.case_id = case.id
        said = await context.unit.threads.get(payload["said"]) if "said" in payload else None
        await render(context, case, said, payload)

    return handle


def by_card(
    card: Callable[[Mapping[str, Any]], Send], priority: Priority = Priority.REPLY
) -> NotificationHandler:
    """Return a handler that sends the card that *card* makes of the notification's details.

    With the priority of reminders it waits for the end of quiet hours.
    """

    async def handle(context: TurnContext, payload: Mapping[str, Any]) -> None:
        context.send(card(payload), priority=priority)

    return handle


async def _staff_message(
    context: TurnContext, case: Case, said: CaseMessage | None, payload: Any
) -> None:
    """Send a message of staff, signed; an answer asks once whether it helped."""
    if said is None:
        return
    message = BY_NOTIFICATION[payload["tell"]]
    asked = payload["episode"] if message is ANSWER and payload["asks"] else None
    number, name = case_number(context.unit, case), said.signed or case.contact
    words: str | Text = said.text
    if message is ANSWER:
        one = await contribution_of(context.unit, case)
        if one is not None:
            day = context.unit.calendar.local(one.decided_at or context.now).date()
            words = case_cards.with_outcome(said.text, case.title, one, day)
    letter = case_cards.Letter(words, number, name, case.told_on, case.id, asked)
    _say(context, said, case_cards.card(message, letter), asked=asked)


async def _remind(context: TurnContext, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Remind the citizen of the last question of staff."""
    del said, payload
    asked = await context.unit.threads.last_query(case.id)
    if asked is not None:
        text = case_messages.ASK_REMINDER.with_(
            number=case_number(context.unit, case), question=asked.text
        )
        context.send(Send(text, (cards.TO_MENU,)), priority=Priority.REMINDER)


async def _silent(context: TurnContext, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Say that a case is closed for silence, and that the citizen's next message reopens it."""
    del said, payload
    text = case_messages.CLOSED_SILENT.with_(number=case_number(context.unit, case))
    context.send(Send(text, (cards.TO_MENU,)), priority=Priority.REMINDER)


async def _reopened(
    context: TurnContext, case: Case, said: CaseMessage | None, payload: Any
) -> None:
    """Say that a case is open again."""
    del said, payload
    text = case_messages.REOPENED.with_(
        number=case_number(context.unit, case), contact=case.contact, due=case.told_on
    )
    context.send(Send(text, (cards.TO_MENU,)))


async def _call_offer(
    context: TurnContext, case: Case, said: CaseMessage | None, payload: Any
) -> None:
    """Offer a call."""
    del said, payload
    text = case_messages.CALL_OFFER.with_(
        number=case_number(context.unit, case), contact=case.contact
    )
    context.send(
        Send(text, (cards.command_button(f"call.{case.id}", case_messages.CALL_ME), cards.TO_MENU))
    )


async def _corrected(
    context: TurnContext, case: Case, said: CaseMessage | None, payload: Any
) -> None:
    """Replace a corrected message in the chat.

    A message that has not arrived yet is replaced by `record_delivery` after delivery.
    """
    if said is None or said.message_id is None or said.notification is None:
        return
    del payload
    asks = case.closed_at is None and case.answered_at is not None
    payload = {"tell": said.notification, "asks": asks, "episode": case.episode}
    before = len(context.outgoing)
    await _staff_message(context, case, said, payload)
    drawn = context.rendered(context.outgoing[before].send)
    del context.outgoing[before:]
    await _edit(context, said.message_id, drawn[0])


async def _withdrawn(
    context: TurnContext, case: Case, said: CaseMessage | None, payload: Any
) -> None:
    """Delete a withdrawn message in the chat, or overwrite it from 47 h on, and say why.

    Do nothing for a message that has not arrived yet: `record_delivery` calls this after
    delivery.
    """
    del payload
    if said is None or said.message_id is None:
        return
    if context.now - said.at < DELETES_WITHIN:
        params = {"chat_id": context.chat_id, "message_id": said.message_id}
        await context.unit.outbox.put(
            NewOutbox(context.chat_id, context.lane, "deleteMessage", params, Priority.REPLY)
        )
    else:
        await _edit(context, said.message_id, context.rendered(Send(case_messages.WITHDRAWN))[0])
    why = case_messages.WITHDRAWN_WHY if case.live else case_messages.WITHDRAWN_OVER
    text = why.with_(number=case_number(context.unit, case), due=case.told_on)
    context.send(Send(text, (cards.TO_MENU,)))


async def _edit(context: TurnContext, message_id: int, params: dict[str, Any]) -> None:
    """Overwrite a message of the bot; Telegram sets no age limit for this."""
    await context.unit.outbox.put(
        NewOutbox(
            context.chat_id,
            context.lane,
            "editMessageText",
            {**params, "message_id": message_id},
            Priority.REPLY,
        )
    )


async def _card(context: TurnContext, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Send nothing: only the overview has changed."""
    del context, case, said, payload


def _say(context: TurnContext, said: CaseMessage, send: Send, asked: int | None = None) -> None:
    """Queue a message of the thread; the outcome of its call is recorded in the thread.

    Skip a message that was withdrawn before. *asked* is the episode on which it asks for a
    verdict: the audit checks that no episode is asked about twice.
    """
    if said.state is not DeliveryState.WITHDRAWN:
        about = {"case": said.case_id, "said": said.id, "version": said.version}
        on_result = {"what": "case_said", **about}
        context.send(send, on_result=on_result if asked is None else {**on_result, "asked": asked})


async def record_delivery(
    context: TurnContext, on_result: Mapping[str, Any], payload: Mapping[str, Any]
) -> None:
    """Record where a case message is in the chat, or that it could not be delivered."""
    unit, message_id = context.unit, payload["message_id"]
    said = await unit.threads.get(on_result["said"]) if "said" in on_result else None
    case = await unit.cases.lock(on_result["case"])
    if case is None:
        return
    if payload["state"] == "sent" and message_id is not None:
        await unit.cases.link(context.chat_id, message_id, case.id, said.id if said else None)
    if said is None and payload["state"] != "sent" and not await unit.cases.is_linked(case.id):
        await receipt_not_delivered(unit, case)
    if said is None or said.case_id != case.id:
        return
    if payload["state"] != "sent":
        await not_delivered(unit, case, said)
        return
    state = said.state if said.state is DeliveryState.WITHDRAWN else DeliveryState.SENT
    said = await unit.threads.mark(
        said, state=state, chat_id=context.chat_id, message_id=message_id
    )
    # Staff may have corrected or withdrawn the message while the courier sent it.
    if said.version != on_result["version"] and said.state is DeliveryState.SENT:
        await _corrected(context, case, said, {})
    if said.state is DeliveryState.WITHDRAWN:
        await _withdrawn(context, case, said, {})


CASE_RENDERERS: Mapping[str, CaseRenderer] = {
    **dict.fromkeys(BY_NOTIFICATION, _staff_message),
    "remind": _remind,
    "silent": _silent,
    "reopened": _reopened,
    "call_offer": _call_offer,
    "corrected": _corrected,
    "withdrawn": _withdrawn,
    "card": _card,
}
NOTIFICATIONS: Mapping[str, NotificationHandler] = {
    "opened": by_card(lambda payload: cards.opened(payload["door"]), Priority.REMINDER),
    "member_cannot": member_cannot,
    "attendance_open": not_noted,
    "not_in_order": not_in_order,
    TEST: broadcasts.send_test,
    **dict.fromkeys(CONTACT_TEXTS, tell_contact),
    **dict.fromkeys(LEAD_TEXTS, tell_lead),
    **{kind: about_case(render) for kind, render in CASE_RENDERERS.items()},
}
