"""What the staff, or the operator, ask about the staff themselves.

*by* is who asks, as an actor of the events; *at* is real time, for invitations
and sessions do not travel with the town's clock. Tokens and passwords come
hashed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.staff import Role


@dataclass(frozen=True, slots=True)
class AddStaff:
    """Somebody new works here, and is invited to choose a password."""

    by: str
    username: str
    first_name: str
    unit: str
    role: Role
    language: str
    themes: tuple[str, ...]
    head: bool
    token_hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class InviteStaff:
    """Somebody gets a new link to choose a password; whoever was disabled is let in again."""

    by: str
    staff_id: int
    token_hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChoosePassword:
    """Whoever holds an invitation chooses a password; it ends every session of theirs."""

    token_hash: str
    password_hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """A member of the staff changes their password; all sessions but *session* end."""

    staff_id: int
    password_hash: str
    session: str


@dataclass(frozen=True, slots=True)
class ChangeStaff:
    """What somebody is called, where they work, what they are and answer for."""

    by: str
    staff_id: int
    first_name: str
    unit: str
    role: Role
    themes: tuple[str, ...]
    head: bool


@dataclass(frozen=True, slots=True)
class ChangeStaffLanguage:
    """A member of the staff reads another language from now on."""

    staff_id: int
    language: str


@dataclass(frozen=True, slots=True)
class DisableStaff:
    """Somebody no longer comes in, from this moment."""

    by: str
    staff_id: int


@dataclass(frozen=True, slots=True)
class SignIn:
    """A member of the staff has come in; *password_hash* is a stronger one, where it is due."""

    staff_id: int
    password_hash: str | None = None


@dataclass(frozen=True, slots=True)
class EndSession:
    """A member of the staff ends one session of their own."""

    staff_id: int
    session: str


@dataclass(frozen=True, slots=True)
class EndOtherSessions:
    """A member of the staff ends every session of their own but one."""

    staff_id: int
    session: str
