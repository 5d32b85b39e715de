"""Commands of staff, or of the operator, about staff accounts.

*by* is the actor that events record. *at* is real time, because invitations
and sessions do not follow the town's clock. Tokens and passwords come hashed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.staff import Role


@dataclass(frozen=True, slots=True)
class AddStaff:
    """Add a staff member, and invite them to choose a password."""

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
    granted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InviteStaff:
    """Give a staff member a new invitation link; a disabled account becomes active again."""

    by: str
    staff_id: int
    token_hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChoosePassword:
    """Set a password by invitation; it ends every session of that staff member."""

    token_hash: str
    password_hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """Change a staff member's password; all their sessions but *session* end."""

    staff_id: int
    password_hash: str
    session: str


@dataclass(frozen=True, slots=True)
class ChangeStaff:
    """Change a staff member's name, department, role, themes, headship and permissions by name."""

    by: str
    staff_id: int
    first_name: str
    unit: str
    role: Role
    themes: tuple[str, ...]
    head: bool
    granted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeStaffLanguage:
    """Set the language that a staff member reads from now on."""

    staff_id: int
    language: str


@dataclass(frozen=True, slots=True)
class ChangeMailAddress:
    """Set where a staff member gets e-mail about alerts; an empty address for none."""

    staff_id: int
    address: str


@dataclass(frozen=True, slots=True)
class DisableStaff:
    """Disable a staff member's account at once."""

    by: str
    staff_id: int


@dataclass(frozen=True, slots=True)
class SignIn:
    """Record a sign-in; *password_hash* is a stronger hash, where the stored one is outdated."""

    staff_id: int
    password_hash: str | None = None


@dataclass(frozen=True, slots=True)
class EndSession:
    """End one session of the staff member's own."""

    staff_id: int
    session: str


@dataclass(frozen=True, slots=True)
class EndOtherSessions:
    """End every session of the staff member's own but *session*."""

    staff_id: int
    session: str


@dataclass(frozen=True, slots=True)
class MakeChatLink:
    """Make a link that connects the chat of who opens it to one's account, for test messages."""

    staff_id: int


@dataclass(frozen=True, slots=True)
class EndChatLink:
    """Disconnect one's chat from one's account."""

    staff_id: int
