"""Sessions: a random cookie, and a database row found by the cookie's hash."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from aiohttp_session import AbstractStorage, Session

from bot.clock import Clock
from bot.console.console_context import BASE
from bot.model.staff import Staff
from bot.store.sign_in import SessionRow
from bot.store.store import Store

COOKIE = "brobygger_console"
STAFF = "staff"  # the session's key for the id of the signed-in staff member
IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
VISIT = timedelta(minutes=30)  # for a browser that is not signed in
SEEN_EVERY = timedelta(minutes=1)
LONGEST_ABOUT = 200
# The staff member of the request's session, disabled or not.
SIGNED_IN: web.RequestKey[Staff] = web.RequestKey("signed_in", Staff)
_IDENTITY = re.compile(r"[A-Za-z0-9_-]{43}")


def key_of(identity: str) -> str:
    """Return the hash under which a cookie or an invitation's token is stored."""
    return hashlib.sha256(identity.encode()).hexdigest()


def new_identity() -> str:
    """Return a random cookie or token of 32 bytes."""
    return secrets.token_urlsafe(32)


class RowStorage(AbstractStorage):
    """Store sessions in the table staff_session.

    A browser that is not signed in gets a cookie, from which the token of its
    forms is derived, but no row until the session holds data.
    """

    def __init__(self, store: Store, clock: Clock, *, secure: bool) -> None:
        """Store sessions in *store*; *clock* is real time."""
        super().__init__(
            cookie_name=COOKIE, path=BASE, secure=secure, httponly=True, samesite="Strict"
        )
        self._store = store
        self._clock = clock

    async def new_session(self) -> Session:
        """Return an empty session with a new cookie."""
        return Session(new_identity(), data=None, new=True)

    async def load_session(self, request: web.Request) -> Session:
        """Return the browser's session, with the data of its row where that has not expired."""
        identity = self.load_cookie(request) or ""
        if not _IDENTITY.fullmatch(identity):
            return await self.new_session()
        now = self._clock.now()
        async with self._store.reading() as unit:
            row = await unit.sessions.get(key_of(identity), now)
            if row is not None and row.staff_id is not None:
                staff = await unit.staff.get(row.staff_id)
                if staff is not None:
                    request[SIGNED_IN] = staff
        if row is None:
            return Session(identity, data=None, new=True)
        if now - row.seen_at > SEEN_EVERY and _is_deed(request):
            async with self._store.unit() as unit:
                await unit.sessions.seen(row.id, now, _ends(row, now))
        known = dict(row.data) | ({STAFF: row.staff_id} if row.staff_id else {})
        created = int(row.created_at.timestamp())
        return Session(identity, data={"created": created, "session": known}, new=False)

    async def save_session(
        self, request: web.Request, response: web.StreamResponse, session: Session
    ) -> None:
        """Save a changed session; a session with a new cookie ends the previous one."""
        identity, before = str(session.identity), self.load_cookie(request)
        data: dict[str, Any] = {name: session[name] for name in session if name != STAFF}
        async with self._store.unit() as unit:
            if before and before != identity:
                await unit.sessions.end(key_of(before))
            if not session.new:
                await unit.sessions.save(key_of(identity), data)
            elif not session.empty:
                await unit.sessions.add(self._row(request, session, data))
        if before != identity:
            self.save_cookie(response, identity)

    def _row(self, request: web.Request, session: Session, data: dict[str, Any]) -> SessionRow:
        """Return the row of a session that starts now."""
        now = self._clock.now()
        about = request.headers.get("User-Agent", "")[:LONGEST_ABOUT]
        ends = now + (IDLE if STAFF in session else VISIT)
        return SessionRow(
            key_of(str(session.identity)), session.get(STAFF), data, about, now, now, ends
        )


def _is_deed(request: web.Request) -> bool:
    """Return whether the request is a navigation or a POST.

    Only these extend a session; GET requests by the page's scripts do not.
    """
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate" or (
        request.method == "POST"
    )


def _ends(row: SessionRow, now: datetime) -> datetime:
    """Return when a session used now expires: 12 hours after its start at the latest."""
    life = IDLE if row.staff_id else VISIT
    return min(now + life, row.created_at + LONGEST)
