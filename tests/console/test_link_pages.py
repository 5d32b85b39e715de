"""The pages of links: make one on the page of a reminder, read its counts, revoke it."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from html import unescape

import pytest
from aiohttp import ClientResponse
from console_browser import BOT_LINK, Browser, console_context, employ
from PIL import Image
from test_group_pages import add_citizen, remind, said
from volunteer_town import do, next_shift, open_all

from bot.console.link_section import DONE, MOST_SHOWN
from bot.console.pages.links import file_name
from bot.console.pages.participants import ON_A_PAGE
from bot.engine.events import Done
from bot.model.commands.links import MakeFeed, MakeLink
from bot.model.commands.reminders import EndReminder, RemindMe
from bot.model.commands.volunteering import CancelShift
from bot.model.link import LinkStep, Opens, hash_of
from bot.model.staff import Role, Staff
from bot.runner.links import OPENERS
from bot.service import execute
from bot.service.links import LINKABLE
from bot.store.alerts import SUBJECTS, Subject
from bot.store.store import Store

PUBLIC_URL = "https://klintsund.example/public"
ADDRESS = re.compile(r'<code id="chat-link">([^<]+)</code>')
LIBRARY = "Plakat på biblioteket"


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff."""
    return await employ(town)


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


@pytest.fixture
async def reminder(town: Store, mette: Staff) -> int:
    """Let Mette set a reminder for everyone."""
    return await remind(town, mette)


async def make(staff: Browser, reminder: int, label: str = LIBRARY) -> ClientResponse:
    """Send the form of a new link."""
    return await staff.post("links/new", {"kind": "reminder", "id": reminder, "label": label})


async def token_of(made: ClientResponse) -> str:
    """Return the token in the page of a new link."""
    assert made.status == 200
    found = ADDRESS.search(await made.text())
    assert found is not None
    assert found[1].startswith(f"{BOT_LINK}?start=l-")
    return found[1].removeprefix(f"{BOT_LINK}?start=l-")


def files_of(page: str) -> dict[str, bytes]:
    """Return the files that a page offers to save, by name."""
    found = re.findall(r'download="([^"]+)" href="data:[a-z/+]+;base64,([^"]+)"', page)
    return {name: b64decode(unescape(content)) for name, content in found}


async def use(town: Store, token: str, *steps: LinkStep) -> None:
    """Let visitors use a link."""
    async with town.unit() as unit:
        for step in steps:
            assert await unit.links.use(hash_of(token), step, Opens.CHAT) is not None


async def test_a_link_is_shown_once(town: Store, staff: Browser, reminder: int) -> None:
    """The page of a new link has its address and QR code; no later page has its token."""
    assert "Hvor skal linket bruges?" in said(await staff.read(f"reminders/{reminder}"))
    made = await make(staff, reminder, f"  {LIBRARY} ")
    token, page = await token_of(made), await made.text()
    assert made.headers["Cache-Control"] == "no-store"
    assert "vises kun denne ene gang" in page
    assert "page-link" not in page  # there are no public pages
    assert re.search(
        r'<svg class="drawing"[^>]* role="img" aria-label="QR-kode, der åbner “Husk cyklen', page
    )
    assert f'href="/console/reminders/{reminder}"' in page
    files = files_of(page)
    assert list(files) == ["qr-plakat-på-biblioteket.svg", "qr-plakat-på-biblioteket.png"]
    assert files["qr-plakat-på-biblioteket.svg"].startswith(b"<?xml")
    picture = Image.open(io.BytesIO(files["qr-plakat-på-biblioteket.png"]))
    assert picture.width == picture.height > 500
    for path in (f"reminders/{reminder}", "links"):
        later = await staff.read(path)
        assert LIBRARY in later
        assert token not in later
    async with town.reading() as unit:
        opened = await unit.links.live(hash_of(token))
    assert opened is not None
    assert (opened.label, opened.subject_id) == (LIBRARY, reminder)


async def test_the_web_page_of_a_link(town: Store, mette: Staff, reminder: int) -> None:
    """Where there are public pages, the address of the link's page is shown, too."""
    browser = Browser(town)
    context = console_context(town, browser.clock, public_url=PUBLIC_URL)
    async with Browser(town, browser.clock, context) as staff:
        await staff.sign_in(mette)
        made = await make(staff, reminder)
        token = await token_of(made)
        page = await made.text()
        assert f'<code id="page-link">{PUBLIC_URL}/l/{token}</code>' in page
        for about in ("Åbner chatten", "Åbner en webside"):
            assert f"Kopiér linket : {about}" in said(page)
        assert "Siden åbnet: 0" in said(await staff.read("links"))
    await browser.client.close()


async def test_links_to_a_task_and_its_times(town: Store, mette: Staff, staff: Browser) -> None:
    """The pages of a task and of its time make links, which count those who signed up."""
    await open_all(town, mette)
    shift = await next_shift(town, "V4")
    for kind, subject_id, path in (
        ("opportunity", shift.opportunity_id, f"opportunities/{shift.opportunity_id}"),
        ("shift", shift.id, f"shifts/{shift.id}"),
    ):
        assert "Hvor skal linket bruges?" in said(await staff.read(path))
        form = {"kind": kind, "id": subject_id, "label": LIBRARY}
        token = await token_of(await staff.post("links/new", form))
        await use(town, token, LinkStep.STARTED, LinkStep.DONE)
        page = said(await staff.read(path))
        assert "Åbnet i chatten: 1 · Tilmeldt: 1" in page
    page = await staff.read("links")
    assert said(page).count("Åbner: Sprogcafé på biblioteket") == 2
    assert f'href="/console/shifts/{shift.id}"' in page
    await do(town, CancelShift(mette.id, shift.id, "Underviseren er syg"))
    page = said(await staff.read(f"shifts/{shift.id}"))
    assert LIBRARY in page
    assert "Hvor skal linket bruges?" not in page


async def test_the_counts_of_a_link(town: Store, staff: Browser, reminder: int) -> None:
    """Each link has its own counts, its maker and its time."""
    token = await token_of(await make(staff, reminder))
    await make(staff, reminder, "Nyhedsbrevet")
    await use(town, token, LinkStep.OPENED, LinkStep.STARTED, LinkStep.STARTED, LinkStep.DONE)
    for path in (f"reminders/{reminder}", "links"):
        page = said(await staff.read(path))
        assert "Siden åbnet: 1 · Åbnet i chatten: 2 · Lagt i en kalender: 1" in page
        assert "Åbnet i chatten: 0 · Lagt i en kalender: 0" in page
        assert page.count("Lavet af Mette, i dag") == 2


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("", "Skriv, hvor linket skal bruges"),
        (" … ", "Skriv, hvor linket skal bruges"),
        ("b" * 81, "Skriv højst 80 tegn"),
        ("Til 070761-4285", "CPR"),
    ],
)
async def test_a_refused_label(
    town: Store, staff: Browser, reminder: int, label: str, why: str
) -> None:
    """A refused label says why and stays in the form; no link is made."""
    got = await make(staff, reminder, label)
    page = await got.text()
    assert got.status == 422
    assert why in said(page)
    assert f'value="{label}"' in page
    assert f'href="/console/reminders/{reminder}"' in page
    async with town.reading() as unit:
        assert await unit.links.of_staff(9) == []


async def test_what_no_link_can_open(town: Store, staff: Browser, reminder: int) -> None:
    """No link is made to something unknown, another kind, or a reminder that has ended."""
    refused = await make(staff, 99)
    assert (refused.status, refused.headers["Location"]) == (303, "/console/reminders/99")
    assert (await staff.get("reminders/99")).status == 404
    for kind in ("case", "participant", ""):
        sent = {"kind": kind, "id": 1, "label": LIBRARY}
        assert (await staff.post("links/new", sent)).status == 400
    await make(staff, reminder)
    async with town.unit() as unit:
        await execute(EndReminder("staff:1", reminder), unit)
    refused = await make(staff, reminder, "Nyhedsbrevet")
    assert (refused.status, refused.headers["Location"]) == (303, f"/console/reminders/{reminder}")
    page = await staff.read(f"reminders/{reminder}")
    assert "ikke noget, et link kan åbne" in said(page)
    assert LIBRARY in page
    assert "Nyhedsbrevet" not in page
    assert "links/new" not in page


@pytest.mark.parametrize("label", [LIBRARY, ""])
async def test_a_citizens_own_reminder_stays_theirs(
    town: Store, staff: Browser, label: str
) -> None:
    """Staff can make no link to a citizen's own reminder, and never read its words."""
    await add_citizen(town, "Samira")
    rule = {"recurrence": {"unit": "day", "starts_on": "2026-12-01", "at": "09:00"}}
    async with town.unit() as unit:
        made = await execute(RemindMe(1, "hente pillerne", rule), unit)
    assert isinstance(made, Done)
    got = await make(staff, made.value, label)
    assert (got.status, await got.text()) == (303, "")
    for path in ("links", "reminders"):
        assert "pillerne" not in await staff.read(path)
    assert (await staff.get(f"reminders/{made.value}")).status == 404
    async with town.reading() as unit:
        assert await unit.links.of_staff(9) == []


async def test_an_ended_reminder_without_links(town: Store, staff: Browser, reminder: int) -> None:
    """A reminder that has ended and has no links has no section of links."""
    async with town.unit() as unit:
        await execute(EndReminder("staff:1", reminder), unit)
    assert ">Links</h2>" not in await staff.read(f"reminders/{reminder}")


async def test_a_link_is_revoked_after_a_confirmation(
    town: Store, staff: Browser, reminder: int
) -> None:
    """The page asks once, names the link, and leads back; then the token opens nothing."""
    token = await token_of(await make(staff, reminder))
    back = f"/console/reminders/{reminder}"
    form = {"id": 1, "next": back}
    asked = await (await staff.post("links/revoke", form)).text()
    assert "Spær 1 link?" in said(asked)
    assert LIBRARY in asked
    async with town.reading() as unit:
        assert await unit.links.live(hash_of(token)) is not None
    done = await staff.post("links/revoke", {**form, "confirmed": "yes"})
    assert (done.status, done.headers["Location"]) == (303, back)
    page = said(await staff.read(f"reminders/{reminder}"))
    assert "1 link er spærret." in page
    assert f"{LIBRARY} Spærret" in page
    async with town.reading() as unit:
        assert await unit.links.live(hash_of(token)) is None
    await staff.post("links/revoke", form)
    assert "er allerede" in said(await staff.read("links"))


async def test_a_feed_is_no_link_of_staff(town: Store, staff: Browser) -> None:
    """Staff neither see nor revoke a citizen's calendar feed."""
    await add_citizen(town, "Samira")
    async with town.unit() as unit:
        made = await execute(MakeFeed(1), unit)
    assert isinstance(made, Done)
    assert "Linket" not in await staff.read("links")
    assert "findes ikke" in said(await staff.read("links"))
    await staff.post("links/revoke", {"id": 1, "confirmed": "yes"})
    async with town.reading() as unit:
        assert await unit.links.live(hash_of(made.value)) is not None


async def test_the_list_is_filtered_and_paged(town: Store, staff: Browser, mette: Staff) -> None:
    """The list finds links by state, place and title, and has pages; a section shows the newest."""
    first = await remind(town, mette, texts={"da": "Mød op ved kiosken"})
    second = await remind(town, mette, texts={"da": "Husk hjelmen"})
    async with town.unit() as unit:
        for number in range(ON_A_PAGE):
            await execute(MakeLink(mette.id, "reminder", first, f"Stander {number}"), unit)
        await execute(MakeLink(mette.id, "reminder", second, LIBRARY), unit)
        await unit.links.revoke(1)
    newest = await staff.read("links")
    assert LIBRARY in newest
    assert "Stander 0" not in newest
    (older,) = re.findall(r'href="/console/(links\?before=\d+)" rel="next"', newest)
    assert "Stander 0" in await staff.read(older)
    for query, found in (
        ("q=biblioteket", {LIBRARY}),
        ("q=HJELMEN", {LIBRARY}),
        ("state=revoked", {"Stander 0"}),
        ("state=live&q=stander+0", set()),
        ("state=nonsense&q=stander+0", {"Stander 0"}),
        ("q=%25", set()),
    ):
        page = await staff.read(f"links?{query}")
        titles = re.findall(r"<h2>([^<]+?) ?<", page)
        assert set(titles) == found, query
    page = await staff.read(f"reminders/{first}")
    assert page.count("Lavet af") == MOST_SHOWN
    (all_of_it,) = re.findall(r'href="/console/(links\?q=[^"]+)"', page)
    assert LIBRARY not in await staff.read(all_of_it)


async def test_only_staff_with_the_permission(town: Store, browser: Browser) -> None:
    """An account without a role sees no links and makes none."""
    someone = await browser.sign_in(await employ(town, Role.NONE))
    assert (await someone.get("links")).status == 403
    assert (await make(someone, 1)).status == 403
    assert (await someone.post("links/revoke", {"id": 1})).status == 403


def test_a_kind_of_subject_is_in_each_list() -> None:
    """What staff can make a link to has a title, an answer in the chat and words for its count."""
    assert set(LINKABLE) == set(DONE)
    assert set(LINKABLE) <= set(OPENERS)  # those of volunteers open too
    assert set(LINKABLE) <= set(SUBJECTS)
    assert Subject("reminder", 7).path == "reminders/7"


@pytest.mark.parametrize(
    ("label", "name"),
    [("Plakat: A/B", "qr-plakat-a-b.png"), ('"../x"', "qr-x.png"), ("Nr. 1", "qr-nr-1.png")],
)
def test_the_name_of_a_file(label: str, name: str) -> None:
    """The name of a file has only the letters and digits of the label."""
    assert file_name(label, "png") == name
