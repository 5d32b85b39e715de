"""Close cases without an answer, for a reason that the citizen is told."""

from __future__ import annotations

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.case import BY_STAFF, Case, CaseState, CloseReason, DeliveryState
from bot.model.commands.casework import CloseCase
from bot.model.staff_messages import ANSWER, CLOSE
from bot.service.cases import outcomes
from bot.service.cases.clock import wind
from bot.service.cases.corrections import unschedule
from bot.service.cases.opening import case_number
from bot.service.cases.replies import copy_to
from bot.service.cases.sending import add_sent, ready_to_send, record_sender, sent
from bot.service.cases.thread import lane_of, notify_citizen
from bot.service.cases.wording import CPR, cpr_in
from bot.service.cases.work import OVER
from bot.store.events import by_staff
from bot.store.unit import Unit

LONGEST_NUMBER = 12
CALL_FIRST = _(
    "The citizen was promised a call by {at}. Ring, and keep the note of the call first: what was "
    "said, or why there was no call."
)


async def close_case(command: CloseCase, unit: Unit) -> Done | Refused:
    """Close a case for a reason that the citizen is told, with a way to continue."""
    ready = await ready_to_send(unit, command, with_where(command.words, command.where))
    if isinstance(ready, Refused):
        return ready
    staff, case = ready.staff, ready.case
    if (open_still := _stays_open(command, case)) is not None:
        return open_still
    merged = None
    if command.reason == CloseReason.DUPLICATE:
        merged = await _repeated(unit, case, command.where)
    if (wrong := _wrong_place(command, merged)) is not None:
        return wrong
    where = case_number(unit, merged) if merged else command.where
    case = await record_sender(unit, command, staff, case)
    repeats = await unit.cases.merged_into(case.id)
    said = await add_sent(unit, case, staff, CLOSE, with_where(command.words, where))
    event_id = await unit.events.add(
        by_staff(staff.id),
        CLOSE.verb,
        case_id=case.id,
        moved=(case.state, CaseState.CLOSED),
        reason=command.reason,
        where=command.where,
        repeats=[other.id for other in repeats],  # they follow this case, also back
    )
    await outcomes.closed(unit, case, staff, CloseReason(command.reason))
    case = await end(unit, case, CloseReason(command.reason))
    case = await unit.cases.change(
        case, acted_at=unit.now, merged_into=merged.id if merged else None
    )
    await notify_citizen(unit, case, event_id, CLOSE.notification, said=said.id)
    if merged is None:
        for other in repeats:
            await copy_to(unit, other, said, event_id, CLOSE)
        return sent(unit, case, said)
    await unit.cases.remerge([other.id for other in repeats], case.id, merged.id)
    answer = await unit.threads.last_answer(merged.id)
    if merged.state is CaseState.ANSWERED and answer is not None:
        await outcomes.follow(unit, case, merged)
        await copy_to(unit, case, answer, event_id, ANSWER)
    return sent(unit, case, said)


def _stays_open(command: CloseCase, case: Case) -> Refused | None:
    """Return why a case cannot be closed; a promised call must first end by its note (HR-12)."""
    if not case.live and case.state is not CaseState.ANSWERED:
        return OVER
    if case.call_by is not None:
        return Refused(CALL_FIRST.with_(at=case.call_by))
    return (
        None
        if command.reason in BY_STAFF
        else Refused(_("Choose why the case is closed."), "reason")
    )


def _wrong_place(command: CloseCase, merged: Case | None) -> Refused | None:
    """Return why the place or the case named instead is refused; None where it is accepted."""
    if command.reason == CloseReason.DUPLICATE and merged is None:
        return Refused(_("Write the number of the case that this one repeats."), "where")
    if (
        command.reason in (CloseReason.NOT_US, CloseReason.REFERRED)
        and not (command.where or "").strip()
    ):
        return Refused(_("Write who can help instead, with a phone number or a link."), "where")
    return CPR if cpr_in(command.where or "") else None


def with_where(words: str, where: str | None) -> str:
    """Return the text for the citizen, with the place that is right instead (HR-13)."""
    words, where = words.strip(), (where or "").strip()
    return words if not where or where in words else f"{words}\n{where}"


async def _repeated(unit: Unit, case: Case, where: str | None) -> Case | None:
    """Return the case with that number, where it is live or answered and not *case*; else None."""
    digits = "".join(letter for letter in where or "" if letter.isascii() and letter.isdigit())
    other = await unit.cases.by_number(int(digits)) if 0 < len(digits) <= LONGEST_NUMBER else None
    if other is None or other.id == case.id:
        return None
    return other if other.live or other.state is CaseState.ANSWERED else None


async def end(unit: Unit, case: Case, reason: CloseReason) -> Case:
    """Close a case, cancel its scheduled messages, and remove its marks (DOMAIN row 8)."""
    case = await unit.cases.change(
        case,
        state=CaseState.CLOSED,
        close_reason=reason,
        closed_at=unit.now,
        waiting_since=None,
        marks=(),
    )
    for said in await unit.threads.of_case(case.id, internal=False):
        if said.state is DeliveryState.SCHEDULED:
            await unschedule(unit, said)
    await wind(unit, case, await lane_of(unit, case))
    return case
