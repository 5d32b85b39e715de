"""Fill a database with readers of news, and with a broadcast to them, for faults and benchmarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from bot.engine.events import Done
from bot.model.broadcast import WARNINGS, Broadcast, BroadcastState
from bot.model.delivery import NEWS
from bot.model.town import Town
from bot.service import execute
from bot.service.broadcasts import sending
from bot.service.content import employ
from bot.store.store import Store
from bot.store.tables import consent, participant, person
from bot.store.unit import Unit

AT_ONCE = 5_000  # rows in one statement
TOPIC = "nature"
TEXT = "Engen slås på lørdag kl. 10."
EVERYONE: Mapping[str, Any] = {"is": "everyone", "value": ""}


async def fill(store: Store, town: Town, chats: range, at: datetime) -> None:
    """Insert the staff, and a reader with a consent to news about nature for each chat."""
    async with store.unit() as unit:
        await employ(town, unit)
    for first in range(0, len(chats), AT_ONCE):
        async with store.unit() as unit:
            await _readers(unit, chats[first : first + AT_ONCE], at)


async def _readers(unit: Unit, chats: range, at: datetime) -> None:
    """Insert the rows of some readers."""
    people = [
        {
            "lane": f"tg:{chat}",
            "chat_id": chat,
            "language": "da",
            "first_name": "Bo",
            "notice_at": at,
            "notice_version": 1,
            "screen": [],
            "created_at": at,
        }
        for chat in chats
    ]
    await unit.connection.execute(insert(person), people)
    which = person.c.chat_id.between(chats[0], chats[-1])
    ids = [row.id for row in await unit.connection.execute(select(person.c.id).where(which))]
    taking_part = [{"person_id": one, "first_name": "Bo", "created_at": at} for one in ids]
    await unit.connection.execute(insert(participant), taking_part)
    given = [
        {"person_id": one, "purpose": purpose, "text_version": 1, "language": "da", "given_at": at}
        for one in ids
        for purpose in (NEWS + TOPIC, WARNINGS)
    ]
    await unit.connection.execute(insert(consent), given)


async def approved(unit: Unit, **fields: Any) -> int:
    """Insert an approved broadcast to all readers, which begins at once; return its id."""
    author = (await unit.staff.all())[0].id
    new = Broadcast(0, "Engen", {"da": TEXT}, TOPIC, EVERYONE, staff_id=author, approved_by=author)
    new = replace(new, state=BroadcastState.APPROVED, approved_at=unit.now, **fields)
    made = await unit.broadcasts.add(new)
    await sending.schedule(unit, replace(new, id=made))
    return made


async def do(store: Store, command: Any) -> Any:
    """Execute a command in its own transaction; return its value. Raise where it is refused."""
    async with store.unit() as unit:
        done = await execute(command, unit)
    if not isinstance(done, Done):
        raise TypeError(done)
    return done.value
