"""Correct a broadcast that was sent: after an approval every message is edited once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.json_text import digest_of
from bot.model.broadcast import BEGUN, BROADCAST, LONGEST_CAPTION, LONGEST_TEXT, Broadcast
from bot.model.commands.broadcasts import ApproveCorrection, CorrectBroadcast, DropCorrection
from bot.model.staff import May
from bot.service.broadcasts import sending
from bot.service.broadcasts.checks import faults_of, refused_by
from bot.service.broadcasts.lengths import length_fault
from bot.service.cases.wording import CPR, cpr_in
from bot.service.pledges.catalogue import CHANGED
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import Subject
from bot.store.events import by_staff
from bot.store.unit import Unit

CORRECTION = "correction_review"  # the alert to leaders
NOTHING = Refused(_("Nothing was sent that can be corrected."))


async def correct_broadcast(command: CorrectBroadcast, unit: Unit) -> Done | Refused:
    """Propose another text; the value is the edition that it will be."""
    known = await unit.broadcasts.lock(command.broadcast_id)
    staff = await unit.staff.get(command.staff_id)
    if known is None or staff is None or known.state not in BEGUN:
        return NOTHING
    texts = {key: text.strip() for key, text in command.texts.items() if text.strip()}
    if set(texts) != set(known.texts):
        return Refused(_("Write the text in the languages in which it was sent."), "texts")
    if texts == dict(known.texts):
        return Refused(_("The text is the same."), "texts")
    wrong = _fault_in(unit, replace(known, texts=texts), "the leader decides")
    if wrong is not None:
        return wrong
    edition = known.edition + 1
    proposed = {"texts": texts, "staff_id": staff.id, "edition": edition}
    await unit.broadcasts.change(known.id, correction=proposed)
    await unit.events.add(by_staff(staff.id), "correction_proposed", broadcast=known.id)
    leaders = [one.id for one in await unit.staff.holders(May.APPROVE) if one.id != staff.id]
    await alert_staff(
        unit, leaders, Subject(BROADCAST, known.id), "correction_review", str(edition), renews=True
    )
    return Done(edition)


async def approve_correction(command: ApproveCorrection, unit: Unit) -> Done | Refused:
    """Approve a correction that another member of the staff wrote; its messages are edited."""
    known = await unit.broadcasts.lock(command.broadcast_id)
    staff = await unit.staff.get(command.staff_id)
    if known is None or staff is None:
        return NOTHING
    if known.edition == command.edition:
        return Done(known.id)  # a double click
    proposed = known.correction
    if proposed is None or not _is_shown(proposed, command):
        return CHANGED
    if not staff.may(May.APPROVE) or proposed["staff_id"] == staff.id:
        return Refused(_("A leader who did not write it approves it."))
    corrected = replace(known, texts=proposed["texts"])
    reason = command.let_stand.strip()
    wrong = Refused(CPR.why, "let_stand") if cpr_in(reason) else None
    wrong = wrong or _fault_in(unit, corrected, reason)
    if wrong is not None:
        return wrong
    await unit.broadcasts.change(
        known.id,
        texts=proposed["texts"],
        edition=command.edition,
        correction=None,
        corrected_at=unit.now,
    )
    # Messages at the courier have the earlier text: they are rendered again, or edited.
    await unit.broadcasts.plan_back(await unit.outbox.take_back_about(sending.about(known.id)))
    await unit.outbox.take_back_about(f"{sending.EDITS}:{known.id}")  # of an earlier correction
    await unit.alerts.close_about((CORRECTION,), Subject(BROADCAST, known.id))
    by = by_staff(staff.id)
    await unit.events.add(by, "correction_approved", reason=reason or None, broadcast=known.id)
    await sending.look_at(unit, known.id, unit.now)
    return Done(known.id)


def _fault_in(unit: Unit, corrected: Broadcast, reason: str) -> Refused | None:
    """Return what is wrong with the texts of a correction, which may come after the expiry."""
    faults = [one for one in faults_of(unit, corrected) if one.field == "texts"]
    return refused_by(faults, reason) or length_fault(unit, corrected)


async def drop_correction(command: DropCorrection, unit: Unit) -> Done | Refused:
    """Withdraw a correction that is not approved."""
    known = await unit.broadcasts.lock(command.broadcast_id)
    if known is None or known.correction is None:
        return NOTHING
    await unit.broadcasts.change(known.id, correction=None)
    await unit.alerts.close_about((CORRECTION,), Subject(BROADCAST, known.id))
    await unit.events.add(by_staff(command.staff_id), "correction_dropped", broadcast=known.id)
    return Done(known.id)


def _is_shown(proposed: Mapping[str, Any], command: ApproveCorrection) -> bool:
    """Return whether a correction is the one that its approver has read."""
    is_same = command.mark in {None, mark_of(proposed)}
    return is_same and bool(proposed["edition"] == command.edition)


def mark_of(proposed: Mapping[str, Any]) -> str:
    """Return the mark of a proposed correction's texts."""
    return digest_of(proposed["texts"])


def longest(known: Broadcast) -> int:
    """Return how long a text of a broadcast may be, in characters."""
    return LONGEST_CAPTION if known.media is not None else LONGEST_TEXT
