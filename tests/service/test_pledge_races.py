"""Pledges that staff enter while their person leaves, or can no longer be reached."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pledge_town import PledgeTown
from test_signup_races import together

from bot.model.commands.pledges import (
    BeginPledging,
    LeavePledging,
    MakePledgeFor,
    SignCampaignFor,
)
from bot.model.commands.reminders import AddParticipant, EndParticipant
from bot.model.pledge import CONSENT, PER_UNIT, PLEDGE, Pledge, PledgeSource, PledgeState
from bot.service.pledges import ending

pytestmark = pytest.mark.asyncio
ROUNDS = 8


async def live(pledging: PledgeTown, participant_id: int) -> list[Pledge]:
    """Return the pledges and signatures of a participant that live."""
    async with pledging.store.reading() as unit:
        return await unit.pledges.of_participant(participant_id)


def entered(pledging: PledgeTown, participant_id: int) -> MakePledgeFor:
    """Return a pledge that staff enter for a participant."""
    entry = pledging.catalogue["L1"]
    return MakePledgeFor(
        pledging.staff_id, participant_id, agreed=True, catalogue_id=entry, amount=20 * PER_UNIT
    )


@pytest.mark.parametrize("signs", [False, True])
@pytest.mark.parametrize("is_child", [False, True])
async def test_who_leaves_has_no_pledge(
    pledging: PledgeTown,
    is_child: bool,  # noqa: FBT001 - a parameter of the test
    signs: bool,  # noqa: FBT001
) -> None:
    """Staff enter a pledge while the person leaves, or says that they are under 15."""
    made = await pledging.campaign(target=100)
    for number in range(ROUNDS):
        name = f"P{number}"
        await pledging.add(name)
        person, participant = pledging.people[name], pledging.participants[name]
        enters = (
            SignCampaignFor(pledging.staff_id, participant, made, agreed=True)
            if signs
            else entered(pledging, participant)
        )
        leaves = BeginPledging(person, over_15=False) if is_child else LeavePledging(person)
        await together(pledging.do(enters), pledging.do(leaves))
        async with pledging.store.reading() as unit:
            agrees = CONSENT in await unit.consents.live(person)
            is_old = (await unit.profiles.get(participant)).over_15 is not False
        if not (agrees and is_old):
            assert await live(pledging, participant) == []


async def test_an_ended_participant_has_no_pledge(pledging: PledgeTown) -> None:
    """Staff enter a pledge while other staff delete the participant."""
    for number in range(ROUNDS):
        add = AddParticipant(pledging.staff_id, "Inger", f"2000{number:04}")
        participant = await pledging.do(add)
        ends = EndParticipant(pledging.staff_id, participant)
        await together(pledging.do(entered(pledging, participant)), pledging.do(ends))
        assert await live(pledging, participant) == []


async def test_a_refused_message_stops_pledges(pledging: PledgeTown) -> None:
    """Telegram refuses a message to a person: their pledges stop, and a signature is withdrawn."""
    own = await pledging.pledge("Ana", "L1")
    made = await pledging.campaign(target=2)
    signed = (await pledging.sign("Ana", made))["pledge_id"]
    async with pledging.store.unit() as unit:
        assert await unit.people.unreachable("tg:1") == pledging.people["Ana"]
        assert await unit.people.unreachable("tg:1") is None
        await ending.stop_unreachable(unit, pledging.people["Ana"])
        await ending.stop_unreachable(unit, pledging.people["Bo"])  # can be reached
    states = [(await pledging.pledge_of(one)).state for one in (own, signed)]
    assert states == [PledgeState.STOPPED, PledgeState.WITHDRAWN]
    assert (await pledging.sign("Bo", made))["missing"] == 1


async def test_a_phone_pledge_of_a_blocked_person_is_rung_about(pledging: PledgeTown) -> None:
    """Who has blocked the bot can promise something on the phone: the pledge lives."""
    ana = pledging.people["Ana"]
    async with pledging.store.unit() as unit:
        await unit.people.reach(ana, reachable=False)
    made = await pledging.do(entered(pledging, pledging.participants["Ana"]))
    await pledging.passes(timedelta(days=35))
    known = await pledging.pledge_of(made["pledge_id"])
    assert (known.state, known.source) == (PledgeState.ACTIVE, PledgeSource.PHONE)
    async with pledging.store.reading() as unit:
        asked = [one for one in await unit.deliveries.of_subject(PLEDGE, known.id, 9) if one.asks]
    assert asked


async def test_a_form_sent_again_makes_no_second_pledge(pledging: PledgeTown) -> None:
    """The form of a call that is sent again a second later makes one pledge, counted once."""
    who = await pledging.do(AddParticipant(pledging.staff_id, "Inger", "20002020"))
    form = entered(pledging, who)
    first = await pledging.do(form)
    pledging.clock.move_to(pledging.now + timedelta(seconds=1))
    again = await pledging.do(form)
    assert again["pledge_id"] == first["pledge_id"]
    assert await pledging.total("wild", "m2") == 20
