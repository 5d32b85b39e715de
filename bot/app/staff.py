"""`brobygger staff`: add, invite, disable and list staff, from the first administrator on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bot import settings
from bot.app.operate import print_line
from bot.clock import SystemClock
from bot.console.sessions import key_of, new_identity
from bot.engine.events import Refused
from bot.errors import BrobyggerError
from bot.i18n import render
from bot.model.commands.staff import AddStaff, DisableStaff, InviteStaff
from bot.model.staff import ROLE_NAMES, Role, Staff
from bot.service import execute
from bot.service.content import read_town
from bot.settings import Settings
from bot.store.events import OPERATOR
from bot.store.store import Store
from bot.store.unit import Unit


async def add(
    username: str,
    *,
    name: str,
    unit: str,
    role: str,
    themes: Sequence[str],
    language: str,
    head: bool,
) -> int:
    """Add a staff member and print the link to choose a password; raise for unknown themes."""
    found = settings.read(token_needed=False)
    known = [theme.key for theme in read_town(found.town).themes]
    unknown = sorted(set(themes) - set(known))
    if unknown:
        raise BrobyggerError(
            f"There is no theme {', '.join(unknown)}. There are: {', '.join(known)}."
        )
    token, at = new_identity(), SystemClock().now()
    command = AddStaff(
        by=OPERATOR,
        username=username.lower(),
        first_name=name,
        unit=unit,
        role=Role(role),
        language=language,
        themes=tuple(themes),
        head=head,
        token_hash=key_of(token),
        at=at,
    )
    async with _store(found) as store, store.unit() as opened:
        await _carried_out(command, opened)
    _say_link(found, command.username, token)
    return 0


async def invite(username: str) -> int:
    """Print a new invitation link for a staff member; older links stop working."""
    found = settings.read(token_needed=False)
    token, at = new_identity(), SystemClock().now()
    async with _store(found) as store, store.unit() as unit:
        member = await _member(unit, username)
        await _carried_out(InviteStaff(OPERATOR, member.id, key_of(token), at), unit)
    _say_link(found, member.username, token)
    return 0


async def disable(username: str) -> int:
    """Disable a staff member's account at once."""
    found = settings.read(token_needed=False)
    async with _store(found) as store, store.unit() as unit:
        member = await _member(unit, username)
        await _carried_out(DisableStaff(OPERATOR, member.id), unit)
    print_line(
        f"{member.username} can no longer come in. brobygger staff invite lets them in again."
    )
    return 0


async def listed() -> int:
    """Print one line for each staff member."""
    async with (
        _store(settings.read(token_needed=False)) as store,
        store.reading() as unit,
    ):
        everybody = await unit.staff.all()
    for one in everybody:
        role = render(ROLE_NAMES[one.role], "en", escape=str)
        print_line(f"{one.username}: {one.first_name}, {one.unit}, {role}, {_state(one)}")
    if not everybody:
        print_line("Nobody yet. brobygger staff add makes the first administrator.")
    return 0


def _state(one: Staff) -> str:
    """Return whether a staff member can sign in, as text."""
    if not one.active:
        return "shut out"
    return "comes in" if one.has_password else "has not chosen a password yet"


def _say_link(found: Settings, username: str, token: str) -> None:
    print_line(f"{found.console_url}/invitation/{token}")
    print_line(f"Give this link to {username} and to nobody else. It works once, for 72 hours.")


@asynccontextmanager
async def _store(found: Settings) -> AsyncIterator[Store]:
    """Open the store for a few writes, also while a bot runs on it."""
    store = await Store.open_beside(found.database_url, clock=SystemClock())
    try:
        yield store
    finally:
        await store.close()


async def _member(unit: Unit, username: str) -> Staff:
    """Return the staff member of *username*; raise `BrobyggerError` for an unknown one."""
    member = await unit.staff.by_username(username.lower())
    if member is None:
        raise BrobyggerError(f"There is nobody called {username}. See brobygger staff list.")
    return member


async def _carried_out(command: Any, unit: Unit) -> None:
    """Execute a command; raise `BrobyggerError` where it is refused, so nothing is written."""
    answer = await execute(command, unit)
    if isinstance(answer, Refused):
        raise BrobyggerError(render(answer.why, "en", escape=str))
