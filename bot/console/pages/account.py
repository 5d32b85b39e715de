"""The current user's account: password, and the browsers they are signed in with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.console.browsers import browser_of
from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.render import page
from bot.i18n import Text
from bot.model.staff import SHORTEST_PASSWORD


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One session of the current user; *here* is True for this browser."""

    id: str
    browser: Text
    since: datetime
    seen_at: datetime
    here: bool


async def show_account(request: web.Request) -> web.StreamResponse:
    """Show the account."""
    return await account_page(request)


async def account_page(
    request: web.Request, *, refused: Text | None = None, status: int = 200
) -> web.Response:
    """Return the page; *refused* says why a new password was not accepted."""
    reader, console = user_of(request), context_of(request)
    now = console.clock.now()
    async with console.store.reading() as unit:
        rows = await unit.sessions.of_staff(staff_of(request).id, now)
    sessions = [
        SignedIn(
            row.id, browser_of(row.about), row.created_at, row.seen_at, row.id == reader.session
        )
        for row in rows
    ]
    shown: dict[str, Any] = {
        "real_now": now,
        "sessions": sessions,
        "least": SHORTEST_PASSWORD,
        "refused": refused,
    }
    return await page(request, "account.html", status=status, **shown)
