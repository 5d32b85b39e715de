"""A case with every kind of content, for the tests of exports."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.model.case import (
    TO_CITIZEN,
    Case,
    CaseKind,
    CaseMessage,
    CaseState,
    DeliveryState,
    MessageKind,
)
from bot.model.person import Person
from bot.store.events import CITIZEN, by_staff
from bot.store.store import Store
from bot.store.unit import Unit
from bot.testing import START


async def citizen(unit: Unit, lane: str = "tg:101", **changed: Any) -> Person:
    """Add a citizen to the database."""
    known: dict[str, Any] = {"language": "da", "first_name": "Ana", "notice_version": 1, **changed}
    return await unit.people.add(Person(id=0, lane=lane, chat_id=101, notice_at=START, **known))


async def opened(unit: Unit, person_id: int | None, **changed: Any) -> Case:
    """Add a case to the database."""
    known: dict[str, Any] = {
        "source": "telegram",
        "kind": CaseKind.QUESTION,
        "theme": "roads",
        "area": None,
        "language": "da",
        "title": "Lygten er gået ud",
        "asker_name": None,
        "asker_phone": None,
        "conversation_id": None,
        "state": CaseState.OPEN,
        "close_reason": None,
        "owner_id": None,
        "contact": "Jonas",
        "received_at": START,
        "working_days": 5,
        "due_on": START.date() + timedelta(days=7),
        "told_on": START.date() + timedelta(days=7),
        "citizen_at": START,
        "touched_at": START,
        "clock_at": START,
        **changed,
    }
    return await unit.cases.add(Case(id=0, person_id=person_id, **known))


async def say(unit: Unit, case: Case, text: str, kind: MessageKind, **changed: Any) -> CaseMessage:
    """Add a message to a case's thread."""
    known: dict[str, Any] = {
        "staff_id": None,
        "signed": None,
        "version": 1,
        "state": DeliveryState.SENT if kind in TO_CITIZEN else DeliveryState.KEPT,
        "at": unit.now,
        **changed,
    }
    return await unit.threads.say(CaseMessage(id=0, case_id=case.id, kind=kind, text=text, **known))


async def whole_case(store: Store, staff_id: int, words: str = "Lygten er ude") -> Case:
    """Add a case with words, a correction, a note, a picture, a place and acts."""
    async with store.unit() as unit:
        person = await citizen(unit)
        case = await opened(unit, person.id, owner_id=staff_id, title=words[:120])
        asked = await say(unit, case, words, MessageKind.ASKED)
        await unit.threads.change(asked, f"{words} igen", None)
        await say(unit, case, "Ring til Vej og Park", MessageKind.NOTE, staff_id=staff_id)
        answer = await say(
            unit,
            case,
            "Den skiftes i uge 50.",
            MessageKind.ANSWER,
            staff_id=staff_id,
            signed="Mette",
        )
        await unit.threads.change(answer, "Den skiftes i uge 51.", staff_id)
        file_id = await unit.files.add("lygte.jpg", "image/jpeg", b"billede")
        hangs = {"conversation_id": None, "person_id": person.id, "case_id": case.id}
        photo = {"kind": "photo", "latitude": None, "longitude": None, "file_id": file_id}
        place = {"kind": "place", "latitude": 55.0, "longitude": -12.5, "file_id": None}
        await unit.cases.attach([{**hangs, **photo}, {**hangs, **place}])
        await unit.events.add(CITIZEN, "opened", case_id=case.id, moved=(None, "new"))
        by = by_staff(staff_id)
        await unit.events.add(by, "read", case_id=case.id)
        await unit.events.add(by, "answered", case_id=case.id, moved=("open", "answered"), said=3)
        await unit.events.add(by, "override", case_id=case.id, reason="=HYPERLINK(1)")
    return case
