"""One function a command: async def (command, unit) -> Done | Refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.engine.events import Done, Refused
from bot.model import commands
from bot.service import doors, faq, settings, sign_in, staff
from bot.store.unit import Unit

Service = Callable[[Any, Unit], Awaitable[Done | Refused]]

SERVICES: Mapping[type, Service] = {
    commands.SetLanguage: settings.set_language,
    commands.SaveSettings: settings.save_settings,
    commands.SaveNews: settings.save_news,
    commands.TellWhenOpen: doors.tell_when_open,
    commands.RateAnswer: faq.rate_answer,
    commands.AddStaff: staff.add_staff,
    commands.InviteStaff: staff.invite_staff,
    commands.ChangeStaff: staff.change_staff,
    commands.DisableStaff: staff.disable_staff,
    commands.ChoosePassword: sign_in.choose_password,
    commands.ChangePassword: sign_in.change_password,
    commands.ChangeStaffLanguage: sign_in.change_language,
    commands.SignIn: sign_in.sign_in,
    commands.EndSession: sign_in.end_session,
    commands.EndOtherSessions: sign_in.end_other_sessions,
}


async def carry_out(command: Any, unit: Unit) -> Done | Refused:
    """Run the service of *command* inside the transaction of *unit*."""
    return await SERVICES[type(command)](command, unit)
