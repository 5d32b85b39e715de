"""The link of an opportunity's public page, in the chat."""

from __future__ import annotations

from bot.model.opportunity import OpportunityState, said
from bot.runner import conversations
from bot.runner.context import TurnContext
from bot.runner.conversations import back_to_step
from bot.service.volunteering.contacts import first_contact
from flows import opportunity_cards


async def open_opportunity(context: TurnContext, written: str) -> None:
    """Show the opportunity whose id is in a link; a closed one leads to the others."""
    wanted = conversations.id_of(written)
    one = await context.unit.opportunities.get(wanted) if wanted is not None else None
    if one is None or one.state is not OpportunityState.OPEN:
        context.send(opportunity_cards.not_open())
    else:
        title, text = (said(texts, context.language) for texts in (one.titles, one.texts))
        contact = await first_contact(context.unit, one.id)
        context.send(opportunity_cards.opened(title, text, contact))
    await back_to_step(context)
