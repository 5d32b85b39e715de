"""The citizen's own pledge by its id, which any client can forge."""

from __future__ import annotations

from bot.model.pledge import Pledge
from bot.runner.context import TurnContext
from bot.service.pledges import ending


async def own_pledge(context: TurnContext, pledge_id: int | None) -> Pledge | None:
    """Return the citizen's own pledge, ended where its time is over; None for another's."""
    unit, citizen = context.unit, context.citizen
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    found: Pledge | None = await unit.pledges.get(pledge_id) if pledge_id is not None else None
    if found is None or found.participant_id != participant.id:
        return None
    return await ending.end_if_over(unit, found)


async def known_age(context: TurnContext, *, is_15: bool) -> dict[str, bool] | None:
    """Return the answers with which a flow of pledges begins; None for a child (HR-20).

    A button says that the person has turned 15: it is the answer, stored with the other ones.
    """
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    if (await context.unit.profiles.get(participant.id)).over_15 is not False:
        return {}
    return {"over_15": True} if is_15 else None
