"""A town with pledges, and the helpers of their tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from volunteer_town import citizen, do

from bot.model.campaign import Campaign
from bot.model.commands.pledges import (
    AddCampaign,
    ApproveCampaign,
    BeginPledging,
    MakePledge,
    SignCampaign,
    SubmitCampaign,
)
from bot.model.pledge import MeasureKind, Pledge, Rhythm
from bot.model.pledge_catalogue import CatalogueEntry
from bot.model.staff import Staff
from bot.service.content import import_town
from bot.store.store import Store
from bot.testing import klintsund

HARBOUR = {
    "titles": {"da": "Ren havn", "en": "A clean harbour"},
    "texts": {"da": "Jeg samler affald på havnen en time.", "en": "I collect litter for an hour."},
    "theme": "wild",
    "target": 3,
    "kind": MeasureKind.LEVEL,
    "rhythm": Rhythm.ONCE,
}


async def entry(town: Store, code: str) -> CatalogueEntry:
    """Return the entry of the catalogue with a code."""
    async with town.unit() as unit:
        await import_town(klintsund(), unit)
    async with town.reading() as unit:
        return next(one for one in await unit.catalogue.all() if one.code == code)


async def pledger(town: Store, name: str, number: int) -> int:
    """Add a citizen who may make pledges. Return the person's id."""
    person = await citizen(town, name, number)
    await do(town, BeginPledging(person, over_15=True))
    return person


async def pledges(
    town: Store, name: str, number: int, code: str = "L1", **how: Any
) -> tuple[int, Pledge]:
    """Add a citizen who makes a pledge of the catalogue. Return the person's id and the pledge."""
    person = await pledger(town, name, number)
    known = await entry(town, code)
    done = await do(town, MakePledge(person, catalogue_id=known.id, **how))
    return person, await pledge(town, done["pledge_id"])


async def pledge(town: Store, pledge_id: int) -> Pledge:
    """Return a pledge."""
    async with town.reading() as unit:
        found = await unit.pledges.get(pledge_id)
    assert found is not None
    return found


async def campaign(town: Store, campaign_id: int) -> Campaign:
    """Return a campaign."""
    async with town.reading() as unit:
        found = await unit.campaigns.get(campaign_id)
    assert found is not None
    return found


async def drafted(town: Store, author: Staff, **changed: Any) -> int:
    """Let a member of the staff write a draft of a campaign. Return its id."""
    async with town.reading() as unit:
        deadline = unit.calendar.local(unit.now).date() + timedelta(days=30)
    fields: Mapping[str, Any] = {**HARBOUR, "deadline": deadline, **changed}
    return int(await do(town, AddCampaign(author.id, fields)))


async def opened(town: Store, author: Staff, approver: Staff, **changed: Any) -> int:
    """Return the id of a campaign that is open for signatures."""
    made = await drafted(town, author, **changed)
    await do(town, SubmitCampaign(author.id, made))
    version = (await campaign(town, made)).version
    await do(town, ApproveCampaign(approver.id, made, version))
    return made


async def signs(town: Store, name: str, number: int, campaign_id: int) -> int:
    """Add a citizen who signs a campaign. Return the id of the signature."""
    person = await pledger(town, name, number)
    done = await do(town, SignCampaign(person, campaign_id))
    return int(done["pledge_id"])
