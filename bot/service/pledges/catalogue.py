"""The catalogue of pledges, as staff edit it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.pledges import AddEntry, EditEntry, ExportPledges, PublishEntry, RetireEntry
from bot.model.pledge import MeasureKind, PledgeState, Rhythm
from bot.model.pledge_catalogue import (
    LONGEST_SOURCE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    CatalogueEntry,
    EntryState,
)
from bot.service.pledges.making import amount_fault, is_resent
from bot.service.texts import text_fault, texts_fault
from bot.store.events import by_staff
from bot.store.unit import Unit

NO_ENTRY = Refused(_("There is no such pledge."))
CHANGED = Refused(_("Somebody has changed it meanwhile. Look at it again before you save."))
# Pledges that were made from an entry add up in these: with others they would change their meaning.
COUNTED_BY = {
    "theme": _("Pledges were made from it, so the theme stays. Make a new pledge instead."),
    "kind": _("Pledges were made from it, so how it adds up stays. Make a new pledge instead."),
    "measure": _("Pledges were made from it, so the unit stays. Make a new pledge instead."),
}
EDITABLE = frozenset(
    {
        *("titles", "texts", "theme", "kind", "rhythm", "measure", "amount", "season", "asks_on"),
        *("who", "thanks", "doing", "steps", "because", "factor", "words"),
    }
)
_LONGEST: Mapping[str, int] = {"titles": LONGEST_TITLE, "texts": LONGEST_TEXT}


async def add_entry(command: AddEntry, unit: Unit) -> Done | Refused:
    """Create a draft; the value is its id. A form that is sent twice makes one."""
    blank = CatalogueEntry(
        0, "", {}, {}, "", MeasureKind.COUNT, Rhythm.MONTH, staff_id=command.staff_id
    )
    new = _with(blank, command.fields)
    wrong = fault_of(unit, new)
    if wrong is not None:
        return wrong
    await unit.facts.hold(f"drafts:{command.staff_id}")
    for one in await unit.catalogue.all({EntryState.DRAFT}):
        if is_resent(one, new):
            return Done(one.id)  # the same form again
    made = await unit.catalogue.add(new)
    await unit.events.add(by_staff(command.staff_id), "entry_added", entry=made)
    return Done(made)


async def edit_entry(command: EditEntry, unit: Unit) -> Done | Refused:
    """Change an entry; pledges that were made from it stay as they were promised."""
    known = await unit.catalogue.lock(command.entry_id)
    if known is None:
        return NO_ENTRY
    if known.version != command.version:
        return CHANGED
    changed = _with(known, command.fields)
    wrong = fault_of(unit, changed) or await _recount_fault(unit, known, changed)
    if wrong is not None:
        return wrong
    values = {name: getattr(changed, name) for name in (*EDITABLE, "title")}
    await unit.catalogue.change(known.id, **values, version=known.version + 1)
    await unit.events.add(by_staff(command.staff_id), "entry_edited", entry=known.id)
    return Done(known.id)


async def _recount_fault(
    unit: Unit, known: CatalogueEntry, changed: CatalogueEntry
) -> Refused | None:
    """Return why pledges that were made from an entry would be counted as something else."""
    names = [one for one in COUNTED_BY if getattr(known, one) != getattr(changed, one)]
    if not names or not await unit.pledges.listed(tuple(PledgeState), 1, catalogue_id=known.id):
        return None
    return Refused(COUNTED_BY[names[0]], names[0])


async def publish_entry(command: PublishEntry, unit: Unit) -> Done | Refused:
    """Let people choose an entry."""
    return await _set_state(unit, command, EntryState.PUBLISHED, "entry_published")


async def retire_entry(command: RetireEntry, unit: Unit) -> Done | Refused:
    """Let people no longer choose an entry."""
    return await _set_state(unit, command, EntryState.RETIRED, "entry_retired")


async def export_pledges(command: ExportPledges, unit: Unit) -> Done | Refused:
    """Record that staff export the pledges with names."""
    await unit.events.add(by_staff(command.staff_id), "exported_pledges")
    return Done(None)


async def _set_state(
    unit: Unit, command: PublishEntry | RetireEntry, state: EntryState, verb: str
) -> Done | Refused:
    known = await unit.catalogue.lock(command.entry_id)
    if known is None:
        return NO_ENTRY
    if known.state is not state:
        await unit.catalogue.change(known.id, state=state, version=known.version + 1)
        await unit.events.add(by_staff(command.staff_id), verb, entry=known.id)
    return Done(known.id)


def _with(known: CatalogueEntry, given: Mapping[str, Any]) -> CatalogueEntry:
    """Return an entry with the given fields."""
    values = {name: value for name, value in given.items() if name in EDITABLE}
    changed = replace(known, **values)
    return replace(changed, title=changed.titles.get("da", "").strip())


def fault_of(unit: Unit, entry: CatalogueEntry) -> Refused | None:
    """Return what is wrong with an entry, with the field; None where it is right."""
    refused = _words_fault(entry)
    if refused is not None:
        return refused
    if entry.theme not in {one.key for one in unit.town.pledge_themes}:
        return Refused(_("Choose one of the themes."), "theme")
    wrong = amount_fault(unit, entry.measure, entry.amount)
    if wrong is not None:
        return Refused(wrong, "amount" if entry.amount else "measure")
    return _factor_fault(entry.factor) if entry.factor is not None else None


def _words_fault(entry: CatalogueEntry) -> Refused | None:
    """Return what is wrong with the texts of an entry, with the field."""
    for name in ("titles", "texts", "who", "thanks", "doing", "steps"):
        texts = getattr(entry, name)
        wrong = texts_fault(texts or {}, _LONGEST.get(name, LONGEST_TEXT))
        if wrong is not None and (texts or name in _LONGEST):
            return Refused(wrong, name)
    others: list[tuple[str, Collection[str]]] = [("words", entry.words)]
    others += [(f"because_{key}_da", one.values()) for key, one in (entry.because or {}).items()]
    for name, some in others:
        wrong = next((one for text in some if (one := text_fault(text, LONGEST_TEXT))), None)
        if wrong is not None:
            return Refused(wrong, name)
    return None


def _factor_fault(factor: Mapping[str, Any]) -> Refused | None:
    """Return what is wrong with a conversion: it needs a unit, a range and a source."""
    for name in ("unit", "source"):
        texts = factor.get(name) or {}
        wrong = texts_fault(texts, LONGEST_SOURCE)
        if wrong is not None:
            missing = _("A conversion needs a unit and a source.")
            return Refused(wrong if texts.get("da") else missing, "factor")
    low, high = factor.get("low"), factor.get("high")
    if not isinstance(low, int | float) or not isinstance(high, int | float) or not 0 < low <= high:
        return Refused(
            _("A conversion needs a range: from a smaller to a larger number."), "factor"
        )
    return None
