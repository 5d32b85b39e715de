"""A town that invites volunteers: opportunities, profiles, invitations, and what comes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reminder_town import Town, local

from bot.engine.events import Done
from bot.model.audience import EVERYONE, PERSON, Audience, Is, Or, to_json
from bot.model.commands.reminders import AddGroup, AddParticipant, JoinGroup
from bot.model.commands.volunteering import (
    AddInvitation,
    AddOpportunity,
    AddShift,
    AnswerInvitation,
    BecomeVolunteer,
    PublishOpportunity,
    SaveProfile,
)
from bot.model.delivery import Delivery
from bot.model.invitation import INVITATION, InvitationResults, VolunteerInvitation
from bot.model.opportunity import Kind
from bot.model.person import Person
from bot.model.signup import Signup
from bot.service import execute
from bot.service.volunteering.invitations import results
from bot.store.store import Store
from bot.store.unit import Unit

WORDS = "Vi mangler hænder til kagebordet."
THURSDAY = local(11, 26, 17)  # the shift, in the evening


async def opportunity_of(unit: Unit, **fields: Any) -> int:
    """Add an opportunity and publish it; return its id."""
    whole = {
        "titles": {"da": "Sprogcafé", "en": "Language café"},
        "texts": {"da": "Vi taler dansk."},
        "kind": Kind.SHIFTS,
        "takes": 120,
        "insurance": "municipality",
        **fields,
    }
    made = await execute(AddOpportunity(1, whole, (1,)), unit)
    assert isinstance(made, Done), made
    published = await execute(PublishOpportunity(1, made.value), unit)
    assert isinstance(published, Done), published
    return int(made.value)


class InvitationTown(Town):
    """A town with one opportunity, whose shift is on Thursday evening."""

    def __init__(self, database_url: str) -> None:
        """Create the town."""
        super().__init__(database_url)
        self.opportunity = self.shift = 0

    async def open(self, seats: int | None = 10, **fields: Any) -> None:
        """Open the opportunity with its shift; without places by agreement."""
        async with self.unit() as unit:
            self.opportunity = await opportunity_of(unit, **fields)
        if fields.get("kind") is not Kind.AGREEMENT:
            ends_at = local(11, 26, 19)
            self.shift = await self.do(AddShift(1, self.opportunity, THURSDAY, ends_at, seats))

    async def volunteer(self, name: str, **fields: Any) -> None:
        """Let a citizen tell about themselves, which consents to be found tasks."""
        person, _participant = await self.person(name)
        await self.do(BecomeVolunteer(person, over_15=True))
        await self.do(SaveProfile(person, **fields))

    async def invite(self, who: Audience | Sequence[str], quota: int = 1, **more: Any) -> Any:
        """Invite an audience or people by name; return the id, or the refusal."""
        if not isinstance(who, Sequence):
            audience: Audience = who
        else:
            audience = Or(tuple([Is(PERSON, str(await self.participant(one))) for one in who]))
        whole = {"texts": {"da": WORDS}, **more}
        shift = self.shift or None
        command = AddInvitation(
            1, self.opportunity, shift, audience=to_json(audience), quota=quota, **whole
        )
        return await self.do(command)

    async def invitation(self, invitation_id: int) -> VolunteerInvitation:
        """Return an invitation."""
        async with self.unit() as unit:
            known = await unit.volunteer_invitations.get(invitation_id)
        assert known is not None
        return known

    async def answer(
        self, name: str, invitation_id: int, reply: str, *, agrees: bool = True, **more: Any
    ) -> Any:
        """Let a citizen answer, who *agrees* to be kept; return what they are told, or why not."""
        person, _participant = await self.person(name)
        if agrees:
            await self.do(BecomeVolunteer(person, over_15=True))
        done = await self.do(AnswerInvitation(person, invitation_id, reply, **more))
        return done["told"] if isinstance(done, dict) else done

    async def asked(self, invitation_id: int) -> dict[str, Delivery]:
        """Return the deliveries of an invitation by the names of people."""
        async with self.unit() as unit:
            found = await unit.deliveries.of_subject(INVITATION, invitation_id, 1000)
            names = await unit.participants.names({one.participant_id for one in found})
        return {names[one.participant_id]: one for one in found}

    async def results(self, invitation_id: int) -> InvitationResults:
        """Return what became of an invitation."""
        async with self.unit() as unit:
            return await results(unit, invitation_id)

    async def signup(self, name: str) -> Signup | None:
        """Return the live sign-up of a citizen."""
        who = await self.participant(name)
        async with self.unit() as unit:
            return await unit.signups.live_of(
                who, shift_id=self.shift or None, opportunity_id=self.opportunity
            )

    async def by_phone(self, name: str) -> int:
        """Enter a participant who is not in the chat; return the id."""
        return int(await self.do(AddParticipant(1, name, "00 00 20 20", is_another=True)))

    async def group(self, *names: str, lead: str) -> int:
        """Found a group with its lead and members; return its id."""
        made = int(await self.do(AddGroup(1, "Kagegruppen", "association")))
        for name in (lead, *names):
            who = await self.participant(name)
            await self.do(JoinGroup(1, made, who, is_lead=name == lead))
        return made


async def crowd(store: Store, number: int) -> dict[int, int]:
    """Add people who are old enough; return the participants by person."""
    made = {}
    async with store.unit() as unit:
        for n in range(number):
            new = Person(0, f"tg:{5000 + n}", 5000 + n, "da", f"P{n}", unit.now, 1)
            person = await unit.people.add(new)
            participant = await unit.participants.of_person(person.id, new.address)
            await execute(BecomeVolunteer(person.id, over_15=True), unit)
            made[person.id] = participant.id
    return made


EVERYBODY = Is(EVERYONE)
