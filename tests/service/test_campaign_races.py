"""Citizens who sign at the same time, on both databases: a campaign is activated exactly once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from pledge_town import PledgeTown
from sqlalchemy import select
from test_signup_races import UnevenClock, refused, together

from bot.model.campaign import CampaignState
from bot.model.commands.pledges import (
    AnswerUnmet,
    CancelCampaign,
    ChangePledge,
    ExtendCampaign,
    LeavePledging,
    WithdrawPledge,
)
from bot.model.pledge import PER_UNIT, PledgeState
from bot.store.tables import event

TAPS = 500


async def activations(town: PledgeTown) -> int:
    """Return how often a campaign was activated, by the audit trail."""
    async with town.store.reading() as unit:
        query = select(event.c.id).where(event.c.verb == "campaign_activated")
        return len((await unit.connection.execute(query)).all())


async def state_of(town: PledgeTown, campaign_id: int) -> CampaignState:
    """Return the state of a campaign."""
    async with town.store.reading() as unit:
        known = await unit.campaigns.get(campaign_id)
    assert known is not None
    return known.state


async def states(town: PledgeTown, campaign_id: int) -> Counter[str]:
    """Return how many signatures are in each state."""
    async with town.store.reading() as unit:
        found = await unit.pledges.signatures(campaign_id, tuple(PledgeState))
    return Counter(one.state.value for one in found)


async def test_500_sign_at_once(pledging: PledgeTown) -> None:
    """One signature is the last one needed; all 500 become pledges, and each is told once."""
    crowd = [f"N{number}" for number in range(TAPS)]
    await pledging.add(*crowd)
    own = await pledging.campaign(target=TAPS // 2)
    names = (*crowd, *crowd[::50], *crowd[:10])
    taps = [pledging.sign(name, own) for name in names]
    pledging.store.clock = UnevenClock(pledging.now)
    outcomes = (await together(*taps))[:TAPS]
    pledging.store.clock = pledging.clock
    assert await activations(pledging) == 1
    hows = Counter(one["how"] for one in outcomes)
    assert hows["last"] <= 1  # a double tap may have been first, and says the same as a late one
    assert await states(pledging, own) == {"active": TAPS}
    assert await pledging.total("night", "lamps") == 2 * TAPS
    await pledging.passes(timedelta(hours=1))
    told = Counter(name for name, occasion in pledging.sent if occasion == "activated")
    assert max(told.values()) == 1
    async with pledging.store.reading() as unit:
        signatures = await unit.pledges.signatures(own)
        assert await unit.pledges.untold(own, {PledgeState.ACTIVE}, "activated", TAPS) == []
    assert len({one.participant_id for one in signatures}) == TAPS


async def test_the_last_two_sign_while_one_leaves(pledging: PledgeTown) -> None:
    """The campaign is activated if and only if enough signatures counted at some moment."""
    for _round in range(6):
        own = await pledging.campaign(target=3)
        ana = (await pledging.sign("Ana", own))["pledge_id"]
        await pledging.sign("Bo", own)
        before = await activations(pledging)
        await together(
            pledging.sign("Cem", own),
            pledging.do(WithdrawPledge(pledging.people["Ana"], ana)),
            pledging.sign("Dina", own),
        )
        assert await activations(pledging) == before + 1
        found = await states(pledging, own)
        assert found == {"active": 3, "withdrawn": 1}
        for one in await signatures(pledging, own):
            await pledging.do(WithdrawPledge(None, one))
    assert await pledging.total("night", "lamps") == 0


async def signatures(town: PledgeTown, campaign_id: int) -> list[int]:
    """Return the ids of the live signatures of a campaign."""
    async with town.store.reading() as unit:
        return [one.id for one in await unit.pledges.signatures(campaign_id)]


async def test_one_too_few_after_one_leaves(pledging: PledgeTown) -> None:
    """A signature that was taken back first does not count for the target."""
    for _round in range(6):
        own = await pledging.campaign(target=2)
        ana = (await pledging.sign("Ana", own))["pledge_id"]
        before = await activations(pledging)
        done = await together(
            pledging.do(WithdrawPledge(pledging.people["Ana"], ana)), pledging.sign("Bo", own)
        )
        found, now = await states(pledging, own), await activations(pledging)
        if done[1]["how"] == "last":
            assert (now, found) == (before + 1, {"active": 1, "withdrawn": 1})
        else:
            assert (now, found) == (before, {"signed": 1, "withdrawn": 1})


async def test_many_leave_two_campaigns_at_once(pledging: PledgeTown) -> None:
    """People who withdraw their consent at once hold the campaigns in one order."""
    crowd = [f"N{number}" for number in range(12)]
    await pledging.add(*crowd)
    both = [await pledging.campaign(target=30) for _number in range(2)]
    for place, name in enumerate(crowd):
        for own in both if place % 2 else both[::-1]:
            await pledging.sign(name, own)
    leave = [pledging.do(LeavePledging(pledging.people[name])) for name in crowd]
    assert refused(await together(*leave)) == 0
    for own in both:
        assert await states(pledging, own) == {"withdrawn": 12}


async def test_a_change_while_it_is_activated(pledging: PledgeTown) -> None:
    """A new amount at the same moment is in the total, once."""
    for number in range(5):
        own = await pledging.campaign(target=2)
        ana = (await pledging.sign("Ana", own))["pledge_id"]
        change = ChangePledge(pledging.people["Ana"], ana, amount=5 * PER_UNIT)
        await together(pledging.do(change), pledging.sign("Bo", own))
        assert await pledging.total("night", "lamps") == 7 * (number + 1)


async def test_signing_while_it_is_cancelled(pledging: PledgeTown) -> None:
    """Who signed before is released and told; the others are refused."""
    crowd = [f"N{number}" for number in range(20)]
    await pledging.add(*crowd)
    own = await pledging.campaign(target=30)
    outcomes = await together(
        *(pledging.sign(name, own) for name in crowd[:10]),
        pledging.do(CancelCampaign(pledging.staff_id, own, "Storm")),
        *(pledging.sign(name, own) for name in crowd[10:]),
    )
    await pledging.passes(timedelta(hours=1))
    found = await states(pledging, own)
    assert set(found) <= {"released"}
    assert found["released"] == 20 - refused(outcomes)
    told = [name for name, occasion in pledging.sent if occasion == "cancelled"]
    assert len(told) == len(set(told)) == found["released"]


async def test_answering_while_it_is_extended(pledging: PledgeTown) -> None:
    """An answer after too few signed counts, or the pledge waits again."""
    for _round in range(4):
        own = await pledging.campaign(target=9, days=2)
        ana = (await pledging.sign("Ana", own))["pledge_id"]
        bo = (await pledging.sign("Bo", own))["pledge_id"]
        await pledging.passes(timedelta(days=3))
        deadline = pledging.now.date() + timedelta(days=9)
        await together(
            pledging.do(AnswerUnmet(pledging.people["Ana"], ana, keeps=False)),
            pledging.do(ExtendCampaign(pledging.staff_id, own, deadline, "Mere tid")),
            pledging.do(AnswerUnmet(pledging.people["Bo"], bo, keeps=True)),
        )
        assert await state_of(pledging, own) is CampaignState.OPEN
        assert (await pledging.pledge_of(ana)).state in {PledgeState.RELEASED, PledgeState.SIGNED}
        assert (await pledging.pledge_of(bo)).state in {PledgeState.ACTIVE, PledgeState.SIGNED}
