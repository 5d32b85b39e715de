"""Pictures and places: accepted for a report or a case, otherwise refused (HR-30)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.engine.events import Refused
from bot.engine.questions import DECIMALS
from bot.i18n import render
from bot.model.case import Case, CaseState
from bot.model.commands.cases import JoinCase
from bot.runner import citizen_cases, conversations
from bot.runner.context import TurnContext
from bot.service import execute
from bot.store.outbox import NewOutbox, Priority
from bot.transport.incoming import Showed
from flows import case_messages
from flows.report import Outdoors
from flows.volunteering import VolunteerSignUp

ASKED_FOR = timedelta(days=7)  # how long after a question of staff pictures are accepted


async def take_picture(context: TurnContext) -> bool:
    """Queue the download of a picture where one is accepted; return whether it is."""
    content = context.incoming.content
    file_id = content.picture if isinstance(content, Showed) else None
    if file_id is None:
        return False
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None and waiting.flow == VolunteerSignUp.key():
        return False  # it may show a certificate (HR-21)
    if waiting is not None and waiting.flow == Outdoors.key():
        about: dict[str, Any] = {"conversation": waiting.id}
    else:
        asked = await _asked_in(context)
        if asked is None:
            return False
        about = {"case": asked.id}
    first = not citizen_cases.already_answered(context)
    await context.unit.outbox.put(
        NewOutbox(
            context.chat_id,
            context.lane,
            "getFile",
            {"file_id": file_id},
            Priority.FETCH,
            on_result={"what": "picture", "first": first, **about},
        )
    )
    return True


async def take_place(context: TurnContext, pin: Mapping[str, float], words: str) -> bool:
    """Add a place to its case, as words would be; return whether a case took it."""
    case = await _case_for_place(context)
    if case is None:
        return False
    place = render(case_messages.A_PLACE, context.language, escape=str)
    said = f"{place} {words}".strip()
    command = JoinCase(context.citizen.id, case.id, said, context.written(), opens_again=True)
    done = await execute(command, context.unit)
    if isinstance(done, Refused):
        return False
    rounded = {axis: round(degrees, DECIMALS) for axis, degrees in pin.items()}
    hangs = {"case_id": case.id, "person_id": context.citizen.id, "kind": "place"}
    await context.unit.cases.attach([{**hangs, **rounded}])
    context.case_id = case.id
    context.send_text(case_messages.PLACE_TAKEN.with_(**citizen_cases.facts_of(done)))
    return True


async def _case_for_place(context: TurnContext) -> Case | None:
    """Return the case for a place: the one replied to, asked in, or active lately."""
    picked = await citizen_cases.picked(context)
    if picked is not None:
        return picked if picked.closed_at is None else None
    cases = await context.unit.cases.writable(context.citizen.id)
    return await _asked_in(context) or await citizen_cases.joinable(context, cases)


async def _asked_in(context: TurnContext) -> Case | None:
    """Return the live case with a recent question of staff; only the one replied to, if any."""
    case = await citizen_cases.picked(context)
    cases = [case] if case else await context.unit.cases.writable(context.citizen.id)
    for one in cases:
        if one.live and await _asked_lately(context, one):
            return one
    return None


async def _asked_lately(context: TurnContext, case: Case) -> bool:
    """Return whether a case waits for the citizen or staff asked within 7 days.

    A picture may be the answer.
    """
    query = await context.unit.threads.last_query(case.id)
    lately = query is not None and context.now - query.at < ASKED_FOR
    return case.state is CaseState.WAITING or lately


async def picture_fetched(
    context: TurnContext, on_result: Mapping[str, Any], payload: Mapping[str, Any]
) -> None:
    """Attach a fetched picture to its case or report.

    Confirm once for an album, and explain every failure.
    """
    unit = context.unit
    waiting = await unit.conversations.waiting(context.citizen.id)
    if payload["state"] != "sent":
        failed = case_messages.PICTURE_FAILED
        context.send_text(failed.get(payload["error"] or "", failed["gone"]))
        if waiting is not None:
            await conversations.ask_again(context, waiting)
        return
    case_id = on_result.get("case")
    if case_id is None:
        opened = await unit.cases.of_conversation(on_result["conversation"])
        case_id = opened.id if opened else None
        if opened is None and await unit.conversations.get(on_result["conversation"]) is None:
            await unit.files.drop(payload["result"]["file"])
            return  # the report was deleted while its picture was fetched
    await unit.cases.attach(
        [
            {
                "case_id": case_id,
                "conversation_id": on_result.get("conversation"),
                "person_id": context.citizen.id,
                "kind": "photo",
                "file_id": payload["result"]["file"],
            }
        ]
    )
    if case_id is not None:
        await _tell_staff(context, case_id)
    if on_result["first"]:
        context.send_text(case_messages.PICTURE_TAKEN)
        if waiting is not None:
            await conversations.ask_again(context, waiting)


async def _tell_staff(context: TurnContext, case_id: int) -> None:
    """Add a note of the picture to its case as the citizen's words, so that work continues."""
    words = render(case_messages.A_PICTURE, context.language, escape=str)
    command = JoinCase(context.citizen.id, case_id, words, context.written(), opens_again=True)
    await execute(command, context.unit)
    context.case_id = case_id
