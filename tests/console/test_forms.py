"""Forms need the CSRF token of their session, and are limited in size."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from console_browser import PASSWORD, Browser, employ

from bot.console.form_input import LARGEST_FORM, MOST_FIELDS
from bot.console.routes import ROUTES
from bot.model.staff import Role
from bot.store.store import Store


async def language(town: Store, staff_id: int) -> str:
    """Return the language of a member of the staff."""
    async with town.reading() as unit:
        staff = await unit.staff.get(staff_id)
    assert staff is not None
    return staff.language


async def test_no_post_without_a_token(town: Store, browser: Browser) -> None:
    """Every form is refused without a token, with a wrong one and with an empty one."""
    anders = await employ(town, Role.ADMIN)
    await browser.sign_in(anders)
    posts = [route.path for route in ROUTES if route.method == "POST"]
    assert len(posts) > 9
    for path in posts:
        there = path.replace("{id:[0-9]{1,15}}", str(anders.id)).replace("{token}", "x" * 43)
        for form in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "ø"}):
            refused = await browser.send(there, form)
            assert refused.status == 403, path
            assert "Siden var for gammel" in await refused.text()
    assert await browser.is_in()


async def test_the_token_of_another_session(town: Store, browser: Browser) -> None:
    """Tokens of another session and from before sign-in are refused."""
    mette = await employ(town)
    early = await browser.token()
    await browser.sign_in(mette)
    async with browser.another() as other:
        await other.sign_in(await employ(town, username="lone"))
        foreign = await other.token()
    for token in (early, foreign):
        assert (await browser.send("language", {"csrf": token, "language": "en"})).status == 403
    assert await language(town, mette.id) == "da"
    own = await browser.token()
    assert (await browser.send("language", {"csrf": own, "language": "en"})).status == 303
    assert await language(town, mette.id) == "en"


async def test_the_door_has_a_token_too(town: Store, browser: Browser) -> None:
    """The sign-in form needs a token, so that no other site can sign a user in."""
    await employ(town)
    form = {"username": "mette", "password": PASSWORD}
    assert (await browser.send("sign-in", form)).status == 403
    assert not await browser.is_in()


async def test_a_script_may_bring_it_in_a_header(town: Store, browser: Browser) -> None:
    """A script of the page sends the token in a header."""
    mette = await employ(town)
    await browser.sign_in(mette)
    token = await browser.token()
    sent = await browser.send("language", {"language": "en"}, X_CSRF_Token=token)
    assert sent.status == 303
    assert await language(town, mette.id) == "en"


async def test_looking_changes_nothing(town: Store, browser: Browser) -> None:
    """Acts refuse GET requests, and pages refuse POST requests."""
    await browser.sign_in(await employ(town))
    assert (await browser.get("sign-out")).status == 405
    assert (await browser.get("language?language=en")).status == 405
    assert (await browser.post("account")).status == 405
    assert await browser.is_in()


@pytest.mark.parametrize("says_its_size", [True, False])
async def test_too_large(browser: Browser, *, says_its_size: bool) -> None:
    """An over-large form gets an error page, with or without a content length."""
    long = f"csrf={await browser.token()}&language={'x' * LARGEST_FORM}".encode()

    async def in_pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(long), 4096):
            yield long[start : start + 4096]

    got = await browser.client.post(
        "/console/language",
        data=long if says_its_size else in_pieces(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert got.status == 413
    assert "Det var for meget" in await got.text()


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("text/plain", b"csrf=x", 415),
        ("application/x-www-form-urlencoded", "csrf=ø".encode(), 400),
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * (MOST_FIELDS + 1)), 400),
    ],
)
async def test_what_is_no_form(browser: Browser, kind: str, body: bytes, status: int) -> None:
    """A body that no console page could send is refused before it is processed."""
    got = await browser.client.post(
        "/console/sign-in", data=body, headers={"Content-Type": kind}, allow_redirects=False
    )
    assert got.status == status
    assert "<h1>" in await got.text()


async def test_a_nul_is_left_out(town: Store, browser: Browser) -> None:
    """NUL characters are removed, because PostgreSQL cannot store them."""
    anders = await employ(town, Role.ADMIN)
    await browser.sign_in(anders)
    form = {"first_name": "An\0ders", "unit": "Borger\0service", "role": "admin"}
    assert (await browser.post(f"staff/{anders.id}", form)).status == 303
    async with town.reading() as unit:
        changed = await unit.staff.get(anders.id)
    assert changed is not None
    assert (changed.first_name, changed.unit) == ("Anders", "Borgerservice")
