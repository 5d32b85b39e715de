"""Notifications about intents that were not available before."""

from __future__ import annotations

from bot.engine.events import Done, Refused
from bot.model.commands.citizen import TellWhenOpen
from bot.service.notifications import notify
from bot.store.unit import Unit
from flows.cards import INTENT_LABELS, UNOPENED


async def tell_when_open(command: TellWhenOpen, unit: Unit) -> Done | Refused:
    """Record that the citizen wants a notification about an intent; a repeat changes nothing."""
    return Done(await unit.wishes.add(command.person_id, command.intent))


async def is_open(unit: Unit, intent: str) -> bool:
    """Return whether an intent is available: volunteering is, while an opportunity is open."""
    if intent == "volunteer":
        return await unit.opportunities.any_open()
    return intent not in UNOPENED


async def tell_opened(unit: Unit) -> int:
    """Notify each citizen once about an available intent they waited for; return the number."""
    told = 0
    for intent in INTENT_LABELS:
        if not await is_open(unit, intent):
            continue
        for person_id in await unit.wishes.waiting(intent):
            person = await unit.people.get(person_id)
            await notify(unit, person.lane, "opened", f"opened:{intent}:{person_id}", door=intent)
            await unit.wishes.told(person_id, intent)
            told += 1
    return told
