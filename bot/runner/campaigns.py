"""Shared pledges in the chat: the list, the card of one, and a citizen's own signature."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.engine.events import Refused
from bot.i18n import Text
from bot.model.campaign import CAMPAIGN, PUBLIC, Campaign, CampaignState, shown_result
from bot.model.commands.pledges import WithdrawPledge
from bot.model.link import Link
from bot.model.opportunity import said, spoken_in
from bot.model.pledge import Pledge, PledgeState
from bot.runner import conversations, pledge_making
from bot.runner.context import TurnContext
from bot.runner.conversations import back_to_step
from bot.runner.pledge_owner import known_age, own_pledge
from bot.runner.pledge_sharing import link_of
from bot.runner.topic_names import area_name
from bot.service import execute
from bot.service.pledges import campaign_days, consent, pledge_messages, signing
from bot.service.pledges.campaign_days import FOLLOWS_UP_AT
from flows import campaign_cards
from flows.campaign_cards import AGAIN, Own, Shown
from flows.campaigns import JoinShared
from flows.invitation_cards import words_of
from flows.pledge_words import amount_words

MOST = 10  # campaigns of the list


async def show_all(context: TurnContext) -> None:
    """Show the campaigns that can be signed, those whose last day comes first before."""
    open_ones = await campaign_days.signable(context.unit)
    open_ones.sort(key=lambda one: (one.state is not CampaignState.OPEN, one.deadline, one.id))
    shown = [await shown_of(context, one) for one in open_ones[:MOST]]
    context.send(campaign_cards.all_of(shown))


async def show(context: TurnContext, campaign_id: int | None) -> None:
    """Show the card of a campaign."""
    known = await _public(context, campaign_id)
    context.send(
        campaign_cards.card(await shown_of(context, known)) if known else campaign_cards.gone()
    )


async def open_campaign(context: TurnContext, written: str) -> None:
    """Show the campaign whose id is in a deep link."""
    await show(context, conversations.id_of(written))
    await back_to_step(context)


async def opened(context: TurnContext, link: Link, _token: str) -> Send | None:
    """Return the campaign that a link opens; None where it is not public."""
    known = await _public(context, link.subject_id)
    if known is None:
        return None
    proof = await context.unit.links.proof(link.id)
    return campaign_cards.card(await shown_of(context, known, link=f"{link.id}-{proof}"))


async def _public(context: TurnContext, campaign_id: int | None) -> Campaign | None:
    """Return a campaign that is public, or that was cancelled after its approval."""
    found = await context.unit.campaigns.get(campaign_id) if campaign_id is not None else None
    is_read = found is not None and (
        found.state in PUBLIC or (found.state is CampaignState.CANCELLED and found.opened_at)
    )
    return found if is_read else None


async def join(context: TurnContext, campaign_id: int | None, written: str) -> None:
    """Begin a signature: ask only what is missing, or show the earlier one.

    *written* is the link by which the citizen came, or that they have turned 15.
    """
    known = await _public(context, campaign_id)
    if known is None or not campaign_days.is_signable(context.unit, known):
        await show(context, campaign_id)
        return
    unit, citizen = context.unit, context.citizen
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    own = await unit.pledges.signature_of(known.id, participant.id)
    if own is not None:
        context.send(campaign_cards.card(await shown_of(context, known)))
        return
    answered = await known_age(context, is_15=written == AGAIN)
    if answered is None:
        await not_joined(context, "young", known.id)
        return
    asks = await consent.asked_once(unit, citizen.id, participant.id)
    asks += ["amount"] if known.measure is not None else []
    lives_in = citizen.area or (await unit.profiles.get(participant.id)).area
    asks += ["area"] if known.area is not None and lives_in is None else []
    link_id = await link_of(context, CAMPAIGN, known.id, written)
    place = area_name(context, known.area) if known.area else ""
    start = {"campaign_id": known.id, "asks": asks, "link_id": link_id, "place": place}
    await conversations.begin(context, JoinShared, {**answered, **start})


async def joined(context: TurnContext, pledge_id: int | None, how: str) -> None:
    """Show what became of a signature; where the pledge counts, ask how the citizen begins."""
    own = await own_pledge(context, pledge_id)
    known = await _of(context, own)
    if own is None or known is None:
        context.send(campaign_cards.gone())
        return
    shown = await shown_of(context, known, own=own)
    is_counted = known.area is None or own.area == known.area
    mine = await own_of(context, own)
    context.send(
        campaign_cards.joined(shown, mine, is_last=how == signing.LAST, is_counted=is_counted)
    )
    if own.state is PledgeState.ACTIVE:
        told = len(context.outgoing)
        await pledge_making.plan(context, own)
        context.follow_up(told)


async def not_joined(context: TurnContext, why: str, campaign_id: int | None) -> None:
    """Say why nothing was signed."""
    again = f"joinshared.{campaign_id}.{AGAIN}" if why == "young" and campaign_id else ""
    context.send(campaign_cards.not_joined(why, context.contact(), again))


async def leave(context: TurnContext, pledge_id: int | None) -> None:
    """Ask whether a citizen takes their signature back."""
    own = await own_pledge(context, pledge_id)
    known = await _of(context, own)
    if own is None or known is None or own.state is not PledgeState.SIGNED:
        context.send(campaign_cards.gone())
        return
    context.send(campaign_cards.leave(await shown_of(context, known), await own_of(context, own)))


async def leave_at_once(context: TurnContext, pledge_id: int | None) -> None:
    """Take a signature back."""
    own = await own_pledge(context, pledge_id)
    is_left = own is not None and own.state is PledgeState.WITHDRAWN
    if own is None or own.campaign_id is None or own.state is not PledgeState.SIGNED:
        context.send(campaign_cards.left() if is_left else campaign_cards.gone())
        return
    outcome = await execute(WithdrawPledge(context.citizen.id, own.id), context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, campaign_cards.gone().buttons))
    else:
        context.send(campaign_cards.left())


async def _of(context: TurnContext, own: Pledge | None) -> Campaign | None:
    """Return the campaign of a signature."""
    if own is None or own.campaign_id is None:
        return None
    return await context.unit.campaigns.get(own.campaign_id)


async def signature_line(context: TurnContext, own: Pledge) -> Text | None:
    """Return a signature that waits for others as a line of the overview, else None."""
    known = await _of(context, own)
    if known is None or own.state is not PledgeState.SIGNED:
        return None
    return campaign_cards.line(await shown_of(context, known, own=own))


async def own_of(context: TurnContext, own: Pledge) -> Own:
    """Return a citizen's own signature as the chat tells it."""
    asked_on = await pledge_messages.sent_on(context.unit, own, own.ends_on, FOLLOWS_UP_AT)
    amount = amount_words(context.town, own.measure, own.amount, context.language)
    return Own(own.id, own.state, amount, asked_on)


async def shown_of(
    context: TurnContext, known: Campaign, *, own: Pledge | None = None, link: str = ""
) -> Shown:
    """Return a campaign as the chat shows it, in the citizen's language."""
    unit, citizen, language = context.unit, context.citizen, context.language
    if own is None:
        participant = await unit.participants.of_person(citizen.id, citizen.address)
        own = await unit.pledges.signature_of(known.id, participant.id)
    owner = await unit.staff.get(known.counter_staff_id) if known.counter_staff_id else None
    signers = (await unit.campaigns.signers([known.id])).get(known.id, 0)
    return Shown(
        id=known.id,
        title=said(known.titles, language),
        text=said(known.texts, language),
        state=campaign_days.as_now(unit, known).state,
        signers=signers,
        target=known.target,
        deadline=known.deadline,
        is_danish=spoken_in(known.texts, language) != language,
        area=area_name(context, known.area) if known.area else "",
        amount=amount_words(context.town, known.measure, known.amount, language),
        extended_from=known.extended_from,
        ends_on=campaign_days.follow_up_day(unit, known.activated_at)
        if known.activated_at is not None
        else None,
        counter=words_of(known.counter, language) if known.counter else "",
        owner=owner.first_name if owner is not None else "",
        counter_on=known.counter_on,
        counter_state=known.counter_state,
        counter_words=words_of(known.counter_words, language) if known.counter_words else "",
        result=shown_result(known, signers),
        is_overdue=known.is_overdue(context.calendar.local(context.now).date()),
        own=await own_of(context, own) if own is not None else None,
        link=link,
    )
