"""The story's volunteering: the town's opportunities, and what volunteers do in a week.

A volunteer signs up, cannot come, and is replaced by a stand-in. Others come, wait, do not
answer, ask for a task, and are invited. One citizen still has dates ahead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.app.demo_story import (
    BEFORE,
    BIRTHE,
    GRETHE,
    NADIA,
    OLIVER,
    SAMIRA,
    VIBEKE,
    Scene,
    Story,
)
from bot.calendar import Calendar
from bot.i18n import render
from bot.model import audience as audiences
from bot.model.audience import Is, Or
from bot.model.commands.staff import ChangeStaff
from bot.model.commands.volunteering import (
    AddInvitation,
    AddShift,
    ImportOpportunities,
    MarkAttendance,
    SetGate,
    SignUpFor,
)
from bot.model.link import OPPORTUNITY_PAYLOAD
from bot.model.opportunity import Gate, Shift
from bot.model.profile import GATE_TAKES, GateState
from bot.model.signup import AT_RISK_FROM, SignupState
from bot.model.staff import May
from bot.service.content import shipped_opportunities
from bot.service.volunteering.signup_messages import times_before
from bot.store.events import by_staff
from flows.volunteer_cards import date_label

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
COORDINATOR, HEAD = "aisha", "lone"
READING, TRISHAW, CAFE, REPAIRS, WALK = "V1", "V2", "V4", "V7", "V10"
OPENS, CLOSES = 13, 15  # the hours of the repair café that is over at the present
EARLIEST, LATEST = 9, 18  # the hours at which the walk may begin
JOIN = ("[Ja]", "[Ja]")  # over 15, and the consent
PROFILE = ("[Færdig]", "[onsdag]", "[Færdig]", "[Klintsund By]", "[Være sammen med andre]")
INVITATION = {
    "da": "Der kommer mange nye til sprogcaféen, og vi mangler to, der kan lide at snakke.",
    "en": "Many new people come to the language café, and we need two who like to talk.",
}


@dataclass(slots=True)
class VolunteerStory:
    """The scenes of volunteering.

    *held* is the beginning of a repair café in the story. *walk* is the beginning of a walk so
    soon after the present that a silent volunteer is at risk. *invited* is when staff invite.
    """

    present: datetime
    calendar: Calendar
    held: datetime = field(init=False)
    walk: datetime = field(init=False)
    invited: datetime = field(init=False)

    def __post_init__(self) -> None:
        """Find the times."""
        began = self.calendar.local(self._joined).date()
        days = (began + number * A_DAY for number in range(1, BEFORE.days + 1))
        self.held = next(at for at in self._on(days, OPENS) if self._asks_after(at, self._joined))
        today = self.calendar.local(self.present).date()
        earliest, latest = self.present + 4 * AN_HOUR, self.present + AT_RISK_FROM - AN_HOUR
        hours = (
            self.calendar.instant(day, time(hour))
            for day in (today, today + A_DAY)
            for hour in range(EARLIEST, LATEST + 1)
        )
        self.walk = next(at for at in hours if earliest <= at <= latest)
        before = (today - number * A_DAY for number in range(1, BEFORE.days))
        self.invited = next(self._on(before, 12))

    def _on(self, days: Iterator[date], hour: int) -> Iterator[datetime]:
        """Yield an hour of the days on which messages are sent."""
        for day in days:
            if not self.calendar.is_calm_day(day):
                yield self.calendar.instant(day, time(hour))

    def _asked_at(self, begins_at: datetime) -> datetime:
        """Return when volunteers are asked whether they come to a shift."""
        return times_before(self.calendar, begins_at).question

    def _asks_after(self, begins_at: datetime, moment: datetime) -> bool:
        """Return whether the question about a shift comes after a moment."""
        return self._asked_at(begins_at) > moment

    def _label(self, shift: Shift) -> str:
        """Return the tap of a shift's button, in Danish."""
        shown = render(date_label(shift), "da", escape=str, zone=self.calendar.zone)
        return f"[{shown}]"

    @property
    def _joined(self) -> datetime:
        """Return when the first volunteers sign up."""
        return self.present - BEFORE + timedelta(minutes=20)

    def scenes(self) -> tuple[Scene, ...]:
        """Return the scenes, in the 8 days before the present."""
        closed = self.held + timedelta(hours=CLOSES - OPENS)
        return (
            Scene(self.present - BEFORE, self._publish),
            Scene(self._joined, self._sign_up),
            Scene(self.held - timedelta(hours=4, minutes=30), self._cannot),
            Scene(self.held - timedelta(hours=3, minutes=45), self._take_over),
            Scene(closed + timedelta(minutes=5), self._note_who_came),
            Scene(closed + timedelta(minutes=90), self._say_how_it_went),
            Scene(self._asked_at(self.walk) + timedelta(minutes=40), self._say_coming),
            Scene(self.invited - AN_HOUR, self._request),
            Scene(self.invited, self._invite),
            Scene(self.invited + timedelta(minutes=20), self._answer),
            Scene(self.invited + timedelta(minutes=40), self._ask_for_reading),
            Scene(self.invited + timedelta(minutes=70), self._order),
        )

    async def _publish(self, story: Story) -> None:
        """Let staff import the town's opportunities, and plan two extra dates.

        The head lets the coordinator see certificates.
        """
        aisha = await story.staff(COORDINATOR)
        rows = shipped_opportunities()
        imported = await story.does(ImportOpportunities(aisha, rows, publishes=True))
        if imported["faults"]:
            raise ValueError(imported["faults"])
        repairs, walk = await _id_of(story, REPAIRS), await _id_of(story, WALK)
        ends = self.held + timedelta(hours=CLOSES - OPENS)
        await story.does(AddShift(aisha, repairs, self.held, ends))
        await story.does(AddShift(aisha, walk, self.walk, self.walk + 2 * AN_HOUR))
        await self._let_handle_gates(story, aisha)

    async def _let_handle_gates(self, story: Story, staff_id: int) -> None:
        """Let the head give the coordinator the permission for certificates."""
        by = by_staff(await story.staff(HEAD))
        one = next(one for one in story.bot.parts.town.staff if one.username == COORDINATOR)
        role, themes = one.role, one.themes
        await story.does(
            ChangeStaff(
                by, staff_id, one.first_name, one.unit, role, themes, one.head, (May.HANDLE_GATES,)
            )
        )

    async def _sign_up(self, story: Story) -> None:
        """Let a citizen look around and sign up.

        Three ring, and staff sign them up for the walk: the last one waits.
        """
        await story.says(SAMIRA, "/start", "[Bliv frivillig]", "[Emne]", "[Kultur og fritid]")
        repairs = await _shift(story, REPAIRS, lambda at: at == self.held)
        await story.says(SAMIRA, self._label(repairs), *JOIN, *PROFILE)
        aisha = await story.staff(COORDINATOR)
        walk = await _shift(story, WALK, lambda at: at == self.walk)
        for user in (BIRTHE, GRETHE, VIBEKE):
            who = await story.participant(user)
            await story.does(SignUpFor(aisha, who, walk.opportunity_id, walk.id, agreed=True))

    async def _cannot(self, story: Story) -> None:
        """Let the volunteer answer late that they cannot come, and look for a stand-in."""
        await story.says(SAMIRA, "[Jeg kan ikke]", "[Find en afløser]")

    async def _take_over(self, story: Story) -> None:
        """Let a neighbour, who has not written before, take over by the volunteer's link."""
        found = re.search(r"start=(\S+)", story.newest_text(SAMIRA))
        if found is None:
            message = "there is no link for a stand-in"
            raise ValueError(message)
        await story.says(NADIA, f"/start {found[1]}", "[Jeg tager over]", "ja", "ja")

    async def _note_who_came(self, story: Story) -> None:
        """Let staff note who came."""
        aisha = await story.staff(COORDINATOR)
        came = await _signup(story, NADIA)
        await story.does(MarkAttendance(by_staff(aisha), came, SignupState.ATTENDED))

    async def _say_how_it_went(self, story: Story) -> None:
        """Let the stand-in answer the thanks, and look at their hours."""
        words = "Vi fik gang i en gammel symaskine. Det var hyggeligt."
        await story.says(NADIA, "[Det gik godt]", words, "mine timer")

    async def _say_coming(self, story: Story) -> None:
        """Let one volunteer of the walk say that they come; the other does not answer."""
        await story.says(GRETHE, "[Jeg kommer]")

    async def _invite(self, story: Story) -> None:
        """Let staff invite two volunteers to a date whose question is still to come."""
        aisha = await story.staff(COORDINATOR)
        asked = [await story.participant(user) for user in (SAMIRA, OLIVER)]
        audience = audiences.to_json(Or(tuple(Is(audiences.PERSON, str(one)) for one in asked)))
        cafe = await _shift(story, CAFE, lambda at: self._asks_after(at, self.present + AN_HOUR))
        id_ = cafe.opportunity_id
        await story.does(AddInvitation(aisha, id_, cafe.id, INVITATION, audience, quota=2))

    async def _answer(self, story: Story) -> None:
        """Let one accept the invitation, and the other decline it."""
        await story.says(SAMIRA, "[Ja, jeg kommer]")
        await story.says(OLIVER, "[Not this time]")

    async def _ask_for_reading(self, story: Story) -> None:
        """Let the citizen sign up for a date that needs a certificate."""
        reading = await _shift(story, READING, lambda at: at > self.present + GATE_TAKES)
        await _opens(story, SAMIRA, READING)
        await story.says(SAMIRA, self._label(reading), "[Ja]")

    async def _order(self, story: Story) -> None:
        """Let staff order the certificate."""
        aisha = await story.staff(COORDINATOR)
        samira = await story.participant(SAMIRA)
        await story.does(SetGate(aisha, samira, Gate.CHILDREN, GateState.ORDERED))

    async def _request(self, story: Story) -> None:
        """Let a citizen ask for a task by agreement; the bot names who answers and by when."""
        await _opens(story, OLIVER, TRISHAW)
        await story.says(OLIVER, "[Sign me up]", "[Yes]", "[Yes]", "[Rather not say]")
        await story.says(OLIVER, "[Yes]", "[Yes]", "[Not now]")


async def _opens(story: Story, user: int, code: str) -> None:
    """Let a citizen open an opportunity by the link of its public page."""
    await story.says(user, f"/start {OPPORTUNITY_PAYLOAD}{await _id_of(story, code)}")


async def _id_of(story: Story, code: str) -> int:
    """Return the id of the opportunity with a code; raise `ValueError` for an unknown one."""
    async with story.bot.parts.store.reading() as unit:
        known = await unit.opportunities.of_code(code)
    if known is None:
        message = f"no opportunity has the code {code}"
        raise ValueError(message)
    return known.id


async def _shift(story: Story, code: str, fits: Callable[[datetime], bool]) -> Shift:
    """Return the first coming shift of an opportunity whose beginning *fits*."""
    id_ = await _id_of(story, code)
    async with story.bot.parts.store.reading() as unit:
        coming = await unit.shifts.of([id_], after=unit.now)
    return next(one for one in coming if fits(one.begins_at))


async def _signup(story: Story, user: int) -> int:
    """Return the id of a citizen's newest sign-up."""
    participant = await story.participant(user)
    async with story.bot.parts.store.reading() as unit:
        return (await unit.signups.of_person(participant, 1))[0].id
