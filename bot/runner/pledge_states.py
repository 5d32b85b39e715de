"""What a person decides about a pledge: continue, make it smaller, take a break, stop."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.engine.effects import Send
from bot.engine.events import Refused
from bot.model.commands.pledges import PausePledge, ResumePledge, StopPledge
from bot.model.pledge import MeasureKind, Pledge, PledgeState
from bot.runner import conversations, pledge_making
from bot.runner.check_in_options import can_be_smaller
from bot.runner.context import TurnContext
from bot.runner.pledge_owner import own_pledge
from bot.runner.pledges import name_of
from bot.service import execute
from bot.service.pledges import check_ins
from flows import cards, check_in_replies
from flows.check_ins import MakeSmaller
from flows.pledge_words import amount_words, measure_of


async def go_on(context: TurnContext, pledge_id: int | None) -> None:
    """Say when the next check-in comes; after the last day, ask for a new one."""
    own = await own_pledge(context, pledge_id)
    if own is None or not own.lives:
        context.send(_over())
    elif own.state is PledgeState.PAUSED:
        await resume(context, pledge_id)
    elif own.ends_on <= _today(context):
        await pledge_making.edit(context, own.id, "ends_on")
    else:
        context.send(check_in_replies.goes_on(await check_ins.coming_on(context.unit, own)))


async def make_smaller(context: TurnContext, pledge_id: int | None) -> None:
    """Ask for a lower amount, or a slower rhythm; else for any other change."""
    own = await own_pledge(context, pledge_id)
    if own is None or not own.lives:
        context.send(_over())
    elif can_be_smaller(own, measure_of(context.town, own.measure)):
        known = {"pledge_id": own.id, "measure": own.measure, "now": own.amount}
        await conversations.begin(context, MakeSmaller, known)
    else:
        await pledge_making.edit(context, own.id, "")


async def pause(context: TurnContext, pledge_id: int | None) -> None:
    """Begin a break."""
    own = await _done(context, PausePledge(context.citizen.id, pledge_id or 0))
    if own is not None:
        context.send(check_in_replies.on_break(await name_of(context, own), own.id))


async def resume(context: TurnContext, pledge_id: int | None) -> None:
    """End a break."""
    own = await _done(context, ResumePledge(context.citizen.id, pledge_id or 0))
    if own is not None:
        day = await check_ins.coming_on(context.unit, own)
        context.send(check_in_replies.started(await name_of(context, own), day))


async def stop(context: TurnContext, pledge_id: int | None) -> None:
    """Ask whether the person wants to stop, with what then no longer counts."""
    own = await own_pledge(context, pledge_id)
    if own is None or not own.lives:
        context.send(_over())
        return
    is_level = own.kind is MeasureKind.LEVEL
    level = amount_words(context.town, own.measure, own.amount, context.language)
    words = await name_of(context, own)
    context.send(check_in_replies.sure(words, level if is_level else "", own.id))


async def stop_at_once(context: TurnContext, pledge_id: int | None) -> None:
    """Stop a pledge."""
    own = await _done(context, StopPledge(context.citizen.id, pledge_id or 0))
    if own is not None:
        context.send(check_in_replies.stopped(own.id))


async def _done(context: TurnContext, command: Any) -> Pledge | None:
    """Execute a command about a pledge, and return the pledge; None where it is refused."""
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (cards.TO_OVERVIEW, cards.TO_MENU)))
        return None
    own: Pledge | None = await context.unit.pledges.get(command.pledge_id)
    return own


def _today(context: TurnContext) -> date:
    return context.calendar.local(context.now).date()


def _over() -> Send:
    return Send(check_in_replies.NO_LONGER, (cards.TO_OVERVIEW, cards.TO_MENU))
