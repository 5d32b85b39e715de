"""Erasure leaves no words of a person about pledges, but for what staff approved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pledge_town import PledgeTown
from sqlalchemy import select

from bot.model.campaign import CampaignState
from bot.model.commands.pledges import (
    ApproveCampaign,
    EditCampaign,
    LeavePledging,
    MakePledge,
    ProposeCampaign,
    ReturnCampaign,
    SavePlan,
    SubmitCampaign,
    TellObstacle,
)
from bot.store.personal_data import erase
from bot.store.tables import metadata

pytestmark = pytest.mark.asyncio
MARK = "Solsorten"


async def propose(pledging: PledgeTown) -> int:
    """Let Ana propose a campaign; return its id."""
    day = pledging.now.date() + timedelta(days=30)
    command = ProposeCampaign(pledging.people["Ana"], MARK, f"Jeg {MARK}", "wild", 5, day)
    made = await pledging.do(command)
    assert isinstance(made, int), made
    return made


async def approved(pledging: PledgeTown) -> int:
    """Let Ana propose a campaign that staff approve in words of their own."""
    made = await propose(pledging)
    fields = {"titles": {"da": "Fugle"}, "texts": {"da": "Jeg fodrer fugle"}}
    assert await pledging.do(EditCampaign(pledging.staff_id, made, 1, fields)) == made
    assert await pledging.do(SubmitCampaign(pledging.staff_id, made)) == made
    assert await pledging.do(ApproveCampaign(pledging.leader_id, made, 2)) == made
    return made


async def test_erasure_removes_a_persons_words(pledging: PledgeTown) -> None:
    """Words, goal, plan, obstacle and proposals without an approval are in no table."""
    ana = pledging.people["Ana"]
    kept = await approved(pledging)
    words = {"words": f"Jeg {MARK}", "theme": "wild", "goal_words": f"Mere {MARK}"}
    own = (await pledging.do(MakePledge(ana, **words)))["pledge_id"]
    await pledging.do(SavePlan(ana, own, f"{MARK} 1", f"{MARK} 2", f"{MARK} 3"))
    await pledging.do(TellObstacle(ana, own, words=f"{MARK} 4"))
    waits, returned = await propose(pledging), await propose(pledging)
    reason = ReturnCampaign(pledging.staff_id, returned, "Skriv hele titlen")
    assert await pledging.do(reason) == returned
    assert "campaign_proposed" in await pledging.alerts()
    await pledging.do(LeavePledging(ana))
    async with pledging.store.unit() as unit:
        for one in (waits, returned):
            known = await unit.campaigns.get(one)
            assert known is not None
            assert known.state is CampaignState.CANCELLED
        await erase(unit.connection, await unit.people.get(ana))
    async with pledging.store.reading() as unit:
        for table in metadata.sorted_tables:
            for row in await unit.connection.execute(select(table)):
                assert MARK not in str(row._mapping), table.name
        known = await unit.campaigns.get(kept)
        assert known is not None
        assert (known.title, known.state) == ("Fugle", CampaignState.OPEN)
    await pledging.passes(timedelta(days=10))
