"""The throttle of sign-in attempts."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from console_browser import PASSWORD, Browser, console_context, employ
from sqlalchemy import select

from bot.clock import TravelClock
from bot.console.throttle import MOST_FOR, MOST_FROM, try_sign_in
from bot.model.staff import Role
from bot.settings import networks
from bot.store.store import Store
from bot.store.tables import sign_in_try
from bot.testing import START


async def test_too_many_for_one_name(town: Store, browser: Browser) -> None:
    """After 5 wrong passwords a username is blocked for 15 minutes. Others can sign in."""
    mette = await employ(town)
    await employ(town, Role.LEADER)
    for _ in range(MOST_FOR):
        assert (await browser.try_to_sign_in("mette", "wrong")).status == 422
        browser.clock.advance(timedelta(minutes=1))
    closed = await browser.try_to_sign_in("mette")
    assert closed.status == 429
    # The first attempt was at 10:00, so the next is allowed from 10:15.
    assert "Det var for mange forsøg. Prøv igen fra kl. 10.15." in await closed.text()
    assert (await browser.try_to_sign_in("lone")).status == 303
    browser.plant("")
    browser.clock.advance(timedelta(minutes=9, seconds=59))
    assert (await browser.try_to_sign_in("mette")).status == 429
    browser.clock.advance(timedelta(seconds=1))
    await browser.sign_in(mette)


async def test_a_try_that_is_refused_does_not_count(town: Store, browser: Browser) -> None:
    """Attempts during the block do not extend it."""
    mette = await employ(town)
    for _ in range(MOST_FOR + 3):
        await browser.try_to_sign_in("mette", "wrong")
        browser.clock.advance(timedelta(seconds=1))
    browser.clock.advance(timedelta(minutes=15) - timedelta(seconds=8))
    await browser.sign_in(mette)


async def test_too_many_from_one_address(town: Store, browser: Browser) -> None:
    """Too many usernames from one address are throttled. Other addresses are not."""
    await employ(town)
    for n in range(MOST_FROM):
        assert (await browser.try_to_sign_in(f"name{n}", "wrong")).status == 422
    assert (await browser.try_to_sign_in("mette")).status == 429
    elsewhere = await browser.try_to_sign_in("mette", X_Forwarded_For="10.0.0.9, 192.0.2.7")
    assert elsewhere.status == 303


@pytest.mark.parametrize("passed", ["192.0.2.7", "2001:db8::7"])
async def test_a_proxy_is_believed_about_the_last_address(
    town: Store, browser: Browser, passed: str
) -> None:
    """Only the last address of `X-Forwarded-For`, set by the proxy, counts."""
    await employ(town)
    for n in range(MOST_FROM):
        made_up = f"10.0.0.{n}, {passed}"
        await browser.try_to_sign_in(f"name{n}", "wrong", X_Forwarded_For=made_up)
    closed = await browser.try_to_sign_in("mette", X_Forwarded_For=f"10.1.1.1, {passed}")
    assert closed.status == 429
    odd = await browser.try_to_sign_in("mette", X_Forwarded_For="<script>")
    assert odd.status == 303


@pytest.mark.parametrize("proxies", ["", "10.0.0.0/8"])
async def test_whoever_is_no_proxy_of_ours_is_not_believed(town: Store, proxies: str) -> None:
    """The header of an untrusted proxy is ignored."""
    await employ(town)
    clock = TravelClock(START)
    context = console_context(town, clock, proxies=networks(proxies))
    async with Browser(town, clock, context) as browser:
        for n in range(MOST_FROM):
            await browser.try_to_sign_in(f"name{n}", "wrong", X_Forwarded_For=f"192.0.2.{n}")
        closed = await browser.try_to_sign_in("mette", X_Forwarded_For="192.0.2.99")
        assert closed.status == 429


async def test_a_success_clears_nothing(town: Store, browser: Browser) -> None:
    """A successful sign-in does not reset the count of wrong passwords."""
    mette = await employ(town)
    for _ in range(MOST_FOR - 1):
        await browser.try_to_sign_in("mette", "wrong")
    await browser.sign_in(mette)
    browser.plant("")
    await browser.sign_in(mette)
    browser.plant("")
    assert (await browser.try_to_sign_in("mette", "wrong")).status == 422
    assert (await browser.try_to_sign_in("mette")).status == 429


async def test_many_at_once(
    store: Store, clock: TravelClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Concurrent attempts verify no more passwords than sequential ones."""
    await employ(store)
    looked: list[str] = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, kept: str, password: str) -> bool:
        looked.append(password)
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    context = console_context(store, clock)
    tries = [try_sign_in(context, "mette", f"wrong {n}", f"192.0.2.{n}") for n in range(30)]
    knocked = await asyncio.gather(*tries)
    assert len(looked) <= MOST_FOR
    assert sum(one.again_at is not None for one in knocked) >= 30 - MOST_FOR
    assert not any(one.staff for one in knocked)


async def test_what_was_typed_is_not_kept(town: Store, browser: Browser) -> None:
    """Typed usernames and addresses are stored only as hashes."""
    await browser.try_to_sign_in(PASSWORD, "mette", X_Forwarded_For="192.0.2.7")
    async with town.reading() as unit:
        keys = [row.key for row in await unit.connection.execute(select(sign_in_try.c.key))]
    assert [key.partition(":")[0] for key in keys] == ["for", "from"]
    assert all(len(key.partition(":")[2]) == 64 for key in keys)
