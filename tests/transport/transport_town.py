"""Build a simulated Telegram, updates, and a store that can be made unavailable."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from bot import watch
from bot.clock import TravelClock
from bot.errors import DatabaseUnavailable
from bot.simulator import World
from bot.store.store import Store
from bot.store.unit import Unit
from bot.testing import TOKEN
from bot.transport.api import BotApi
from bot.transport.emergency import EmergencyNumbers
from bot.transport.incoming import Incoming, Nothing, Wrote
from bot.transport.intake import Intake
from bot.transport.metadata import metadata_of

ANA, BO = 101, 102
SOURCE = "telegram:1000000001"
NUMBERS = "Ring 112"


def make_world(clock: TravelClock) -> World:
    """Create a simulated Telegram with one bot, Ana and Bo."""
    world = World(clock.now)
    world.add_bot(TOKEN, name="Bro")
    world.add_user(ANA, "Ana", language_code="da")
    world.add_user(BO, "Bo", language_code="en")
    return world


def message(
    update_id: int, text: str, user: int = ANA, *, date: int = 1_795_424_400, kind: str = "message"
) -> dict[str, Any]:
    """Return an update with a message in Telegram's form."""
    sender = {"id": user, "is_bot": False, "first_name": "Ana"}
    chat = {"id": user, "type": "private", "first_name": "Ana"}
    body = {"message_id": update_id, "date": date, "chat": chat, "from": sender, "text": text}
    return {"update_id": update_id, kind: body}


async def parse(update: Mapping[str, Any]) -> Incoming:
    """Return the value of an update without the handlers: any words are free text."""
    found = metadata_of(update)
    return replace(found, content=Wrote()) if isinstance(found.content, Nothing) else found


def numbers(chat_id: int, _code: str | None, _danger: str) -> dict[str, Any]:
    """Return a message with the emergency numbers."""
    return {"chat_id": chat_id, "text": NUMBERS}


def intake_of(store: Store, api: BotApi, message: Any = numbers) -> Intake:
    """Return an intake whose emergency message is made by *message*."""
    return Intake(store, SOURCE, parse, EmergencyNumbers(store, api, SOURCE, message))


def shown(world: World, user: int = ANA) -> list[str]:
    """Return the bot's texts in a chat, oldest first."""
    chat = world.the_bot().chats.get(user)
    return [m.text for m in chat.shown() if m.outgoing] if chat else []


class FickleStore(Store):
    """A store that can raise `DatabaseUnavailable` at once, before or after a commit."""

    away = False
    undoing = 0  # units to roll back
    losing = 0  # units to commit and then report as failed

    @classmethod
    def around(cls, store: Store) -> FickleStore:
        """Wrap *store*, sharing its state."""
        made = cls.__new__(cls)
        vars(made).update(vars(store))
        return made

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """Open a unit; raise `DatabaseUnavailable` where the flags demand it."""
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
        """Open a reading unit; raise `DatabaseUnavailable` while `away`."""
        if self.away:
            raise DatabaseUnavailable
        async with super().reading() as unit:
            yield unit


class Counts:
    """The counters of the process, as they grow from now on."""

    def __init__(self) -> None:
        """Start at the present values."""
        self._before = _samples()

    def grown(self) -> dict[str, int]:
        """Return by how much each counter has grown, by name and label; without unchanged ones."""
        return dict(_samples() - self._before)


def _samples() -> Counter[str]:
    """Return the counters of the transport."""
    found: Counter[str] = Counter()
    for counter in (watch.SENDS, watch.LIMITED, watch.WEBHOOK_REFUSED, watch.UPDATES_UNREADABLE):
        for family in counter.collect():
            for sample in family.samples:
                if sample.name.endswith("_total"):
                    name = family.name.removeprefix("brobygger_")
                    found[" ".join([name, *sample.labels.values()])] = int(sample.value)
    return found
