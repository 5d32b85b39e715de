"""Services with which staff create, publish and end opportunities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from bot.calendar.recurrence import from_json
from bot.engine.events import Done, Refused
from bot.i18n import LANGUAGES, _
from bot.model.commands.volunteering import (
    AddOpportunity,
    CopyOpportunity,
    EditOpportunity,
    EndOpportunity,
    PauseOpportunity,
    PublishOpportunity,
)
from bot.model.opportunity import (
    LONGEST_PLACE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Gate,
    Insurance,
    Kind,
    Need,
    Opportunity,
    OpportunityState,
)
from bot.model.signup import LIVE, SignupState
from bot.redact import redact_text
from bot.service.launches import tell_opened
from bot.service.volunteering import shifts
from bot.service.volunteering.signup_messages import cancelled_by_organiser
from bot.store.events import by_staff
from bot.store.unit import Unit

NO_OPPORTUNITY = Refused(_("There is no such opportunity."))
CHANGED_MEANWHILE = Refused(_("Somebody else has changed it meanwhile. Look at it again."))
NOT_INSURED = Refused(
    _("Say who insures the volunteers. It cannot be published before."), "insurance"
)
MOST_SEATS, LONGEST_TAKES = 10_000, 7 * 24 * 60
# The fields that the commands write; all else follows from what staff do.
WRITTEN = frozenset(
    {
        *("code", "titles", "texts", "gains", "places", "notes", "kind", "takes", "latitude"),
        *("longitude", "area", "theme", "seats", "rule", "season", "insurance", "gates"),
        *("languages", "skills", "needs", "approves", "closes_before", "cancels_before"),
        "group_id",
    }
)
_LONGEST: Mapping[str, int] = {
    "titles": LONGEST_TITLE,
    "texts": LONGEST_TEXT,
    "gains": LONGEST_TEXT,
    "notes": LONGEST_TEXT,
    "places": LONGEST_PLACE,
}
_DEFAULTS = {one.name: one.default for one in fields(Opportunity)}


async def add_opportunity(command: AddOpportunity, unit: Unit) -> Done | Refused:
    """Create a draft; the value is its id."""
    written = read(command.fields, unit)
    if isinstance(written, Refused):
        return written
    staff = list(command.staff_contacts) or [command.staff_id]
    new = Opportunity(id=0, **{**written, "staff_id": command.staff_id})
    if new.code and await unit.opportunities.of_code(new.code):
        return Refused(_("Another opportunity has that code."), "code")
    made = await unit.opportunities.add(new)
    await unit.opportunities.set_contacts(made, staff, command.participant_contacts)
    await unit.events.add(by_staff(command.staff_id), "opportunity_added", opportunity=made)
    return Done(made)


async def edit_opportunity(command: EditOpportunity, unit: Unit) -> Done | Refused:
    """Change fields; shifts of an old rule without sign-ups are replaced by those of the new."""
    known = await unit.opportunities.lock(command.opportunity_id)
    if known is None or known.state is OpportunityState.ENDED:
        return NO_OPPORTUNITY
    if known.version != command.version:
        return CHANGED_MEANWHILE
    before = {name: getattr(known, name) for name in WRITTEN}
    written = read({**before, **command.fields}, unit)
    if isinstance(written, Refused):
        return written
    after = replace(known, **written)
    if known.state is OpportunityState.OPEN:
        missing = _missing(after, has_contact=True)
        if missing is not None:
            return missing
    if command.staff_contacts is not None:
        if not command.staff_contacts:
            return Refused(_("At least one contact must be staff."), "staff_contacts")
        await unit.opportunities.set_contacts(
            known.id, command.staff_contacts, command.participant_contacts or ()
        )
    await unit.opportunities.change(known.id, **written, version=known.version + 1)
    await unit.events.add(by_staff(command.staff_id), "opportunity_edited", opportunity=known.id)
    if known.state is OpportunityState.OPEN:
        await shifts.replan(unit, after)
    return Done(known.version + 1)


async def publish_opportunity(command: PublishOpportunity, unit: Unit) -> Done | Refused:
    """Open an opportunity for sign-ups, and plan its shifts."""
    known = await unit.opportunities.lock(command.opportunity_id)
    if known is None or known.state is OpportunityState.ENDED:
        return NO_OPPORTUNITY
    if known.state is OpportunityState.OPEN:
        return Done(known.id)
    contacts = await unit.opportunities.contacts(known.id)
    has_contact = any(one.staff_id is not None for one in contacts)
    missing = _missing(known, has_contact=has_contact)
    if missing is not None:
        return missing
    await unit.opportunities.change(
        known.id,
        state=OpportunityState.OPEN,
        published_at=known.published_at or unit.now,
    )
    await unit.events.add(by_staff(command.staff_id), "opportunity_published", opportunity=known.id)
    await shifts.plan_ahead(unit, known.id)
    await tell_opened(unit)
    return Done(known.id)


async def pause_opportunity(command: PauseOpportunity, unit: Unit) -> Done | Refused:
    """Close an opportunity for new sign-ups."""
    known = await unit.opportunities.lock(command.opportunity_id)
    if known is None or known.state not in {OpportunityState.OPEN, OpportunityState.PAUSED}:
        return NO_OPPORTUNITY
    await unit.opportunities.change(known.id, state=OpportunityState.PAUSED)
    await unit.events.add(by_staff(command.staff_id), "opportunity_paused", opportunity=known.id)
    return Done(known.id)


async def end_opportunity(command: EndOpportunity, unit: Unit) -> Done | Refused:
    """End an opportunity: cancel its coming shifts and its requests, with the reason."""
    known = await unit.opportunities.lock(command.opportunity_id)
    if known is None or known.state is OpportunityState.ENDED:
        return NO_OPPORTUNITY
    reason = command.reason.strip()
    if not reason and known.state is not OpportunityState.DRAFT:
        return Refused(_("Write the reason. Those who are signed up read it."), "reason")
    if redact_text(reason).text != reason:
        return Refused(_("There is a CPR number in the text. Take it out."), "reason")
    await unit.opportunities.change(known.id, state=OpportunityState.ENDED, ended_at=unit.now)
    await shifts.cancel_coming(unit, known, reason)
    for one in await unit.signups.of_opportunity(known.id, LIVE):
        await unit.signups.change(one.id, state=SignupState.CANCELLED_BY_ORGANISER, reason=reason)
        await cancelled_by_organiser(unit, one, None)
    await unit.events.add(by_staff(command.staff_id), "opportunity_ended", opportunity=known.id)
    return Done(known.id)


async def copy_opportunity(command: CopyOpportunity, unit: Unit) -> Done | Refused:
    """Create a draft with the same fields and contacts; the value is its id."""
    known = await unit.opportunities.get(command.opportunity_id)
    if known is None:
        return NO_OPPORTUNITY
    copy = replace(
        known,
        id=0,
        code=None,
        state=OpportunityState.DRAFT,
        version=1,
        staff_id=command.staff_id,
        published_at=None,
        ended_at=None,
        expanded_to=None,
    )
    made = await unit.opportunities.add(copy)
    contacts = await unit.opportunities.contacts(known.id)
    await unit.opportunities.set_contacts(
        made,
        [one.staff_id for one in contacts if one.staff_id is not None],
        [one.participant_id for one in contacts if one.participant_id is not None],
    )
    await unit.events.add(by_staff(command.staff_id), "opportunity_added", opportunity=made)
    return Done(made)


def read(given: Mapping[str, Any], unit: Unit) -> dict[str, Any] | Refused:
    """Return the columns of an opportunity's fields; refuse what makes none.

    Enumerations may be given by their values, tuples as lists.
    """
    unknown = set(given) - WRITTEN
    if unknown:
        raise KeyError(f"not a field of an opportunity: {', '.join(sorted(unknown))}")
    written = {name: given.get(name, _DEFAULTS.get(name)) for name in WRITTEN}
    for name, longest in _LONGEST.items():
        texts = {
            language: text.strip()
            for language, text in (written[name] or {}).items()
            if text.strip() and language in LANGUAGES
        }
        fault = _text_fault(texts, longest, name)
        if fault is not None:
            return fault
        written[name] = texts or None
    for name in ("titles", "texts"):
        if not (written[name] or {}).get("da"):
            return Refused(_("Write it in Danish first."), name)
    written["title"] = written["titles"]["da"]
    return _read_choices(written, unit)


def _text_fault(texts: Mapping[str, str], longest: int, name: str) -> Refused | None:
    """Return why texts are refused: too long, or with a CPR number."""
    for text in texts.values():
        if len(text) > longest:
            return Refused(_("Write it in at most {most} characters.").with_(most=longest), name)
        if redact_text(text).text != text:
            return Refused(_("There is a CPR number in the text. Take it out."), name)
    return None


def _read_choices(written: dict[str, Any], unit: Unit) -> dict[str, Any] | Refused:
    """Return the columns with enumerations, numbers and the rule read; refuse wrong ones."""
    try:
        written["kind"] = Kind(written["kind"])
        written["insurance"] = Insurance(written["insurance"]) if written["insurance"] else None
        written["gates"] = tuple(Gate(one) for one in written["gates"] or ())
        written["needs"] = tuple(Need(one) for one in written["needs"] or ())
    except ValueError:
        return Refused(_("Choose one of the options."), "kind")
    for name in ("languages", "skills", "season"):
        written[name] = tuple(written[name] or ())
    known_areas = {one.key for one in unit.town.areas}
    if written["area"] and written["area"] not in known_areas:
        return Refused(_("There is no such area."), "area")
    if not 1 <= int(written["takes"] or 0) <= LONGEST_TAKES:
        return Refused(_("Write how many minutes it takes."), "takes")
    if written["seats"] is not None and not 1 <= int(written["seats"]) <= MOST_SEATS:
        return Refused(_("Write how many places there are, at least 1."), "seats")
    if written["rule"]:
        try:
            from_json(written["rule"]["recurrence"])
        except (KeyError, TypeError, ValueError):
            return Refused(_("I do not understand when it takes place."), "rule")
    if written["kind"] is Kind.AGREEMENT:
        written["rule"] = None
    return written


def _missing(one: Opportunity, *, has_contact: bool) -> Refused | None:
    """Return what an opportunity lacks before citizens may see it; None where nothing."""
    if one.insurance is None:
        return NOT_INSURED
    if not has_contact:
        return Refused(_("At least one contact must be staff."), "staff_contacts")
    return None
