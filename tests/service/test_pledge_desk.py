"""The counts of the console's pages of pledges, on each database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pledge_town import PledgeTown

from bot.model.commands.pledges import (
    AddCampaign,
    GroupContributions,
    MakePledge,
    StopPledge,
    SubmitCampaign,
    TellObstacle,
)
from bot.model.pledge import PER_UNIT
from bot.store.pledge_desk import Made, PledgeDesk, PledgeWork

pytestmark = pytest.mark.asyncio


async def waiting(pledging: PledgeTown, staff_id: int) -> PledgeWork:
    """Return the work of a member of the staff within a month."""
    async with pledging.store.reading() as unit:
        until = unit.calendar.local(unit.now).date() + timedelta(days=31)
        return await PledgeDesk(unit).waiting(staff_id, until)


async def test_pledges_are_counted_by_their_entry(pledging: PledgeTown) -> None:
    """All that were made are counted, and those that live."""
    first = await pledging.pledge("Ana", "L1", amount=20 * PER_UNIT)
    await pledging.pledge("Bo", "L1", amount=20 * PER_UNIT)
    await pledging.do(StopPledge(pledging.people["Ana"], first))
    corner, hedge = pledging.catalogue["L1"], pledging.catalogue["L2"]
    async with pledging.store.reading() as unit:
        found = await PledgeDesk(unit).made_from([corner, hedge])
    assert found == {corner: Made(all=2, live=1)}


async def test_an_obstacle_waits_to_be_grouped_then_for_its_owner(pledging: PledgeTown) -> None:
    """What is not grouped waits for all, an answer for its owner alone."""
    mette, jonas = pledging.staff_id, pledging.leader_id
    assert await waiting(pledging, mette) == PledgeWork(0, 0, 0)
    own = await pledging.pledge("Ana", "L1", amount=20 * PER_UNIT)
    told = await pledging.do(TellObstacle(pledging.people["Ana"], own, "time"))
    assert await waiting(pledging, mette) == await waiting(pledging, jonas) == PledgeWork(0, 1, 0)
    await pledging.do(GroupContributions(mette, [told], title="Ingen tid", owner_id=jonas))
    assert await waiting(pledging, mette) == PledgeWork(0, 0, 0)
    assert await waiting(pledging, jonas) == PledgeWork(0, 1, 0)


async def test_a_campaign_waits_for_another_than_its_author(pledging: PledgeTown) -> None:
    """The author cannot approve it, so it waits for the others."""
    fields = {
        "titles": {"da": "Sluk havnens lys"},
        "texts": {"da": "Jeg slukker mit udelys kl. 22."},
        "theme": "night",
        "target": 3,
        "deadline": pledging.now.date() + timedelta(days=30),
    }
    made = await pledging.do(AddCampaign(pledging.staff_id, fields))
    await pledging.do(SubmitCampaign(pledging.staff_id, made))
    assert await waiting(pledging, pledging.staff_id) == PledgeWork(0, 0, 0)
    assert await waiting(pledging, pledging.leader_id) == PledgeWork(1, 0, 0)


async def test_own_words_wait_to_be_read(pledging: PledgeTown) -> None:
    """Words that others are to see wait for all who may read them; private ones do not."""
    how = {"theme": "wild", "rhythm": "month", "ends_on": "2027-10-01"}
    ana = pledging.people["Ana"]
    await pledging.do(MakePledge(ana, words="Jeg luger stien", **how))
    assert (await waiting(pledging, pledging.leader_id)).own_words == 0
    await pledging.do(MakePledge(ana, words="Jeg fodrer fugle", visibility="unnamed", **how))
    assert (await waiting(pledging, pledging.leader_id)).own_words == 1
