"""Who counts as a signer of a campaign: people, one number everywhere, until the last day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pledge_town import PledgeTown
from signup_town import refusal

from bot.model.campaign import CampaignState
from bot.model.commands.pledges import (
    AnswerUnmet,
    CompleteCampaign,
    ExtendCampaign,
    SignCampaignFor,
    StopPledge,
    WithdrawPledge,
)
from bot.model.delivery import Delivery
from bot.model.pledge import PledgeState
from bot.scheduler import publish_totals
from bot.service.pledges.campaign_days import as_now, signable
from bot.store.public_pledges import PublicPledges
from bot.store.unit import Unit
from flows.result_words import result_numbers

pytestmark = pytest.mark.asyncio


async def numbers(unit: Unit, campaign_id: int) -> set[int]:
    """Return the numbers of signers that pages, chat and the public are told."""
    (shown,) = await PublicPledges(unit).campaigns(
        1, unit.calendar.local(unit.now).date(), only=campaign_id
    )
    counted = await unit.campaigns.signers([campaign_id])
    nightly = (await PublicPledges(unit).signers())[campaign_id]
    return {shown.signers, counted[campaign_id], nightly}


async def messages(pledging: PledgeTown, pledge_id: int) -> list[Delivery]:
    """Return the messages about a pledge that were sent."""
    async with pledging.store.reading() as unit:
        rows = await unit.deliveries.of_subject("pledge", pledge_id, 9)
    return [one for one in rows if one.sent_at is not None]


async def test_a_person_who_signs_again_counts_once(pledging: PledgeTown) -> None:
    """Who stops and signs again is one signer, and one of those who were asked and answered."""
    own = await pledging.campaign(target=2)
    for name in ("Ana", "Bo"):
        await pledging.sign(name, own)
    ana = pledging.people["Ana"]
    first = (await pledging.sign("Ana", own))["pledge_id"]
    await pledging.do(StopPledge(ana, first))
    again = await pledging.sign("Ana", own)
    assert again["pledge_id"] != first
    assert again["signers"] == 2
    async with pledging.store.reading() as unit:
        assert await numbers(unit, own) == {2}
    await pledging.passes(timedelta(days=30))
    await pledging.answer("Ana", again["pledge_id"], "done")
    assert await pledging.do(CompleteCampaign(pledging.staff_id, own)) == own
    async with pledging.store.reading() as unit:
        known = await unit.campaigns.get(own)
        assert known is not None
        assert known.result == {"asked": 2, "answered": 1, "done": 1, "partly": 0, "not": 0}
        assert await numbers(unit, own) == {2}


async def told(unit: Unit, campaign_id: int) -> tuple[int | None, ...]:
    """Return the numbers of the result that everybody may read."""
    today = unit.calendar.local(unit.now).date()
    (shown,) = await PublicPledges(unit).campaigns(1, today, only=campaign_id)
    return tuple(result_numbers(shown.campaign.result).values())


async def test_who_took_the_pledge_back_leaves_the_result(pledging: PledgeTown) -> None:
    """A few who left are not told by the difference; after five the result is without them."""
    names = [f"Borger{n}" for n in range(22)]
    await pledging.add(*names)
    own = await pledging.campaign(target=len(names))
    signed = {name: (await pledging.sign(name, own))["pledge_id"] for name in names}
    await pledging.passes(timedelta(days=29))
    for name in names[:16]:
        await pledging.answer(name, signed[name], "done" if name in names[:10] else "not")
    assert await pledging.do(CompleteCampaign(pledging.staff_id, own)) == own

    async def after(leave: list[str]) -> tuple[int | None, ...]:
        for name in leave:
            await pledging.do(WithdrawPledge(pledging.people[name], signed[name]))
        pledging.clock.move_to(pledging.now + timedelta(days=1))
        await publish_totals(pledging.store)
        async with pledging.store.reading() as unit:
            return await told(unit, own)

    assert await after([]) == (22, 16, 10)
    assert await after(names[:4]) == (22, 16, 10)
    assert await after(names[4:5]) == (17, 11, 5)
    assert await after(names[10:14]) == (17, 11, 5)
    for name in (*names[5:10], *names[14:18]):
        await pledging.do(WithdrawPledge(pledging.people[name], signed[name]))
    async with pledging.store.reading() as unit:
        assert await told(unit, own) == (None, None, None)
    assert await after([]) == (None, None, None)
    async with pledging.store.reading() as unit:
        known = await unit.campaigns.get(own)
        assert known is not None
        assert known.result is not None
        assert known.result["asked"] == 4


async def test_who_kept_an_unmet_pledge_is_one_signer_after_an_extension(
    pledging: PledgeTown,
) -> None:
    """A signature that was kept anyway, and is over, counts once when there is more time."""
    own = await pledging.campaign(target=2, days=5)
    ana = pledging.people["Ana"]
    signed = (await pledging.sign("Ana", own))["pledge_id"]
    await pledging.passes(timedelta(days=7))
    await pledging.do(AnswerUnmet(ana, signed, keeps=True))
    await pledging.passes(timedelta(days=30))
    assert (await pledging.answer("Ana", signed, "done"))["ended"] is True
    later = pledging.now.date() + timedelta(days=20)
    assert await pledging.do(ExtendCampaign(pledging.staff_id, own, later, "Mere tid")) == own
    again = await pledging.sign("Ana", own)
    assert (again["pledge_id"], again["state"], again["signers"]) == (signed, "open", 1)
    assert (await pledging.sign("Bo", own))["state"] == "activated"


async def test_all_numbers_of_signers_are_one_at_the_end(pledging: PledgeTown) -> None:
    """When all have stopped, kept or been released, console, chat and public say the same."""
    own = await pledging.campaign(target=2)
    for name in ("Ana", "Bo", "Cem"):
        signed = await pledging.sign(name, own)
    await pledging.do(StopPledge(pledging.people["Cem"], signed["pledge_id"]))
    await pledging.passes(timedelta(days=60))
    async with pledging.store.reading() as unit:
        known = await unit.campaigns.get(own)
        assert known is not None
        assert known.state is CampaignState.COMPLETED
        assert await numbers(unit, own) == {3}


async def test_the_last_day_decides_also_while_the_timer_is_late(pledging: PledgeTown) -> None:
    """After the last day no one signs, although the campaign is still open in its row."""
    own = await pledging.campaign(target=2, days=5)
    signed = (await pledging.sign("Ana", own))["pledge_id"]
    async with pledging.store.reading() as unit:
        assert [one.id for one in await signable(unit)] == [own]
        assert await unit.campaigns.signers([]) == {}
    pledging.clock.move_to(pledging.now + timedelta(days=6))
    for name in ("Ana", "Bo"):
        assert refusal(await pledging.sign(name, own))
    by_phone = SignCampaignFor(pledging.staff_id, pledging.participants["Cem"], own, agreed=True)
    assert refusal(await pledging.do(by_phone))
    async with pledging.store.reading() as unit:
        known = await unit.campaigns.get(own)
        assert known is not None
        assert known.state is CampaignState.OPEN
        assert as_now(unit, known).state is CampaignState.EXPIRED_UNMET
        assert await signable(unit) == []
    await pledging.do(AnswerUnmet(pledging.people["Ana"], signed, keeps=True))
    assert (await pledging.pledge_of(signed)).state is PledgeState.ACTIVE
    later = pledging.now.date() + timedelta(days=20)
    assert await pledging.do(ExtendCampaign(pledging.staff_id, own, later, "Mere tid")) == own
    assert (await pledging.sign("Bo", own))["state"] == "activated"


async def test_no_one_signs_from_the_question_on(pledging: PledgeTown) -> None:
    """From the moment at which signers are asked no one signs, although the timer is late."""
    own = await pledging.campaign(target=2)
    for name in ("Ana", "Bo"):
        await pledging.sign(name, own)
    pledging.clock.move_to(pledging.now + timedelta(days=29))
    assert refusal(await pledging.sign("Cem", own))
    await pledging.passes(timedelta(minutes=1))


async def test_who_chooses_nothing_is_released_after_four_weeks(pledging: PledgeTown) -> None:
    """28 days after the message silent signers are released, also one known by phone alone."""
    own = await pledging.campaign(target=9, days=5)
    signed = {name: (await pledging.sign(name, own))["pledge_id"] for name in ("Ana", "Bo")}
    await pledging.add_by_phone("Ulla")
    ulla = pledging.participants["Ulla"]
    by_phone = SignCampaignFor(pledging.staff_id, ulla, own, agreed=True)
    signed["Ulla"] = (await pledging.do(by_phone))["pledge_id"]
    await pledging.passes(timedelta(days=8))
    told = next(one.sent_at for one in await messages(pledging, signed["Ana"]))
    assert told is not None
    await pledging.do(AnswerUnmet(pledging.people["Bo"], signed["Bo"], keeps=True))
    await pledging.until(told + timedelta(days=27, hours=23))
    states = {name: (await pledging.pledge_of(one)).state for name, one in signed.items()}
    assert states["Ana"] is states["Ulla"] is PledgeState.SIGNED
    await pledging.until(told + timedelta(days=28, hours=2))
    states = {name: (await pledging.pledge_of(one)).state for name, one in signed.items()}
    assert states["Ana"] is states["Ulla"] is PledgeState.RELEASED
    assert states["Bo"] is PledgeState.ACTIVE
    assert [one.kind for one in await messages(pledging, signed["Ana"])] == ["unmet"]
    async with pledging.store.reading() as unit:
        assert await unit.pledges.of_participant(pledging.participants["Ana"]) == []
        assert await numbers(unit, own) == {3}


async def test_more_time_takes_the_release_back(pledging: PledgeTown) -> None:
    """A campaign that is extended releases silent signers only after its new last day."""
    own = await pledging.campaign(target=9, days=5)
    signed = (await pledging.sign("Ana", own))["pledge_id"]
    await pledging.passes(timedelta(days=20))
    later = pledging.now.date() + timedelta(days=20)
    assert await pledging.do(ExtendCampaign(pledging.staff_id, own, later, "Mere tid")) == own
    await pledging.passes(timedelta(days=40))
    assert (await pledging.pledge_of(signed)).state is PledgeState.SIGNED
    await pledging.passes(timedelta(days=15))
    assert (await pledging.pledge_of(signed)).state is PledgeState.RELEASED
