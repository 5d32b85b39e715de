"""What the tests of transport share: a world, updates, and a store that can be away."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.clock import TravelClock
from bot.errors import DatabaseUnavailable
from bot.simulator import World
from bot.store.store import Store
from bot.store.unit import Unit
from bot.testing import TOKEN

ANA, BO = 101, 102
SOURCE = "telegram:1000000001"


def make_world(clock: TravelClock) -> World:
    """Make a world with one bot, Ana and Bo."""
    world = World(clock.now)
    world.add_bot(TOKEN, name="Bro")
    world.add_user(ANA, "Ana", language_code="da")
    world.add_user(BO, "Bo", language_code="en")
    return world


def message(
    update_id: int, text: str, user: int = ANA, *, date: int = 1_795_424_400, kind: str = "message"
) -> dict[str, Any]:
    """Return the update of a message as Telegram gives it."""
    sender = {"id": user, "is_bot": False, "first_name": "Ana"}
    chat = {"id": user, "type": "private", "first_name": "Ana"}
    body = {"message_id": update_id, "date": date, "chat": chat, "from": sender, "text": text}
    return {"update_id": update_id, kind: body}


def shown(world: World, user: int = ANA) -> list[str]:
    """Return what the bot's messages say in a chat, oldest first."""
    chat = world.the_bot().chats.get(user)
    return [m.text for m in chat.shown() if m.outgoing] if chat else []


class FickleStore(Store):
    """A store that is away when it is told to be, or loses its word after a commit."""

    away = False
    undoing = 0  # units that will be undone
    losing = 0  # units that will be committed and yet seem to have failed

    @classmethod
    def around(cls, store: Store) -> FickleStore:
        """Stand before *store*, sharing all it has."""
        made = cls.__new__(cls)
        vars(made).update(vars(store))
        return made

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """Open a transaction, where the store is there."""
        if self.away:
            raise DatabaseUnavailable
        async with super().unit() as unit:
            yield unit
            if self.undoing:
                self.undoing -= 1
                raise DatabaseUnavailable
        if self.losing:
            self.losing -= 1
            raise DatabaseUnavailable

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        """Open a transaction to look with, where the store is there."""
        if self.away:
            raise DatabaseUnavailable
        async with super().reading() as unit:
            yield unit


class Tally:
    """A meter that remembers."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.counts: Counter[str] = Counter()

    def count(self, name: str, **labels: str) -> None:
        """Add one, by name and labels."""
        self.counts[" ".join([name, *labels.values()])] += 1

    def holds(self, role: str, *, held: bool) -> None:
        """Remember whether a role is held."""
        self.counts[f"holds {role}"] = int(held)
