"""Own words and names: staff read the words before others see them, and can hide a name."""

from __future__ import annotations

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.pledges import AllowName, ApproveWords, RefuseName, RefuseWords
from bot.model.pledge import LONGEST_REASON, Approval, Pledge
from bot.service.pledges import pledge_messages
from bot.service.pledges.ending import NOT_YOURS, hold
from bot.service.texts import text_fault
from bot.store.events import by_staff
from bot.store.unit import Unit

CHANGED = Refused(_("The person has changed it meanwhile. Read it again."))
NO_REASON = Refused(_("Write why: the person reads it."), "reason")


async def approve_words(command: ApproveWords, unit: Unit) -> Done | Refused:
    """Let others see own words, as far as the person allows it."""
    known = await _read(unit, command)
    if isinstance(known, Refused):
        return known
    await _give(unit, known, Approval.GIVEN, None)
    await unit.events.add(by_staff(command.staff_id), "words_approved", pledge=known.id)
    return Done(known.id)


async def refuse_words(command: RefuseWords, unit: Unit) -> Done | Refused:
    """Do not show own words; the person is told the reason once."""
    reason = _reason(command.reason)
    if isinstance(reason, Refused):
        return reason
    known = await _read(unit, command)
    if isinstance(known, Refused):
        return known
    await _give(unit, known, Approval.REFUSED, reason)
    by = by_staff(command.staff_id)
    await unit.events.add(by, "words_refused", reason=reason, pledge=known.id)
    if known.is_for_others:
        occasion = f"{pledge_messages.NOT_SHOWN}:{known.version}"
        await pledge_messages.tell(unit, [known], occasion)
    return Done(known.id)


async def refuse_name(command: RefuseName, unit: Unit) -> Done | Refused:
    """Show no pledge of a person with the name; the person is told the reason once."""
    reason = _reason(command.reason)
    if isinstance(reason, Refused):
        return reason
    known = await hold(unit, command.pledge_id)
    if known is None or known.participant_id is None:
        return NOT_YOURS
    await unit.participants.change(known.participant_id, name_refused=reason)
    by = by_staff(command.staff_id)
    event = await unit.events.add(by, "name_refused", reason=reason, pledge=known.id)
    if known.shows_name:
        await pledge_messages.tell(unit, [known], f"{pledge_messages.NO_NAME}:{event}")
    return Done(known.id)


async def allow_name(command: AllowName, unit: Unit) -> Done | Refused:
    """Show a person's name again with the pledges for which they allow it."""
    known = await hold(unit, command.pledge_id)
    if known is None or known.participant_id is None:
        return NOT_YOURS
    await unit.participants.change(known.participant_id, name_refused=None)
    for one in await unit.pledges.of_participant(known.participant_id):
        await pledge_messages.drop(unit, one, {pledge_messages.NO_NAME})
    await unit.events.add(by_staff(command.staff_id), "name_allowed", pledge=known.id)
    return Done(known.id)


def _reason(written: str) -> str | Refused:
    """Return the reason that a person reads, or what is wrong with it."""
    reason = written.strip()
    wrong = text_fault(reason, LONGEST_REASON)
    if wrong is not None:
        return Refused(wrong, "reason")
    return reason or NO_REASON


async def _read(unit: Unit, command: ApproveWords | RefuseWords) -> Pledge | Refused:
    """Return the pledge whose words staff read, held; refuse it where it has changed since."""
    known = await hold(unit, command.pledge_id)
    if known is None or not known.has_own_words:
        return NOT_YOURS
    return known if known.version == command.version else CHANGED


async def _give(unit: Unit, known: Pledge, approval: Approval, reason: str | None) -> None:
    values = {"approval": approval, "approval_reason": reason, "version": known.version + 1}
    await unit.pledges.change(known.id, **values)
