"""What may be asked of a service, one module a room; each is carried out by one function."""

from __future__ import annotations

from bot.model.commands.citizen import (
    RateAnswer,
    SaveNews,
    SaveSettings,
    SetLanguage,
    TellWhenOpen,
)
from bot.model.commands.staff import (
    AddStaff,
    ChangePassword,
    ChangeStaff,
    ChangeStaffLanguage,
    ChoosePassword,
    DisableStaff,
    EndOtherSessions,
    EndSession,
    InviteStaff,
    SignIn,
)

__all__ = [
    "AddStaff",
    "ChangePassword",
    "ChangeStaff",
    "ChangeStaffLanguage",
    "ChoosePassword",
    "DisableStaff",
    "EndOtherSessions",
    "EndSession",
    "InviteStaff",
    "RateAnswer",
    "SaveNews",
    "SaveSettings",
    "SetLanguage",
    "SignIn",
    "TellWhenOpen",
]
