"""Services with which staff create, publish and end opportunities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from datetime import date
from typing import Any

from bot.calendar.recurrence import from_json
from bot.engine.events import Done, Refused
from bot.i18n import LANGUAGES, _
from bot.model.commands.volunteering import (
    AddOpportunity,
    CopyOpportunity,
    EditOpportunity,
    EndOpportunity,
    ExportSignups,
    PauseOpportunity,
    PublishOpportunity,
)
from bot.model.opportunity import (
    LONGEST_PLACE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    SPOKEN,
    Gate,
    Insurance,
    Kind,
    Need,
    Opportunity,
    OpportunityState,
)
from bot.model.signup import LIVE, SignupState
from bot.service.launches import tell_opened
from bot.service.volunteering import added_gates, queue, shifts
from bot.service.volunteering.signup_messages import cancelled_by_organiser
from bot.service.volunteering.written import NO_REASON, reasons_of, seats_fault, text_fault
from bot.store.events import by_staff
from bot.store.unit import Unit

NO_OPPORTUNITY = Refused(_("There is no such opportunity."))
CHANGED_MEANWHILE = Refused(_("Somebody else has changed it meanwhile. Look at it again."))
NOT_INSURED = Refused(
    _("Say who insures the volunteers. It cannot be published before."), "insurance"
)
ENDED = Refused(_("This opportunity has ended. Use another code."), "code")
NO_CONTACT = Refused(_("At least one contact must be staff."), "staff_contacts")
KEEPS_KIND = Refused(
    _("It has been published, so it stays as it is here. Make a copy and change that."), "kind"
)
CODE_TAKEN = Refused(_("Another opportunity has that code."), "code")
LONGEST_TAKES = 7 * 24 * 60  # minutes
# The fields that the commands write; all else follows from what staff do.
WRITTEN = frozenset(
    {
        *("code", "titles", "texts", "gains", "places", "notes", "kind", "takes", "latitude"),
        *("longitude", "area", "theme", "seats", "rule", "season", "insurance", "gates"),
        *("languages", "skills", "needs", "approves", "closes_before", "cancels_before"),
        "group_id",
    }
)
DEADLINES = ("closes_before", "cancels_before")
LONGEST_CODE = 20
LONGEST_DEADLINE = 60 * 24 * 60  # minutes
_LONGEST: Mapping[str, int] = {
    "titles": LONGEST_TITLE,
    "texts": LONGEST_TEXT,
    "gains": LONGEST_TEXT,
    "notes": LONGEST_TEXT,
    "places": LONGEST_PLACE,
}
MOST_SKILLS, LONGEST_SKILL = 20, 80
TOO_MANY_SKILLS = _("Write at most {most} of them.").with_(most=MOST_SKILLS)
_CHOICES: Mapping[str, Callable[[Any], Any]] = {
    "kind": Kind,
    "insurance": lambda value: Insurance(value) if value else None,
    "gates": lambda values: tuple(Gate(one) for one in values or ()),
    "needs": lambda values: tuple(Need(one) for one in values or ()),
}
_DEFAULTS = {one.name: one.default for one in fields(Opportunity) if one.default is not MISSING}


async def add_opportunity(command: AddOpportunity, unit: Unit) -> Done | Refused:
    """Create a draft; the value is its id."""
    written = read(command.fields, unit)
    if isinstance(written, Refused):
        return written
    staff = list(command.staff_contacts) or [command.staff_id]
    fault = await _unknown(unit, written["group_id"], staff)
    if fault is not None:
        return fault
    new = Opportunity(id=0, **{**written, "staff_id": command.staff_id})
    if new.code and await unit.opportunities.of_code(new.code):
        return CODE_TAKEN
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
    after = replace(known, **written, version=known.version + 1)
    fault = await _edit_fault(unit, known, after, command.staff_contacts)
    if fault is not None:
        return fault
    if command.staff_contacts is not None:
        await unit.opportunities.set_contacts(
            known.id, command.staff_contacts, command.participant_contacts or ()
        )
    await unit.opportunities.change(known.id, **written, version=after.version)
    await unit.events.add(by_staff(command.staff_id), "opportunity_edited", opportunity=known.id)
    if known.state is not OpportunityState.DRAFT:
        await _follow_edit(unit, known, after)
    return Done(after.version)


async def _follow_edit(unit: Unit, known: Opportunity, after: Opportunity) -> None:
    """Let the shifts follow an edit: new places are offered, and new times are planned."""
    if set(after.gates) - set(known.gates):
        await added_gates.follow(unit, after, await shifts.hold_coming(unit, after))
    if known.seats != after.seats:
        await shifts.fill_all(unit, after)
    if _times(known) != _times(after):
        await shifts.replan(unit, after)


def _times(one: Opportunity) -> tuple[Any, ...]:
    """Return the fields from which the shifts of an opportunity follow."""
    return one.kind, one.rule, one.season, one.takes


async def _edit_fault(
    unit: Unit, known: Opportunity, after: Opportunity, contacts: Sequence[int] | None
) -> Refused | None:
    """Return why an edit is refused: what lacks, another's code, or too few places."""
    unknown = await _unknown(unit, after.group_id, contacts or ())
    if unknown is not None:
        return unknown
    if after.kind is not known.kind and known.state is not OpportunityState.DRAFT:
        return KEEPS_KIND
    missing = _missing(after, has_contact=contacts is None or bool(contacts))
    if missing is not None and (known.state is OpportunityState.OPEN or missing == NO_CONTACT):
        return missing
    if after.code and after.code != known.code and await unit.opportunities.of_code(after.code):
        return CODE_TAKEN
    if known.seats != after.seats:
        held = await shifts.overfull(unit, known, after.seats)
        if held:
            return shifts.too_few(held)
    return None


async def _unknown(unit: Unit, group_id: int | None, contacts: Sequence[int]) -> Refused | None:
    """Return why a group or contacts among the staff are refused: there are none such."""
    if group_id is not None and await unit.groups.get(group_id) is None:
        return Refused(_("Choose one of the options."), "group_id")
    for staff_id in contacts:
        if await unit.staff.get(staff_id) is None:
            return Refused(_("Choose one of the options."), "staff_contacts")
    return None


async def refusal_of(
    unit: Unit, known: Opportunity | None, given: Mapping[str, Any], *, publishes: bool
) -> Refused | None:
    """Return why an import cannot add an opportunity, or change *known*; nothing is written."""
    if known is not None and known.state is OpportunityState.ENDED:
        return ENDED
    before = {name: getattr(known, name) for name in WRITTEN} if known is not None else {}
    written = read({**before, **given}, unit)
    if isinstance(written, Refused):
        return written
    if publishes and written["insurance"] is None:
        return NOT_INSURED
    if known is None:
        return None
    contacts = await unit.opportunities.contacts(known.id)
    if all(one.staff_id is None for one in contacts):
        return NO_CONTACT
    return await _edit_fault(unit, known, replace(known, **written), None)


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
    reasons = reasons_of(command.reason, command.other_reasons)
    if isinstance(reasons, Refused):
        return reasons
    if not reasons and known.state is not OpportunityState.DRAFT:
        return NO_REASON
    reason = reasons.get("da", "")
    await unit.opportunities.change(known.id, state=OpportunityState.ENDED, ended_at=unit.now)
    await shifts.cancel_coming(unit, known, reasons)
    for one in await unit.signups.of_opportunity(known.id, LIVE):
        ended = SignupState.CANCELLED_BY_ORGANISER
        await unit.signups.change(one.id, state=ended, reason=reason, reasons=reasons)
        await unit.timers.cancel(queue.REQUEST_LATE, str(one.id))
        await cancelled_by_organiser(unit, one, None)
    await shifts.look_at_invitations(unit, known.id)
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


async def export_signups(command: ExportSignups, unit: Unit) -> Done | Refused:
    """Record that the sign-ups of an opportunity or a shift are exported."""
    known = await unit.opportunities.get(command.opportunity_id)
    if known is None:
        return NO_OPPORTUNITY
    await unit.events.add(
        by_staff(command.staff_id),
        "signups_exported",
        opportunity=known.id,
        shift=command.shift_id,
    )
    return Done(known.id)


def read(given: Mapping[str, Any], unit: Unit) -> dict[str, Any] | Refused:
    """Return the columns of an opportunity's fields; refuse what makes none.

    Enumerations may be given by their values, tuples as lists.
    """
    unknown = set(given) - WRITTEN
    if unknown:
        raise KeyError(f"not a field of an opportunity: {', '.join(sorted(unknown))}")
    written = {name: given.get(name, _DEFAULTS.get(name)) for name in WRITTEN}
    for name in DEADLINES:
        written[name] = _DEFAULTS[name] if written[name] is None else written[name]
    for name, longest in _LONGEST.items():
        texts = {
            language: text.strip()
            for language, text in (written[name] or {}).items()
            if text.strip() and language in LANGUAGES
        }
        fault = text_fault(texts.values(), longest, name)
        if fault is not None:
            return fault
        written[name] = texts or None
    for name in ("titles", "texts"):
        if not (written[name] or {}).get("da"):
            return Refused(_("Write it in Danish first."), name)
    written["title"] = written["titles"]["da"]
    written["code"] = (written["code"] or "").strip() or None
    return _read_choices(written, unit)


def _read_choices(written: dict[str, Any], unit: Unit) -> dict[str, Any] | Refused:
    """Return the columns with enumerations, numbers and the rule read; refuse wrong ones."""
    for name, kind in _CHOICES.items():
        try:
            written[name] = kind(written[name])
        except ValueError:
            return Refused(_("Choose one of the options."), name)
    for name in ("languages", "skills", "season"):
        written[name] = tuple(written[name] or ())
    fault = text_fault((written["code"] or "",), LONGEST_CODE, "code") or _skill_fault(written)
    fault = fault or _number_fault(written) or _place_fault(written, unit)
    if fault is not None:
        return fault
    if not _is_rule(written["rule"]):
        return Refused(_("I do not understand when it takes place."), "rule")
    if written["kind"] is Kind.AGREEMENT:
        written["rule"] = None
    return written


def _skill_fault(written: Mapping[str, Any]) -> Refused | None:
    """Return why the languages or the skills are refused, or None."""
    if not set(written["languages"]) <= set(SPOKEN):
        return Refused(_("Choose one of the options."), "languages")
    if len(written["skills"]) > MOST_SKILLS:
        return Refused(TOO_MANY_SKILLS, "skills")
    return text_fault(written["skills"], LONGEST_SKILL, "skills")


def _number_fault(written: Mapping[str, Any]) -> Refused | None:
    """Return why a number is refused, or the season; None where all are accepted."""
    if not 1 <= int(written["takes"] or 0) <= LONGEST_TAKES:
        return Refused(_("Write how many minutes it takes."), "takes")
    fault = seats_fault(written["seats"])
    if fault is not None:
        return fault
    for name in DEADLINES:
        if not 0 <= written[name] <= LONGEST_DEADLINE:
            return Refused(_("Write a time of at most 60 days."), name)
    if not _is_season(written["season"]):
        return Refused(_("Write the first and the last day of the season."), "season")
    return None


def _place_fault(written: Mapping[str, Any], unit: Unit) -> Refused | None:
    """Return why the area, the theme or the point on the map is refused, or None."""
    if written["area"] and written["area"] not in {one.key for one in unit.town.areas}:
        return Refused(_("There is no such area."), "area")
    if written["theme"] and written["theme"] not in {one.key for one in unit.town.topics}:
        return Refused(_("There is no such theme."), "theme")
    point = (written["latitude"], written["longitude"])
    if point == (None, None):
        return None
    if None in point or not (abs(point[0]) <= 90 and abs(point[1]) <= 180):  # noqa: PLR2004 - degrees
        return Refused(_("Write the place on the map as 55.12345, 10.12345."), "latitude")
    return None


def _is_season(season: Sequence[str]) -> bool:
    """Return whether these are no days or two days of the year, as ``08-01``."""
    try:
        days = [date.fromisoformat(f"2028-{one}") for one in season]  # any date exists in 2028
    except ValueError:
        return False
    written = [f"{one:%m-%d}" for one in days]
    return len(days) in {0, 2} and written == list(season)


def _is_rule(rule: Mapping[str, Any] | None) -> bool:
    """Return whether this is no rule, or the JSON of one."""
    try:
        return not rule or bool(from_json(rule["recurrence"]))
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def _missing(one: Opportunity, *, has_contact: bool) -> Refused | None:
    """Return what an opportunity lacks before citizens may see it; None where nothing."""
    if not has_contact:
        return NO_CONTACT
    return NOT_INSURED if one.insurance is None else None
