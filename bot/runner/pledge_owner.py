"""The citizen's own pledge by its id, which any client can forge."""

from __future__ import annotations

from bot.model.pledge import Pledge
from bot.runner.context import TurnContext


async def own_pledge(context: TurnContext, pledge_id: int | None) -> Pledge | None:
    """Return the citizen's own pledge; None for another's."""
    unit, citizen = context.unit, context.citizen
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    found: Pledge | None = await unit.pledges.get(pledge_id) if pledge_id is not None else None
    return found if found is not None and found.participant_id == participant.id else None
