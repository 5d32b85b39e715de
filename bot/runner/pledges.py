"""Messages about a pledge: those to signers of a shared pledge have their own module."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.model.delivery import Delivery, Reason
from bot.runner import signature_messages
from bot.runner.context import TurnContext
from bot.store.unit import Unit


async def withheld(unit: Unit, delivery: Delivery) -> Reason | None:
    """Return why a message about a pledge is no longer sent; None where it is."""
    if delivery.kind in signature_messages.KINDS:
        return await signature_messages.withheld(unit, delivery)
    return Reason.ENDED


async def render(
    context: TurnContext,
    delivery: Delivery,
    again: bool,  # noqa: FBT001 - called by position, as in `Subject`
) -> Send:
    """Return a message about a pledge; *again* asks the silent a second time."""
    return await signature_messages.render(context, delivery, again)


async def line(unit: Unit, delivery: Delivery, language: str) -> str:
    """Return one line about a pledge, for lists."""
    del language
    known = await unit.pledges.get(delivery.subject_id)
    return known.words if known is not None else ""
