"""What staff or the clock did in a case is told to its citizen, in the citizen's own lane."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.engine.effects import Send
from bot.model.case import Case, CaseMessage, Sent
from bot.runner.desk import Desk, House, desk_of
from bot.runner.overview import redraw_overview
from bot.service.cases.corrections import not_delivered, receipt_not_delivered
from bot.service.cases.opening import number_of
from bot.store.inbox import InboxRow
from bot.store.outbox import NewOutbox, Priority
from bot.store.unit import Unit
from flows import cards, case_cards, case_messages

DELETES_WITHIN = timedelta(hours=47)  # Telegram's is 48; what waits an hour is still in time


async def take_told(house: House, unit: Unit, row: InboxRow) -> None:
    """Tell a citizen what was done, and bring their overview up to date."""
    desk = await desk_of(house, unit, row)
    if desk is None:
        return
    if row.payload["tell"] == "opened":
        desk.say(cards.opened(row.payload["door"]))
        await desk.settle()
        return
    case = await unit.cases.get(row.payload["case"])
    if case is None or case.person_id != desk.citizen.id:
        return
    desk.about = case.id
    said = await unit.threads.get(row.payload["said"]) if "said" in row.payload else None
    # What a step waits for stays on the screen: a yes typed now is the step's, not ours.
    desk.keeps_screen = await unit.conversations.waiting(desk.citizen.id) is not None
    await TELLS[row.payload["tell"]](desk, case, said, row.payload)
    await desk.settle()
    await redraw_overview(desk)


async def _answer(desk: Desk, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Give the answer, signed, and ask once whether it helped."""
    if said is not None:
        episode = payload["episode"] if payload["asks"] else None
        facts = _signed(desk, case, said)
        card = case_cards.answer(said.text, case_id=case.id, asked_as=episode, **facts)
        _say(desk, said, card, asked=episode)


async def _query(desk: Desk, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Ask the citizen what staff need to know."""
    del payload
    if said is not None:
        _say(desk, said, case_cards.query(said.text, **_signed(desk, case, said)))


async def _message(desk: Desk, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Give a message that is no answer; nothing is asked."""
    del payload
    if said is not None:
        _say(desk, said, case_cards.message(said.text, **_signed(desk, case, said)))


def _signed(desk: Desk, case: Case, said: CaseMessage) -> dict[str, str]:
    """Return a case's number, and who signs what is said of it."""
    return {"number": number_of(desk.unit, case), "name": said.signed or case.contact}


async def _extended(desk: Desk, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Tell a new date and its reason."""
    del payload
    if said is not None:
        number = number_of(desk.unit, case)
        _say(desk, said, case_cards.new_date(said.text, number=number, due=case.told_on))


async def _closed(desk: Desk, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Tell that a case is closed, with staff's own reason."""
    del payload
    if said is not None:
        _say(desk, said, case_cards.ending(said.text, **_signed(desk, case, said)))


async def _remind(desk: Desk, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Remind of what staff asked."""
    del said, payload
    asked = await desk.unit.threads.last_query(case.id)
    if asked is not None:
        text = case_messages.ASK_REMINDER.with_(
            number=number_of(desk.unit, case), question=asked.text
        )
        desk.say(Send(text, (cards.TO_MENU,)), priority=Priority.REMINDER)


async def _silent(desk: Desk, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Tell that a case rests, and that it goes on whenever the citizen writes."""
    del said, payload
    text = case_messages.CLOSED_SILENT.with_(number=number_of(desk.unit, case))
    desk.say(Send(text, (cards.TO_MENU,)), priority=Priority.REMINDER)


async def _reopened(desk: Desk, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Tell that a case goes on."""
    del said, payload
    text = case_messages.REOPENED.with_(
        number=number_of(desk.unit, case), contact=case.contact, due=case.told_on
    )
    desk.say(Send(text, (cards.TO_MENU,)))


async def _call_offer(desk: Desk, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Offer a call."""
    del said, payload
    text = case_messages.CALL_OFFER.with_(number=number_of(desk.unit, case), contact=case.contact)
    desk.say(Send(text, (cards.press(f"call.{case.id}", case_messages.CALL_ME), cards.TO_MENU)))


async def _corrected(desk: Desk, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Write the new words over the old ones; what has not arrived yet is mended when it has."""
    if said is None or said.message_id is None or said.told_as is None:
        return
    asks = case.closed_at is None and case.answered_at is not None
    payload = {**payload, "asks": asks, "episode": case.episode}
    before = len(desk.said)
    await TELLS[said.told_as](desk, case, said, payload)
    drawn = desk.drawn(desk.said[before].send)
    del desk.said[before:]
    await _edit(desk, said.message_id, drawn[0])


async def _withdrawn(desk: Desk, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Delete a message that was taken back; where it is too old for that, write over it.

    What has not arrived is neither shown nor explained; if it is on its way, this happens when
    it has arrived.
    """
    del payload
    if said is None or said.message_id is None:
        return
    if desk.now - said.at < DELETES_WITHIN:
        params = {"chat_id": desk.chat_id, "message_id": said.message_id}
        await desk.unit.outbox.put(
            NewOutbox(desk.chat_id, desk.lane, "deleteMessage", params, Priority.REPLY)
        )
    else:
        await _edit(desk, said.message_id, desk.drawn(Send(case_messages.WITHDRAWN))[0])
    why = case_messages.WITHDRAWN_WHY if case.live else case_messages.WITHDRAWN_OVER
    text = why.with_(number=number_of(desk.unit, case), due=case.told_on)
    desk.say(Send(text, (cards.TO_MENU,)))


async def _edit(desk: Desk, message_id: int, params: dict[str, Any]) -> None:
    """Write over a message of ours; a bot may do so at any age."""
    await desk.unit.outbox.put(
        NewOutbox(
            desk.chat_id,
            desk.lane,
            "editMessageText",
            {**params, "message_id": message_id},
            Priority.REPLY,
        )
    )


async def _card(desk: Desk, case: Case, said: CaseMessage | None, payload: Any) -> None:
    """Say nothing: only the overview has changed."""
    del desk, case, said, payload


def _say(desk: Desk, said: CaseMessage, send: Send, asked: int | None = None) -> None:
    """Say a message of the thread, so that what comes of it is noted there.

    One that was taken back before it was said is not said at all. *asked* is the
    episode whose answer it asks about: the audit sees that none is asked about twice.
    """
    if said.state is not Sent.WITHDRAWN:
        then = {"what": "case_said", "case": said.case_id, "said": said.id, "version": said.version}
        desk.say(send, then=then if asked is None else {**then, "asked": asked})


async def note_said(desk: Desk, then: Mapping[str, Any], payload: Mapping[str, Any]) -> None:
    """Note where a message about a case stands in the chat, or that it could not be delivered."""
    unit, message_id = desk.unit, payload["message_id"]
    said = await unit.threads.get(then["said"]) if "said" in then else None
    case = await unit.cases.lock(then["case"])
    if case is None:
        return
    if payload["state"] == "sent" and message_id is not None:
        await unit.cases.link(desk.chat_id, message_id, case.id, said.id if said else None)
    if said is None and payload["state"] != "sent" and not await unit.cases.is_linked(case.id):
        await receipt_not_delivered(unit, case)
    if said is None or said.case_id != case.id:
        return
    if payload["state"] != "sent":
        await not_delivered(unit, case, said)
        return
    state = said.state if said.state is Sent.WITHDRAWN else Sent.SENT
    said = await unit.threads.mark(said, state=state, chat_id=desk.chat_id, message_id=message_id)
    # It may have been corrected or taken back while it was on its way.
    if said.version != then["version"] and said.state is Sent.SENT:
        await _corrected(desk, case, said, {})
    if said.state is Sent.WITHDRAWN:
        await _withdrawn(desk, case, said, {})


Tell = Callable[[Desk, Case, CaseMessage | None, Any], Awaitable[None]]
TELLS: Mapping[str, Tell] = {
    "answer": _answer,
    "query": _query,
    "message": _message,
    "extended": _extended,
    "closed": _closed,
    "remind": _remind,
    "silent": _silent,
    "reopened": _reopened,
    "call_offer": _call_offer,
    "corrected": _corrected,
    "withdrawn": _withdrawn,
    "card": _card,
}
