"""Form handlers of the current user's account: password and sessions."""

from __future__ import annotations

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.form_input import form_of
from bot.console.pages.account import account_page, chat_link_page
from bot.console.render import flash
from bot.console.responses import ask, go
from bot.console.throttle import address_of, too_many, try_sign_in
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.commands.staff import (
    ChangeMailAddress,
    ChangePassword,
    EndChatLink,
    EndOtherSessions,
    EndSession,
    MakeChatLink,
)
from bot.model.staff import password_fault

NOT_YOURS = _("The password you have now was not the right one.")


async def change_password(request: web.Request) -> web.StreamResponse:
    """Change the password after checking the current one, and end all other sessions."""
    form, console, staff = await form_of(request), context_of(request), staff_of(request)
    fresh = form.get("password", "")
    wrong = password_refused(fresh, form.get("again", ""), staff.username)
    if wrong is None:
        tried = await try_sign_in(console, staff.username, form.get("now", ""), address_of(request))
        wrong = None if tried.staff else Refused(too_many(console, tried) or NOT_YOURS, "now")
    if wrong is not None:
        return await account_page(request, wrong)
    hashed = await console.passwords.hashed(fresh)
    await ask(request, ChangePassword(staff.id, hashed, user_of(request).session))
    flash(request, _("Your new password is kept. You are signed out everywhere else."))
    return go("account")


def password_refused(fresh: str, again: str, username: str) -> Refused | None:
    """Return why a new password is refused; None where it is accepted."""
    if (fault := password_fault(fresh, username)) is not None:
        return Refused(fault, "password")
    return None if fresh == again else Refused(_("The two passwords are not the same."), "again")


async def change_mail_address(request: web.Request) -> web.StreamResponse:
    """Set where the current user gets e-mail about alerts."""
    written = await form_of(request)
    address = written.get("address", "").strip()
    outcome = await ask(request, ChangeMailAddress(staff_of(request).id, address))
    if isinstance(outcome, Refused):
        return await account_page(request, mail=(written, outcome))
    flash(request, _("The address is kept.") if address else _("You get no e-mail."))
    return go("account")


async def link_chat(request: web.Request) -> web.StreamResponse:
    """Make the link that connects one's own chat, and show it once."""
    answer = await ask(request, MakeChatLink(staff_of(request).id))
    if isinstance(answer, Refused):
        return await account_page(request, answer)
    return await chat_link_page(request, answer.value)


async def unlink_chat(request: web.Request) -> web.StreamResponse:
    """Disconnect one's own chat."""
    await ask(request, EndChatLink(staff_of(request).id))
    flash(request, _("The chat is no longer linked."))
    return go("account")


async def end_session(request: web.Request) -> web.StreamResponse:
    """End one of the current user's sessions."""
    session = (await form_of(request)).get("session", "")
    await ask(request, EndSession(staff_of(request).id, session))
    flash(request, _("That browser is signed out."))
    return go("account")


async def end_others(request: web.Request) -> web.StreamResponse:
    """End all of the current user's sessions except this one."""
    await ask(request, EndOtherSessions(staff_of(request).id, user_of(request).session))
    flash(request, _("You are signed out everywhere else."))
    return go("account")
