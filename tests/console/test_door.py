"""Coming in and going out."""

from __future__ import annotations

from staff_house import Browser, employ, office

from bot.clock import TravelClock
from bot.model.staff import Role
from bot.service import content
from bot.store.store import Store
from bot.testing import START


async def test_in_and_out(town: Store, browser: Browser) -> None:
    """Whoever has a password comes in, sees their account, and goes out again."""
    mette = await employ(town, Role.STAFF)
    assert (await browser.get("")).headers["Location"] == "/console/sign-in?next=%2Fconsole%2F"
    came = await browser.sign_in(mette)
    assert (came.status, came.headers["Location"]) == (303, "/console/")
    assert (await browser.get("")).headers["Location"] == "/console/account"
    assert "Mette" in await browser.read("account")
    left = await browser.post("sign-out")
    assert left.headers["Location"] == "/console/sign-in"
    assert "Du er logget ud." in await browser.read("sign-in")
    assert (await browser.get("account")).status == 303


async def test_one_click_in_the_demo(town: Store) -> None:
    """In the demo its invented staff come in by a click, and nobody else does."""
    parts = office(town, TravelClock(START), demo=True)
    stranger = await employ(town, Role.LEADER, username="stranger")
    async with town.unit() as unit:
        await content.employ(parts.town, unit)
    async with Browser(town, parts=parts) as browser:
        assert "Kom ind som Mette (Borgerservice)" in await browser.read("sign-in")
        assert (await browser.post("demo/come-in", {"username": stranger.username})).status == 403
        came = await browser.post("demo/come-in", {"username": "mette"})
        assert (came.status, came.headers["Location"]) == (303, "/console/")
        assert "Mette" in await browser.read("account")


async def test_no_click_elsewhere(town: Store, browser: Browser) -> None:
    """A console that is no demo has no way in without a password."""
    await employ(town, Role.STAFF)
    assert "Kom ind som" not in await browser.read("sign-in")
    assert (await browser.post("demo/come-in", {"username": "mette"})).status == 404
