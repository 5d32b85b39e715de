"""A citizen proposes a shared pledge in the chat, and is told what staff decide."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.model.campaign import CAMPAIGN, Campaign, CampaignState, replaced_by
from bot.model.delivery import Delivery, Reason
from bot.model.opportunity import said
from bot.runner import campaigns, conversations, pledge_sharing
from bot.runner.context import TurnContext
from bot.runner.pledge_owner import known_age
from bot.service.pledges import campaigns as service
from bot.service.pledges import consent, revising
from bot.service.pledges.campaign_clock import FAILED, MET
from bot.store.unit import Unit
from flows import campaign_cards, signature_cards
from flows.campaign_cards import AGAIN
from flows.campaigns import ChangeShared, StartShared


async def start(context: TurnContext, written: str) -> None:
    """Begin a proposal; *written* says that the citizen has turned 15."""
    unit, citizen = context.unit, context.citizen
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    if not await service.may_propose(unit, participant.id):
        context.send(Send(service.ENOUGH, campaign_cards.gone().buttons))
        return
    answered = await known_age(context, is_15=written == AGAIN)
    if answered is None:
        again = f"startshared.{AGAIN}"
        context.send(campaign_cards.not_joined("young", context.contact(), again))
        return
    asks = await consent.asked_once(unit, citizen.id, participant.id)
    reached, ended = await unit.campaigns.success()
    known = {"asks": asks, "reached": reached, "ended": ended, "catalogue_id": None, "words": None}
    await conversations.begin(context, StartShared, {**answered, **known})


async def change(context: TurnContext, campaign_id: int | None) -> None:
    """Begin the change of a returned proposal, or say how far it is."""
    known = await _own(context, campaign_id)
    if known is None:
        context.send(campaign_cards.gone())
        return
    if not revising.is_returned(known):
        await _how_far(context, known)
        return
    reached, ended = await context.unit.campaigns.success()
    now = {
        "campaign_id": known.id,
        "now_name": said(known.titles, context.language),
        "now_words": said(known.texts, context.language),
        "now_target": known.target,
        "now_deadline": known.deadline.isoformat(),
        "why": known.reason,
        "passed": known.deadline <= context.calendar.local(context.now).date(),
    }
    await conversations.begin(context, ChangeShared, {**now, "reached": reached, "ended": ended})


async def _how_far(context: TurnContext, known: Campaign) -> None:
    """Say that a proposal is with staff, or show the pledge where it is approved or ended."""
    is_read = known.state is CampaignState.IN_REVIEW or replaced_by(known) is not None
    if is_read or known.state is CampaignState.DRAFT:
        context.send(Send(revising.WITH_STAFF.why, campaign_cards.gone().buttons))
    else:
        await campaigns.show(context, known.id)


async def not_revised(context: TurnContext, campaign_id: int | None) -> None:
    """Say that a changed proposal is not sent, and how it can be."""
    context.send(signature_cards.not_sent(campaign_id))


async def _own(context: TurnContext, campaign_id: int | None) -> Campaign | None:
    """Return a campaign that the citizen proposed."""
    known = await context.unit.campaigns.get(campaign_id) if campaign_id is not None else None
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    return known if known is not None and known.proposer_id == participant.id else None


async def proposed(context: TurnContext, campaign_id: int | None) -> None:
    """Say that a proposal is with staff, and when the answer comes."""
    known = await _own(context, campaign_id)
    if known is None:
        context.send(campaign_cards.gone())
        return
    day = service.answer_day(context.unit)
    context.send(signature_cards.proposed(said(known.titles, context.language), day))


async def withheld(unit: Unit, delivery: Delivery) -> Reason | None:
    """Return why a message to a proposer is no longer sent; None where it is."""
    known = await unit.campaigns.get(delivery.subject_id)
    if known is None or known.proposer_id != delivery.participant_id:
        return Reason.ENDED
    states = {
        service.APPROVED: {CampaignState.OPEN, CampaignState.ACTIVATED},
        service.RETURNED: {CampaignState.DRAFT},
        service.DECLINED: {CampaignState.CANCELLED},
        MET: {CampaignState.ACTIVATED},
        FAILED: {CampaignState.EXPIRED_UNMET},
    }
    return None if known.state in states[delivery.kind] else Reason.ENDED


async def render(
    context: TurnContext,
    delivery: Delivery,
    again: bool,  # noqa: FBT001 - called by position, as in `Subject`
) -> Send:
    """Return what became of a proposal, with the proposer's own link where it is approved."""
    del again
    known = await context.unit.campaigns.get(delivery.subject_id)
    if known is None:
        message = f"delivery {delivery.id} has no campaign"
        raise RuntimeError(message)
    shown = await campaigns.shown_of(context, known)
    if delivery.kind == service.APPROVED:
        return signature_cards.approved(shown, await _own_link(context, known))
    if delivery.kind in {MET, FAILED}:
        return signature_cards.met(shown) if delivery.kind == MET else signature_cards.failed(shown)
    why = known.reason or ""
    card = (
        signature_cards.returned if delivery.kind == service.RETURNED else signature_cards.declined
    )
    return card(shown, why)


async def _own_link(context: TurnContext, known: Campaign) -> str:
    """Return the proposer's own link; empty where there can be none."""
    link = await pledge_sharing.link_to(context, CAMPAIGN, known.id)
    return link[1] if isinstance(link, tuple) else ""


async def line(unit: Unit, delivery: Delivery, language: str) -> str:
    """Return one line about a proposal, for lists."""
    known = await unit.campaigns.get(delivery.subject_id)
    return said(known.titles, language) if known is not None else ""
