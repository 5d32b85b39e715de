"""Form handlers for sign-in, sign-out, the first password, and the language."""

from __future__ import annotations

from aiohttp import web

from bot.console.actions.account import password_refused
from bot.console.console_context import context_of
from bot.console.current_user import LANGUAGE, begin_session, session_of, staff_of, user_of
from bot.console.form_input import form_of
from bot.console.pages.sign_in import invitation_page, sign_in_page
from bot.console.render import flash, page
from bot.console.responses import ask, go, go_back
from bot.console.sessions import STAFF, key_of
from bot.console.throttle import address_of, note_sign_in, too_many, try_sign_in
from bot.engine.events import Refused
from bot.i18n import LANGUAGES, _
from bot.model.commands.staff import ChangeStaffLanguage, ChoosePassword, EndSession, SignIn
from bot.service.sign_in import SPENT

DOES_NOT_FIT = _("Username and password do not fit together. Check both, and try again.")


async def sign_in(request: web.Request) -> web.StreamResponse:
    """Sign a user in by username and password; answer 422 on a mismatch, 429 when throttled."""
    form, console = await form_of(request), context_of(request)
    username, password = form.get("username", "").strip().lower(), form.get("password", "")
    tried = await try_sign_in(console, username, password, address_of(request))
    wanted = form.get("next", "")
    if tried.staff is not None:
        await note_sign_in(console, tried.staff, password)
        (await begin_session(request))[STAFF] = tried.staff.id
        return go_back(wanted)
    closed = too_many(console, tried)
    refused, status = closed or DOES_NOT_FIT, 429 if closed else 422
    return await sign_in_page(
        request, wanted=wanted, username=username, refused=refused, status=status
    )


async def sign_in_to_demo(request: web.Request) -> web.StreamResponse:
    """Sign in as one of the demo's invented staff, without a password.

    Raise `HTTPForbidden` for any other username.
    """
    form, console = await form_of(request), context_of(request)
    invented = {one.username for one in console.town.staff}
    async with console.store.reading() as unit:
        staff = await unit.staff.by_username(form.get("username", ""))
    if staff is None or staff.username not in invented or not staff.active:
        raise web.HTTPForbidden
    await ask(request, SignIn(staff.id))
    (await begin_session(request))[STAFF] = staff.id
    return go_back(form.get("next", ""))


async def sign_out(request: web.Request) -> web.StreamResponse:
    """End the session in the database, and give the browser a new one."""
    await ask(request, EndSession(staff_of(request).id, user_of(request).session))
    await begin_session(request)
    flash(request, _("You are signed out."))
    return go("sign-in")


async def choose_password(request: web.Request) -> web.StreamResponse:
    """Store the password chosen through an invitation, and use up the link.

    Answer 410 for a used or expired link, 422 for a password that is not accepted.
    """
    form, console = await form_of(request), context_of(request)
    token_hash, now = key_of(request.match_info["token"]), console.clock.now()
    async with console.store.reading() as unit:
        invitation = await unit.invitations.live(token_hash, now)
        staff = await unit.staff.get(invitation.staff_id) if invitation else None
    if staff is None:
        return await page(request, "invitation_spent.html", status=410, why=SPENT)
    password = form.get("password", "")
    wrong = password_refused(password, form.get("again", ""), staff.username)
    if wrong is not None:
        return await invitation_page(request, staff.username, staff.first_name, refused=wrong)
    hashed = await console.passwords.hashed(password)
    answer = await ask(request, ChoosePassword(token_hash, hashed, now))
    if isinstance(answer, Refused):
        return await page(request, "invitation_spent.html", status=410, why=answer.why)
    await begin_session(request)
    flash(request, _("Your password is kept. Sign in with it."))
    return go("sign-in")


async def choose_language(request: web.Request) -> web.StreamResponse:
    """Store the chosen language in the staff member's row, or in a visitor's session."""
    form, user = await form_of(request), user_of(request)
    language, session = form.get("language", ""), session_of(request)
    if language in LANGUAGES and user.staff is not None:
        await ask(request, ChangeStaffLanguage(user.staff.id, language))
    elif language in LANGUAGES and session is not None:
        session[LANGUAGE] = language
    return go_back(form.get("next", ""))
