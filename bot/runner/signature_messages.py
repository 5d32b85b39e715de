"""Messages to the signers of a shared pledge: when they are sent, their texts and buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.engine.effects import Button, Send
from bot.engine.events import Refused
from bot.i18n import Text
from bot.model.campaign import Campaign, CampaignState
from bot.model.commands.pledges import AnswerUnmet, StopPledge
from bot.model.delivery import Answer, Delivery, Reason
from bot.model.opportunity import said
from bot.model.pledge import CheckInAnswer, Pledge, PledgeState
from bot.runner import campaigns, obstacles
from bot.runner.check_in_replies import is_other
from bot.runner.context import TurnContext
from bot.service import answers, execute
from bot.service.pledges import campaign_days, check_ins
from bot.service.pledges import pledge_messages as kinds
from bot.service.pledges.campaign_days import FOLLOWS_UP_AT
from bot.store.unit import Unit
from flows import campaign_cards, cards, shift_cards, signature_cards
from flows import obstacles as obstacle_cards
from flows.campaign_cards import Shown
from flows.invitation_cards import words_of
from flows.pledge_words import amount_words
from flows.signature_cards import KEEP, NO, RELEASE, SIMILAR, STOP

MOST_SIMILAR = 4  # pledges that are offered after too few have signed
Handler = Callable[[TurnContext, Delivery], Awaitable[None]]
Renderer = Callable[[TurnContext, Delivery, Pledge, Campaign], Awaitable[Send]]
S = PledgeState
# In which states of the signature, and of its campaign, a message is still sent.
SENT_IN: Mapping[str, tuple[frozenset[PledgeState], frozenset[CampaignState]]] = {
    kinds.ACTIVATED: (
        frozenset({S.ACTIVE, S.PAUSED}),
        frozenset({CampaignState.ACTIVATED, CampaignState.FOLLOW_UP}),
    ),
    kinds.UNMET: (frozenset({S.SIGNED}), frozenset({CampaignState.EXPIRED_UNMET})),
    kinds.EXTENDED: (frozenset({S.SIGNED}), frozenset({CampaignState.OPEN})),
    kinds.FOLLOW_UP: (
        frozenset({S.ACTIVE, S.PAUSED, S.KEPT}),
        frozenset({CampaignState.FOLLOW_UP}),
    ),
    kinds.CANCELLED: (
        frozenset({S.RELEASED, S.ACTIVE, S.PAUSED}),
        frozenset({CampaignState.CANCELLED}),
    ),
    kinds.MOVED: (
        frozenset({S.RELEASED, S.ACTIVE, S.PAUSED}),
        frozenset({CampaignState.CANCELLED}),
    ),
}


async def withheld(unit: Unit, delivery: Delivery) -> Reason | None:
    """Return why a message to a signer is no longer sent; None where it is."""
    own = await unit.pledges.get(delivery.subject_id)
    found = own.campaign_id if own is not None else None
    known = await unit.campaigns.get(found) if found is not None else None
    if own is None or known is None:
        return Reason.ENDED
    states, of_campaign = SENT_IN[delivery.kind]
    if own.state not in states or campaign_days.as_now(unit, known).state not in of_campaign:
        return Reason.ENDED
    if delivery.kind == kinds.MOVED:
        return await _is_joined(unit, delivery, own)
    if delivery.kind != kinds.FOLLOW_UP:
        return None
    answer = await unit.check_ins.on(own.id, kinds.asked_on(delivery))
    return Reason.ANSWERED if answer is not None and answer.undone_at is None else None


async def _is_joined(unit: Unit, delivery: Delivery, own: Pledge) -> Reason | None:
    """Return why a signer is not invited to a new version: it is not open, or already signed."""
    new = await unit.campaigns.get(int(delivery.mark))
    if new is None or not campaign_days.is_signable(unit, new):
        return Reason.ENDED
    signed = await unit.pledges.signature_of(new.id, own.participant_id or 0)
    return Reason.ANSWERED if signed is not None else None


async def render(
    context: TurnContext,
    delivery: Delivery,
    again: bool,  # noqa: FBT001 - called by position, as in `Subject`
) -> Send:
    """Return a message to a signer; *again* asks the silent a second time."""
    own, known = await _signature(context, delivery)
    if delivery.kind == kinds.FOLLOW_UP:
        return await _follow_up(context, delivery, again=again)
    return await RENDERERS[delivery.kind](context, delivery, own, known)


async def _signature(context: TurnContext, delivery: Delivery) -> tuple[Pledge, Campaign]:
    """Return the signature of a delivery, and its campaign."""
    own = await context.unit.pledges.get(delivery.subject_id)
    found = own.campaign_id if own is not None else None
    known = await context.unit.campaigns.get(found) if found is not None else None
    if own is None or known is None:
        message = f"delivery {delivery.id} has no signature"
        raise RuntimeError(message)
    return own, known


async def _shown(context: TurnContext, own: Pledge, known: Campaign) -> Shown:
    return await campaigns.shown_of(context, known, own=own)


def _promised(shown: Shown) -> Text:
    """Return what a signer promised, in their language."""
    amount = shown.own.amount if shown.own is not None else ""
    text = signature_cards.PROMISED_WITH if amount else signature_cards.PROMISED
    return text.with_(words=shown.text, amount=amount)


async def _activated(
    context: TurnContext, _delivery: Delivery, own: Pledge, known: Campaign
) -> Send:
    shown = await _shown(context, own, known)
    asked_on = await kinds.sent_on(context.unit, own, own.ends_on, FOLLOWS_UP_AT)
    return signature_cards.activated(shown, _promised(shown), asked_on, own.id)


async def _unmet(context: TurnContext, delivery: Delivery, own: Pledge, known: Campaign) -> Send:
    # The clock releases them on the morning after that day.
    until = campaign_days.released_on(context.unit, known) - timedelta(days=1)
    return signature_cards.unmet(await _shown(context, own, known), delivery, until)


async def _extended(
    context: TurnContext, _delivery: Delivery, own: Pledge, known: Campaign
) -> Send:
    why = words_of({"da": known.extended_why or ""}, context.language)
    shown = await _shown(context, own, known)
    return signature_cards.extended(shown, why, known.extended_from, own.id)


async def _cancelled(
    context: TurnContext, delivery: Delivery, own: Pledge, known: Campaign
) -> Send:
    why = words_of(known.reasons or {"da": known.reason or ""}, context.language)
    shown = await _shown(context, own, known)
    return signature_cards.cancelled(shown, why, delivery, lives=own.lives)


async def _moved(context: TurnContext, delivery: Delivery, own: Pledge, known: Campaign) -> Send:
    new = await context.unit.campaigns.get(int(delivery.mark))
    if new is None:
        message = f"delivery {delivery.id} has no new campaign"
        raise RuntimeError(message)
    shown = await campaigns.shown_of(context, new)
    card = campaign_cards.card(shown).text
    old = said(known.titles, context.language)
    return signature_cards.moved(old, shown, card, delivery, lives=own.lives)


async def _follow_up(context: TurnContext, delivery: Delivery, *, again: bool) -> Send:
    """Ask whether a signer did it."""
    own, known = await _signature(context, delivery)
    shown = await _shown(context, own, known)
    return signature_cards.follow_up(shown, _promised(shown), delivery, again=again)


RENDERERS: Mapping[str, Renderer] = {
    kinds.ACTIVATED: _activated,
    kinds.UNMET: _unmet,
    kinds.EXTENDED: _extended,
    kinds.CANCELLED: _cancelled,
    kinds.MOVED: _moved,
}
KINDS = frozenset({*RENDERERS, kinds.FOLLOW_UP})


async def _run(
    context: TurnContext, delivery: Delivery, command: Any, answer: Text, given: Answer
) -> bool:
    """Run a command, and show the answer in the message; return whether it was accepted."""
    text = (await render(context, delivery, delivery.asked_again_at is not None)).text
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (campaign_cards.TO_ALL, cards.TO_OVERVIEW, cards.TO_MENU)))
        return False
    await answers.record(context.unit, delivery, given)
    context.send(shift_cards.answered(text, answer))
    return True


async def _keep(context: TurnContext, delivery: Delivery) -> None:
    """Keep a pledge that too few have signed, as one's own."""
    command = AnswerUnmet(context.citizen.id, delivery.subject_id, keeps=True)
    if await _run(context, delivery, command, signature_cards.DOES_ANYWAY, Answer.DONE):
        own, _known = await _signature(context, delivery)
        asked_on = await check_ins.coming_on(context.unit, own)
        context.send(signature_cards.own_now(asked_on or own.ends_on))


async def _release(context: TurnContext, delivery: Delivery) -> None:
    """Release a signer from a pledge that too few have signed."""
    command = AnswerUnmet(context.citizen.id, delivery.subject_id, keeps=False)
    await _run(context, delivery, command, signature_cards.RELEASED, Answer.CANNOT)


async def _similar(context: TurnContext, delivery: Delivery) -> None:
    """Show open campaigns and entries of the catalogue that are like one too few have signed."""
    own, known = await _signature(context, delivery)
    unit, language = context.unit, context.language
    open_ones = [one for one in await campaign_days.signable(unit) if one.id != known.id]
    alike = [one for one in open_ones if one.theme == known.theme]
    entries = await unit.catalogue.published(known.theme)
    entries.sort(key=lambda one: one.id != own.catalogue_id)
    buttons: list[Button] = [
        cards.command_button(f"campaign.{one.id}", said(one.titles, language)) for one in alike
    ]
    buttons += [
        cards.command_button(f"pledgeof.{one.id}", said(one.titles, language)) for one in entries
    ]
    context.send(signature_cards.similar(buttons[:MOST_SIMILAR]))


async def _stop(context: TurnContext, delivery: Delivery) -> None:
    """Stop the pledge of a campaign that is cancelled."""
    command = StopPledge(context.citizen.id, delivery.subject_id)
    await _run(context, delivery, command, signature_cards.STOPPED, Answer.CANNOT)


async def _no_thanks(context: TurnContext, delivery: Delivery) -> None:
    """Note that a signer does not join the new version."""
    text = (await render(context, delivery, False)).text  # noqa: FBT003 - see `Subject`
    await answers.record(context.unit, delivery, Answer.CANNOT)
    context.send(shift_cards.answered(text, signature_cards.DECLINED_NEW))


def after(
    context: TurnContext, own: Pledge, delivery: Delivery, answer: CheckInAnswer, amount: int
) -> Send:
    """Return the thanks; after a no, what can be told and done."""
    if answer is not CheckInAnswer.NOT:
        other = amount if is_other(own, amount) else 0
        said = amount_words(context.town, own.measure, other, context.language) if other else ""
        is_part = answer is CheckInAnswer.PARTLY
        return signature_cards.thanks(own.campaign_id, delivery, said, is_part=is_part)
    return signature_cards.not_done(own.id, delivery, obstacle_cards.buttons(delivery))


BUTTONS: Mapping[str, Handler] = {
    KEEP: _keep,
    RELEASE: _release,
    SIMILAR: _similar,
    STOP: _stop,
    NO: _no_thanks,
    **obstacles.BUTTONS,
}
