"""A town whose staff send broadcasts by commands, and what becomes of their recipients."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from reminder_town import Town

from bot.app.compose import Bot
from bot.app.time_travel import pass_time
from bot.model.broadcast import BROADCAST, WARNINGS, Broadcast
from bot.model.commands.broadcasts import AddBroadcast, ApproveBroadcast, SubmitBroadcast
from bot.model.delivery import Delivery
from bot.service.broadcasts import sending
from bot.store.store import Store
from bot.testing import Chat

METTE, LONE = 1, 4  # an author, and a leader
WORDS = "Engen slås på lørdag kl. 10."
EVERYONE = {"is": "everyone", "value": ""}


class ClockedChat(Chat):
    """A chat whose courier also paces itself by the test clock."""

    async def open(self) -> tuple[Store, Bot]:
        """Start the application."""
        store, bot = await Chat.open(self)
        bot.courier.seconds = lambda: self.clock.now().timestamp()
        bot.courier._calls.seconds = bot.courier.seconds
        return store, bot


class BroadcastTown(Town):
    """A town with citizens who agreed to news about nature."""

    def __init__(self, database_url: str) -> None:
        """Create the town; the application is started once."""
        super().__init__(database_url)
        self.chat = ClockedChat(database_url, restarts=False)

    async def begin(self, *names: str) -> None:
        """Let citizens start the chat and agree to news about nature."""
        await super().begin(*names)
        for name in names:
            await self.consent(name, "nature")
        self.chat._shown(None)

    async def consent_to_warnings(self, *names: str) -> None:
        """Let citizens agree to warnings."""
        for name in names:
            person, _participant = await self.person(name)
            async with self.unit() as unit:
                await unit.consents.give(person, WARNINGS, 1, "da")

    async def wait(self, seconds: float) -> None:
        """Let seconds pass."""
        assert self.chat._running is not None
        clock = self.chat.clock
        await pass_time(self.chat._running[1], clock, clock.now() + timedelta(seconds=seconds))

    async def draft(self, **fields: Any) -> int:
        """Write a draft as Mette; return its id."""
        whole = {
            "title": "Engen",
            "texts": {"da": WORDS},
            "topic": "nature",
            "audience": EVERYONE,
            **fields,
        }
        made = await self.do(AddBroadcast(METTE, whole))
        assert isinstance(made, int), made
        return made

    async def approve(self, let_stand: str = "", **fields: Any) -> int:
        """Write a broadcast and let Lone approve it, with a reason or none; return its id."""
        made = await self.draft(**fields)
        assert await self.do(SubmitBroadcast(METTE, made)) == made
        assert await self.do(ApproveBroadcast(LONE, made, 1, let_stand)) == made
        return made

    async def news(self, number: int) -> Broadcast:
        """Return a broadcast."""
        async with self.unit() as unit:
            found = await unit.broadcasts.get(number)
        assert found is not None
        return found

    async def recipients(self, number: int) -> list[Delivery]:
        """Return the deliveries of a broadcast."""
        async with self.unit() as unit:
            return await unit.broadcasts.recipients(number, 10_000)

    async def outcomes_of(self, number: int) -> Counter[str]:
        """Return the number of recipients by state and reason; the audience is their sum."""
        rows = await self.recipients(number)
        assert len({one.participant_id for one in rows}) == len(rows)
        assert (await self.news(number)).audience_size in {None, len(rows)}
        return Counter(f"{one.state} {one.reason}" if one.reason else one.state for one in rows)

    async def open_rows(self, number: int) -> int:
        """Return how many messages of a broadcast the courier has."""
        async with self.unit() as unit:
            return await unit.outbox.open_about(sending.about(number))

    async def delivery_to(self, name: str, number: int) -> Delivery:
        """Return the delivery of a broadcast to a citizen."""
        participant = await self.participant(name)
        async with self.unit() as unit:
            found = await unit.deliveries.to(participant, BROADCAST, number)
        return found[0]
