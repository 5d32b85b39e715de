"""Pictures: taken in a report, or where staff asked for one; else refused (HR-30)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

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
        case = await caseload.picked(desk)
        cases = [case] if case else await desk.unit.cases.writable(desk.citizen.id)
        asked = [case for case in cases if case.live and await _asked_lately(desk, case)]
        if not asked:
            return False
        about = {"case": asked[0].id}
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
