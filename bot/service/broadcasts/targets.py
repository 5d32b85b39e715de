"""What the buttons of a broadcast can open: pages of the bot, pledges, and opportunities."""

from __future__ import annotations

from collections.abc import Mapping

from bot.engine.events import Refused
from bot.i18n import Text, _
from bot.model.broadcast import Broadcast, Opens
from bot.model.campaign import SIGNABLE
from bot.store.unit import Unit
from flows.intents import pages

GONE = Refused(_("A button opens what is closed or gone by now. Choose another."), "buttons")
Targets = Mapping[str, Mapping[str, Text | str]]


async def targets(unit: Unit) -> Targets:
    """Return all that a button can open, by kind and value, with its name."""
    return {
        Opens.INTENT: pages(),
        Opens.PLEDGE: {str(one.id): one.title for one in await unit.catalogue.published()},
        Opens.CAMPAIGN: {
            str(one.id): one.title for one in await unit.campaigns.in_states(tuple(SIGNABLE))
        },
        Opens.OPPORTUNITY: {str(one.id): one.title for one in await unit.opportunities.open()},
    }


async def fault_of(unit: Unit, broadcast: Broadcast) -> Refused | None:
    """Return the refusal of a button that opens nothing; None where each opens something."""
    if not broadcast.buttons:
        return None
    known = await targets(unit)
    opens = [
        known.get(str(one.get("opens")), {}).get(str(one.get("value"))) for one in broadcast.buttons
    ]
    return GONE if None in opens else None
