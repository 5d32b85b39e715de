"""Staff accounts, the permissions of roles, and the rules for names and passwords."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.i18n import Text, _, pgettext

INVITED_FOR = timedelta(hours=72)  # real time, not the town's
SHORTEST_PASSWORD = 12  # characters
LONGEST_PASSWORD = 200
LONGEST_NAME = 80
LONGEST_MAIL_ADDRESS = 254
# What all mail servers take; rarer forms are refused, so that no header can be forged.
MAIL_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


class Role(StrEnum):
    """The role of a staff member; each includes the permissions of those before it."""

    NONE = "none"  # only read: for stored roles that no longer exist
    STAFF = "staff"
    LEADER = "leader"
    ADMIN = "admin"


ROLES = (Role.STAFF, Role.LEADER, Role.ADMIN)  # those that can be given


class May(StrEnum):
    """The permissions of roles."""

    SIGN_IN = "sign_in"  # open the sign-in pages: all that is allowed without a session
    OWN_ACCOUNT = "own_account"
    SEE_CASES = "see_cases"
    WORK_CASES = "work_cases"
    SEE_ALERTS = "see_alerts"
    EDIT_FAQ = "edit_faq"
    SET_REMINDERS = "set_reminders"  # also groups, participants and their roles
    VOLUNTEERING = "volunteering"  # opportunities, shifts and sign-ups
    PLEDGES = "pledges"  # the catalogue, pledges, campaigns and obstacles
    HANDLE_GATES = "handle_gates"  # see and set certificates; given by name, by no role (HR-21)
    EXPORT_PERSONS = "export_persons"  # a file with the names of several citizens
    BROADCAST = "broadcast"  # write broadcasts, save audiences, and see the results
    APPROVE = "approve"  # broadcasts and corrections that another member of the staff wrote
    OVERRIDE = "override"  # send in another owner's case, or hand it over
    SEE_AUDIT = "see_audit"
    MANAGE_STAFF = "manage_staff"


_VISITOR = frozenset({May.SIGN_IN})
_ACCOUNT = _VISITOR | {May.OWN_ACCOUNT}
_CASES = _ACCOUNT | {May.SEE_CASES, May.WORK_CASES, May.SEE_ALERTS, May.EDIT_FAQ}
_STAFF = _CASES | {May.SET_REMINDERS, May.VOLUNTEERING, May.PLEDGES, May.BROADCAST}
_LEAD = _STAFF | {May.APPROVE, May.OVERRIDE, May.SEE_AUDIT, May.EXPORT_PERSONS}

# All else is forbidden. None is a visitor who is not signed in.
PERMISSIONS: Mapping[Role | None, frozenset[May]] = {
    None: _VISITOR,
    Role.NONE: _ACCOUNT,
    Role.STAFF: _STAFF,
    Role.LEADER: _LEAD,
    Role.ADMIN: _LEAD | {May.MANAGE_STAFF},
}

# What no role includes: administrators give it to a member of the staff by name.
BY_NAME: Mapping[May, Text] = {
    May.HANDLE_GATES: _("Certificates of volunteers: see and set their state"),
}

ROLE_NAMES: Mapping[Role, Text] = {
    Role.NONE: pgettext("role", "None"),
    Role.STAFF: _("Member of staff"),
    Role.LEADER: _("Leader"),
    Role.ADMIN: _("Administrator"),
}


@dataclass(frozen=True, slots=True)
class Staff:
    """A staff member. *themes* are the keys of the themes they answer for.

    *granted* are the permissions of `BY_NAME` that they were given.
    """

    id: int
    username: str
    first_name: str
    unit: str
    role: Role
    language: str
    themes: tuple[str, ...] = ()
    head: bool = False  # of the department
    active: bool = True
    has_password: bool = False
    created_at: datetime | None = None
    mail_address: str | None = None  # for e-mail about alerts; None for none
    granted: tuple[str, ...] = ()

    def may(self, what: May) -> bool:
        """Return whether the account is active, and may do *what* by its role or by name."""
        by_name = what in BY_NAME and what in self.granted and self.role in ROLES
        return self.active and (by_name or what in PERMISSIONS[self.role])


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """An invented staff member of the demo."""

    username: str
    first_name: str
    unit: str
    role: Role
    language: str
    themes: tuple[str, ...]
    head: bool


def least_role(what: May) -> Role | None:
    """Return the first role that may do *what*; None where it is given by name."""
    return next((role for role in Role if what in PERMISSIONS[role]), None)


def tidy_name(written: str) -> str:
    """Return a name on one line, without invisible characters."""
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in written)
    return " ".join(seen.split())


def mail_address_fault(written: str) -> Text | None:
    """Return why an e-mail address is refused; None where it is accepted."""
    if len(written) > LONGEST_MAIL_ADDRESS or not MAIL_ADDRESS.fullmatch(written):
        return _("That is not an e-mail address.")
    return None


def password_fault(password: str, username: str) -> Text | None:
    """Return why a new password is refused; None where it is accepted."""
    if len(password) < SHORTEST_PASSWORD:
        return _("A password has at least {least} characters.").with_(least=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        return _("A password has at most {most} characters.").with_(most=LONGEST_PASSWORD)
    if username and username.casefold() in password.casefold():
        return _("Your username must not be part of your password.")
    return None
