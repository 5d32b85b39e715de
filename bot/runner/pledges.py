"""Messages about a pledge: those to signers of a shared pledge have their own module."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.engine.effects import Redraw, Send
from bot.i18n import Text
from bot.model.delivery import Delivery, Reason
from bot.model.opportunity import said
from bot.model.pledge import (
    APART,
    Approval,
    MeasureKind,
    Plan,
    Pledge,
    PledgeState,
    Rhythm,
    plan_of,
)
from bot.runner import signature_messages
from bot.runner.context import TurnContext
from bot.runner.pledge_owner import source_of
from bot.service.pledges import check_ins
from bot.service.pledges import pledge_messages as kinds
from bot.service.pledges.check_in_days import period_of
from bot.service.pledges.ending import withheld_for
from bot.store.unit import Unit
from flows import check_in_cards, pledge_made_cards
from flows.check_in_cards import GOAL_WORDS, Asked
from flows.invitation_cards import words_of
from flows.pledge_words import amount_words

# Check-ins are planned for the same minute, and are sent some seconds after it.
NEARLY_APART = APART - timedelta(hours=1)


def _is_ended(own: Pledge) -> bool:
    return own.state in {PledgeState.KEPT, PledgeState.STOPPED}


def _is_not_shown(own: Pledge) -> bool:
    """Return whether staff do not show own words that the person wants others to see."""
    return own.is_for_others and own.approval is Approval.REFUSED


# What must still be so of a pledge when a message that only tells something is sent.
TOLD_OF: Mapping[str, Callable[[Pledge], bool]] = {
    kinds.ENDED: _is_ended,
    kinds.NOT_SHOWN: _is_not_shown,
    kinds.NO_NAME: lambda own: own.shows_name,
}


async def withheld(unit: Unit, delivery: Delivery) -> Reason | None:
    """Return why a message about a pledge is no longer sent; None where it is."""
    if delivery.kind in signature_messages.KINDS:
        return await signature_messages.withheld(unit, delivery)
    own = await unit.pledges.get(delivery.subject_id)
    if own is None or own.participant_id != delivery.participant_id:
        return Reason.ENDED
    if delivery.kind in TOLD_OF:
        return None if TOLD_OF[delivery.kind](own) else Reason.ENDED
    if delivery.kind == kinds.PLAN:
        return None if own.state is PledgeState.SIGNED else withheld_for(unit, own)
    answer = await unit.check_ins.on(own.id, kinds.asked_on(delivery))
    if answer is not None and answer.undone_at is None:
        return Reason.ANSWERED
    return withheld_for(unit, own)


async def follows(unit: Unit, delivery: Delivery) -> datetime | None:
    """Return when the next check-in comes after this one; None after the last one."""
    own = await unit.pledges.get(delivery.subject_id)
    if delivery.kind not in kinds.QUESTIONS or own is None or not own.lives:
        return None
    day = await kinds.question_after(unit, own, kinds.asked_on(delivery))
    return unit.calendar.instant(day, kinds.ASKS_AT) if day is not None else None


async def replaces(context: TurnContext, delivery: Delivery) -> list[Redraw]:
    """Return the earlier question about a pledge without its buttons, when a new one is sent.

    So only the newest one asks in the chat; the page of the pledge offers the earlier ones.
    """
    own = await context.unit.pledges.get(delivery.subject_id)
    if delivery.kind not in kinds.QUESTIONS or own is None:
        return []
    redrawn = []
    for one in (await check_ins.missed(context.unit, own))[:1]:
        if one.message_id is not None and one.reason is not Reason.DIGEST:
            said = (await render(context, one, False)).text  # noqa: FBT003 - see `Subject`
            text = check_in_cards.not_answered(said)
            redrawn.append(Redraw(text, message_id=one.message_id))
    return redrawn


async def render(
    context: TurnContext,
    delivery: Delivery,
    again: bool,  # noqa: FBT001 - called by position, as in `Subject`
) -> Send:
    """Return a message about a pledge; *again* asks the silent a second time."""
    if delivery.kind in signature_messages.KINDS:
        return await signature_messages.render(context, delivery, again)
    own = await context.unit.pledges.get(delivery.subject_id)
    if own is None:
        message = f"delivery {delivery.id} has no pledge"
        raise RuntimeError(message)
    words = await name_of(context, own)
    if delivery.kind == kinds.PLAN:
        plan = plan_of(own) or Plan()
        at = plan.at or delivery.wanted_at
        return check_in_cards.plan(words, at, plan.where, plan.first)
    if delivery.kind == kinds.NOT_SHOWN:
        return pledge_made_cards.not_shown(own.id, own.words, own.approval_reason or "")
    if delivery.kind == kinds.NO_NAME:
        person = await context.unit.participants.get(delivery.participant_id)
        return pledge_made_cards.no_name((person and person.name_refused) or "")
    if delivery.kind == kinds.ENDED:
        is_kept = own.state is PledgeState.KEPT
        return check_in_cards.ended(words, own.ends_on, own.id, kept=is_kept)
    return check_in_cards.check_in(_asked(context, own, words, delivery), delivery, again=again)


def _asked(context: TurnContext, own: Pledge, words: str, delivery: Delivery) -> Asked:
    """Return what a check-in asks about."""
    period = period_of(own, kinds.asked_on(delivery))
    is_count = own.kind is MeasureKind.COUNT
    return Asked(
        words,
        goal=goal_sentence(context, own),
        counts=amount_words(context.town, own.measure, own.amount, context.language)
        if is_count
        else "",
        is_once=own.rhythm is Rhythm.ONCE,
        is_last=kinds.asked_on(delivery) >= own.ends_on,
        is_daily=is_count and own.rhythm is Rhythm.DAY,
        since=period[0] if period is not None else None,
        until=period[1] if period is not None else None,
    )


def goal_sentence(context: TurnContext, own: Pledge) -> Text | str:
    """Return the sentence about what a person would like for themselves (row 18); empty for none.

    Own words are quoted where the town has no such goal.
    """
    goal = next((one for one in context.town.goals if one.key == own.goal), None)
    if goal is not None:
        return words_of(goal.wanted, context.language)
    return GOAL_WORDS.with_(words=own.goal_words) if own.goal_words else ""


async def name_of(context: TurnContext, own: Pledge) -> str:
    """Return a pledge in the person's own words, or the town's text in their language now."""
    source = await source_of(context.unit, own)
    text = said(source.texts, context.language) if source is not None else own.words
    return text.strip().removesuffix(".")


async def line(unit: Unit, delivery: Delivery, language: str) -> str:
    """Return one line about the pledge of a delivery: own words, or the title with its amount."""
    own = await unit.pledges.get(delivery.subject_id)
    if own is None:
        return ""
    source = await source_of(unit, own)
    if source is None:
        return " ".join(own.words.split())
    amount = amount_words(unit.town, own.measure, own.amount, language)
    return ", ".join(part for part in (said(source.titles, language), amount) if part)
