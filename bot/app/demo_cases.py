"""Play cases before the demo opens, so that the console is not empty.

Invented citizens write in the simulator, and invented staff act through the
console's commands. No row is inserted directly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from bot.app.compose import Bot
from bot.app.time_travel import pass_time
from bot.clock import TravelClock
from bot.engine.events import Refused
from bot.model.case import CaseKind
from bot.model.commands.casework import AnswerCase, AskCitizen, ClaimCase, EnterCase, WriteNote
from bot.service import execute
from bot.simulator import World
from bot.simulator.phone import PhonePerson

BEFORE = timedelta(days=8)  # how long before the present the story begins
PICTURE = "pothole.jpg"
STRANDVEJEN = (55.67613, 12.56851)
NEIGHBOURS = (
    PhonePerson(201, "Fatima", None, "da", {"da": "Venter på svar.", "en": "Waits for an answer."}),
    PhonePerson(202, "Oliver", None, "en", {"da": "Læser engelsk.", "en": "Reads English."}),
    PhonePerson(203, "Birthe", None, "da", {"da": "Har givet et praj.", "en": "Sent a report."}),
    PhonePerson(204, "Carsten", None, "da", {"da": "Er vred.", "en": "Is angry."}),
    PhonePerson(205, "Henrik", None, "da", {"da": "Har spurgt om noget.", "en": "Has asked."}),
)
FATIMA, OLIVER, BIRTHE, CARSTEN, HENRIK = (neighbour.id for neighbour in NEIGHBOURS)


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

    async def sends(self, user: int, picture: bytes, place: tuple[float, float]) -> None:
        """Send a citizen's location and photo."""
        self.world.send_location(user, *place)
        await self.bot.settle()
        self.world.send_photo(user, content=picture)
        await self.bot.settle()

    async def does(self, command: Any) -> dict[str, Any]:
        """Execute a staff command and return its value; raise `TypeError` where it is refused."""
        async with self.bot.parts.store.unit() as unit:
            done = await execute(command, unit)
        if isinstance(done, Refused):
            raise TypeError(done.why.key)
        await self.bot.settle()
        value = done.value
        return value if isinstance(value, dict) else {}

    async def case_of(self, user: int) -> int:
        """Return the id of the citizen's newest case."""
        async with self.bot.parts.store.reading() as unit:
            person = await unit.people.by_lane(f"tg:{user}")
            found = await unit.cases.of_person(person.id, 1) if person else []
        return found[0].id

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


async def tell_story(bot: Bot, world: World, clock: TravelClock, present: datetime) -> None:
    """Play the 8 days before *present*."""
    story = Story(bot, world, clock)
    mette, jonas = await story.staff("mette"), await story.staff("jonas")
    await _overdue(story, mette)
    await story.until(present - timedelta(days=2, hours=3))
    await _waiting(story, jonas)
    await story.until(present - timedelta(hours=20))
    await _reported(story)
    await story.until(present - timedelta(hours=2))
    await _angry(story)
    await story.until(present - timedelta(minutes=50))
    await _asked(story)
    await story.until(present - timedelta(minutes=20))
    await _rang(story, mette)
    await story.until(present)


async def _overdue(story: Story, mette: int) -> None:
    """Play a question that passes its due date although a staff member has claimed it."""
    words = "Kan jeg låne forsamlingshuset i Ørbakke til en barnedåb i januar?"
    await story.says(FATIMA, "/start", words, "[Spørg et menneske]")
    case = await story.case_of(FATIMA)
    await story.does(ClaimCase(mette, case))
    note = "Har skrevet til Kultur og Fritid om ledige dage. De vender tilbage."
    await story.does(WriteNote(mette, case, note))


async def _waiting(story: Story, jonas: int) -> None:
    """Play a case that waits for an answer from its citizen, who reads English."""
    words = "There is a big tree leaning over the path, is it safe to walk there?"
    await story.says(OLIVER, "/start", words, "[Ask a person]")
    case = await story.case_of(OLIVER)
    await story.does(ClaimCase(jonas, case))
    question = "Where is the tree? Please write the road, or what is next to it."
    await story.does(AskCitizen(jonas, case, question))


async def _reported(story: Story) -> None:
    """Play a report of a pothole with photo and location."""
    await story.says(BIRTHE, "/start", "Giv et praj", "[Hul i vejen]")
    picture = files("bot.app").joinpath(PICTURE).read_bytes()
    await story.sends(BIRTHE, picture, STRANDVEJEN)
    await story.says(BIRTHE, "Det er lige ved busstoppet, og det er dybt.", "[Send]")


async def _angry(story: Story) -> None:
    """Play an angry citizen who has waited for five weeks."""
    words = "I er ubrugelige, jeg har ventet i fem uger på svar om mit fortov!!"
    await story.says(CARSTEN, words)


async def _asked(story: Story) -> None:
    """Play a question that no staff member has claimed."""
    words = "Hvornår bliver hækken ved legepladsen på Møllevej klippet? Den hænger ud over stien."
    await story.says(HENRIK, "/start", words, "[Spørg et menneske]")


async def _rang(story: Story, mette: int) -> None:
    """Play a phone question whose written answer staff must give by phone."""
    words = "Hun vil gerne vide, om hun kan få hjælp til at komme på Digital Post igen."
    entered = EnterCase(
        mette, "phone", CaseKind.QUESTION, "Inger", "00 00 20 20", "service", "tangoe", words
    )
    case = (await story.does(entered))["case"]
    await story.does(ClaimCase(mette, case))
    answer = (
        "Ja, vi hjælper dig gerne. Kom i Borgerservice på Klintgade 1 torsdag kl. 10–17, "
        "og tag dit pas med."
    )
    await story.does(AnswerCase(mette, case, answer))
