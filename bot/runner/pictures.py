"""Pictures and places: taken in a report, or in a case they belong to; else refused (HR-30)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.engine.events import Refused
from bot.engine.questions import DECIMALS
from bot.i18n import render
from bot.model import commands
from bot.model.case import Case, State
from bot.runner import caseload, talk
from bot.runner.desk import Desk
from bot.service import carry_out
from bot.store.outbox import NewOutbox, Priority
from flows import case_messages
from flows.report import Outdoors

ASKED_FOR = timedelta(days=7)  # how long after a question of the staff's pictures are taken


async def take_picture(desk: Desk) -> bool:
    """Fetch a picture where one belongs; tell whether it does."""
    file_id = desk.letter.picture
    if file_id is None:
        return False
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    if waiting is not None and waiting.flow == Outdoors.key():
        about: dict[str, Any] = {"conversation": waiting.id}
    else:
        asked = await _asked_in(desk)
        if asked is None:
            return False
        about = {"case": asked.id}
    first = not caseload.already_answered(desk)
    await desk.unit.outbox.put(
        NewOutbox(
            desk.chat_id,
            desk.lane,
            "getFile",
            {"file_id": file_id},
            Priority.FETCH,
            then={"what": "picture", "first": first, **about},
        )
    )
    return True


async def take_place(desk: Desk, pin: Mapping[str, float], words: str) -> bool:
    """Add a place to the case it belongs to, as words would be; tell whether there is one."""
    case = await _case_for_place(desk)
    if case is None:
        return False
    place = render(case_messages.A_PLACE, desk.language, escape=str)
    said = f"{place} {words}".strip()
    command = commands.JoinCase(desk.citizen.id, case.id, said, desk.written(), opens_again=True)
    done = await carry_out(command, desk.unit)
    if isinstance(done, Refused):
        return False
    rounded = {axis: round(degrees, DECIMALS) for axis, degrees in pin.items()}
    hangs = {"case_id": case.id, "person_id": desk.citizen.id, "kind": "place"}
    await desk.unit.cases.attach([{**hangs, **rounded}])
    desk.about = case.id
    desk.tell(case_messages.PLACE_TAKEN.with_(**caseload.facts_of(done)))
    return True


async def _case_for_place(desk: Desk) -> Case | None:
    """Return the case that a place belongs to: replied to, asked in, or talked in lately."""
    picked = await caseload.picked(desk)
    if picked is not None:
        return picked if picked.closed_at is None else None
    cases = await desk.unit.cases.writable(desk.citizen.id)
    return await _asked_in(desk) or await caseload.joinable(desk, cases)


async def _asked_in(desk: Desk) -> Case | None:
    """Return the open case in which staff asked something lately; the one replied to, if any."""
    case = await caseload.picked(desk)
    cases = [case] if case else await desk.unit.cases.writable(desk.citizen.id)
    for one in cases:
        if one.live and await _asked_lately(desk, one):
            return one
    return None


async def _asked_lately(desk: Desk, case: Case) -> bool:
    """Tell whether staff have asked the citizen something: a picture may be the answer."""
    query = await desk.unit.threads.last_query(case.id)
    lately = query is not None and desk.now - query.at < ASKED_FOR
    return case.state is State.WAITING or lately


async def picture_fetched(desk: Desk, then: Mapping[str, Any], payload: Mapping[str, Any]) -> None:
    """Hang a picture on what it was sent for; say so once for an album, and always why not."""
    unit = desk.unit
    waiting = await unit.conversations.waiting(desk.citizen.id)
    if payload["state"] != "sent":
        failed = case_messages.PICTURE_FAILED
        desk.tell(failed.get(payload["error"] or "", failed["gone"]))
        if waiting is not None:
            await talk.ask_again(desk, waiting)
        return
    case_id = then.get("case")
    if case_id is None:
        opened = await unit.cases.of_conversation(then["conversation"])
        case_id = opened.id if opened else None
        if opened is None and await unit.conversations.get(then["conversation"]) is None:
            await unit.files.drop(payload["result"]["file"])
            return  # the report was let go while its picture was fetched
    await unit.cases.attach(
        [
            {
                "case_id": case_id,
                "conversation_id": then.get("conversation"),
                "person_id": desk.citizen.id,
                "kind": "photo",
                "file_id": payload["result"]["file"],
            }
        ]
    )
    if case_id is not None:
        await _tell_staff(desk, case_id)
    if then["first"]:
        desk.tell(case_messages.PICTURE_TAKEN)
        if waiting is not None:
            await talk.ask_again(desk, waiting)


async def _tell_staff(desk: Desk, case_id: int) -> None:
    """Let a case go on that a picture came to."""
    words = render(case_messages.A_PICTURE, desk.language, escape=str)
    command = commands.JoinCase(desk.citizen.id, case_id, words, desk.written(), opens_again=True)
    await carry_out(command, desk.unit)
    desk.about = case_id
