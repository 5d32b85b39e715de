"""What a citizen does with a pledge of theirs: smaller, a break, stop, take back, undo, again."""

from __future__ import annotations

from typing import Any

from bot.engine.ask_listed import WORDS
from bot.engine.events import Refused
from bot.model.commands.pledges import (
    ChangePledge,
    LeavePledging,
    PausePledge,
    ResumePledge,
    SavePlan,
    StopPledge,
    UndoCheckIn,
    WithdrawPledge,
)
from bot.model.pledge import (
    CONSENT,
    LIVE,
    LIVES,
    PER_UNIT,
    MeasureKind,
    Pledge,
    PledgeState,
    Rhythm,
    plan_of,
)
from bot.model.pledge_catalogue import EntryState
from bot.runner import campaigns, conversations, own_pledges, pledge_making, pledges
from bot.runner.context import TurnContext
from bot.runner.own_pledges import LISTED, named, title_of
from bot.runner.pledge_making import own_pledge
from bot.service import execute
from bot.service.pledges import check_ins
from flows import own_pledge_cards, pledge_act_cards
from flows.campaigns import JoinShared
from flows.pledge_act_cards import AMOUNT, RARER
from flows.pledge_changes import ChangeMyPledge, PlanPledge
from flows.pledge_words import amount_words, measure_of
from flows.pledges import GivePledge

S = PledgeState
# How often a person keeps a pledge that is made smaller. What is done once cannot be rarer.
RARER_THAN = {
    Rhythm.DAY: Rhythm.WEEK,
    Rhythm.WEEK: Rhythm.MONTH,
    Rhythm.MONTH: Rhythm.QUARTER,
    Rhythm.QUARTER: Rhythm.HALF_YEAR,
    Rhythm.HALF_YEAR: Rhythm.YEAR,
}
# An answer that is given later must not make, sign or change a pledge without the consent.
FLOWS = (GivePledge, JoinShared, PlanPledge, ChangeMyPledge)


async def _did(context: TurnContext, command: Any) -> bool:
    """Execute a command; say why it is refused, and return whether it was accepted."""
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused):
        context.send(pledge_act_cards.refused(outcome.why))
    return not isinstance(outcome, Refused)


async def smaller(context: TurnContext, written: str) -> None:
    """Offer smaller amounts and a rarer rhythm, or take the one that was chosen."""
    about, _dot, chosen = written.partition(".")
    own = await named(context, about if chosen else written, LIVES, "smallerpledge")
    if own is None:
        return
    if chosen:
        await _make_smaller(context, own, chosen)
        return
    amount = amount_words(context.town, own.measure, own.amount, context.language)
    less = [
        (one, amount_words(context.town, own.measure, one, context.language))
        for one in _less(context, own)
    ]
    title = await title_of(context, own)
    context.send(
        pledge_act_cards.smaller(own.id, title, amount, own.rhythm, less=less, rarer=_rarer(own))
    )


def _less(context: TurnContext, own: Pledge) -> list[int]:
    """Return half and a quarter of a pledge's amount, whole where the unit has no parts."""
    measure = measure_of(context.town, own.measure)
    if measure is None:
        return []
    found = []
    for part in (2, 4):
        amount = own.amount // part
        if not measure.divisible or amount >= PER_UNIT:
            amount -= amount % PER_UNIT
        if 0 < amount < own.amount and amount not in found:
            found.append(amount)
    return found


def _rarer(own: Pledge) -> Rhythm | None:
    """Return the rhythm that makes a pledge smaller.

    A level is not done again and again, and a shared pledge has one rhythm for all.
    """
    is_level = own.kind is MeasureKind.LEVEL and own.measure is not None
    return None if is_level or own.campaign_id is not None else RARER_THAN.get(own.rhythm)


async def _make_smaller(context: TurnContext, own: Pledge, chosen: str) -> None:
    """Give a pledge a smaller amount or a rarer rhythm; a forged choice changes nothing."""
    what, value = chosen[:1], chosen[1:]
    rarer = _rarer(own)
    command = None
    if what == AMOUNT and value.isdecimal() and int(value) in _less(context, own):
        command = ChangePledge(context.citizen.id, own.id, amount=int(value))
    elif what == RARER and rarer is not None and value == rarer.value:
        command = ChangePledge(context.citizen.id, own.id, rhythm=value)
    if command is None:
        await own_pledges.show(context, own.id)
    elif await _did(context, command):
        await pledge_making.show(context, own.id)


async def pause(context: TurnContext, written: str) -> None:
    """Begin a break from a pledge."""
    own = await named(context, written, {S.ACTIVE}, "pausepledge")
    if own is not None and await _did(context, PausePledge(context.citizen.id, own.id)):
        context.send(pledge_act_cards.paused(own.id, await title_of(context, own)))


async def resume(context: TurnContext, written: str) -> None:
    """End a break from a pledge."""
    own = await named(context, written, {S.PAUSED}, "resumepledge")
    if own is not None and await _did(context, ResumePledge(context.citizen.id, own.id)):
        next_on = await check_ins.coming_on(context.unit, own)
        context.send(pledge_act_cards.resumed(own.id, await title_of(context, own), next_on))


async def stop(context: TurnContext, written: str) -> None:
    """Ask whether a pledge stops, and say what becomes of its amount."""
    own = await named(context, written, LIVE, "stoppledge")
    if own is None:
        return
    if own.state is S.SIGNED:
        await campaigns.leave(context, own.id)
        return
    leaves = own.kind is MeasureKind.LEVEL
    amount = await _counted(context, own)
    title = await title_of(context, own)
    context.send(pledge_act_cards.stop(own.id, title, amount, leaves=leaves))


async def stop_now(context: TurnContext, pledge_id: int | None) -> None:
    """Stop a pledge."""
    own = await own_pledge(context, pledge_id)
    if own is None or own.state not in LIVES:
        await own_pledges.show(context, pledge_id)
    elif await _did(context, StopPledge(context.citizen.id, own.id)):
        context.send(pledge_act_cards.stopped(own.id, await title_of(context, own)))


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
    added = sum(one.amount for one in await context.unit.ledger.of_pledge(own.id))
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
        context.send(pledge_act_cards.plan(own.id, *parts, at))


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
        asks = now is not None and await check_ins.unanswered(context.unit, now) is not None
        context.send(pledge_act_cards.undone(own.id, given.asked_on, asks=asks))


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


async def again(context: TurnContext, pledge_id: int | None) -> None:
    """Begin the same pledge again: of the catalogue where it is offered, else in its own words."""
    own = await own_pledge(context, pledge_id)
    if own is None:
        context.send(own_pledge_cards.none())
        return
    if own.catalogue_id is not None:
        entry = await context.unit.catalogue.get(own.catalogue_id)
        if entry is not None and entry.state is EntryState.PUBLISHED:
            await pledge_making.open_entry(context, entry.id)
            return
    await pledge_making.begin(context, {WORDS: own.words})


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
