"""Rooms that are not open yet, and those who wait for them."""

from __future__ import annotations

from bot.engine.events import Done, Refused
from bot.model.commands import TellWhenOpen
from bot.store.unit import Unit


async def tell_when_open(command: TellWhenOpen, unit: Unit) -> Done | Refused:
    """Remember that the citizen wants to hear when a room opens; twice is once."""
    return Done(await unit.wishes.add(command.person_id, command.door))
