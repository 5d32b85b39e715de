"""What a citizen does with a pledge, which they name by a button or in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.engine.events import Refused
from bot.model.commands.pledges import LeavePledging, SavePlan, UndoCheckIn, WithdrawPledge
from bot.model.pledge import CONSENT, LIVE, LIVES, Pledge, PledgeState, plan_of
from bot.runner import (
    campaigns,
    conversations,
    own_pledges,
    pledge_making,
    pledge_states,
    pledges,
)
from bot.runner.context import TurnContext
from bot.runner.own_pledges import LISTED, named, title_of
from bot.runner.pledge_owner import own_pledge
from bot.service import execute
from bot.service.pledges import check_ins, pledge_messages
from flows import pledge_act_cards
from flows.campaigns import JoinShared
from flows.check_ins import MakeSmaller, TellHowMuch
from flows.obstacles import TellWhy
from flows.pledge_changes import ChangeMyPledge, PlanPledge
from flows.pledge_words import amount_words
from flows.pledges import GivePledge

S = PledgeState
# An answer that is given later must not make, sign or change a pledge without the consent.
FLOWS = (GivePledge, JoinShared, PlanPledge, ChangeMyPledge, TellHowMuch, MakeSmaller, TellWhy)


async def _did(context: TurnContext, command: Any) -> bool:
    """Execute a command; say why it is refused, and return whether it was accepted."""
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused):
        context.send(pledge_act_cards.refused(outcome.why))
    return not isinstance(outcome, Refused)


async def make_smaller(context: TurnContext, written: str) -> None:
    """Ask for a lower amount, or a slower rhythm."""
    own = await named(context, written, LIVES, "pledgeless")
    if own is not None:
        await pledge_states.make_smaller(context, own.id)


async def pause(context: TurnContext, written: str) -> None:
    """Begin a break from a pledge."""
    own = await named(context, written, {S.ACTIVE}, "pledgepause")
    if own is not None:
        await pledge_states.pause(context, own.id)


async def resume(context: TurnContext, written: str) -> None:
    """End a break from a pledge."""
    own = await named(context, written, {S.PAUSED}, "pledgeresume")
    if own is not None:
        await pledge_states.resume(context, own.id)


async def stop(context: TurnContext, written: str) -> None:
    """Ask whether a pledge stops; a signature that waits for others is taken back."""
    own = await named(context, written, LIVE, "pledgestop")
    if own is None:
        return
    if own.state is S.SIGNED:
        await campaigns.leave(context, own.id)
    else:
        await pledge_states.stop(context, own.id)


async def withdraw(context: TurnContext, written: str) -> None:
    """Ask whether a pledge is taken back, and say what leaves the totals."""
    own = await named(context, written, LISTED, "withdrawpledge")
    if own is None:
        return
    if own.state is S.SIGNED:
        await campaigns.leave(context, own.id)
        return
    title = await title_of(context, own)
    if own.state is S.ALREADY:
        context.send(pledge_act_cards.remove(own.id, title))
    else:
        context.send(pledge_act_cards.back(own.id, title, await _counted(context, own)))


async def withdraw_now(context: TurnContext, pledge_id: int | None) -> None:
    """Take a pledge back."""
    own = await own_pledge(context, pledge_id)
    if own is None or own.state not in LISTED or own.state is S.SIGNED:
        await own_pledges.show(context, pledge_id)
    elif await _did(context, WithdrawPledge(context.citizen.id, own.id)):
        title, was_promise = await title_of(context, own), own.state is not S.ALREADY
        context.send(pledge_act_cards.taken_back(title, was_promise=was_promise))


async def _counted(context: TurnContext, own: Pledge) -> str:
    """Return in words what a pledge adds to the totals; empty where it adds nothing."""
    added = await context.unit.ledger.sum_of(own.id)
    return amount_words(context.town, own.measure, added, context.language) if added else ""


async def plan(context: TurnContext, pledge_id: int | None) -> None:
    """Show the plan of a pledge; ask for one where there is none."""
    own = await own_pledge(context, pledge_id)
    if own is None or own.state not in LIVES:
        await own_pledges.show(context, pledge_id)
        return
    known = plan_of(own)
    if known is None:
        await pledge_making.plan(context, own)
    else:
        parts = (known.when, known.where, known.first)
        at = known.at if known.at is not None and known.at > context.now else None
        has_time = known.at is not None
        context.send(pledge_act_cards.plan(own.id, *parts, at, has_time=has_time))


async def drop_plan(context: TurnContext, pledge_id: int | None) -> None:
    """Delete the plan of a pledge with its reminder."""
    own = await own_pledge(context, pledge_id)
    if own is None or own.state not in LIVES:
        await own_pledges.show(context, pledge_id)
    elif await _did(context, SavePlan(context.citizen.id, own.id)):
        context.send(pledge_act_cards.plan_dropped(own.id))


async def undo(context: TurnContext, written: str) -> None:
    """Take back the newest answer to a check-in."""
    if written.isdecimal():
        own = await own_pledge(context, conversations.id_of(written))
    else:
        own = await _answered_last(context)
    given = await check_ins.undoable(context.unit, own) if own is not None else None
    if own is None or given is None:
        context.send(pledge_act_cards.refused(pledge_act_cards.NOTHING_TO_UNDO))
    elif await _did(context, UndoCheckIn(context.citizen.id, own.id, given.asked_on)):
        now = await context.unit.pledges.get(own.id)
        period = own_pledges.about(own, given.asked_on)
        again = await _asks_again(context, now, given.asked_on) if now is not None else None
        context.send(pledge_act_cards.undone(own.id, period, again))


async def _asks_again(context: TurnContext, own: Pledge, day: date) -> str | None:
    """Return the command that asks again about the day of an answer that was taken back."""
    newest = await check_ins.unanswered(context.unit, own)
    if newest is not None and pledge_messages.asked_on(newest) == day:
        return f"answerpledge.{own.id}"
    missed = await check_ins.missed(context.unit, own)
    about = [one.id for one in missed if pledge_messages.asked_on(one) == day]
    return f"answermissed.{about[0]}" if about else None


async def _answered_last(context: TurnContext) -> Pledge | None:
    """Return the pledge with the newest answer that can be taken back."""
    newest = None
    for own in await own_pledges.of_citizen(context, LISTED):
        given = await check_ins.undoable(context.unit, own)
        if given is not None and (newest is None or given.answered_at > newest[0]):
            newest = (given.answered_at, own)
    return newest[1] if newest is not None else None


async def answer(context: TurnContext, written: str) -> None:
    """Ask again the question that a citizen has not answered."""
    own = await named(context, written, LIVES, "answerpledge")
    if own is None:
        return
    waits = await check_ins.unanswered(context.unit, own)
    if waits is None:
        await own_pledges.show(context, own.id)
    else:
        context.send(await pledges.render(context, waits, False))  # noqa: FBT003 - see `Subject`


async def answer_missed(context: TurnContext, delivery_id: int | None) -> None:
    """Ask an earlier question again that a citizen has not answered."""
    asked = await context.unit.deliveries.get(delivery_id) if delivery_id is not None else None
    own = await own_pledge(context, asked.subject_id) if asked is not None else None
    missed = await check_ins.missed(context.unit, own) if own is not None else []
    if asked is None or asked not in missed:
        await own_pledges.show(context, own.id if own is not None else None)
    else:
        context.send(await pledges.render(context, asked, False))  # noqa: FBT003 - see `Subject`


async def leave(context: TurnContext, sure: str) -> None:
    """Ask whether the citizen takes back their consent, then stop their pledges."""
    if CONSENT not in await context.unit.consents.live(context.citizen.id):
        context.send(pledge_act_cards.refused(pledge_act_cards.NO_CONSENT))
    elif sure != "yes":
        context.send(pledge_act_cards.leave())
    else:
        await execute(LeavePledging(context.citizen.id), context.unit)
        keys = tuple(flow.key() for flow in FLOWS)
        for one in await context.unit.conversations.of_flows(context.citizen.id, keys):
            await conversations.end(context, one)
        context.send(pledge_act_cards.left())


async def stay(context: TurnContext) -> None:
    """Say that nothing has changed to a citizen who was asked about their consent."""
    context.send(pledge_act_cards.stays())
