"""Write, submit, approve and return broadcasts; save audiences (HR-17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.json_text import digest_of
from bot.model.broadcast import (
    BROADCAST,
    FOLLOWING,
    USUALLY_EXPIRES,
    WRITABLE,
    Broadcast,
    BroadcastState,
    as_written,
    words_of,
)
from bot.model.commands.broadcasts import (
    AddBroadcast,
    ApproveBroadcast,
    CopyBroadcast,
    DropBroadcast,
    EditBroadcast,
    ExportBroadcast,
    ReturnBroadcast,
    SubmitBroadcast,
)
from bot.model.staff import May, Staff
from bot.service.broadcasts import sending
from bot.service.broadcasts.checks import refused_by, unstorable
from bot.service.broadcasts.reaching import all_faults
from bot.service.cases.wording import CPR, cpr_in
from bot.service.pledges.catalogue import CHANGED
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import Subject
from bot.store.events import by_staff
from bot.store.unit import Unit

NO_BROADCAST = Refused(_("There is no such news."))
FROZEN = Refused(_("It is approved. Copy it to change it, or correct what was sent."))
NOT_NOW = Refused(_("That is not possible in its present state."))
NO_LEADER = Refused(_("A leader who did not write it approves it."))
NO_TITLE = Refused(_("Write a title."), "title")
SAVED_ALREADY = Refused(
    _("This form was saved as a draft before. Change the draft, or begin a new one.")
)
EDITABLE = frozenset(
    {
        *("title", "texts", "topic", "audience", "others", "media", "file_id", "place", "buttons"),
        *("question", "decider", "agenda_url", "excludes", "spares_cases", "is_warning"),
        *("is_public", "welcomes", "starts_at", "spread", "rule", "expires_at"),
    }
)
REVIEW = "broadcast_review"  # the alert to leaders
RETURNED = "broadcast_returned"  # the alert to the author


async def add_broadcast(command: AddBroadcast, unit: Unit) -> Done | Refused:
    """Create a draft; the same form twice makes one. The value is its id."""
    blank = Broadcast(0, "", {}, "", {"is": "everyone", "value": ""})
    new = replace(_with(blank, command.fields), staff_id=command.staff_id)
    if not new.title.strip():
        return NO_TITLE
    wrong = unstorable(new)
    if wrong is not None:
        return wrong
    made = await unit.broadcasts.add_once(new, command.key)
    known = await unit.broadcasts.get(made)
    if known is not None and as_written(known) != as_written(new):
        return SAVED_ALREADY
    await unit.events.add(by_staff(command.staff_id), "broadcast_added", broadcast=made)
    return Done(made)


async def edit_broadcast(command: EditBroadcast, unit: Unit) -> Done | Refused:
    """Change a draft; a broadcast that waits for its approval becomes a draft again."""
    known = await unit.broadcasts.lock(command.broadcast_id)
    if known is None:
        return NO_BROADCAST
    if known.state not in WRITABLE:
        return FROZEN
    if known.version != command.version:
        return CHANGED
    changed = _with(known, command.fields)
    if not changed.title.strip():
        return NO_TITLE
    wrong = unstorable(changed)
    if wrong is not None:
        return wrong
    values = {name: getattr(changed, name) for name in EDITABLE}
    values |= {"version": known.version + 1, "staff_id": command.staff_id, "let_stand": None}
    await unit.broadcasts.change(known.id, **values, state=BroadcastState.DRAFT)
    await unit.alerts.close_about((REVIEW,), Subject(BROADCAST, known.id))
    await unit.events.add(by_staff(command.staff_id), "broadcast_edited", broadcast=known.id)
    return Done(known.id)


async def copy_broadcast(command: CopyBroadcast, unit: Unit) -> Done | Refused:
    """Create a draft with the fields of another broadcast, without its times."""
    known = await unit.broadcasts.get(command.broadcast_id)
    if known is None:
        return NO_BROADCAST
    blank = Broadcast(0, "", {}, "", {})
    copied = {name: getattr(known, name) for name in EDITABLE - {"starts_at", "expires_at"}}
    asked = known.question
    if asked is not None:
        copied["question"] = {name: value for name, value in asked.items() if name != "until"}
    new = replace(blank, **copied, staff_id=command.staff_id)
    made = await unit.broadcasts.add(new)
    await unit.events.add(by_staff(command.staff_id), "broadcast_added", broadcast=made)
    return Done(made)


async def drop_broadcast(command: DropBroadcast, unit: Unit) -> Done | Refused:
    """Delete a draft."""
    if not await unit.broadcasts.drop(command.broadcast_id):
        return FROZEN
    await unit.alerts.close_about((REVIEW, RETURNED), Subject(BROADCAST, command.broadcast_id))
    await unit.events.add(
        by_staff(command.staff_id), "broadcast_dropped", broadcast=command.broadcast_id
    )
    return Done(command.broadcast_id)


async def submit_broadcast(command: SubmitBroadcast, unit: Unit) -> Done | Refused:
    """Send a draft without faults to the leaders; faults that a reason can excuse go along."""
    known = await unit.broadcasts.lock(command.broadcast_id)
    staff = await unit.staff.get(command.staff_id)
    if known is None or staff is None:
        return NO_BROADCAST
    if known.state is BroadcastState.IN_REVIEW:
        return Done(known.id)
    if BroadcastState.IN_REVIEW not in FOLLOWING[known.state]:
        return FROZEN
    wrong = refused_by(await all_faults(unit, known), "the leader decides")
    if wrong is not None:
        return wrong
    await unit.broadcasts.change(known.id, state=BroadcastState.IN_REVIEW)
    await unit.alerts.close_about((RETURNED,), Subject(BROADCAST, known.id))
    await unit.events.add(by_staff(staff.id), "broadcast_submitted", broadcast=known.id)
    leaders = [one.id for one in await unit.staff.holders(May.APPROVE) if one.id != known.staff_id]
    await alert_staff(
        unit, leaders, Subject(BROADCAST, known.id), "broadcast_review", str(known.version)
    )
    return Done(known.id)


async def approve_broadcast(command: ApproveBroadcast, unit: Unit) -> Done | Refused:
    """Approve a broadcast that another member of the staff wrote; its words are frozen."""
    known = await unit.broadcasts.lock(command.broadcast_id)
    staff = await unit.staff.get(command.staff_id)
    if known is None or staff is None:
        return NO_BROADCAST
    if known.state not in WRITABLE:
        return Done(known.id)  # a double click
    reason = command.let_stand.strip()
    if cpr_in(reason):
        return Refused(CPR.why, "let_stand")
    wrong = _approval_fault(known, staff, command.version)
    wrong = wrong or refused_by(await all_faults(unit, known), reason)
    if wrong is not None:
        return wrong
    approved = replace(known, let_stand=reason or None)
    starts_at = max(known.starts_at or unit.now, unit.now)
    await unit.broadcasts.change(
        known.id,
        state=BroadcastState.APPROVED,
        approved_by=staff.id,
        reason=None,
        approved_at=unit.now,
        let_stand=reason or None,
        text_hash=digest_of(words_of(approved)),
        starts_at=starts_at,
        expires_at=known.expires_at or (None if known.rule else starts_at + USUALLY_EXPIRES),
    )
    by = by_staff(staff.id)
    await unit.events.add(by, "broadcast_approved", reason=reason or None, broadcast=known.id)
    await unit.alerts.close_about((REVIEW,), Subject(BROADCAST, known.id))
    await sending.schedule(unit, replace(approved, starts_at=starts_at))
    return Done(known.id)


def _approval_fault(known: Broadcast, staff: Staff, version: int) -> Refused | None:
    """Return why a member of the staff may not approve a broadcast now."""
    if known.state is not BroadcastState.IN_REVIEW:
        return NOT_NOW
    if not staff.may(May.APPROVE) or known.staff_id == staff.id:
        return NO_LEADER
    return CHANGED if known.version != version else None


async def return_broadcast(command: ReturnBroadcast, unit: Unit) -> Done | Refused:
    """Send a broadcast back to its author with the reason."""
    reason = command.reason.strip()
    if not reason:
        return Refused(_("Write the reason."), "reason")
    known = await unit.broadcasts.lock(command.broadcast_id)
    staff = await unit.staff.get(command.staff_id)
    if known is None or staff is None:
        return NO_BROADCAST
    if not staff.may(May.APPROVE):
        return NO_LEADER
    if cpr_in(reason):
        return Refused(CPR.why, "reason")
    if known.state not in {BroadcastState.IN_REVIEW, BroadcastState.APPROVED}:
        return NOT_NOW
    version = known.version + 1
    values = {"state": BroadcastState.DRAFT, "approved_by": None, "earlier": as_written(known)}
    await unit.broadcasts.change(known.id, reason=reason, version=version, **values)
    await sending.unschedule(unit, known.id)
    subject = Subject(BROADCAST, known.id)
    await unit.alerts.close_about((REVIEW,), subject)
    if known.staff_id is not None:
        await alert_staff(unit, [known.staff_id], subject, "broadcast_returned", str(version))
    by = by_staff(command.staff_id)
    await unit.events.add(by, "broadcast_returned", reason=reason, broadcast=known.id)
    return Done(known.id)


async def export_broadcast(command: ExportBroadcast, unit: Unit) -> Done | Refused:
    """Record that staff export the recipients of a broadcast."""
    by = by_staff(command.staff_id)
    await unit.events.add(by, "broadcast_exported", broadcast=command.broadcast_id)
    return Done(command.broadcast_id)


def _with(known: Broadcast, given: Mapping[str, Any]) -> Broadcast:
    """Return a broadcast with the given fields; empty texts are left out."""
    values = {name: value for name, value in given.items() if name in EDITABLE}
    if "texts" in values:
        values["texts"] = {
            language: text.strip() for language, text in values["texts"].items() if text.strip()
        }
    return replace(known, **values)
