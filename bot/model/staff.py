"""The staff: who they are, what a role may do, and the rules of names and passwords."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.i18n import Text, _

INVITED_FOR = timedelta(hours=72)  # real time, not the town's
SHORTEST_PASSWORD = 12  # characters
LONGEST_PASSWORD = 200
LONGEST_NAME = 80
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


class Role(StrEnum):
    """What somebody is here; each may do what those before may, and more."""

    AMBASSADOR = "ambassador"
    BROBYGGER = "brobygger"
    STAFF = "staff"
    LEADER = "leader"
    ADMIN = "admin"


class May(StrEnum):
    """What a role may be allowed to do."""

    KNOCK = "knock"  # be shown the door: the only thing allowed to whoever is not signed in
    OWN_ACCOUNT = "own_account"
    SEE_CASES = "see_cases"
    WORK_CASES = "work_cases"
    SEE_ALERTS = "see_alerts"
    EDIT_FAQ = "edit_faq"
    OVERRIDE = "override"  # send in another's case, hand over what is another's
    SEE_AUDIT = "see_audit"
    MANAGE_STAFF = "manage_staff"


_DOOR = frozenset({May.KNOCK})
_ACCOUNT = _DOOR | {May.OWN_ACCOUNT}
_CASES = _ACCOUNT | {May.SEE_CASES, May.WORK_CASES, May.SEE_ALERTS, May.EDIT_FAQ}
_LEAD = _CASES | {May.OVERRIDE, May.SEE_AUDIT}

# What is not named here is not allowed. None is whoever is not signed in.
PERMISSIONS: Mapping[Role | None, frozenset[May]] = {
    None: _DOOR,
    Role.AMBASSADOR: _ACCOUNT,
    Role.BROBYGGER: _ACCOUNT,
    Role.STAFF: _CASES,
    Role.LEADER: _LEAD,
    Role.ADMIN: _LEAD | {May.MANAGE_STAFF},
}

ROLE_NAMES: Mapping[Role, Text] = {
    Role.AMBASSADOR: _("Ambassador"),
    Role.BROBYGGER: _("Bridge-builder"),
    Role.STAFF: _("Member of staff"),
    Role.LEADER: _("Leader"),
    Role.ADMIN: _("Administrator"),
}


@dataclass(frozen=True, slots=True)
class Staff:
    """One of the staff. *themes* are the keys of the themes they answer for."""

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

    def may(self, what: May) -> bool:
        """Tell whether the role allows *what*."""
        return self.active and what in PERMISSIONS[self.role]


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """One of the invented staff of the demo."""

    username: str
    first_name: str
    unit: str
    role: Role
    language: str
    themes: tuple[str, ...]
    head: bool


def least_role(what: May) -> Role:
    """Return the first role that may do *what*."""
    return next(role for role in Role if what in PERMISSIONS[role])


def tidy_name(written: str) -> str:
    """Return a name on one line, without what cannot be seen."""
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in written)
    return " ".join(seen.split())


def password_fault(password: str, username: str) -> Text | None:
    """Return what is wrong with a new password; None where nothing is."""
    if len(password) < SHORTEST_PASSWORD:
        return _("A password has at least {least} characters.").with_(least=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        return _("A password has at most {most} characters.").with_(most=LONGEST_PASSWORD)
    if username and username.casefold() in password.casefold():
        return _("Your username must not be part of your password.")
    return None
