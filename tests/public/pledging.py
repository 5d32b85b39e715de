"""A town where people make pledges, for the tests of the public pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from public_town import ask

from bot.clock import TravelClock
from bot.model.commands.pledges import (
    AddCampaign,
    AnswerOutcome,
    ApproveCampaign,
    BeginPledging,
    GroupContributions,
    MakePledge,
    SignCampaign,
    SubmitCampaign,
    TellObstacle,
)
from bot.model.commands.reminders import AddGroup, JoinGroup
from bot.model.person import Person
from bot.model.pledge import PER_UNIT
from bot.scheduler import publish_totals
from bot.service.content import employ, import_town
from bot.store.store import Store
from bot.testing import klintsund

METTE, JONAS = 1, 2


class Pledging:
    """Citizens, their pledges and the nights of a town."""

    def __init__(self, store: Store, clock: TravelClock) -> None:
        """Use a store with its clock."""
        self.store, self.clock = store, clock
        self.number = 0
        self.catalogue: dict[str | None, int] = {}

    async def begin(self) -> None:
        """Add the town's content and staff."""
        async with self.store.unit() as unit:
            await import_town(klintsund(), unit)
            await employ(klintsund(), unit)
            self.catalogue = {one.code: one.id for one in await unit.catalogue.published()}

    async def person(self, name: str = "", area: str | None = None) -> int:
        """Add a citizen who may be kept with their pledges."""
        self.number += 1
        number = self.number
        name = name or f"Borger{number}"
        async with self.store.unit() as unit:
            new = Person(0, f"tg:{number}", number, "da", name, unit.now, 1, area=area)
            made = (await unit.people.add(new)).id
        await ask(self.store, BeginPledging(made, over_15=True))
        return made

    async def pledge(self, person: int, code: str = "L1", **fields: Any) -> int:
        """Let a citizen make a pledge; amounts are in units."""
        if "amount" in fields:
            fields["amount"] *= PER_UNIT
        made = await ask(self.store, MakePledge(person, self.catalogue[code], **fields))
        number: int = made["pledge_id"]
        return number

    async def add_factor(self, code: str) -> None:
        """Convert the unit of an entry of the catalogue."""
        factor = {
            "unit": {"da": "kg CO₂"},
            "low": 1.5,
            "high": 2,
            "source": {"da": "Energistyrelsen.", "en": "The Danish Energy Agency."},
        }
        async with self.store.unit() as unit:
            await unit.catalogue.change(self.catalogue[code], factor=factor)

    async def pledges(self, number: int, area: str | None = None, **fields: Any) -> list[int]:
        """Let new citizens of an area make a pledge each; return the pledges."""
        return [await self.pledge(await self.person(area=area), **fields) for _one in range(number)]

    async def group(self, name: str, kind: str, lead: int) -> int:
        """Add a group with its lead."""
        made: int = await ask(self.store, AddGroup(METTE, name, kind))
        async with self.store.unit() as unit:
            participant = await unit.participants.of_person(lead, "")
        await ask(self.store, JoinGroup(METTE, made, participant.id, is_lead=True))
        return made

    async def campaign(self, signers: int = 0, **fields: Any) -> int:
        """Open a campaign with signatures of new citizens."""
        whole = {
            "titles": {"da": "Sluk havnens lys", "en": "Turn off the harbour"},
            "texts": {"da": "Jeg slukker mit udelys kl. 22.", "en": "I turn off my lamp at 10 pm."},
            "theme": "night",
            "target": 20,
            "deadline": self.clock.now().date().replace(month=12, day=30),
            "measure": "lamps",
            "amount": 2 * PER_UNIT,
            **fields,
        }
        made: int = await ask(self.store, AddCampaign(METTE, whole, None))
        await ask(self.store, SubmitCampaign(METTE, made))
        await ask(self.store, ApproveCampaign(JONAS, made, 1))
        for _one in range(signers):
            await ask(self.store, SignCampaign(await self.person(), made))
        return made

    async def obstacle(
        self, people: int, title: str, answer: str, *, published: bool = False
    ) -> int:
        """Let citizens say what stood in the way, and answer it; a few are *published* if asked."""
        said = []
        for _one in range(people):
            person = await self.person()
            own = await self.pledge(person)
            said.append(await ask(self.store, TellObstacle(person, own, words="Ingen plads")))
        made: int = await ask(self.store, GroupContributions(METTE, said, title=title))
        texts = ({"da": title}, {"da": answer}, "Teknisk udvalg")
        await ask(self.store, AnswerOutcome(METTE, made, 1, *texts, also_publish=published))
        return made

    async def next_night(self) -> int:
        """Let a day pass, and its night's work be done."""
        self.clock.move_to(self.clock.now() + timedelta(days=1))
        return await self.night()

    async def night(self) -> int:
        """Let the night's work be done; return how many snapshots it stored."""
        return await publish_totals(self.store)
