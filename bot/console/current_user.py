"""The current user of the console: a staff member, or a visitor who is not signed in."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp_session import Session, get_session, new_session

from bot.console.console_context import BASE
from bot.console.sessions import SIGNED_IN, key_of
from bot.i18n import LANGUAGES, language_for
from bot.model.staff import May, Staff

LANGUAGE = "language"  # the session's key for the language of a visitor who is not signed in


@dataclass(frozen=True, slots=True)
class CurrentUser:
    """The user who sent a request, and their language. *session* is the id of the session's row."""

    staff: Staff | None
    language: str
    session: str = ""

    def may(self, what: May) -> bool:
        """Return whether the user has the permission *what*; visitors have only `SIGN_IN`."""
        return what is May.SIGN_IN if self.staff is None else self.staff.may(what)


_USER: web.RequestKey[CurrentUser] = web.RequestKey("user", CurrentUser)
_SESSION: web.RequestKey[Session] = web.RequestKey("session", Session)


@web.middleware
async def find_current_user(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Find the current user before any other check; static files need none."""
    if request.path.startswith(f"{BASE}/static/"):
        return await handler(request)
    session = await get_session(request)
    request[_SESSION] = session
    staff = request.get(SIGNED_IN)
    if staff is not None and not staff.active:
        staff = None
    language = staff.language if staff else session.get(LANGUAGE) or asked_language(request)
    request[_USER] = CurrentUser(staff, language, key_of(str(session.identity)))
    return await handler(request)


def user_of(request: web.Request) -> CurrentUser:
    """Return the current user; a visitor where `find_current_user` has not run."""
    return request.get(_USER) or CurrentUser(None, asked_language(request))


def session_of(request: web.Request) -> Session | None:
    """Return the session of the request; None where the database was unavailable."""
    return request.get(_SESSION)


async def begin_session(request: web.Request) -> Session:
    """Return a new session with a new cookie, and end the session of the request."""
    session = request[_SESSION] = await new_session(request)
    session.changed()
    return session


def staff_of(request: web.Request) -> Staff:
    """Return the signed-in staff member; raise `HTTPForbidden` for a visitor."""
    staff = user_of(request).staff
    if staff is None:
        raise web.HTTPForbidden
    return staff


def asked_language(request: web.Request) -> str:
    """Return the first language the browser asks for if we offer it, else Danish."""
    for part in request.headers.get("Accept-Language", "").split(","):
        code = part.partition(";")[0].strip()
        if code and code != "*":
            found = language_for(code)
            return found if found in LANGUAGES else "da"
    return "da"
