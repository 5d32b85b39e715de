"""What staff tell a person who is rung instead of a message about pledges."""

from __future__ import annotations

from bot.console.cases.preview import bubbles
from bot.console.cells import Cell, Line, Link, Quote
from bot.console.delivery_labels import message_name
from bot.i18n import _
from bot.model.campaign import CAMPAIGN
from bot.model.delivery import Delivery
from bot.model.pledge import PLEDGE
from bot.runner.outcomes import message_to
from bot.runner.renderer import Renderer
from bot.service.pledges.pledge_messages import NO_NAME, NOT_SHOWN
from bot.store.unit import Unit

SEE = _("write the answer down at the pledge")


async def pledge_words(unit: Unit, delivery: Delivery) -> Cell:
    """Return what a message about pledges says, with the link to its subject."""
    name = message_name(delivery)
    if delivery.subject_kind == PLEDGE:
        pledge = await unit.pledges.get(delivery.subject_id)
        if pledge is None:
            return Line(name)
        person = await unit.participants.get(delivery.participant_id)
        reason = {
            NOT_SHOWN: pledge.approval_reason,
            NO_NAME: person.name_refused if person is not None else None,
        }.get(delivery.kind)
        see = Line((name, ": ", Link(SEE, f"pledges/{pledge.id}")))
        return see, Quote(pledge.words, "da"), Quote(reason, "da") if reason else None
    if delivery.subject_kind == CAMPAIGN:
        campaign = await unit.campaigns.get(delivery.subject_id)
        if campaign is None:
            return Line(name)
        why = Quote(campaign.reason, "da") if campaign.reason else None
        return Line((name, ": ", Link(campaign.title, f"campaigns/{campaign.id}"))), why
    outcome = await unit.outcomes.get(delivery.subject_id)
    if outcome is None:
        return Line(name)
    link = Link(outcome.title, f"outcomes/{outcome.id}")
    message = (await message_to(unit, outcome, delivery.participant_id))("da")
    words = [Quote(one.words, "da") for one in bubbles(message, Renderer(unit.town, "da"))]
    return Line((name, ": ", link)), *words
