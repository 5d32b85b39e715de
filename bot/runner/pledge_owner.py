"""The citizen's own pledge by its id, which any client can forge, and where its text is from."""

from __future__ import annotations

from bot.model.campaign import Campaign
from bot.model.pledge import Pledge
from bot.model.pledge_catalogue import CatalogueEntry
from bot.runner.context import TurnContext
from bot.service.pledges import ending
from bot.store.unit import Unit


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


async def source_of(unit: Unit, own: Pledge) -> CatalogueEntry | Campaign | None:
    """Return the entry or the campaign whose text a pledge has; None for own words."""
    known: CatalogueEntry | Campaign | None = None
    if own.campaign_id is not None:
        known = await unit.campaigns.get(own.campaign_id)
    elif own.catalogue_id is not None:
        known = await unit.catalogue.get(own.catalogue_id)
    texts = {one.strip() for one in known.texts.values()} if known is not None else set()
    return known if own.words.strip() in texts else None
