"""The account of the current user, and passwords chosen by an invitation."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from console_browser import PASSWORD, Browser, console_context, employ

from bot.clock import TravelClock
from bot.console.sessions import key_of, new_identity
from bot.i18n import render
from bot.model.commands.staff import InviteStaff
from bot.model.staff import Role, password_fault
from bot.service import execute
from bot.store.store import Store

NEW = "grøn sten under broen"


async def invite(town: Store, browser: Browser, staff_id: int) -> str:
    """Return the token of a new invitation."""
    token = new_identity()
    async with town.unit() as unit:
        asked = InviteStaff("operator", staff_id, key_of(token), browser.clock.now())
        await execute(asked, unit)
    return token


async def choose(
    browser: Browser, token: str, password: str = NEW, again: str | None = None
) -> str:
    """Choose a password by an invitation. Return the response's status and text."""
    form = {"password": password, "again": password if again is None else again}
    got = await browser.post(f"invitation/{token}", form)
    return f"{got.status} {await got.text()}"


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("elleve tegn", "En adgangskode skal have mindst 12 tegn."),
        ("tolv tegn ok", None),
        ("x" * 200, None),
        ("x" * 201, "En adgangskode må højst have 200 tegn."),
        ("jeg hedder METTE her", "Dit brugernavn må ikke være en del af din adgangskode."),
        ("æøå æøå æøå æ", None),
    ],
)
def test_the_rule_for_passwords(password: str, fault: str | None) -> None:
    """A password has 12 to 200 characters and does not contain the username."""
    found = password_fault(password, "mette")
    assert (render(found, "da") if found else None) == fault


async def test_an_invitation_is_used(town: Store, browser: Browser) -> None:
    """The link's holder chooses a password and signs in with it."""
    mette = await employ(town)
    token = await invite(town, browser, mette.id)
    page = await browser.read(f"invitation/{token}")
    assert "Velkommen, Mette" in page
    assert "Dit brugernavn er <b>mette</b>." in page
    assert (await choose(browser, token)).startswith("303")
    assert "Din adgangskode er gemt." in await browser.read("sign-in")
    assert (await browser.try_to_sign_in("mette")).status == 422
    await browser.sign_in(mette, NEW)


async def test_what_is_wrong_with_a_new_password_is_said(town: Store, browser: Browser) -> None:
    """A refused password leaves the link usable."""
    token = await invite(town, browser, (await employ(town)).id)
    for password, again, said in (
        ("kort", None, "mindst 12 tegn"),
        ("mette mette mette", None, "Dit brugernavn må ikke være en del"),
        (NEW, NEW + "!", "De to adgangskoder er ikke ens."),
    ):
        answer = await choose(browser, token, password, again)
        assert answer.startswith("422")
        assert said in answer
        assert f'value="{password}"' not in answer
    assert (await choose(browser, token)).startswith("303")


async def test_an_invitation_works_once(town: Store, browser: Browser) -> None:
    """A used, a guessed and a malformed link get the same refusal."""
    token = await invite(town, browser, (await employ(town)).id)
    assert (await choose(browser, token)).startswith("303")
    for worthless in (token, "x" * 43, "x", "%3Cscript%3E"):
        shown = await browser.get(f"invitation/{worthless}")
        assert shown.status == 410
        words = await shown.text()
        assert "Linket er brugt eller udløbet." in words
        assert "<script>" not in words
        assert (await choose(browser, worthless, PASSWORD)).startswith("410")


async def test_an_invitation_runs_out(town: Store, browser: Browser) -> None:
    """A link expires after 72 hours of real time, not of the town's time."""
    token = await invite(town, browser, (await employ(town)).id)
    browser.clock.advance(timedelta(hours=71, minutes=59))
    assert (await browser.get(f"invitation/{token}")).status == 200
    browser.clock.advance(timedelta(minutes=1))
    assert (await browser.get(f"invitation/{token}")).status == 410
    assert (await choose(browser, token)).startswith("410")


async def test_a_newer_link_takes_an_older_ones_place(town: Store, browser: Browser) -> None:
    """Only the newest link works."""
    mette = await employ(town)
    older, newer = [await invite(town, browser, mette.id) for _ in range(2)]
    assert (await browser.get(f"invitation/{older}")).status == 410
    assert (await choose(browser, newer)).startswith("303")


async def test_a_link_ends_what_was_open(town: Store, browser: Browser) -> None:
    """Choosing a password by a link ends all sessions of that user."""
    mette = await employ(town)
    await browser.sign_in(mette)
    async with browser.another() as other:
        await choose(other, await invite(town, browser, mette.id))
    assert not await browser.is_in()


async def test_a_link_of_one_who_is_shut_out(town: Store, browser: Browser) -> None:
    """Disabling a member of the staff makes their link invalid."""
    mette = await employ(town)
    token = await invite(town, browser, mette.id)
    await browser.sign_in(await employ(town, Role.ADMIN))
    await browser.post(f"staff/{mette.id}/disable")
    assert (await choose(browser, token)).startswith("410")


async def test_the_password_is_changed(town: Store, browser: Browser) -> None:
    """The old password allows a new one, which ends the user's other sessions."""
    mette = await employ(town)
    await browser.sign_in(mette)
    async with browser.another() as other:
        await other.sign_in(mette)
        form = {"now": PASSWORD, "password": NEW, "again": NEW}
        assert (await browser.post("account/password", form)).status == 303
        assert "Din nye adgangskode er gemt." in await browser.read("account")
        assert not await other.is_in()
        assert (await other.try_to_sign_in("mette")).status == 422
        await other.sign_in(mette, NEW)


async def test_the_password_is_not_changed(town: Store, browser: Browser) -> None:
    """A wrong old or repeated password changes nothing. 5 wrong old ones are throttled."""
    await browser.sign_in(await employ(town))
    for now, again, said in (
        (PASSWORD, NEW + "!", "ikke ens"),
        *(("wrong", NEW, "var ikke den rigtige"),) * 5,
        (PASSWORD, NEW, "Prøv igen fra kl. 10.15."),
    ):
        form = {"now": now, "password": NEW, "again": again}
        got = await browser.post("account/password", form)
        words = await got.text()
        assert got.status == 422
        assert re.search(said, words)
        assert NEW not in words
    async with town.reading() as unit:
        assert "password_changed" not in [one.verb for one in await unit.events.newest(9)]


async def test_email_about_alerts(town: Store, clock: TravelClock) -> None:
    """Where a mail server is set, staff choose an address; a wrong one is named at its field."""
    context = console_context(town, clock, sends_mail=True)
    async with Browser(town, context=context) as browser:
        mette = await employ(town)
        await browser.sign_in(mette)
        assert "E-mail" in await browser.read("account")
        refused = await browser.post("account/mail", {"address": "mette@"})
        page = await refused.text()
        assert refused.status == 422
        assert "Det er ikke en e-mailadresse." in page
        assert 'value="mette@"' in page
        await browser.post("account/mail", {"address": " mette@klintsund.example "})
        assert 'value="mette@klintsund.example"' in await browser.read("account")
        async with town.reading() as unit:
            kept = await unit.staff.get(mette.id)
        assert kept is not None
        assert kept.mail_address == "mette@klintsund.example"
        await browser.post("account/mail", {"address": ""})
        assert "mette@klintsund.example" not in await browser.read("account")


async def test_no_email_without_a_mail_server(town: Store, browser: Browser) -> None:
    """Without a mail server the account offers no e-mail."""
    await browser.sign_in(await employ(town))
    assert "account/mail" not in await browser.read("account")
