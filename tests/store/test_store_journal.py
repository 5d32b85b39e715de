"""The journal's record of a case is complete and the same each time, on both databases."""

from __future__ import annotations

import json
from datetime import timedelta

from at_work import employed
from store_rows import AT, somebody
from test_store_cases import message, opened

from bot.clock import TravelClock
from bot.model.case import DeliveryState, MessageKind
from bot.store.events import CLOCK, by_staff
from bot.store.store import Store


async def test_the_same_each_time(store: Store, clock: TravelClock) -> None:
    """Reading a case and passing time change nothing; a new message does."""
    async with store.unit() as unit:
        mette = await employed(unit)
        case = await opened(unit, owner_id=mette)
        said = await unit.threads.say(message(case, "Lygten er ude"))
        await unit.threads.change(said, "Lygten er ude nu", None)
        await unit.events.add(CLOCK, "put_off", case_id=case.id, reason="travlhed", days=2)
        first = await unit.journal.of(case, "KS-1001")
    clock.advance(timedelta(days=3))
    async with store.unit() as unit:
        for verb in ("read", "exported"):
            await unit.events.add(by_staff(mette), verb, case_id=case.id)
        case = await unit.cases.change(case, read_by="Mette", read_at=unit.now, acted_at=unit.now)
        assert await unit.journal.of(case, "KS-1001") == first
        await unit.threads.say(message(case, "Ringet", MessageKind.CALL, staff_id=mette))
        assert await unit.journal.of(case, "KS-1001") != first
    json.dumps(first)
    assert first["events"][0]["details"] == {"days": 2}
    assert first["received_at"] == AT.isoformat()


async def test_who_took_part(store: Store) -> None:
    """Authors, editors and actors are parties of a case; readers are not."""
    async with store.unit() as unit:
        names = ("mette", "jonas", "aisha", "lone", "karl")
        mette, jonas, aisha, lone, karl = [
            await employed(unit, username=name, first_name=name.title()) for name in names
        ]
        case = await opened(unit, owner_id=mette, asker_name=None)
        answer = message(
            case, "Uge 50", MessageKind.ANSWER, staff_id=jonas, state=DeliveryState.SENT
        )
        said = await unit.threads.say(answer)
        await unit.threads.change(said, "Uge 51", aisha)
        await unit.events.add(by_staff(lone), "override", case_id=case.id)
        await unit.events.add(by_staff(karl), "read", case_id=case.id)
        journal = await unit.journal.of(case, "KS-1001")
    parties = [(one["role"], one["name"]) for one in journal["parties"]]
    assert parties == [
        ("citizen", somebody().first_name),
        ("owner", "Mette"),
        *(("staff", name) for name in ("Jonas", "Aisha", "Lone")),
    ]
