"""Who reads: a member of the staff, or somebody at the door."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp_session import Session, get_session, new_session

from bot.console.console_context import BASE, context_of
from bot.console.sessions import STAFF, key_of
from bot.i18n import LANGUAGES, language_for
from bot.model.staff import May, Staff

LANGUAGE = "language"  # the key of a session that holds what somebody at the door reads


@dataclass(frozen=True, slots=True)
class CurrentUser:
    """Who asks for a page, and in which language. *session* is the row's id."""

    staff: Staff | None
    language: str
    session: str = ""

    def may(self, what: May) -> bool:
        """Tell whether the reader may do *what*."""
        return what is May.KNOCK if self.staff is None else self.staff.may(what)


_READER: web.RequestKey[CurrentUser] = web.RequestKey("reader", CurrentUser)
_SESSION: web.RequestKey[Session] = web.RequestKey("session", Session)


@web.middleware
async def know_reader(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Find out who asks, before anything else is decided; the console's own files ask nobody."""
    if request.path.startswith(f"{BASE}/static/"):
        return await handler(request)
    session = await get_session(request)
    request[_SESSION] = session
    staff = None
    if STAFF in session:
        async with context_of(request).store.reading() as unit:
            staff = await unit.staff.get(session[STAFF])
    if staff is not None and not staff.active:
        staff = None
    language = staff.language if staff else session.get(LANGUAGE) or asked_language(request)
    request[_READER] = CurrentUser(staff, language, key_of(str(session.identity)))
    return await handler(request)


def user_of(request: web.Request) -> CurrentUser:
    """Return who asks; somebody at the door where that is not known yet."""
    return request.get(_READER) or CurrentUser(None, asked_language(request))


def session_of(request: web.Request) -> Session | None:
    """Return the session the request came with; None where the database was away."""
    return request.get(_SESSION)


async def begin_session(request: web.Request) -> Session:
    """Return a new session, under a new cookie; the one the request came with is over."""
    session = request[_SESSION] = await new_session(request)
    session.changed()
    return session


def staff_of(request: web.Request) -> Staff:
    """Return who is signed in, on a page that only they are shown."""
    staff = user_of(request).staff
    if staff is None:
        raise web.HTTPForbidden
    return staff


def asked_language(request: web.Request) -> str:
    """Return the first of our languages that the browser asks for; Danish where it asks none."""
    for part in request.headers.get("Accept-Language", "").split(","):
        code = part.partition(";")[0].strip()
        if code and code != "*":
            found = language_for(code)
            return found if found in LANGUAGES else "da"
    return "da"
