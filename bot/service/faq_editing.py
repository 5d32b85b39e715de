"""Staff edit the FAQ; each change adds a version, and reaches the chat at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.faq import (
    AddEntry,
    AddPhrasing,
    CheckEntry,
    EditEntry,
    RetireEntry,
    RollBackEntry,
    SettleMissed,
)
from bot.model.faq import STANDS_FOR, FaqEntry
from bot.model.staff import May, Staff
from bot.service.faq import note_change
from bot.service.faq_faults import Around, FieldError, faults_of, tidy, tidy_text
from bot.store.events import by_staff
from bot.store.faq import FaqRow
from bot.store.unit import Unit

NOT_ALLOWED = Refused(_("You may not change the FAQ."))
NO_ENTRY = Refused(_("There is no such entry."))
CHANGED_MEANWHILE = Refused(_("Somebody else has changed this entry since you opened it."))
NO_VERSION = Refused(_("There is no such version."))
NO_QUESTION = Refused(_("Somebody has dealt with this question already."))
NO_TEXT = Refused(_("The entry says nothing in this language yet. Write the answer first."))
NOTHING_NEW = Refused(_("That leads to this entry already, or holds no words."))


async def entry_faults(entry: FaqEntry, unit: Unit) -> tuple[FieldError, ...]:
    """Return the faults of an entry in the form in which it would be stored."""
    return faults_of(tidy(entry), await _around(entry.id, unit))


async def _around(faq_id: str, unit: Unit) -> Around:
    """Return the data that an entry is checked against."""
    row = await unit.faq.get(faq_id)
    others = [_entry_of(other) for other in await unit.faq.all() if other.id != faq_id]
    return Around(
        others=tuple(others),
        themes=[theme.key for theme in unit.town.themes],
        owners=[one.id for one in await unit.staff.all() if one.may(May.EDIT_FAQ)],
        today=_today(unit),
        present=_entry_of(row) if row is not None else None,
    )


def _today(unit: Unit) -> date:
    return unit.calendar.local(unit.now).date()


def _entry_of(row: FaqRow) -> FaqEntry:
    return FaqEntry.from_body(row.id, row.body)


async def _editor(staff_id: int, unit: Unit) -> Staff | Refused:
    """Return the staff member; refuse where they may not change the FAQ."""
    staff = await unit.staff.get(staff_id)
    return staff if staff is not None and staff.may(May.EDIT_FAQ) else NOT_ALLOWED


async def _opened(
    staff_id: int, faq_id: str, version: int, unit: Unit
) -> tuple[Staff, FaqRow] | Refused:
    """Lock an entry for a staff member who may change it and has seen its present version."""
    staff = await _editor(staff_id, unit)
    if isinstance(staff, Refused):
        return staff
    row = await unit.faq.lock(faq_id)
    if row is None:
        return NO_ENTRY
    return (staff, row) if row.version == version else CHANGED_MEANWHILE


async def _note(unit: Unit, staff: Staff, verb: str, faq_id: str, **details: Any) -> None:
    """Record the staff member's act, and have the search index renewed."""
    await unit.events.add(by_staff(staff.id), verb, faq=faq_id, **details)
    await note_change(unit)


async def add_entry(command: AddEntry, unit: Unit) -> Done | Refused:
    """Add an entry, and settle the question it was written for; the value is its id."""
    staff = await _editor(command.staff_id, unit)
    if isinstance(staff, Refused):
        return staff
    entry = tidy(replace(command.entry, id=""))
    if wrong := faults_of(entry, await _around("", unit)):
        return Refused(wrong[0].why)
    faq_id = await unit.faq.add(entry.to_body(), staff.id)
    await _note(unit, staff, "faq_added", faq_id)
    if command.missed_id is not None:
        await _settle(unit, staff, command.missed_id)
    return Done(faq_id)


async def edit_entry(command: EditEntry, unit: Unit) -> Done | Refused:
    """Change an entry; the value is its version."""
    opened = await _opened(command.staff_id, command.entry.id, command.version, unit)
    if isinstance(opened, Refused):
        return opened
    return await _write(unit, *opened, command.entry, "faq_changed")


async def check_entry(command: CheckEntry, unit: Unit) -> Done | Refused:
    """Record that an entry is still right today; its next check is in 365 days."""
    opened = await _opened(command.staff_id, command.faq_id, command.version, unit)
    if isinstance(opened, Refused):
        return opened
    today = _today(unit)
    checked = replace(_entry_of(opened[1]), reviewed=today, check_by=today + STANDS_FOR)
    return await _write(unit, *opened, checked, "faq_checked")


async def roll_back_entry(command: RollBackEntry, unit: Unit) -> Done | Refused:
    """Restore the content of an earlier version; the value is the new version."""
    opened = await _opened(command.staff_id, command.faq_id, command.version, unit)
    if isinstance(opened, Refused):
        return opened
    before = await unit.faq.version(command.faq_id, command.to)
    if before is None:
        return NO_VERSION
    owner = _entry_of(opened[1]).owner
    entry = replace(FaqEntry.from_body(before.faq_id, before.body), owner=owner)
    return await _write(unit, *opened, entry, "faq_rolled_back", to=command.to)


async def _write(
    unit: Unit, staff: Staff, row: FaqRow, entry: FaqEntry, verb: str, **details: Any
) -> Done | Refused:
    """Store new content of an entry; refuse content with faults. The value is the version."""
    entry = tidy(entry)
    if wrong := faults_of(entry, await _around(row.id, unit)):
        return Refused(wrong[0].why)
    if entry == tidy(_entry_of(row)):
        return Done(row.version)
    version = await unit.faq.write(row.id, staff.id, body=entry.to_body())
    await _note(unit, staff, verb, row.id, version=version, **details)
    return Done(version)


async def retire_entry(command: RetireEntry, unit: Unit) -> Done | Refused:
    """Take an entry out of the chat, or bring it back; the value is its version."""
    opened = await _opened(command.staff_id, command.faq_id, command.version, unit)
    if isinstance(opened, Refused):
        return opened
    staff, row = opened
    if row.retired == command.retired:
        return Done(row.version)
    # Another entry may have got the same phrasing while this one was retired.
    wrong = faults_of(_entry_of(row), await _around(row.id, unit))
    if wrong and not command.retired:
        return Refused(wrong[0].why)
    version = await unit.faq.write(row.id, staff.id, retired=command.retired)
    verb = "faq_retired" if command.retired else "faq_brought_back"
    await _note(unit, staff, verb, row.id, version=version)
    return Done(version)


async def add_phrasing(command: AddPhrasing, unit: Unit) -> Done | Refused:
    """Add an unanswered question to an entry's phrasings; the value is the entry's version."""
    staff = await _editor(command.staff_id, unit)
    if isinstance(staff, Refused):
        return staff
    row = await unit.faq.lock(command.faq_id)
    if row is None or row.retired:
        return NO_ENTRY
    entry = _entry_of(row)
    text = entry.texts.get(command.language)
    if text is None:
        return NO_TEXT
    more = replace(text, phrasings=(*text.phrasings, command.words))
    if tidy_text(more) == tidy_text(text):
        return NOTHING_NEW
    texts = {**entry.texts, command.language: more}
    done = await _write(unit, staff, row, replace(entry, texts=texts), "faq_phrased")
    if isinstance(done, Done):
        await _settle(unit, staff, command.missed_id)
    return done


async def settle_missed(command: SettleMissed, unit: Unit) -> Done | Refused:
    """Take an unanswered question off the list; refuse where it is not on the list."""
    staff = await _editor(command.staff_id, unit)
    if isinstance(staff, Refused):
        return staff
    return Done() if await _settle(unit, staff, command.missed_id) else NO_QUESTION


async def _settle(unit: Unit, staff: Staff, missed_id: int) -> bool:
    """Take a question off the list; return whether it was on it."""
    settled = await unit.missed.done(missed_id)
    if settled:
        await unit.events.add(by_staff(staff.id), "missed_settled", missed=missed_id)
    return settled
