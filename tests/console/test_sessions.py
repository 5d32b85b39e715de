"""Sessions: cookie, lifetime and end."""

from __future__ import annotations

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from console_browser import Browser, console_context, employ

from bot.console.sessions import COOKIE, key_of
from bot.store.sign_in import SessionRow
from bot.store.store import Store

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"


async def rows(town: Store, staff_id: int, browser: Browser) -> list[SessionRow]:
    """Return the sessions of a member of the staff."""
    async with town.reading() as unit:
        return await unit.sessions.of_staff(staff_id, browser.clock.now())


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/console", "https://k.example/console"])
async def test_the_cookie(town: Store, browser: Browser, url: str) -> None:
    """The cookie is HttpOnly, SameSite=Strict, limited to `/console`, and Secure with https."""
    async with Browser(town, context=console_context(town, browser.clock, url=url)) as there:
        (set_cookie,) = (await there.get("sign-in")).headers.getall("Set-Cookie")
    cookie = SimpleCookie(set_cookie)[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/console")
    assert cookie["secure"] == (True if url.startswith("https") else "")
    assert (cookie["max-age"], cookie["expires"], cookie["domain"]) == ("", "", "")
    assert len(cookie.value) == 43


async def test_a_cookie_is_not_kept(town: Store, browser: Browser) -> None:
    """The database stores only the hash of the cookie."""
    mette = await employ(town)
    await browser.sign_in(mette)
    (row,) = await rows(town, mette.id, browser)
    assert row.id == key_of(browser.cookie)
    assert browser.cookie not in str(row)


async def test_a_new_one_at_the_door(town: Store, browser: Browser) -> None:
    """A planted cookie gives no access after its user has signed in."""
    mette = await employ(town)
    await browser.get("sign-in")
    planted = browser.cookie
    await browser.sign_in(mette)
    assert browser.cookie != planted
    async with browser.another() as thief:
        thief.plant(planted)
        assert not await thief.is_in()
        thief.plant(browser.cookie)
        assert await thief.is_in()


async def test_a_new_one_when_signing_in_again(town: Store, browser: Browser) -> None:
    """Signing in over another user's session ends that session."""
    mette, lone = await employ(town), await employ(town, username="lone")
    await browser.sign_in(mette)
    before = browser.cookie
    await browser.sign_in(lone)
    assert await rows(town, mette.id, browser) == []
    browser.plant(before)
    assert not await browser.is_in()


@pytest.mark.parametrize("odd", ["", "x", "x" * 44, "æ" * 43, "../" * 14 + "x", "a;b" + "c" * 40])
async def test_an_odd_cookie(town: Store, browser: Browser, odd: str) -> None:
    """A malformed cookie is replaced and gives no access."""
    await employ(town)
    sent = {"Cookie": f"{COOKIE}={odd}"} if odd.isascii() else {"Cookie": f"{COOKIE}=%C3%A6"}
    got = await browser.client.get("/console/sign-in", headers=sent)
    assert got.status == 200
    assert COOKIE in got.cookies


async def test_idle(town: Store, browser: Browser) -> None:
    """A session ends after an hour without a request, and each request extends it."""
    await browser.sign_in(await employ(town))
    for _ in range(3):
        browser.clock.advance(timedelta(minutes=59))
        assert await browser.is_in()
    browser.clock.advance(timedelta(minutes=61))
    assert not await browser.is_in()


async def test_twelve_hours(town: Store, browser: Browser) -> None:
    """A session ends after 12 hours, even with constant use."""
    await browser.sign_in(await employ(town))
    for _ in range(23):
        browser.clock.advance(timedelta(minutes=30))
        assert await browser.is_in()
    browser.clock.advance(timedelta(minutes=29))
    assert await browser.is_in()
    browser.clock.advance(timedelta(minutes=2))
    assert not await browser.is_in()


async def test_a_page_that_asks_by_itself(town: Store, browser: Browser) -> None:
    """Requests by a page's script do not extend the session."""
    await browser.sign_in(await employ(town))
    browser.clock.advance(timedelta(minutes=40))
    assert (await browser.get("account", Sec_Fetch_Mode="cors")).status == 200
    browser.clock.advance(timedelta(minutes=21))
    assert not await browser.is_in()


async def test_a_form_keeps_signed_in(town: Store, browser: Browser) -> None:
    """A form extends the session, even if a script sends it."""
    await browser.sign_in(await employ(town))
    token = await browser.token()
    browser.clock.advance(timedelta(minutes=40))
    form = {"csrf": token, "language": "da"}
    assert (await browser.send("language", form, Sec_Fetch_Mode="cors")).status == 303
    browser.clock.advance(timedelta(minutes=40))
    assert await browser.is_in()


async def test_going_out_ends_it_for_good(town: Store, browser: Browser) -> None:
    """Sign-out replaces the cookie and makes the old one invalid."""
    mette = await employ(town)
    await browser.sign_in(mette)
    before = browser.cookie
    await browser.post("sign-out")
    assert browser.cookie != before
    assert await rows(town, mette.id, browser) == []
    browser.plant(before)
    assert not await browser.is_in()


async def test_one_elsewhere_is_ended(town: Store, browser: Browser) -> None:
    """The account lists the user's sessions and can end one."""
    mette = await employ(town)
    browser.client.session.headers["User-Agent"] = CHROME
    await browser.sign_in(mette)
    async with browser.another() as phone:
        phone.client.session.headers["User-Agent"] = PHONE
        await phone.sign_in(mette)
        page = await browser.read("account")
        assert "Chrome på Linux" in page
        assert "Safari på iPhone" in page
        form = {"session": key_of(phone.cookie)}
        assert (await browser.post("account/sessions/end", form)).status == 303
        assert "Den browser er logget ud." in await browser.read("account")
        assert not await phone.is_in()
    assert await browser.is_in()


async def test_nobody_ends_anothers(town: Store, browser: Browser) -> None:
    """The id of another user's session ends nothing."""
    await browser.sign_in(await employ(town))
    async with browser.another() as other:
        await other.sign_in(await employ(town, username="lone"))
        await browser.post("account/sessions/end", {"session": key_of(other.cookie)})
        await browser.post("account/sessions/end-others")
        assert await other.is_in()


async def test_all_others_are_ended(town: Store, browser: Browser) -> None:
    """One click ends all other sessions of the user."""
    mette = await employ(town)
    await browser.sign_in(mette)
    async with browser.another() as second, browser.another() as third:
        await second.sign_in(mette)
        await third.sign_in(mette)
        await browser.post("account/sessions/end-others")
        assert [await one.is_in() for one in (browser, second, third)] == [True, False, False]


async def test_what_was_ended_is_not_woken(town: Store, browser: Browser) -> None:
    """A page that finishes after its session has ended does not restore it."""
    mette = await employ(town)
    await browser.sign_in(mette)
    async with town.unit() as unit:
        await unit.sessions.end_of(mette.id)
        await unit.sessions.save(key_of(browser.cookie), {"flashes": []})
    assert await rows(town, mette.id, browser) == []
    assert not await browser.is_in()


async def test_what_was_sent_too_late(town: Store, browser: Browser) -> None:
    """A form after the session's end has no effect, and the user is told so."""
    mette = await employ(town)
    await browser.sign_in(mette)
    token = await browser.token()
    browser.clock.advance(timedelta(hours=2))
    form = {"csrf": token, "session": "x"}
    late = await browser.send("account/sessions/end", form)
    assert (late.status, late.headers["Location"]) == (303, "/console/sign-in?next=%2Fconsole%2F")
    door = await browser.read("sign-in")
    assert "Du var ikke længere logget ind" in door
    await browser.send("account/sessions/end", form, Sec_Fetch_Mode="cors")
    assert "Du var ikke længere logget ind" not in await browser.read("sign-in")
