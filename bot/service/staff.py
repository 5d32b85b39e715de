"""Services for staff accounts: add, invite, change, disable."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.events import Done, Refused
from bot.i18n import LANGUAGES, _
from bot.model.case import CaseState
from bot.model.commands.staff import AddStaff, ChangeStaff, DisableStaff, InviteStaff
from bot.model.staff import INVITED_FOR, LONGEST_NAME, USERNAME, May, Role, Staff, tidy_name
from bot.service.staff_alerts import alert_staff
from bot.service.volunteering import requests
from bot.store.alerts import about_case
from bot.store.events import by_staff
from bot.store.unit import Unit

NOBODY = _("There is nobody here by that name.")
LAST_ADMIN = _(
    "Somebody must be able to manage the staff. Make another person administrator first."
)


async def add_staff(command: AddStaff, unit: Unit) -> Done | Refused:
    """Add a staff member with an invitation link and no password; the value is the id."""
    first_name, works_in = tidy_name(command.first_name), tidy_name(command.unit)
    wrong = _name_fault(first_name, works_in)
    if not USERNAME.fullmatch(command.username):
        why = _(
            "A username has 2 to 60 characters: small letters a–z, digits, dots, hyphens "
            "and underscores."
        )
        wrong = Refused(why, "username")
    elif command.language not in LANGUAGES:
        wrong = Refused(_("I do not know that language yet."), "language")
    if wrong is None and await unit.staff.by_username(command.username):
        wrong = Refused(_("Somebody has that username already."), "username")
    if wrong is not None:
        return wrong
    new = Staff(
        id=0,
        username=command.username,
        first_name=first_name,
        unit=works_in,
        role=command.role,
        language=command.language,
        themes=command.themes,
        head=command.head,
        granted=command.granted,
    )
    made = await unit.staff.add(new)
    await unit.events.add(command.by, "staff_added", moved=(None, command.role), staff=made)
    await unit.invitations.add(made, command.token_hash, command.at, command.at + INVITED_FOR)
    return Done(made)


def _name_fault(first_name: str, works_in: str) -> Refused | None:
    """Return why a first name or a department is refused; None where both are accepted."""
    for field, name in (("first_name", first_name), ("unit", works_in)):
        if not name:
            return Refused(_("Write both a first name and a department."), field)
        if len(name) > LONGEST_NAME:
            why = _("A name has at most {most} characters.").with_(most=LONGEST_NAME)
            return Refused(why, field)
    return None


async def invite_staff(command: InviteStaff, unit: Unit) -> Done | Refused:
    """Store a new invitation link; a disabled account becomes active again."""
    known = await unit.staff.get(command.staff_id)
    if known is None:
        return Refused(NOBODY)
    if not known.active:
        await unit.staff.save(replace(known, active=True))
        await unit.sessions.end_of(known.id)  # a sign-in during the disabling may have left one
    await unit.invitations.add(known.id, command.token_hash, command.at, command.at + INVITED_FOR)
    await unit.events.add(command.by, "staff_invited", staff=known.id, let_in=not known.active)
    return Done(known.id)


async def change_staff(command: ChangeStaff, unit: Unit) -> Done | Refused:
    """Change a staff member's details; permissions change with their next request."""
    first_name, works_in = tidy_name(command.first_name), tidy_name(command.unit)
    wrong = _name_fault(first_name, works_in)
    if wrong is not None:
        return wrong
    if command.role is not Role.ADMIN and await _is_last_admin(command.staff_id, unit):
        return Refused(LAST_ADMIN, "role")
    known = await unit.staff.get(command.staff_id)
    if known is None:
        return Refused(NOBODY)
    changed = replace(
        known,
        first_name=first_name,
        unit=works_in,
        role=command.role,
        themes=command.themes,
        head=command.head,
        granted=command.granted,
    )
    if changed != known:
        await unit.staff.save(changed)
        await unit.events.add(
            command.by,
            "staff_changed",
            moved=(known.role, changed.role),
            staff=known.id,
            themes=list(changed.themes),
            unit=changed.unit,
            head=changed.head,
            granted=list(changed.granted),
        )
        if not changed.may(May.WORK_CASES):
            await _leave_cases(known.id, command.by, unit)
    return Done(known.id)


async def disable_staff(command: DisableStaff, unit: Unit) -> Done | Refused:
    """Disable an account at once, with its sessions, invitation link and password."""
    if command.by == by_staff(command.staff_id):
        return Refused(_("You cannot lock yourself out. Ask another administrator."))
    if await _is_last_admin(command.staff_id, unit):
        return Refused(LAST_ADMIN)
    known = await unit.staff.get(command.staff_id)
    if known is None:
        return Refused(NOBODY)
    if known.active:
        await unit.staff.save(replace(known, active=False))
        await unit.staff.set_password(known.id, None)
        await unit.invitations.withdraw(known.id, unit.now)
        await unit.sessions.end_of(known.id)
        await unit.events.add(command.by, "staff_disabled", staff=known.id)
        await _leave_cases(known.id, command.by, unit)
        await requests.hand_over(unit, known.id)
    return Done(known.id)


async def _leave_cases(staff_id: int, by: str, unit: Unit) -> None:
    """Unassign all cases of a staff member who has left, and alert the staff of their themes."""
    for case in await unit.cases.of_owner(staff_id):
        state = CaseState.NEW if case.state is CaseState.OPEN else case.state
        event_id = await unit.events.add(
            by, "unassigned", case_id=case.id, moved=(case.state, state)
        )
        await unit.cases.change(case, owner_id=None, state=state)
        others = [one.id for one in await unit.staff.answering_for(case.theme)]
        await alert_staff(unit, others, about_case(case.id), "new", str(event_id))


async def _is_last_admin(staff_id: int, unit: Unit) -> bool:
    """Return whether this is the only administrator; lock all of them until the unit ends."""
    return [admin.id for admin in await unit.staff.admins()] == [staff_id]
