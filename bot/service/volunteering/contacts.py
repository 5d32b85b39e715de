"""Tell the contacts of an opportunity: staff by an alert, participants by a message."""

from __future__ import annotations

from typing import Any

from bot.model.opportunity import OPPORTUNITY
from bot.model.staff import Staff
from bot.service.notifications import notify
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import Subject
from bot.store.unit import Unit


async def tell_contacts(
    unit: Unit, opportunity_id: int, kind: str, key: str, **details: Any
) -> None:
    """Tell all contacts once about *key*; *kind* is an alert's kind and a notification's."""
    contacts = await unit.opportunities.contacts(opportunity_id)
    staff = [one.staff_id for one in contacts if one.staff_id is not None]
    await alert_staff(unit, staff, Subject(OPPORTUNITY, opportunity_id), kind, key)
    for one in contacts:
        if one.participant_id is None:
            continue
        recipient = await unit.audiences.find(one.participant_id)
        if recipient is not None and recipient.lane is not None:
            await notify(
                unit,
                recipient.lane,
                kind,
                f"{kind}:{key}:{one.participant_id}",
                opportunity=opportunity_id,
                **details,
            )


async def first_staff(unit: Unit, opportunity_id: int) -> Staff | None:
    """Return the first contact of an opportunity who is an active member of staff."""
    for one in await unit.opportunities.contacts(opportunity_id):
        staff = await unit.staff.get(one.staff_id) if one.staff_id is not None else None
        if staff is not None and staff.active:
            return staff
    return None


async def first_contact(unit: Unit, opportunity_id: int) -> str:
    """Return the first name of an opportunity's first contact, which signs its messages."""
    for one in await unit.opportunities.contacts(opportunity_id):
        if one.staff_id is not None:
            staff = await unit.staff.get(one.staff_id)
            if staff is not None:
                return staff.first_name
        elif one.participant_id is not None:
            shown = await unit.participants.shown(one.participant_id)
            if shown is not None:
                return shown.first_name
    return ""
