"""The pages for managing the staff."""

from __future__ import annotations

import re
from html import unescape

import pytest
from console_browser import Browser, employ

from bot.model.staff import Role, Staff
from bot.store.store import Store

ODD = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "{{ 7*7 }} {town}",
    "&lt;b&gt;",
)


async def somebody(town: Store, username: str) -> Staff:
    """Return the member of the staff with this username."""
    async with town.reading() as unit:
        found = await unit.staff.by_username(username)
    assert found is not None
    return found


@pytest.fixture
async def admin(town: Store, browser: Browser) -> Browser:
    """Sign an administrator in."""
    return await browser.sign_in(await employ(town, Role.ADMIN))


def form(**changed: object) -> dict[str, object]:
    """Return the form's fields for a new member of the staff."""
    known = {"username": "ida", "first_name": "Ida", "unit": "Natur", "role": "staff"}
    return {**known, "language": "da", **changed}


async def test_somebody_new(town: Store, admin: Browser) -> None:
    """A new member of the staff is added, and the invitation is shown only once."""
    got = await admin.post("staff/new", form(themes=["nature", "sea"], head="yes"))
    words = await got.text()
    assert got.status == 200
    (link,) = re.findall(r"<code id=\"link\">(.*?)</code>", words)
    assert re.fullmatch(r"http://127\.0\.0\.1:8080/console/invitation/[\w-]{43}", link)
    assert "udløber torsdag d. 26. november kl. 10" in words
    ida = await somebody(town, "ida")
    assert (ida.role, ida.themes, ida.head) == (Role.STAFF, ("nature",), True)
    assert not ida.has_password
    page = await admin.read("staff")
    assert "Mangler adgangskode" in page
    assert "Natur og miljø" in page
    async with admin.another() as other:
        assert "Velkommen, Ida" in await other.read(f"invitation/{link.rpartition('/')[2]}")
    async with town.reading() as unit:
        kept = str(await unit.events.newest(3))
    assert link.rpartition("/")[2] not in kept


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"username": "anders"}, "Det brugernavn er der allerede en, der har."),
        ({"username": "æ b"}, "Et brugernavn har 2 til 60 tegn."),
        ({"username": "a\r\nSet-Cookie: x=y"}, "Et brugernavn har 2 til 60 tegn."),
        ({"first_name": " \t "}, "Skriv både fornavn og afdeling."),
        ({"unit": ""}, "Skriv både fornavn og afdeling."),
        ({"first_name": "x" * 81}, "Et navn må højst have 80 tegn."),
        ({"language": "xx"}, "Det sprog kan jeg ikke endnu."),
    ],
)
async def test_what_is_wrong_is_said(
    town: Store, admin: Browser, changed: dict[str, str], said: str
) -> None:
    """A refused form shows the reason and keeps the input."""
    got = await admin.post("staff/new", form(unit="Natur & miljø") | changed)
    words = await got.text()
    assert got.status == 422
    assert said in words
    if "unit" not in changed:
        assert 'value="Natur &amp; miljø"' in words
    assert "Set-Cookie" not in str(got.headers)
    async with town.reading() as unit:
        assert len(await unit.staff.all()) == 1


async def test_no_other_role_than_there_is(admin: Browser) -> None:
    """An unknown role gets status 400."""
    assert (await admin.post("staff/new", form(role="king"))).status == 400


@pytest.mark.parametrize("odd", ODD)
async def test_a_name_is_inert(town: Store, admin: Browser, odd: str) -> None:
    """Names are escaped on every page."""
    await admin.post("staff/new", form(first_name=odd, unit=odd))
    ida = await somebody(town, "ida")
    assert ida.first_name == odd
    pages = ["staff", f"staff/{ida.id}", "audit", "audit?actor=<script>&case=<script>"]
    pages += ["staff/new?x=<script>"]
    for path in pages:
        words = await admin.read(path)
        assert "<script>alert" not in words
        assert "<img" not in words.replace('<img src="/console/static/bridge.svg', "")
        assert "49 Klintsund" not in words
    assert odd in unescape(await admin.read("staff"))
    got = await admin.post(f"staff/{ida.id}/disable")
    assert odd in unescape(await admin.read("staff"))
    assert "\n" not in str(got.headers.get("Location"))


async def test_a_name_on_one_line(town: Store, admin: Browser) -> None:
    """Line breaks and invisible characters are removed from names."""
    await admin.post(
        "staff/new", form(first_name=" Ida\r\nSet-Cookie: a=b\u202e ", unit="\u200bNatur")
    )
    ida = await somebody(town, "ida")
    assert (ida.first_name, ida.unit) == ("Ida Set-Cookie: a=b", "Natur")


async def test_somebody_changes(town: Store, admin: Browser) -> None:
    """Name, department, role, themes and head change together, in one event."""
    mette = await employ(town)
    same = {"first_name": "Mette", "unit": "Borgerservice", "role": "staff"}
    await admin.post(f"staff/{mette.id}", same)
    new = {"first_name": "Mette M", "unit": "Natur", "role": "leader", "themes": "roads"}
    got = await admin.post(f"staff/{mette.id}", new | {"head": "yes"})
    assert got.headers["Location"] == "/console/staff"
    changed = await somebody(town, "mette")
    assert (changed.first_name, changed.unit, changed.role) == ("Mette M", "Natur", Role.LEADER)
    assert (changed.themes, changed.head, changed.language) == (("roads",), True, "da")
    async with town.reading() as unit:
        noted = [one for one in await unit.events.newest(9) if one.verb == "staff_changed"]
    (once,) = noted
    assert (once.from_state, once.to_state) == ("staff", "leader")
    assert "Det er skrevet ned" in await admin.read("staff")


async def test_a_change_that_is_refused_is_kept_on_the_page(town: Store, admin: Browser) -> None:
    """A refused change keeps the input and changes nothing."""
    mette = await employ(town)
    got = await admin.post(
        f"staff/{mette.id}", {"first_name": "", "unit": "Havnen", "role": "leader"}
    )
    assert got.status == 422
    assert 'value="Havnen"' in await got.text()
    assert await somebody(town, "mette") == mette


async def test_the_last_administrator_stays(town: Store, admin: Browser) -> None:
    """The last administrator with a password cannot be demoted or disabled."""
    anders = await somebody(town, "anders")
    form = {"first_name": "Anders", "unit": "Borgerservice", "role": "leader"}
    invited = await employ(town, Role.ADMIN, username="invited")
    async with town.unit() as unit:
        await unit.staff.set_password(invited.id, None)
    for path, written in ((f"staff/{anders.id}", form), (f"staff/{anders.id}/disable", {})):
        got = await admin.post(path, written)
        assert got.status == 422
        assert "Der skal altid være en, der kan styre personalet." in await got.text()
    assert (await somebody(town, "anders")).may
    await employ(town, Role.ADMIN, username="other")
    assert (await admin.post(f"staff/{anders.id}", form)).status == 303
    assert (await admin.get("staff")).status == 403


async def test_a_new_link(town: Store, admin: Browser) -> None:
    """A new link resets the password, and enables a disabled user again."""
    mette = await employ(town)
    await admin.post(f"staff/{mette.id}/disable")
    assert "Mette kan ikke længere komme ind." in await admin.read("staff")
    assert "Med et nyt link kan Mette komme ind igen." in await admin.read(f"staff/{mette.id}")
    assert "/console/invitation/" in await (await admin.post(f"staff/{mette.id}/invite")).text()
    back = await somebody(town, "mette")
    assert (back.active, back.has_password) == (True, False)


async def test_nobody_by_that_number(admin: Browser) -> None:
    """An unknown or over-long id gets status 404."""
    for number in ("99", "999999999999999", "0", "-1", "x", "1" * 30):
        assert (await admin.get(f"staff/{number}")).status == 404
        assert (await admin.post(f"staff/{number}/disable")).status == 404


async def test_a_fault_stands_at_its_field(town: Store, admin: Browser) -> None:
    """A refusal stands at the field it names, and the input is kept."""
    got = await admin.post("staff/new", form(username="anders", themes=["nature"], head="yes"))
    page = await got.text()
    assert got.status == 422
    field = page[page.index('id="username-wrong"') : page.index('name="first_name"')]
    assert "Det brugernavn er der allerede en, der har." in field
    assert 'value="anders"' in field
    assert 'aria-invalid="true" aria-describedby="username-wrong username-help"' in field
    assert 'class="notice refused"' not in page.replace('<p class="notice refused" data-over', "")
    assert 'name="themes" value="nature" checked' in page
    assert 'name="head" value="yes" checked' in page
    assert '<option value="staff" selected>' in page
    ida = await employ(town, username="ida")
    changed = await admin.post(f"staff/{ida.id}", form(unit="", role="leader"))
    assert 'id="unit-wrong"' in await changed.text()
