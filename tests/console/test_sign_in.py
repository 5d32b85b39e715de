"""Signing in and signing out."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, extract_parameters
from console_browser import PASSWORD, QUICK, Browser, console_context, employ

from bot.clock import TravelClock
from bot.console.passwords import Passwords
from bot.model.staff import Role
from bot.service import content
from bot.store.store import Store
from bot.testing import START


async def test_in_and_out(store: Store, clock: TravelClock) -> None:
    """A member of the staff signs in, sees the account, and signs out."""
    mette = await employ(store)
    async with Browser(store, clock) as browser:
        sent = await browser.get("account")
        assert sent.headers["Location"] == "/console/sign-in?next=%2Fconsole%2Faccount"
        came = await browser.try_to_sign_in(" METTE ")
        assert (came.status, came.headers["Location"]) == (303, "/console/")
        assert "Mette" in await browser.read("account")
        async with store.reading() as unit:
            (noted,) = await unit.events.newest(5)
        assert (noted.actor, noted.verb) == (f"staff:{mette.id}", "signed_in")
        left = await browser.post("sign-out")
        assert left.headers["Location"] == "/console/sign-in"
        assert "Du er logget ud." in await browser.read("sign-in")
        assert "Du er logget ud." not in await browser.read("sign-in")
        assert not await browser.is_in()


async def test_the_first_page(town: Store, browser: Browser) -> None:
    """A signed-in user is redirected to a page that the role may see."""
    await browser.sign_in(await employ(town, Role.NONE))
    assert (await browser.get("")).headers["Location"] == "/console/account"
    assert (await browser.get("sign-in")).headers["Location"] == "/console/"
    without_slash = await browser.client.get("/console", allow_redirects=False)
    assert (without_slash.status, without_slash.headers["Location"]) == (308, "/console/")


async def test_wrong_and_unknown_are_told_alike(town: Store, browser: Browser) -> None:
    """A wrong password and an unknown, disabled or invited user get the same response."""
    await employ(town)
    await employ(town, username="gone", active=False)
    invited = await employ(town, username="new")
    async with town.unit() as unit:
        await unit.staff.set_password(invited.id, None)
    answers = []
    for username, password in (
        ("mette", "wrong"),
        ("nobody", PASSWORD),
        ("gone", PASSWORD),
        ("new", PASSWORD),
        ("new", ""),
    ):
        said = await browser.try_to_sign_in(username, password)
        answers.append((said.status, (await said.text()).replace(username, "")))
    assert answers[0][0] == 422
    assert "passer ikke sammen" in answers[0][1]
    assert len(set(answers)) == 1
    assert PASSWORD not in answers[0][1]


async def test_unknown_names_take_as_long(
    town: Store, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For an unknown username a hash with the same parameters is verified."""
    await employ(town)
    looked: list[str] = []

    def verify(_self: PasswordHasher, kept: str, _password: str) -> bool:
        looked.append(kept.rpartition("$")[0].rpartition("$")[0])
        return True

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    await browser.try_to_sign_in("mette")
    assert not (await browser.try_to_sign_in("nobody")).headers.get("Location")
    assert len(looked) == 2
    assert looked[0] == looked[1]


async def test_a_weaker_hash_is_made_anew(town: Store, clock: TravelClock) -> None:
    """A hash with weaker parameters is replaced at sign-in. The password stays valid."""
    mette = await employ(town)
    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    async with Browser(town, context=console_context(town, clock, passwords=stronger)) as browser:
        await browser.sign_in(mette)
        async with town.reading() as unit:
            kept = await unit.staff.password_hash(mette.id)
        assert kept is not None
        assert "t=2" in kept
        await browser.sign_in(mette)


async def test_who_is_unknown_is_looked_up_as_long_as_anybody() -> None:
    """The dummy hash has the same parameters and matches no password."""
    hasher = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    passwords = Passwords(hasher)
    assert extract_parameters(passwords._nobody) == extract_parameters(hasher.hash("anything"))
    assert not await passwords.fits(None, "anything")
    assert passwords._nobody != Passwords(hasher)._nobody


async def test_a_password_is_the_same_however_it_is_typed() -> None:
    """Composed and decomposed Unicode letters are the same password."""
    passwords = Passwords(QUICK)
    hashed = await passwords.hashed("blåbærgrød med fløde")
    assert await passwords.fits(hashed, "bla\u030abærgrød med fløde")
    assert not await passwords.fits("no hash at all", "blåbærgrød med fløde")


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/console/account", "/console/account"),
        ("/console/audit?case=KS-1042", "/console/audit?case=KS-1042"),
        ("", "/console/"),
        ("https://evil.example/", "/console/"),
        ("//evil.example/console/", "/console/"),
        ("/\\evil.example", "/console/"),
        ("/console/\\..\\..\\evil.example", "/console/"),
        ("/console/../../evil", "/console/"),
        ("/console/%2e%2e/evil", "/console/"),
        ("/console@evil.example", "/console/"),
        ("/consolevil/", "/console/"),
        ("javascript:alert(1)", "/console/"),
        ("/console/\r\nSet-Cookie: a=b", "/console/"),
        ("/console/\tx", "/console/"),
        ("/console/ø", "/console/"),
    ],
)
async def test_next_leads_nowhere_else(
    town: Store, browser: Browser, wanted: str, goes: str
) -> None:
    """After sign-in, `next` redirects only to a page of the console."""
    await employ(town)
    form = {"username": "mette", "password": PASSWORD, "next": wanted}
    came = await browser.post("sign-in", form)
    assert came.headers["Location"] == goes
    assert "a" not in came.cookies


async def test_a_link_from_elsewhere_finds_its_reader(town: Store, browser: Browser) -> None:
    """A link from another site arrives without a cookie, and the page reloads with it."""
    await browser.sign_in(await employ(town))
    kept = browser.cookie
    browser.plant("")
    arrived = await browser.get("account", Sec_Fetch_Site="cross-site")
    assert arrived.status == 200
    assert "Set-Cookie" not in arrived.headers
    words = await arrived.text()
    assert '<meta http-equiv="refresh" content="0">' in words
    assert 'href="/console/account"' in words
    browser.plant(kept)
    assert (await browser.get("account", Sec_Fetch_Site="same-origin")).status == 200


async def test_the_language_at_the_door(browser: Browser) -> None:
    """The sign-in page uses the browser's language, then the reader's choice."""
    english = await browser.get("sign-in", Accept_Language="en-GB,en;q=0.9")
    assert '<html lang="en">' in await english.text()
    assert '<html lang="da">' in await browser.read("sign-in")
    other = await browser.get("sign-in", Accept_Language="de, da;q=0.5")
    assert '<html lang="en">' in await other.text()
    chosen = await browser.post("language", {"language": "en", "next": "/console/sign-in?next=x"})
    assert chosen.headers["Location"] == "/console/sign-in?next=x"
    assert "Sign in" in await browser.read("sign-in")
    await browser.post("language", {"language": "xx"})
    assert "Sign in" in await browser.read("sign-in")


async def test_the_language_inside(town: Store, browser: Browser) -> None:
    """After sign-in, the choice is stored for the user and applies in all browsers."""
    mette = await employ(town)
    async with browser.another() as other:
        await browser.sign_in(mette)
        await other.sign_in(mette)
        await browser.post("language", {"language": "en", "next": "/console/account"})
        assert "Your account" in await other.read("account")
        await browser.post("language", {"language": "xx"})
        assert "Your account" in await browser.read("account")


async def test_one_click_in_the_demo(town: Store) -> None:
    """In the demo only its invented staff can sign in with one click."""
    context = console_context(town, TravelClock(START), demo=True)
    stranger = await employ(town, Role.LEADER, username="stranger")
    async with town.unit() as unit:
        await content.employ(context.town, unit)
    async with Browser(town, context=context) as browser:
        assert "Kom ind som Mette (Borgerservice)" in await browser.read("sign-in")
        assert (await browser.post("demo/come-in", {"username": stranger.username})).status == 403
        assert (await browser.send("demo/come-in", {"username": "mette"})).status == 403
        came = await browser.post("demo/come-in", {"username": "mette"})
        assert (came.status, came.headers["Location"]) == (303, "/console/")
        assert "Mette" in await browser.read("account")


async def test_no_click_elsewhere(town: Store, browser: Browser) -> None:
    """Outside the demo there is no sign-in without a password."""
    await employ(town)
    assert "Kom ind som" not in await browser.read("sign-in")
    assert (await browser.post("demo/come-in", {"username": "mette"})).status == 404
