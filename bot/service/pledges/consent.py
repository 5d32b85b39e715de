"""The consent to keep what a person promises, and their age: given, asked for, and withdrawn."""

from __future__ import annotations

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.campaign import UNAPPROVED, CampaignState
from bot.model.commands.pledges import BeginPledging, LeavePledging
from bot.model.pledge import CONSENT, CONSENT_TEXT_VERSION
from bot.service.pledges import campaign_clock, ending
from bot.service.volunteering import profiles
from bot.service.volunteering.signups import ASK_FIRST, NO_PERSON, agreement_fault
from bot.store.events import CITIZEN
from bot.store.unit import Unit

UNDER_15 = Refused(
    _("You must be 15 to make a pledge here. You can make one together with a parent."), "under_15"
)


async def begin_pledging(command: BeginPledging, unit: Unit) -> Done | Refused:
    """Store the consent with the age; of a child store the age alone (HR-20)."""
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    await ending.hold_person(unit, participant.id)
    if command.over_15 is not None:
        await unit.profiles.save(participant.id, over_15=command.over_15)
    if command.over_15 is False:
        await ending.stop_all(unit, participant.id, CITIZEN)
        return Done(participant.id)
    await unit.consents.give(person.id, CONSENT, CONSENT_TEXT_VERSION, person.language)
    return Done(participant.id)


async def leave_pledging(command: LeavePledging, unit: Unit) -> Done | Refused:
    """Withdraw the consent: live pledges stop, and proposals that are not approved end."""
    participant = await unit.participants.of_person(command.person_id)
    await ending.stop_all(unit, participant.id, CITIZEN)
    for one in await unit.campaigns.of_proposer(participant.id):
        if one.state in UNAPPROVED:
            await _end_proposal(unit, one.id)
    await unit.consents.withdraw(command.person_id, CONSENT)
    await unit.events.add(CITIZEN, "left_pledging", participant=participant.id)
    return Done(participant.id)


async def _end_proposal(unit: Unit, campaign_id: int) -> None:
    """Cancel a proposal of a citizen, about which staff are asked no more."""
    known = await unit.campaigns.lock(campaign_id)
    if known is None or known.state not in UNAPPROVED:
        return
    await campaign_clock.move(unit, known, CampaignState.CANCELLED, ended_at=unit.now)
    await campaign_clock.stop_timers(unit, known.id)
    await campaign_clock.close_approval(unit, known.id)
    await unit.events.add(CITIZEN, "campaign_cancelled", campaign=known.id)


async def asked_once(unit: Unit, person_id: int, participant_id: int) -> list[str]:
    """Return what a person must answer before a pledge of theirs is kept: age and consent.

    A person who said that they are under 15 is asked for their age again.
    """
    asks = await profiles.asked_once(unit, person_id, participant_id, CONSENT)
    is_child = (await unit.profiles.get(participant_id)).over_15 is False
    return ["over_15", *asks] if is_child else asks


async def own_fault(unit: Unit, person_id: int, participant_id: int) -> Refused | None:
    """Return why what a citizen writes about pledges may not be kept; None where it may."""
    if (await unit.profiles.get(participant_id)).over_15 is False:
        return UNDER_15
    return ASK_FIRST if await asked_once(unit, person_id, participant_id) else None


async def entry_fault(unit: Unit, participant_id: int, *, agreed: bool) -> Refused | None:
    """Return why staff may not enter a pledge of a person; what they *agreed* to is kept."""
    known = await unit.participants.get(participant_id)
    if known is None or known.ended_at is not None:
        return NO_PERSON
    consent = (CONSENT, CONSENT_TEXT_VERSION)
    return await agreement_fault(unit, known, consent, UNDER_15, agreed=agreed)
