"""Check passwords at sign-in, and throttle failed attempts per username and address."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.console.console_context import ConsoleContext, context_of
from bot.i18n import Text, _
from bot.model.commands.staff import SignIn
from bot.model.staff import LONGEST_PASSWORD, Staff
from bot.service import execute
from bot.transport.addresses import client_address

WITHIN = timedelta(minutes=15)
MOST_FOR = 5  # failed attempts per username in 15 minutes
MOST_FROM = 20  # failed attempts per address in 15 minutes: a town hall may share one address
LONGEST_USERNAME = 200  # characters of the input that are used


@dataclass(frozen=True, slots=True)
class SignInResult:
    """The result of an attempt: the user, or the time of the next allowed attempt, or neither."""

    staff: Staff | None = None
    again_at: datetime | None = None


async def try_sign_in(
    console: ConsoleContext, username: str, password: str, address: str
) -> SignInResult:
    """Check a password, unless the username or the address has too many failed attempts.

    An attempt is recorded before the password is checked, so that parallel attempts
    count, too. It is deleted unless the password was wrong. A success does not clear
    earlier attempts: failed guesses stay counted.
    """
    limits = _limits(username[:LONGEST_USERNAME], address)
    now = console.clock.now()
    if (again_at := await _closed_until(console, limits, now)) is not None:
        return SignInResult(again_at=again_at)
    async with console.store.unit() as unit:
        tries = await unit.sign_in_tries.add(list(limits), now)
    again_at = await _closed_until(console, limits, now, own=1)
    staff = None if again_at else await _whose(console, username, password)
    if again_at is not None or staff is not None:
        async with console.store.unit() as unit:
            await unit.sign_in_tries.forget(tries)
    return SignInResult(staff, again_at)


def _limits(username: str, address: str) -> Mapping[str, int]:
    """Return the keys of an attempt (hashes, not the input) with the limit of each."""
    return {_key("for", username): MOST_FOR, _key("from", address): MOST_FROM}


def _key(kind: str, value: str) -> str:
    return f"{kind}:{hashlib.sha256(value.encode()).hexdigest()}"


async def _closed_until(
    console: ConsoleContext, limits: Mapping[str, int], now: datetime, *, own: int = 0
) -> datetime | None:
    """Return when the next attempt is allowed; None where it is allowed now.

    *own* is 1 where the current attempt is already recorded.
    """
    closed: list[datetime] = []
    async with console.store.reading() as unit:
        for key, most in limits.items():
            newest = await unit.sign_in_tries.newest(key, now - WITHIN, most + own)
            if len(newest) == most + own:
                closed.append(newest[-1] + WITHIN)
    return max(closed, default=None)


async def _whose(console: ConsoleContext, username: str, password: str) -> Staff | None:
    """Return the active user whose password fits; an unknown username takes as long."""
    async with console.store.reading() as unit:
        staff = await unit.staff.by_username(username)
        known = staff is not None and staff.active
        kept = await unit.staff.password_hash(staff.id) if staff and known else None
    fits = await console.passwords.fits(kept, password[: LONGEST_PASSWORD + 1])
    return staff if fits else None


async def note_sign_in(console: ConsoleContext, staff: Staff, password: str) -> None:
    """Record a sign-in, and replace a password hash that has outdated parameters."""
    async with console.store.reading() as unit:
        kept = await unit.staff.password_hash(staff.id)
    stronger = await console.passwords.stronger(kept, password)
    async with console.store.unit() as unit:
        await execute(SignIn(staff.id, stronger), unit)


def too_many(console: ConsoleContext, tried: SignInResult) -> Text | None:
    """Return the refusal with the next allowed time, rounded up to minutes; None where allowed."""
    if tried.again_at is None:
        return None
    local = tried.again_at.astimezone(ZoneInfo(console.town.zone))
    to_the_minute = local.replace(second=0, microsecond=0)
    said = to_the_minute if to_the_minute == local else to_the_minute + timedelta(minutes=1)
    return _("That was too many tries. Try again from {at}.").with_(at=said.time())


def address_of(request: web.Request) -> str:
    """Return the client's address."""
    return client_address(request, context_of(request).proxies)
