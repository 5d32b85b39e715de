"""Tell the contacts of an opportunity: staff by an alert, participants by a message."""

from __future__ import annotations

from typing import Any

from bot.model.opportunity import OPPORTUNITY, SHIFT
from bot.model.staff import Staff
from bot.service.notifications import notify
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import Subject
from bot.store.unit import Unit


async def staff_of(unit: Unit, opportunity_id: int) -> list[int]:
    """Return the staff who are contacts of an opportunity; without any, the leaders."""
    contacts = await unit.opportunities.contacts(opportunity_id)
    own = [one.staff_id for one in contacts if one.staff_id is not None]
    return own or [one.id for one in await unit.staff.leaders("")]


async def tell_contacts(
    unit: Unit,
    opportunity_id: int,
    kind: str,
    key: str,
    *,
    shift_id: int | None = None,
    **details: Any,
) -> None:
    """Tell all contacts about *key*, also where it happens again.

    *kind* is an alert's kind and a notification's. With *shift_id* the alert is about the shift.
    """
    about = Subject(OPPORTUNITY, opportunity_id)
    if shift_id is not None:
        about, details = Subject(SHIFT, shift_id), {**details, "shift": shift_id}
    staff = await staff_of(unit, opportunity_id)
    await alert_staff(unit, staff, about, kind, key, renews=True)
    for one in await unit.opportunities.contacts(opportunity_id):
        if one.participant_id is None:
            continue
        recipient = await unit.audiences.find(one.participant_id)
        if recipient is not None and recipient.lane is not None:
            await notify(
                unit,
                recipient.lane,
                kind,
                f"{kind}:{key}:{one.participant_id}:{unit.now:%y%m%d%H%M%S}",
                opportunity=opportunity_id,
                **details,
            )


async def first_staff(unit: Unit, opportunity_id: int) -> Staff | None:
    """Return the first contact of an opportunity who is staff, or else a leader."""
    found = await staff_of(unit, opportunity_id)
    return await unit.staff.get(found[0]) if found else None


async def first_contact(unit: Unit, opportunity_id: int) -> str:
    """Return the first name of an opportunity's first contact, which signs its messages."""
    for one in await unit.opportunities.contacts(opportunity_id):
        if one.participant_id is not None:
            shown = await unit.participants.shown(one.participant_id)
            if shown is not None:
                return shown.first_name
        elif one.staff_id is not None:
            break
    staff = await first_staff(unit, opportunity_id)
    return staff.first_name if staff is not None else ""
