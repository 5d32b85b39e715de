"""A town whose reminders are set by commands, and whose bot can be down for a while."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bot.app.checks.run import audit_findings
from bot.engine.events import Done
from bot.model.audience import EVERYONE, Audience, Is, to_json
from bot.model.commands.reminders import EditReminder, SetReminder
from bot.model.delivery import Delivery
from bot.scheduler import seal
from bot.service import execute
from bot.simulator import TOKEN
from bot.store.unit import Unit
from bot.testing import PEOPLE, Chat

ZONE = ZoneInfo("Europe/Copenhagen")
DAILY = {"recurrence": {"unit": "day", "starts_on": "2026-11-24", "at": "10:00"}}
TEXT = "Vi mødes ved molen."


def local(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    """Return a local time as an instant."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def once(month: int, day: int, at: str, **more: Any) -> dict[str, Any]:
    """Return the rule of one moment in 2026."""
    on = f"2026-{month:02}-{day:02}"
    return {"recurrence": {"unit": "once", "starts_on": on, "at": at}, **more}


class Town:
    """A chat with the citizens in it, and its store."""

    def __init__(self, database_url: str) -> None:
        """Create the town; the application is started once."""
        self.chat = Chat(database_url, restarts=False)

    async def begin(self, *names: str) -> None:
        """Let citizens start the chat."""
        for name in names:
            await self.chat.play(f"{name}: /start")

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """Open a transaction of the running application."""
        running = self.chat._running
        assert running is not None
        async with running[0].unit() as unit:
            yield unit

    async def do(self, command: Any) -> Any:
        """Execute a command; return its value, or the refusal."""
        async with self.unit() as unit:
            done = await execute(command, unit)
        return done.value if isinstance(done, Done) else done

    async def set(
        self,
        rule: Mapping[str, Any] = DAILY,
        audience: Audience | None = None,
        *,
        words: str = TEXT,
        topic: str = "roads",
        **more: Any,
    ) -> int:
        """Set a reminder as the first member of staff; return its id."""
        who = to_json(audience or Is(EVERYONE))
        made = await self.do(SetReminder(1, {"da": words}, rule, who, topic, **more))
        assert isinstance(made, int), made
        return made

    async def edit(self, reminder_id: int, **changed: Any) -> Any:
        """Change some fields of a reminder."""
        async with self.unit() as unit:
            known = await unit.reminders.get(reminder_id)
        assert known is not None
        fields = {
            "texts": known.texts,
            "rule": known.rule,
            "audience": known.audience,
            "topic": known.topic,
            "asks": known.asks,
            "prepares": known.prepares,
            **changed,
        }
        return await self.do(EditReminder(1, reminder_id, known.version, **fields))

    async def until(self, moment: datetime) -> None:
        """Let time pass, with a stop at each due time."""
        await self.chat.play(f"--- until {moment.astimezone(ZONE):%Y-%m-%d %H:%M}")

    async def down_until(self, moment: datetime) -> None:
        """Let time pass while the bot is down, then start it."""
        await self.chat.close()
        self.chat.clock.move_to(moment)
        await self.chat.play("--- 1 minute passes")

    async def ledger(self, reminder_id: int) -> list[Delivery]:
        """Return the deliveries of a reminder, the oldest first."""
        async with self.unit() as unit:
            return (await unit.deliveries.of_subject("reminder", reminder_id, 100_000))[::-1]

    async def outcomes(self, reminder_id: int) -> Counter[str]:
        """Return the number of a reminder's deliveries by state and reason."""
        return Counter(
            f"{one.state} {one.reason}" if one.reason else str(one.state)
            for one in await self.ledger(reminder_id)
        )

    def got(self, name: str, words: str = TEXT) -> int:
        """Return how often a citizen was sent a message with these words."""
        chat = self.chat.world.bots[TOKEN].chats[PEOPLE[name][0]]
        return sum(seen.kind == "sent" and words in (seen.text or "") for seen in chat.log)

    async def participant(self, name: str) -> int:
        """Return the id of a citizen's participant."""
        return (await self.person(name))[1]

    async def person(self, name: str) -> tuple[int, int]:
        """Return the ids of a citizen and of their participant."""
        async with self.unit() as unit:
            person = await unit.people.by_lane(f"tg:{PEOPLE[name][0]}")
            assert person is not None
            return person.id, (await unit.participants.of_person(person.id, name)).id

    async def consent(self, name: str, *topics: str) -> None:
        """Let a citizen agree to news about topics."""
        person, _participant = await self.person(name)
        async with self.unit() as unit:
            for topic in topics:
                await unit.consents.give(person, f"news:{topic}", 1, "da")

    async def run(self, statement: str) -> None:
        """Run SQL."""
        async with self.unit() as unit:
            await unit.connection.execute(text(statement))

    async def is_sound(self) -> None:
        """Assert that the audit finds nothing."""
        running = self.chat._running
        assert running is not None
        while await seal(running[0]):
            pass
        assert await audit_findings(running[0]) == []
