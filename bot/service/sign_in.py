"""How staff sign in, and the changes they make to their own account."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.events import Done, Refused
from bot.i18n import LANGUAGES, _
from bot.model.commands.staff import (
    ChangeMailAddress,
    ChangePassword,
    ChangeStaffLanguage,
    ChoosePassword,
    EndOtherSessions,
    EndSession,
    SignIn,
)
from bot.model.staff import mail_address_fault
from bot.service.staff import NOBODY
from bot.store.events import by_staff
from bot.store.unit import Unit

SPENT = _("This link has been used or has run out. Ask an administrator for a new one.")


async def choose_password(command: ChoosePassword, unit: Unit) -> Done | Refused:
    """Set a password by an invitation, and end all sessions; the value is the staff id.

    An invitation works once: of two requests at the same time, one is refused.
    """
    staff_id = await unit.invitations.use(command.token_hash, command.at)
    if staff_id is None:
        return Refused(SPENT)
    await unit.staff.set_password(staff_id, command.password_hash)
    await unit.sessions.end_of(staff_id)
    await unit.events.add(by_staff(staff_id), "password_chosen", staff=staff_id)
    return Done(staff_id)


async def change_password(command: ChangePassword, unit: Unit) -> Done | Refused:
    """Set another password, and end all sessions but this one; the value is their number."""
    await unit.staff.set_password(command.staff_id, command.password_hash)
    ended = await unit.sessions.end_of(command.staff_id, but=command.session)
    by = by_staff(command.staff_id)
    await unit.events.add(by, "password_changed", staff=command.staff_id, ended=ended)
    return Done(ended)


async def change_language(command: ChangeStaffLanguage, unit: Unit) -> Done | Refused:
    """Set the language that a staff member reads."""
    known = await unit.staff.get(command.staff_id)
    if known is None:
        return Refused(NOBODY)
    if command.language not in LANGUAGES:
        return Refused(_("I do not know that language yet."))
    await unit.staff.save(replace(known, language=command.language))
    by = by_staff(known.id)
    moved = (known.language, command.language)
    await unit.events.add(by, "language_changed", moved=moved, staff=known.id)
    return Done(command.language)


async def change_mail_address(command: ChangeMailAddress, unit: Unit) -> Done | Refused:
    """Set the address for e-mail about alerts; without one, no e-mail is sent."""
    known = await unit.staff.get(command.staff_id)
    if known is None:
        return Refused(NOBODY)
    address = command.address.strip()
    if address and (fault := mail_address_fault(address)) is not None:
        return Refused(fault, "address")
    await unit.staff.save(replace(known, mail_address=address or None))
    await unit.events.add(by_staff(known.id), "mail_address_changed", staff=known.id)
    return Done(known.id)


async def sign_in(command: SignIn, unit: Unit) -> Done | Refused:
    """Record a sign-in; store the password's hash where a stronger one was made."""
    if command.password_hash is not None:
        await unit.staff.set_password(command.staff_id, command.password_hash)
    await unit.events.add(by_staff(command.staff_id), "signed_in", staff=command.staff_id)
    return Done(command.staff_id)


async def end_session(command: EndSession, unit: Unit) -> Done | Refused:
    """End one session of the staff member's own; the value is the number ended."""
    ended = await unit.sessions.end_of(command.staff_id, one=command.session)
    if ended:
        await unit.events.add(by_staff(command.staff_id), "session_ended", staff=command.staff_id)
    return Done(ended)


async def end_other_sessions(command: EndOtherSessions, unit: Unit) -> Done | Refused:
    """End all sessions but the requesting one; the value is their number."""
    ended = await unit.sessions.end_of(command.staff_id, but=command.session)
    by = by_staff(command.staff_id)
    await unit.events.add(by, "sessions_ended", staff=command.staff_id, ended=ended)
    return Done(ended)
