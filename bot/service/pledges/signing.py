"""Sign a campaign: the signature that reaches the target activates it, exactly once."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.campaign import Campaign, CampaignState
from bot.model.commands.pledges import AnswerUnmet, SignCampaign, SignCampaignFor
from bot.model.opportunity import said
from bot.model.pledge import Approval, Pledge, PledgeSource, PledgeState, Visibility
from bot.service.pledges import campaign_clock, ending, pledge_messages
from bot.service.pledges.campaign_days import as_now, follow_up_day, is_signable
from bot.service.pledges.consent import entry_fault, own_fault
from bot.service.pledges.ending import NOT_YOURS, OVER, own
from bot.service.pledges.making import amount_fault, begin
from bot.store.events import CITIZEN, by_staff
from bot.store.unit import Unit

# How a signature counts: it waits for others, it was the last one needed, or it came after that.
WAITS, LAST, LATE = "waits", "last", "late"
NOT_OPEN = Refused(_("You cannot sign that pledge now."))


async def sign_campaign(command: SignCampaign, unit: Unit) -> Done | Refused:
    """Sign a campaign for a citizen; a second tap changes nothing and returns the same."""
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    await ending.hold_person(unit, participant.id)
    wrong = await own_fault(unit, person.id, participant.id)
    if wrong is not None:
        return wrong
    known = {one.key for one in unit.town.areas}
    area = command.area if command.area in known else person.area
    done = await _sign(unit, command, participant.id, area, CITIZEN)
    if isinstance(done, Done) and command.link_id is not None and done.value["is_new"]:
        await unit.links.count_done(command.link_id)
    return done


async def sign_campaign_for(command: SignCampaignFor, unit: Unit) -> Done | Refused:
    """Sign a campaign for a participant who phoned or came (HR-27)."""
    await ending.hold_person(unit, command.participant_id)
    wrong = await entry_fault(unit, command.participant_id, agreed=command.agreed)
    if wrong is not None:
        return wrong
    known = await unit.participants.get(command.participant_id)
    person_id = known.person_id if known is not None else None
    person = await unit.people.get(person_id) if person_id is not None else None
    area = person.area if person else None
    return await _sign(unit, command, command.participant_id, area, by_staff(command.staff_id))


async def _sign(
    unit: Unit,
    command: SignCampaign | SignCampaignFor,
    participant_id: int,
    lives_in: str | None,
    by: str,
) -> Done | Refused:
    """Store a signature under the lock of the campaign's row.

    The lock makes the count exact: of many signatures at once, one alone reaches the target.
    """
    campaign = await unit.campaigns.lock(command.campaign_id)
    if campaign is None or not is_signable(unit, campaign):
        return NOT_OPEN
    known = await unit.pledges.signature_of(campaign.id, participant_id)
    if known is not None:
        how = WAITS if known.state is PledgeState.SIGNED else LATE
        return Done(await _outcome(unit, campaign, known, how, is_new=False))
    amount = command.amount if command.amount is not None else campaign.amount
    wrong = amount_fault(unit, campaign.measure, amount)
    if wrong is not None:
        return Refused(wrong, "amount")
    area = lives_in or (await unit.profiles.get(participant_id)).area
    signature = _signature(unit, campaign, participant_id, amount)
    new = _with_how(replace(signature, area=area), command)
    made = replace(new, id=await unit.pledges.add(new))
    await unit.events.add(by, "signed_campaign", pledge=made.id, campaign=campaign.id)
    how = WAITS
    if made.state is PledgeState.ACTIVE:
        how = LATE
        await begin(unit, made)
    elif await _signers(unit, campaign.id) >= campaign.target:
        how = LAST
        await campaign_clock.activate(unit, campaign)
        campaign = replace(campaign, state=CampaignState.ACTIVATED)
    if how is LAST:
        # `tell_signers` leaves this person out, because the reply says the same.
        await pledge_messages.follow(unit, await unit.pledges.lock(made.id) or made)
    if how is not WAITS:
        in_chat = isinstance(command, SignCampaign)
        await pledge_messages.record_told(unit, made, pledge_messages.ACTIVATED, in_chat=in_chat)
    return Done(await _outcome(unit, campaign, made, how, is_new=True))


def _signature(unit: Unit, campaign: Campaign, participant_id: int, amount: int) -> Pledge:
    """Return a signature: a pledge at once where the campaign is activated.

    It lasts until the campaign asks whether people did it.
    """
    today = unit.calendar.local(unit.now).date()
    is_active = campaign.state is CampaignState.ACTIVATED
    since = campaign.activated_at or unit.now
    return Pledge(
        id=0,
        participant_id=participant_id,
        state=PledgeState.ACTIVE if is_active else PledgeState.SIGNED,
        words=said(campaign.texts, "da"),
        theme=campaign.theme,
        kind=campaign.kind,
        rhythm=campaign.rhythm,
        starts_on=today,
        ends_on=follow_up_day(unit, since),
        measure=campaign.measure,
        amount=amount if campaign.measure is not None else 0,
        catalogue_id=campaign.catalogue_id,
        campaign_id=campaign.id,
        approval=Approval.NEEDLESS,
        activated_at=unit.now if is_active else None,
    )


def _with_how(pledge: Pledge, command: SignCampaign | SignCampaignFor) -> Pledge:
    """Return the signature with how it came about, and who may see it."""
    if isinstance(command, SignCampaignFor):
        return replace(pledge, source=PledgeSource.PHONE)
    visibility = Visibility(command.visibility)
    return replace(pledge, visibility=visibility, link_id=command.link_id)


async def _outcome(
    unit: Unit, campaign: Campaign, pledge: Pledge, how: str, *, is_new: bool
) -> dict[str, object]:
    """Return what the reply says: how many have signed, and how many are missing."""
    counted = await _signers(unit, campaign.id)
    is_open = campaign.state is CampaignState.OPEN
    return {
        "pledge_id": pledge.id,
        "signers": counted,
        "missing": max(campaign.target - counted, 0) if is_open else 0,
        "state": campaign.state.value,
        "how": how,
        "is_new": is_new,
    }


async def _signers(unit: Unit, campaign_id: int) -> int:
    return (await unit.campaigns.signers([campaign_id])).get(campaign_id, 0)


async def answer_unmet(command: AnswerUnmet, unit: Unit) -> Done | Refused:
    """Keep a signature as a pledge of one's own, or release it, after too few have signed."""
    pledge = await own(unit, command.person_id, command.pledge_id)
    if pledge is None or pledge.campaign_id is None:
        return NOT_YOURS
    wanted = PledgeState.ACTIVE if command.keeps else PledgeState.RELEASED
    if pledge.state is wanted:
        return Done(pledge.id)
    campaign = await unit.campaigns.get(pledge.campaign_id)
    state = as_now(unit, campaign).state if campaign is not None else None
    is_unmet = state is CampaignState.EXPIRED_UNMET
    if pledge.state is not PledgeState.SIGNED or not is_unmet:
        return OVER
    if command.keeps:
        today = unit.calendar.local(unit.now).date()
        ends_on = follow_up_day(unit, unit.now)
        kept = replace(
            pledge,
            state=PledgeState.ACTIVE,
            starts_on=today,
            ends_on=ends_on,
            activated_at=unit.now,
        )
        names = ("state", "starts_on", "ends_on", "activated_at")
        await unit.pledges.change(pledge.id, **{name: getattr(kept, name) for name in names})
        await begin(unit, kept)
    else:
        await ending.enter(unit, pledge, PledgeState.RELEASED)
    verdict = "kept" if command.keeps else "released"
    await unit.events.add(command.by, "unmet_answered", pledge=pledge.id, verdict=verdict)
    return Done(pledge.id)
