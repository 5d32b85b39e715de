"""Coming in and going out."""

from __future__ import annotations

from staff_house import Browser, employ

from bot.model.staff import Role
from bot.store.store import Store


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
