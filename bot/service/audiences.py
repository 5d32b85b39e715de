"""Save audiences under a name, change and delete them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.audiences import DropAudience, EditAudience, SaveAudience
from bot.redact import redact_text
from bot.service.reminder_rules import audience_fault
from bot.store.events import by_staff
from bot.store.unit import Unit

LONGEST_NAME = 80
NO_AUDIENCE = Refused(_("There is no such audience."))
TAKEN = Refused(_("Another audience has that name. Write another one."), "name")


async def save_audience(command: SaveAudience, unit: Unit) -> Done | Refused:
    """Save an audience under a name; the value is its id."""
    name = _tidy(command.name)
    wrong = _fault(name, command.audience)
    if wrong is not None:
        return wrong
    made = await unit.saved_audiences.add(name, command.audience, command.staff_id)
    if made is None:
        return TAKEN
    await unit.events.add(by_staff(command.staff_id), "audience_saved", audience=made)
    return Done(made)


async def edit_audience(command: EditAudience, unit: Unit) -> Done | Refused:
    """Change a saved audience and its name."""
    name, key = _tidy(command.name), command.audience_id
    wrong = _fault(name, command.audience)
    if wrong is not None:
        return wrong
    if await unit.saved_audiences.is_taken(name, key):
        return TAKEN
    if not await unit.saved_audiences.change(key, name, command.audience, command.staff_id):
        return NO_AUDIENCE
    await unit.events.add(by_staff(command.staff_id), "audience_saved", audience=key)
    return Done(key)


async def drop_audience(command: DropAudience, unit: Unit) -> Done | Refused:
    """Delete a saved audience; messages that have a copy keep it."""
    if not await unit.saved_audiences.drop(command.audience_id):
        return NO_AUDIENCE
    by = by_staff(command.staff_id)
    await unit.events.add(by, "audience_dropped", audience=command.audience_id)
    return Done(command.audience_id)


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _fault(name: str, audience: Mapping[str, Any]) -> Refused | None:
    """Return why an audience is not saved under a name; None where it is."""
    if not name or len(name) > LONGEST_NAME:
        text = _("Write a name of at most {most} characters.")
        return Refused(text.with_(most=LONGEST_NAME), "name")
    if redact_text(name).text != name:
        return Refused(_("Do not write a CPR number here."), "name")
    return audience_fault(audience)
