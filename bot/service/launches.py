"""Rooms that are not open yet, and those who wait for them."""

from __future__ import annotations

from bot.engine.events import Done, Refused
from bot.model.commands import TellWhenOpen
from bot.service.cases.thread import PRIORITY, SOURCE
from bot.store.inbox import NewInbox
from bot.store.unit import Unit
from flows.cards import INTENT_LABELS, UNOPENED


async def tell_when_open(command: TellWhenOpen, unit: Unit) -> Done | Refused:
    """Remember that the citizen wants to hear when a room opens; twice is once."""
    return Done(await unit.wishes.add(command.person_id, command.door))


async def tell_opened(unit: Unit) -> int:
    """Let everybody hear, once, of a room they waited for that is open now; return how many."""
    told = 0
    for door in (name for name in INTENT_LABELS if name not in UNOPENED):
        for person_id in await unit.wishes.waiting(door):
            person = await unit.people.get(person_id)
            payload = {"tell": "opened", "door": door}
            key = f"opened:{door}:{person_id}"
            row = NewInbox(SOURCE, key, person.lane, PRIORITY, payload, unit.now)
            await unit.inbox.put([row])
            await unit.wishes.told(person_id, door)
            told += 1
    return told
