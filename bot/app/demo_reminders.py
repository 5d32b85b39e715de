"""The story's reminders: ambassadors, an association, news, a phone task and a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.app.demo_story import (
    BEFORE,
    BIRTHE,
    GRETHE,
    OLIVER,
    SOEREN,
    VIBEKE,
    Scene,
    Story,
)
from bot.calendar import Calendar
from bot.calendar.offset import Offset, Span
from bot.calendar.offset import to_json as offset_json
from bot.calendar.recurrence import Recurrence, Unit, to_json
from bot.i18n import show_date
from bot.model import audience as audiences
from bot.model.audience import Is
from bot.model.commands.links import MakeLink
from bot.model.commands.reminders import (
    AddGroup,
    AddParticipant,
    GiveRole,
    JoinGroup,
    SetReminder,
)
from bot.model.group import GroupKind
from bot.model.participant import CitizenRole
from bot.model.reminder import SUBJECT

A_DAY = timedelta(days=1)
WEDNESDAY, SUNDAY = 2, 6
COORDINATOR = "aisha"
AMBASSADORS = Is(audiences.ROLE, CitizenRole.AMBASSADOR)
POSTER = {
    "da": (
        "Hæng plakaten om strandrensningen op, hvor der kommer mange: i butikken, på biblioteket "
        "eller i opgangen."
    ),
    "en": (
        "Put up the poster about cleaning the beach where many people come: in the shop, at the "
        "library or in your stairwell."
    ),
}
PATH = {"da": "Stien rundt om Møllekær er åben igen. Der er kommet to nye bænke."}
WALK = {"da": "Gå med på tur rundt om Møllekær på søndag kl. 10. Vi mødes ved porten."}
NEIGHBOURS_ASK = {
    "da": "Skriv til mig, hvad dine naboer spørger om for tiden.",
    "en": "Write to me what your neighbours are asking about.",
}
BEACH = {
    "da": (
        "Vi renser stranden på søndag kl. 10. Vi mødes på P-pladsen ved Sandholm Strand. "
        "Tag varmt tøj på."
    ),
    "en": (
        "We clean the beach on Sunday at 10:00. We meet at the car park at Sandholm Beach. "
        "Wear warm clothes."
    ),
}


@dataclass(slots=True)
class ReminderStory:
    """The scenes of reminders; *link* is the token of a link to one, after the last scene.

    No message that can wait is sent on a calm day. *asked* and *eve* are the first and the last
    day of the story without calm, *coming* is the first such day that is at least two days ahead.
    """

    present: datetime
    calendar: Calendar
    link: str = ""
    asked: date = date.min
    eve: date = date.min
    coming: date = date.min
    group: int = 0

    def __post_init__(self) -> None:
        """Find the days."""
        today = self.calendar.local(self.present).date()
        began = self.calendar.local(self.present - BEFORE).date()
        self.asked = self._without_calm(began + A_DAY, A_DAY)
        self.eve = self._without_calm(today - A_DAY, -A_DAY)
        self.coming = self._without_calm(today + 2 * A_DAY, A_DAY)

    def _without_calm(self, day: date, step: timedelta) -> date:
        """Return *day*, or the nearest later or earlier day on which messages are sent."""
        while self.calendar.is_calm_day(day):
            day += step
        return day

    def scenes(self) -> tuple[Scene, ...]:
        """Return the scenes, in the 8 days before the present and after."""
        began, at = self.present - BEFORE, self.calendar.instant
        tomatoes = self._first_wednesday(began + timedelta(minutes=15))
        return (
            Scene(began, self._begin),
            Scene(began + timedelta(minutes=5), self._give_roles),
            Scene(began + timedelta(minutes=10), self._set_first),
            Scene(began + timedelta(minutes=15), self._ask_to_be_reminded),
            Scene(tomatoes + timedelta(minutes=20), self._watered),
            Scene(at(self.asked, time(10, 25)), self._done),
            Scene(at(self.asked, time(10, 40)), self._cannot),
            Scene(at(self.asked, time(11, 30)), self._later),
            Scene(at(self.asked, time(12, 30)), self._mute),
            Scene(at(self.eve, time(11, 30)), self._set_others),
            Scene(at(self.eve, time(15)), self._lead_reminds),
        )

    def _first_wednesday(self, began: datetime) -> datetime:
        """Return when the first reminder about the tomatoes is sent."""
        day = self.calendar.local(began).date()
        while (at := self.calendar.instant(day, time(16))) <= began or day.weekday() != WEDNESDAY:
            day += A_DAY
        return at

    async def _begin(self, story: Story) -> None:
        """Let citizens start, and some of them choose news."""
        for user in (OLIVER, BIRTHE, VIBEKE, SOEREN, GRETHE):
            await story.says(user, "/start")
        for user in (BIRTHE, SOEREN, GRETHE):
            await story.says(user, "/nyt", "[Natur og klima]", "[Færdig]", "[Ja]")

    async def _give_roles(self, story: Story) -> None:
        """Let staff make two ambassadors, and an association with a lead, in chat and by phone."""
        aisha = await story.staff(COORDINATOR)
        for user in (OLIVER, VIBEKE):
            ambassador = await story.participant(user)
            await story.does(GiveRole(aisha, ambassador, CitizenRole.AMBASSADOR))
        new = AddGroup(aisha, "Strandens Venner", GroupKind.ASSOCIATION, "sandholm")
        self.group = await story.does(new)
        poul = await story.does(AddParticipant(aisha, "Poul", "00 00 20 30"))
        lead = await story.participant(SOEREN)
        await story.does(JoinGroup(aisha, self.group, lead, is_lead=True))
        for member in (await story.participant(GRETHE), poul):
            await story.does(JoinGroup(aisha, self.group, member))

    async def _set_first(self, story: Story) -> None:
        """Let staff set a reminder that asks, and news."""
        every_other = self._rule(Unit.WEEK, self.asked, time(10), interval=2)
        members = audiences.Or((AMBASSADORS, self._members))
        topic = f"role:{CitizenRole.AMBASSADOR}"
        await self._set(story, POSTER, every_other, members, topic, asks=True)
        await self._tell(story, PATH, self._rule(Unit.ONCE, self.asked, time(12)))

    async def _ask_to_be_reminded(self, story: Story) -> None:
        """Let a citizen set a reminder to themselves, in their own words."""
        words = "Mind mig om at vande tomaterne hver anden onsdag kl. 16"
        await story.says(GRETHE, words, "[Ja, det er rigtigt]")

    async def _watered(self, story: Story) -> None:
        """Let the citizen do what they asked to be reminded of."""
        await story.says(GRETHE, "[Det er gjort]")

    async def _done(self, story: Story) -> None:
        """Let an ambassador answer that it is done."""
        await story.says(OLIVER, "[It is done]")

    async def _cannot(self, story: Story) -> None:
        """Let an ambassador answer that they cannot, and why."""
        reason = "Jeg er på ferie og kommer først hjem på mandag."
        await story.says(VIBEKE, "[Jeg kan ikke]", reason)

    async def _later(self, story: Story) -> None:
        """Let the lead choose another day, which is still ahead at the present."""
        when = f"{show_date(self.coming, 'da')} kl. 10"
        await story.says(SOEREN, "[Senere]", "[En anden dag]", when, "[Ja, det er rigtigt]")

    async def _mute(self, story: Story) -> None:
        """Let a citizen turn off the topic of news."""
        await story.says(BIRTHE, "[Mindre af det her]")

    async def _set_others(self, story: Story) -> None:
        """Let staff set monthly news, a weekly reminder, and one before an event, with a link."""
        monthly = self._rule(Unit.MONTH, self.eve, time(12), days=(self.eve.day,))
        await self._tell(story, WALK, monthly)
        weekly = self._rule(Unit.WEEK, self.coming, time(16))
        topic = f"role:{CitizenRole.AMBASSADOR}"
        await self._set(story, NEIGHBOURS_ASK, weekly, AMBASSADORS, topic, asks=True)
        beach = self._rule(Unit.ONCE, self._sunday(), time(10))
        # Two hours before is in the quiet hours of a Sunday, so it moves to the day before.
        beach["before"] = offset_json(Offset(-2, Span.HOUR))
        topic = f"group:{self.group}"
        made = await self._set(story, BEACH, beach, self._members, topic, prepares=True)
        by = await story.staff(COORDINATOR)
        self.link = await story.does(MakeLink(by, SUBJECT, made, "Plakaten på biblioteket"))

    async def _lead_reminds(self, story: Story) -> None:
        """Let the lead remind the members, in the chat."""
        words = "Vi mødes ved skuret og tæller poser og handsker."
        await story.says(
            SOEREN, "mind gruppen", words, "hver lørdag kl. 10", "[Ja, det er rigtigt]"
        )

    @property
    def _members(self) -> Is:
        """Return the members of the association."""
        return Is(audiences.GROUP, str(self.group))

    def _sunday(self) -> date:
        """Return the first Sunday that is at least two days ahead."""
        day = self.calendar.local(self.present).date() + 2 * A_DAY
        return day + (SUNDAY - day.weekday()) * A_DAY

    def _rule(self, unit: Unit, starts_on: date, at: time, **fields: Any) -> dict[str, Any]:
        """Return the JSON of a reminder's rule; a weekly one is on the weekday of its start."""
        if unit is Unit.WEEK:
            fields["weekdays"] = (starts_on.weekday(),)
        return {"recurrence": to_json(Recurrence(unit, starts_on, at, **fields))}

    async def _tell(self, story: Story, texts: Mapping[str, str], rule: Mapping[str, Any]) -> None:
        """Let staff send news to all who read Danish."""
        await self._set(story, texts, rule, Is(audiences.LANGUAGE, "da"), "nature")

    async def _set(
        self,
        story: Story,
        texts: Mapping[str, str],
        rule: Mapping[str, Any],
        audience: audiences.Audience,
        topic: str,
        *,
        asks: bool = False,
        prepares: bool = False,
    ) -> int:
        """Let staff set a reminder, and return its id."""
        by = await story.staff(COORDINATOR)
        who = audiences.to_json(audience)
        new = SetReminder(by, texts, rule, who, topic, asks=asks, prepares=prepares)
        made: int = await story.does(new)
        return made
