"""The pages of broadcasts: the list, the form with its checks, the draft, and its approval."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import FormData
from console_browser import Browser, console_context, employ
from PIL import Image
from test_group_pages import add_citizen, said
from volunteer_town import open_all

from bot.clock import TravelClock
from bot.console.broadcast_files import PDF_MIME
from bot.console.form_input import LARGEST_UPLOAD
from bot.model.broadcast import WARNINGS, Broadcast, BroadcastState
from bot.model.commands.broadcasts import ApproveBroadcast
from bot.model.staff import Role, Staff
from bot.service import execute
from bot.service.content import import_town
from bot.store.store import Store
from bot.testing import START, klintsund

KEPT = re.compile(r'name="kept" value="([^"]+)"')


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff."""
    return await employ(town)


@pytest.fixture
async def lone(town: Store) -> Staff:
    """Add a leader."""
    return await employ(town, Role.LEADER)


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


@pytest.fixture
async def leader(staff: Browser, lone: Staff) -> Any:
    """Sign the leader in, in another browser."""
    async with staff.another() as opened:
        yield await opened.sign_in(lone)


def written(**changed: object) -> dict[str, object]:
    """Return the form of a broadcast as a browser sends it."""
    return {
        "key": "one-form",
        "title": "Engen slås",
        "text_da": "Engen slås lørdag d. 5. december.",
        "text_en": "The meadow is mown on Saturday 5 December.",
        "others": "da",
        "topic": "nature",
        "join_1": "",
        "who_1": "everyone",
        "spares_cases": "yes",
        "is_public": "yes",
        "every": "once",
        "holidays": "keep",
        **changed,
    }


async def newest(town: Store) -> Broadcast:
    """Return the newest broadcast."""
    async with town.reading() as unit:
        return (await unit.broadcasts.listed(tuple(BroadcastState), 1))[0]


async def number_of_drafts(town: Store) -> int:
    """Return how many broadcasts there are."""
    async with town.reading() as unit:
        return len(await unit.broadcasts.listed(tuple(BroadcastState), 50))


async def save(town: Store, staff: Browser, **changed: object) -> Broadcast:
    """Save a draft by its form."""
    got = await staff.post("broadcasts/new", written(**changed))
    assert got.status == 303, said(await got.text())
    return await newest(town)


async def says_yes(town: Store, name: str, topic: str = "nature", language: str = "da") -> None:
    """Add a citizen who said yes to news about a topic."""
    number = await add_citizen(town, name, 500 + len(name))
    async with town.unit() as unit:
        known = await unit.participants.get(number)
        assert known is not None
        person = await unit.people.get(known.person_id or 0)
        await unit.people.save(replace(person, language=language))
        await unit.consents.give(person.id, f"news:{topic}", 1, "da")


async def test_a_draft_is_saved_and_shown(town: Store, staff: Browser) -> None:
    """The page of a draft shows readers, checks and the messages; the list shows the draft."""
    await says_yes(town, "Samira")
    await says_yes(town, "Ana", language="en")
    known = await save(town, staff, text_en="", others="da", spread="3", phrase="i morgen kl. 10")
    assert known.spread == 180
    page = said(await staff.read(f"broadcasts/{known.id}"))
    assert "Til: alle 2 får den i chatten" in page
    assert "1 læser et andet sprog og får den danske tekst med en mærkat." in page
    assert "Engen slås lørdag d. 5. december." in page
    assert "(kun på dansk)" in page or "(in Danish only)" in page
    assert "Stop beskeder" in page
    assert "fordelt over 3 timer" in page
    assert "Natur og klima" in page
    assert "Skrevet af Mette" in page
    listed = said(await staff.read("broadcasts"))
    assert "Engen slås Udkast Natur og klima" in listed


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=draft", True),
        ("state=sent", False),
        ("state=nonsense", True),
        ("topic=nature", True),
        ("topic=traffic", False),
        ("q=engen", True),
        ("q=havn", False),
    ],
)
async def test_the_filters_of_the_list(
    town: Store, staff: Browser, query: str, *, shown: bool
) -> None:
    """The list is narrowed by state, topic and words; an unknown value is no filter."""
    await save(town, staff)
    assert ("Engen slås" in said(await staff.read(f"broadcasts?{query}"))) is shown


async def test_the_list_has_pages(town: Store, staff: Browser) -> None:
    """A long list is paged by the id of its last row."""
    for number in range(52):
        await save(town, staff, title=f"Nyt nummer {number}", key=f"form-{number}")
    page = await staff.read("broadcasts")
    older = re.search(r'href="/console/(broadcasts\?before=\d+)"', page)
    assert older is not None
    assert "Nyt nummer 0 " in said(await staff.read(older[1]))


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"title": " "}, "title", "Skriv en overskrift."),
        ({"topic": "astrology"}, "topic", "Vælg et emne."),
        ({"who_1": "role:king"}, "who_1", "Vælg, hvem der skal have"),
        ({"phrase": "i går kl. 10"}, "phrase", "Det tidspunkt er passeret"),
        ({"starts_on": "2026-11-01", "at": "10:00"}, "starts_on", "Det tidspunkt er gået."),
        ({"phrase": "når vi har tid"}, "phrase", "Jeg forstod ikke"),
        ({"starts_on": "40.13.2026", "at": "10:00"}, "starts_on", "Skriv datoen"),
        ({"spread": "200"}, "spread", "højst 72"),
        ({"expires_on": "31.2.2026"}, "expires_on", "Skriv datoen"),
        ({"expires_time": "10:00"}, "expires_on", "Skriv datoen"),
        ({"place_at": "Rådhuset"}, "place_at", "to tal"),
        ({"place_at": "99.123, 12.3"}, "place_at", "to tal"),
        ({"place": "Søen"}, "place_at", "to tal"),
        ({"opens_1": "pledge:424242"}, "opens_1", "Vælg, hvad knappen åbner"),
        ({"opens_1": "intent:stop"}, "opens_1", "Vælg, hvad knappen åbner"),
        ({"label_1_da": "Læs mere"}, "opens_1", "Vælg, hvad knappen åbner"),
        ({"text_da": "Ring om 010165-5001"}, "text_da", "CPR-nummer"),
        ({"title": "Om 010165-5001"}, "title", "CPR-nummer"),
        ({"option_1_da": "170461-5007"}, "option_1_da", "CPR-nummer"),
        ({"decider": "170461-5007"}, "decider", "CPR-nummer"),
        ({"title": "æ" * 121}, "title", "højst 120 tegn"),
        ({"decider": "æ" * 121}, "decider", "højst 120 tegn"),
        ({"agenda_url": "http://["}, "agenda_url", "https://"),
        ({"agenda_url": "https://ex\u2100.com"}, "agenda_url", "https://"),
        ({"agenda_url": "https:foo"}, "agenda_url", "https://"),
    ],
)
async def test_what_cannot_be_saved(
    town: Store, staff: Browser, changed: Mapping[str, object], field: str, why: str
) -> None:
    """The reason is at the field, every field keeps its input, and nothing is stored."""
    form = written(**changed)
    got = await staff.post("broadcasts/new", form)
    page = await got.text()
    assert got.status == 422
    at = re.search(rf'id="{field}-wrong">(.*?)</ul>', page, re.DOTALL)
    assert at is not None, said(page)
    assert why in html.unescape(at[1])
    for value in form.values():
        if str(value) not in {"", "yes"} and str(value).strip():
            assert html.escape(str(value)) in page or field in {"topic", "who_1", "opens_1"}
    assert await number_of_drafts(town) == 0


async def test_a_double_click_makes_one(town: Store, staff: Browser) -> None:
    """The same form twice makes one draft; the same form with other words is refused."""
    first = await staff.post("broadcasts/new", written())
    second = await staff.post("broadcasts/new", written())
    assert first.headers["Location"] == second.headers["Location"]
    other = await staff.post("broadcasts/new", written(title="Noget andet"))
    assert other.status == 422
    assert "er gemt som udkast før" in said(await other.text())
    assert await number_of_drafts(town) == 1


async def test_the_later_of_two_is_told(town: Store, staff: Browser, leader: Browser) -> None:
    """Who saves a version that somebody has changed meanwhile is told, and loses no words."""
    known = await save(town, staff)
    path = f"broadcasts/{known.id}/edit"
    assert 'name="version" value="1"' in await staff.read(path)
    assert (await leader.post(path, written(version="1", title="Lones"))).status == 303
    late = await staff.post(path, written(version="1", title="Mettes"))
    page = await late.text()
    assert late.status == 422
    assert "har rettet det imens" in said(page)
    assert 'value="Mettes"' in page
    assert (await newest(town)).title == "Lones"


async def test_every_field_comes_back(town: Store, staff: Browser, mette: Staff) -> None:
    """The form of a draft shows what was saved, and saving it unchanged changes nothing."""
    await open_all(town, mette)
    async with town.unit() as unit:
        await import_town(klintsund(), unit)
        pledge = (await unit.catalogue.published())[0]
        opportunity = (await unit.opportunities.open())[0]
    form = written(
        phrase="hver fredag kl. 15",
        spread="2",
        expires_on="2026-12-24",
        expires_time="12:00",
        place_at="https://osm.org/#map=16/55.0512/12.3045",
        place="Søen",
        opens_1="intent:volunteer",
        opens_2=f"pledge:{pledge.id}",
        label_2_da="Lov det",
        label_2_en="Promise it",
        opens_3=f"opportunity:{opportunity.id}",
        option_1_da="Ja",
        option_1_en="Yes",
        option_2_da="Nej",
        own_words="yes",
        decider="Teknisk udvalg",
        agenda_url="https://example.org/dagsorden",
        welcomes="yes",
        who_1="area:tangoe",
        others="none",
    )
    known = await save(town, staff, **form)
    assert known.place == {"latitude": 55.0512, "longitude": 12.3045, "title": "Søen"}
    assert [one["labels"].get("da") for one in known.buttons] == [
        "Bliv frivillig",
        "Lov det",
        opportunity.title,
    ]
    assert known.question == {
        "options": [
            {"key": "0", "labels": {"da": "Ja", "en": "Yes"}},
            {"key": "1", "labels": {"da": "Nej"}},
        ],
        "own_words": True,
    }
    assert known.rule is not None
    page = await staff.read(f"broadcasts/{known.id}/edit")
    again = await staff.post(f"broadcasts/{known.id}/edit", fields_of(page))
    assert again.status == 303, said(await again.text())
    after = await newest(town)
    same = ("texts", "audience", "topic", "place", "buttons", "question", "rule", "spread")
    assert {one: getattr(after, one) for one in same} == {one: getattr(known, one) for one in same}
    assert after.expires_at == known.expires_at
    assert after.others == "none"
    assert "fredag" in said(await staff.read(f"broadcasts/{known.id}"))


def fields_of(page: str) -> dict[str, object]:
    """Return the fields of a page's form as a browser would send them."""
    found: dict[str, object] = {}
    form = page[page.index('enctype="multipart/form-data"') :]
    form = form[: form.index("</form>")]
    for match in re.finditer(r"<(input|select|textarea)\b([^>]*)>", form):
        kind, about = match[1], match[2]
        name = re.search(r'name="([^"]+)"', about)
        if name is None or name[1] == "csrf" or 'type="file"' in about:
            continue
        if 'type="checkbox"' in about or 'type="radio"' in about:
            if " checked" not in about:
                continue
            value = re.search(r'value="([^"]*)"', about)
            found.setdefault(name[1], [])
            listed = found[name[1]]
            assert isinstance(listed, list)
            listed.append(html.unescape(value[1]) if value else "on")
        elif kind == "input":
            value = re.search(r'value="([^"]*)"', about)
            found[name[1]] = html.unescape(value[1]) if value else ""
        elif kind == "textarea":
            end = form.index("</textarea>", match.end())
            found[name[1]] = html.unescape(form[match.end() : end]).removeprefix("\n")
        else:
            end = form.index("</select>", match.end())
            chosen = re.search(r'value="([^"]*)" selected', form[match.end() : end])
            found[name[1]] = html.unescape(chosen[1]) if chosen else ""
    return found


@pytest.mark.parametrize(
    ("text", "sentence", "why"),
    [
        ("Kom til mødet. Vi svarer hurtigst muligt.", "Vi svarer hurtigst muligt.", "uden en dato"),
        ("Kom på jobcentret i morgen.", "Kom på jobcentret i morgen.", "noget privat"),
        ("Som vi allerede har forklaret, slås engen.", "Som vi allerede", "taler ned"),
        (
            (
                "Engen bliver slået, og vi rydder op langs stien, og så sætter vi to nye bænke op "
                "ved det lille vandhul."
            ),
            "Engen bliver slået",
            "Sætningen har",
        ),
        (
            (
                "Kommunen iværksætter helhedsorienterede initiativer vedrørende vandløb, "
                "vedligehold og naturgenopretning i henhold til bestyrelsens beslutning."
            ),
            "",
            "svær at læse",
        ),
    ],
)
async def test_the_checks_name_the_sentence(
    town: Store, staff: Browser, text: str, sentence: str, why: str
) -> None:
    """Each check says the sentence and the reason: while writing, and on the draft's page."""
    form = written(text_da=text)
    beside = await staff.post("broadcasts/check", form)
    assert beside.status == 200
    live = said(await beside.text())
    assert why in live
    assert sentence in live
    known = await save(town, staff, text_da=text)
    page = said(await staff.read(f"broadcasts/{known.id}"))
    assert why in page
    assert sentence in page
    edited = said(await staff.read(f"broadcasts/{known.id}/edit"))
    assert why in edited


async def test_a_missing_english_text_is_a_hint(town: Store, staff: Browser) -> None:
    """The missing text is said with what its readers get, and keeps nothing from approval."""
    known = await save(town, staff, text_en="")
    page = said(await staff.read(f"broadcasts/{known.id}"))
    assert "English : Der er ingen tekst på dette sprog. Læserne får den danske tekst" in page
    assert (await staff.post(f"broadcasts/{known.id}/submit")).status == 303
    assert (await newest(town)).state is BroadcastState.IN_REVIEW


async def test_the_button_without_a_script(town: Store, staff: Browser) -> None:
    """The button that only looks saves nothing, and shows messages and input."""
    got = await staff.post("broadcasts/new", written(do="check"))
    page = await got.text()
    assert got.status == 200
    assert "Engen slås lørdag d. 5. december." in said(page)
    assert 'value="one-form"' in page
    assert await number_of_drafts(town) == 0


def picture(width: int = 60, height: int = 40) -> bytes:
    """Return a JPEG with a place in its EXIF data."""
    into = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    Image.new("RGB", (width, height), "green").save(into, "JPEG", exif=exif)
    return into.getvalue()


async def send(
    staff: Browser, path: str, body: bytes, name: str = "min fil.pdf", **changed: object
) -> tuple[int, str]:
    """Send the form with a file; return the status and the page."""
    form = FormData(quote_fields=False)
    form.add_field("csrf", await staff.token())
    for field, value in written(**changed).items():
        form.add_field(field, str(value))
    form.add_field(
        "attachment", io.BytesIO(body), filename=name, content_type="application/octet-stream"
    )
    got = await staff.send(path, form)
    return got.status, await got.text()


async def test_a_picture_is_kept_over_an_error(town: Store, staff: Browser) -> None:
    """A picture loses its metadata, and an error elsewhere does not lose the picture."""
    status, page = await send(staff, "broadcasts/new", picture(), title=" ", alt="En eng")
    assert status == 422
    kept = KEPT.search(page)
    assert kept is not None
    known = await save(town, staff, kept=kept[1], alt="En eng")
    assert known.media == {"kind": "photo", "name": "picture.jpg", "alt": "En eng"}
    got = await staff.get(f"broadcasts/{known.id}/file")
    body = await got.read()
    assert got.content_type == "image/jpeg"
    assert b"Kamera" not in body
    assert "sandbox" in got.headers["Content-Security-Policy"]
    page = await staff.read(f"broadcasts/{known.id}")
    assert f'src="/console/broadcasts/{known.id}/file" alt="En eng"' in page
    await staff.post(f"broadcasts/{known.id}/edit", written(version="1", alt="En eng i juni"))
    assert (await newest(town)).media == {**known.media, "alt": "En eng i juni"}
    await staff.post(f"broadcasts/{known.id}/edit", written(version="2", no_file="yes"))
    assert (await newest(town)).media is None


async def test_a_document(town: Store, staff: Browser) -> None:
    """A PDF keeps its name, and is given as a download."""
    status, _page = await send(staff, "broadcasts/new", b"%PDF-1.7 tekst", "C:\\mine\\Plan.pdf")
    assert status == 303
    known = await newest(town)
    assert known.media == {"kind": "document", "name": "Plan.pdf", "alt": ""}
    assert "Plan.pdf" in said(await staff.read(f"broadcasts/{known.id}"))
    async with town.reading() as unit:
        row = await unit.files.get(known.file_id or 0)
    assert row is not None
    assert row.mime == PDF_MIME


@pytest.mark.parametrize(
    ("body", "name", "why"),
    [
        (b"MZ\x90", "virus.exe", "Vælg et billede"),
        (picture(2000, 20), "smal.jpg", "for langt og smalt"),
        (b"%PDF-" + b"x" * LARGEST_UPLOAD, "stor.pdf", "for stor"),
        (b"%PDF-1.7", "brev 010165-5001.pdf", "CPR-nummer"),
    ],
)
async def test_files_that_are_not_taken(
    town: Store, staff: Browser, body: bytes, name: str, why: str
) -> None:
    """The reason is at the field of the file, and the rest of the form is kept."""
    status, page = await send(staff, "broadcasts/new", body, name)
    assert status == 422
    at = re.search(r'id="attachment-wrong">(.*?)</ul>', page, re.DOTALL)
    assert at is not None
    assert why in html.unescape(at[1])
    assert "Engen slås lørdag d. 5. december." in html.unescape(page)
    assert await number_of_drafts(town) == 0


async def test_a_forged_file_is_ignored(town: Store, staff: Browser) -> None:
    """A form cannot bring along a file that this session did not send."""
    async with town.unit() as unit:
        foreign = await unit.files.add("brev.pdf", PDF_MIME, b"%PDF-hemmeligt")
    known = await save(town, staff, kept=f"{foreign}.{'0' * 64}")
    assert known.media is None
    assert known.file_id is None


async def test_the_approval(town: Store, staff: Browser, leader: Browser) -> None:
    """A leader who did not write it sees whom it reaches, returns it, and approves it later."""
    await says_yes(town, "Samira")
    known = await save(town, staff)
    path = f"broadcasts/{known.id}"
    await staff.post(f"{path}/submit")
    assert "Den venter på en leders godkendelse." in said(await staff.read(path))
    assert (await staff.post(f"{path}/approve", {"version": "1"})).status == 403
    assert "1" in re.findall(r"broadcasts.*?count\">(\d+)", await leader.read("broadcasts"))
    page = said(await leader.read(path))
    assert "Til: alle 1 får den i chatten" in page
    empty = await leader.post(f"{path}/return", {"reason": " "})
    assert empty.status == 422
    assert "Skriv begrundelsen." in said(await empty.text())
    await leader.post(f"{path}/return", {"reason": "Skriv klokkeslættet."})
    page = said(await staff.read(path))
    assert "Skriv klokkeslættet." in page
    await staff.post(
        f"{path}/edit",
        written(
            version="2", text_da="Engen slås lørdag d. 5. december kl. 10.", who_1="language:da"
        ),
    )
    await staff.post(f"{path}/submit")
    page = said(await leader.read(path))
    assert "Ændret, siden den blev sendt tilbage" in page
    assert "Skriv klokkeslættet." in page
    assert "Engen slås lørdag d. 5. december [sat ind: kl ] . [sat ind: 10. ]" in page
    assert "[taget ud: alle ] [sat ind: alle, som læser dansk ]" in page
    old = await leader.post(f"{path}/approve", {"version": "1"})
    assert old.status == 422
    assert "har rettet det imens" in said(await old.text())
    approved = await leader.post(f"{path}/approve", {"version": "3"})
    assert approved.status == 303
    found = await newest(town)
    assert found.state is BroadcastState.APPROVED
    assert (await leader.post(f"{path}/approve", {"version": "3"})).status == 303
    assert (await staff.get(f"{path}/edit")).status == 404


async def test_a_returned_series_stays_one(town: Store, staff: Browser, leader: Browser) -> None:
    """A series that was approved and returned keeps its rule when its form is saved unchanged."""
    await says_yes(town, "Samira")
    known = await save(town, staff, phrase="hver fredag kl. 15", text_da="Kom.", text_en="Come.")
    path = f"broadcasts/{known.id}"
    await staff.post(f"{path}/submit")
    await leader.post(f"{path}/approve", {"version": "1"})
    assert "næste gang fredag d. 27. november" in said(await staff.read(path))
    await leader.post(f"{path}/return", {"reason": "Skriv mere."})
    page = await staff.read(f"{path}/edit")
    assert (await staff.post(f"{path}/edit", fields_of(page))).status == 303
    assert (await newest(town)).rule == known.rule


async def test_a_leader_does_not_approve_their_own(town: Store, leader: Browser) -> None:
    """The author's page says so, and the command is refused (HR-17)."""
    known = await save(town, leader)
    await leader.post(f"broadcasts/{known.id}/submit")
    page = said(await leader.read(f"broadcasts/{known.id}"))
    assert "Du har selv skrevet den." in page
    got = await leader.post(f"broadcasts/{known.id}/approve", {"version": "1"})
    assert got.status == 422
    assert (await newest(town)).state is BroadcastState.IN_REVIEW


async def test_a_sentence_stands_with_a_reason(
    town: Store, staff: Browser, leader: Browser
) -> None:
    """Where a check allows it, a leader approves with a reason, which is shown."""
    known = await save(town, staff, text_da="Som vi allerede har forklaret, slås engen lørdag.")
    path = f"broadcasts/{known.id}"
    await staff.post(f"{path}/submit")
    assert (await newest(town)).state is BroadcastState.IN_REVIEW
    without = await leader.post(f"{path}/approve", {"version": "1"})
    assert without.status == 422
    await leader.post(f"{path}/approve", {"version": "1", "let_stand": "Det er et citat."})
    assert (await newest(town)).let_stand == "Det er et citat."
    assert "Det er et citat." in said(await leader.read(path))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Vi svarer hurtigst muligt.", "uden en dato"),
        ("Kom på jobcentret i morgen.", "noget privat"),
    ],
)
async def test_what_no_reason_excuses(town: Store, staff: Browser, text: str, why: str) -> None:
    """A promise without a date, and a word that reveals something, are not even submitted."""
    known = await save(town, staff, text_da=text)
    await staff.post(f"broadcasts/{known.id}/submit")
    page = said(await staff.read(f"broadcasts/{known.id}"))
    assert why in page
    assert (await newest(town)).state is BroadcastState.DRAFT


async def test_an_election_is_near(town: Store, staff: Browser, leader: Browser) -> None:
    """In the six weeks before an election a leader must say why a list's name stays (HR-19)."""
    assert town.town is not None
    soon = replace(town.town.town, elections=(START.date() + timedelta(days=20),))
    town.town = replace(town.town, town=soon)
    known = await save(town, staff, text_da="Mød Liste A ved søen lørdag d. 5. december.")
    page = said(await staff.read(f"broadcasts/{known.id}"))
    assert "Der er snart valg" in page
    await staff.post(f"broadcasts/{known.id}/submit")
    got = await leader.post(f"broadcasts/{known.id}/approve", {"version": "1"})
    assert got.status == 422


async def test_a_target_that_is_gone_by_then(
    town: Store, staff: Browser, leader: Browser, lone: Staff
) -> None:
    """A button that opens what was closed meanwhile stops the approval."""
    await open_all(town, lone)
    async with town.reading() as unit:
        opportunity = (await unit.opportunities.open())[0]
    known = await save(town, staff, opens_1=f"opportunity:{opportunity.id}")
    await staff.post(f"broadcasts/{known.id}/submit")
    async with town.unit() as unit:
        await unit.opportunities.change(opportunity.id, state="paused")
    assert "er lukket eller væk" in said(await leader.read(f"broadcasts/{known.id}"))
    async with town.unit() as unit:
        answer = await execute(ApproveBroadcast(lone.id, known.id, 1), unit)
    assert getattr(answer, "field", "") == "buttons"


async def test_a_warning_needs_no_topic(town: Store, staff: Browser) -> None:
    """A warning has the topic of warnings by itself."""
    known = await save(town, staff, topic="", is_warning="yes", text_da="Kog vandet i dag.")
    assert known.topic == WARNINGS
    assert known.is_warning
    assert "Advarsler om fare" in said(await staff.read(f"broadcasts/{known.id}"))


async def test_the_approval_of_a_warning(town: Store, staff: Browser, leader: Browser) -> None:
    """A leader reads the words as a warning, and that no quiet hours hold it; then it is sent."""
    known = await save(
        town, staff, topic="", is_warning="yes", text_da="Kog vandet.", text_en="Boil the water."
    )
    path = f"broadcasts/{known.id}"
    await staff.post(f"{path}/submit")
    page = said(await leader.read(path))
    assert "Varsel fra Klintsund Kommune: Kog vandet." in page
    assert "Den er en advarsel: den bliver sendt straks, også om natten og på søn" in page
    assert "dem, der skriver med en medarbejder" not in page  # a warning goes to all
    refused = await leader.post(f"{path}/approve", {"version": "1"})
    assert refused.status == 422  # nobody has said yes to warnings
    assert "Lige nu får ingen den." in said(await refused.text())
    reason = {"version": "1", "let_stand": "Vandværket beder om det."}
    assert (await leader.post(f"{path}/approve", reason)).status == 303
    page = said(await leader.read(path))
    assert "Den er godkendt og bliver sendt til tiden. Som det ser ud nu, får 0 den." in page
    assert "Vandværket beder om det." in page


async def test_readers_of_english_are_a_choice(town: Store, staff: Browser) -> None:
    """What news in Danish alone gives to readers of English is chosen, and counted in words."""
    page = await staff.read("broadcasts/new")
    assert 'name="others" value="da" required checked' in page
    await says_yes(town, "Samira", language="en")
    for others, shown in (("da", "1 læser et andet sprog og får"), ("none", "og får ingenting")):
        draft = await save(town, staff, text_en="", others=others, key=others)
        assert shown in said(await staff.read(f"broadcasts/{draft.id}"))


async def test_its_page_on_the_web(town: Store, mette: Staff) -> None:
    """Published news links to its public page; what the archive leaves out has no link."""
    clock = TravelClock(START)
    context = console_context(town, clock, public_url="https://klintsund.example/public")
    async with town.unit() as unit:
        sent = {"state": BroadcastState.SENT, "began_at": unit.now, "ended_at": unit.now}
        audience = {"is": "everyone", "value": ""}
        shown, kept = [
            await unit.broadcasts.add(
                Broadcast(0, "Engen", {"da": "Kom."}, "nature", audience, is_public=public, **sent)
            )
            for public in (True, False)
        ]
    async with Browser(town, clock, context) as opened:
        staff = await opened.sign_in(mette)
        page = await staff.read(f"broadcasts/{shown}")
        assert f'href="https://klintsund.example/public/nyheder/{shown}"' in page
        assert "Nyhedens side på nettet" in page
        assert "klintsund.example/public" not in await staff.read(f"broadcasts/{kept}")


async def test_copy_and_drop(town: Store, staff: Browser) -> None:
    """A copy is a draft of its own; a draft is deleted after asking once."""
    known = await save(town, staff)
    copied = await staff.post(f"broadcasts/{known.id}/copy")
    copy = await newest(town)
    assert copied.headers["Location"] == f"/console/broadcasts/{copy.id}/edit"
    assert copy.id != known.id
    asked = await staff.post(f"broadcasts/{copy.id}/drop")
    assert "Slet udkastet" in said(await asked.text())
    await staff.post(f"broadcasts/{copy.id}/drop", {"sure": "yes"})
    assert (await newest(town)).id == known.id
    assert (await staff.get(f"broadcasts/{copy.id}")).status == 404
    assert (await staff.post("broadcasts/424242/copy")).status == 404


@pytest.mark.parametrize("act", ["submit", "copy", "test", "edit", "check", "drop"])
async def test_each_act_needs_the_token(town: Store, staff: Browser, act: str) -> None:
    """A form of another site changes nothing."""
    known = await save(town, staff)
    got = await staff.send(f"broadcasts/{known.id}/{act}", {"title": "x"})
    assert got.status == 403
    assert (await newest(town)).state is BroadcastState.DRAFT


async def test_excluded_readers(town: Store, staff: Browser, leader: Browser) -> None:
    """Only broadcasts that were sent can be chosen; a forged id is left out."""
    first = await save(town, staff)
    async with town.unit() as unit:
        await unit.broadcasts.change(first.id, state=BroadcastState.SENT)
    form = await staff.read("broadcasts/new")
    assert f'name="excludes" value="{first.id}"' in form
    second = await save(town, staff, key="two", excludes=[str(first.id), "424242"])
    assert list(second.excludes) == [first.id]
    assert "Engen slås" in said(await leader.read(f"broadcasts/{second.id}"))
