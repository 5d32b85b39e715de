"""Plays a story before the demo opens, so that chats and console are not empty.

Invented citizens write in the simulator, and invented staff act through the
console's commands. No row is inserted directly.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.app.compose import Bot
from bot.app.time_travel import pass_time
from bot.clock import TravelClock
from bot.engine.events import Refused
from bot.service import execute
from bot.simulator import World
from bot.simulator.phone import PhonePerson
from bot.store.unit import Unit

BEFORE = timedelta(days=8)  # how long before the present the story begins
NEIGHBOURS = (
    PhonePerson(201, "Fatima", None, "da", {"da": "Venter på svar.", "en": "Waits for an answer."}),
    PhonePerson(202, "Oliver", None, "en", {"da": "Læser engelsk.", "en": "Reads English."}),
    PhonePerson(203, "Birthe", None, "da", {"da": "Har givet et praj.", "en": "Sent a report."}),
    PhonePerson(204, "Carsten", None, "da", {"da": "Er vred.", "en": "Is angry."}),
    PhonePerson(205, "Henrik", None, "da", {"da": "Har spurgt om noget.", "en": "Has asked."}),
    PhonePerson(206, "Vibeke", None, "da", {"da": "Er ambassadør.", "en": "Is an ambassador."}),
    PhonePerson(207, "Søren", None, "da", {"da": "Leder en forening.", "en": "Leads a group."}),
    PhonePerson(208, "Grethe", None, "da", {"da": "Bliver mindet.", "en": "Gets reminders."}),
    PhonePerson(209, "Nadia", None, "da", {"da": "Var afløser.", "en": "Was a stand-in."}),
)
FATIMA, OLIVER, BIRTHE, CARSTEN, HENRIK, VIBEKE, SOEREN, GRETHE, NADIA = (
    one.id for one in NEIGHBOURS
)
SAMIRA = 103  # of the town's invented citizens


@dataclass(slots=True)
class Story:
    """Plays citizens' and staff's actions one after the other."""

    bot: Bot
    world: World
    clock: TravelClock

    async def says(self, user: int, *words: str) -> None:
        """Send a citizen's messages; text in brackets taps the button of that label."""
        for one in words:
            if one.startswith("["):
                self._tap(user, one.strip("[]"))
            else:
                self.world.say(user, one)
            await self.bot.settle()

    def _tap(self, user: int, label: str) -> None:
        """Tap the newest button of that label; raise `ValueError` where there is none."""
        messages = self.world.the_bot().chats[user].messages
        for message in sorted(messages.values(), key=lambda m: -m.id):
            for button in (button for row in message.keyboard for button in row):
                if button.text == label and button.data is not None:
                    self.world.tap(user, message.id, button.data)
                    return
        message_ = f"there is no button [{label}]"
        raise ValueError(message_)

    def newest_text(self, user: int) -> str:
        """Return the newest message of a citizen's chat."""
        messages = self.world.the_bot().chats[user].messages
        return messages[max(messages)].text

    async def sends(self, user: int, picture: bytes, place: tuple[float, float]) -> None:
        """Send a citizen's location and photo."""
        self.world.send_location(user, *place)
        await self.bot.settle()
        self.world.send_photo(user, content=picture)
        await self.bot.settle()

    async def does(self, command: Any) -> Any:
        """Execute a staff command and return its value; raise `TypeError` where it is refused."""
        async with self.bot.parts.store.unit() as unit:
            done = await execute(command, unit)
        if isinstance(done, Refused):
            raise TypeError(done.why.key)
        await self.bot.settle()
        return done.value

    async def case_of(self, user: int) -> int:
        """Return the id of the citizen's newest case."""
        async with self.bot.parts.store.reading() as unit:
            found = await unit.cases.of_person(await _person(unit, user), 1)
        return found[0].id

    async def participant(self, user: int) -> int:
        """Return the id of a citizen as a participant."""
        async with self.bot.parts.store.unit() as unit:
            return (await unit.participants.of_person(await _person(unit, user))).id

    async def staff(self, username: str) -> int:
        """Return the id of a staff member; raise `ValueError` for an unknown username."""
        async with self.bot.parts.store.reading() as unit:
            found = await unit.staff.by_username(username)
        if found is None:
            message = f"nobody is called {username}"
            raise ValueError(message)
        return found.id

    async def until(self, moment: datetime) -> None:
        """Move the clock to *moment*, with all work that is due until then."""
        await pass_time(self.bot, self.clock, moment)


@dataclass(frozen=True, slots=True)
class Scene:
    """What people do at one moment of the story."""

    at: datetime
    play: Callable[[Story], Awaitable[None]]


async def _person(unit: Unit, user: int) -> int:
    """Return the id of a citizen who has started the chat; raise `ValueError` for another."""
    person = await unit.people.by_lane(f"tg:{user}")
    if person is None:
        message = f"user {user} has not started the chat"
        raise ValueError(message)
    return person.id


async def play(story: Story, scenes: Iterable[Scene], present: datetime) -> None:
    """Play the scenes before *present* in order of time, and move the clock to *present*."""
    for scene in sorted(scenes, key=lambda one: one.at):
        if scene.at <= present:
            await story.until(scene.at)
            await scene.play(story)
    await story.until(present)
