"""A town where people make pledges, for the tests of the public pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from public_town import ask

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
from bot.service.pledges.totals import publish
from bot.store.store import Store

METTE, JONAS = 1, 2
AREAS = ("klintsund", "oerbakke", None)


async def add_people(town: Store, number: int, area: str | None = None) -> list[int]:
    """Add citizens who may be kept with their pledges; return their ids."""
    ids = []
    async with town.unit() as unit:
        known = await unit.people.count() if hasattr(unit.people, "count") else 0
        for _one in range(number):
            lane = unit_number = 1000 + known + len(ids) + _NEXT[0]
            new = Person(0, f"tg:{lane}", unit_number, "da", f"Borger{lane}", unit.now, 1, area=area)
            ids.append((await unit.people.add(new)).id)
    _NEXT[0] += number
    for one in ids:
        await ask(town, BeginPledging(one, over_15=True))
    return ids
