"""The pages of opportunities: the list, the form, one with its requests, and the import."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest
from aiohttp import ClientResponse, FormData
from console_browser import START, Browser, console_context, employ
from volunteer_town import (
    citizen,
    do,
    next_shift,
    open_all,
    opportunity,
    participant_of,
    said,
    signs_up,
    signup,
)

from bot.clock import TravelClock
from bot.console.form_input import LARGEST_UPLOAD
from bot.console.pages.opportunity_import import LARGEST_TABLE
from bot.documents.tables import csv_table, read_table, xlsx_table
from bot.model.commands.volunteering import ChangeShift, EndOpportunity
from bot.model.opportunity import Opportunity, OpportunityState
from bot.model.signup import SignupState
from bot.model.staff import May, Role, Staff
from bot.service.content import shipped_opportunities
from bot.service.volunteering.opportunity_file import ROW
from bot.store.store import Store


def locked_xlsx() -> bytes:
    """Return an XLSX file whose parts are marked as encrypted by a password."""
    body = bytearray(xlsx_table(["code"], [["N1"]], created=datetime(2026, 12, 1)))  # noqa: DTZ001 - a local time
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), bytes(body)):
            body[found.start() + flags] |= 1
    return bytes(body)


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff, and publish the opportunities of the town."""
    mette = await employ(town)
    await open_all(town, mette)
    return mette


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


def written(mette: Staff, **changed: object) -> dict[str, object]:
    """Return the form of an opportunity as a browser sends it."""
    return {
        "titles_da": "Juletræet på torvet",
        "texts_da": "Pynt træet sammen med andre.",
        "kind": "shifts",
        "phrase": "lørdag d. 5. december kl. 10",
        "every": "once",
        "holidays": "keep",
        "takes": "120",
        "seats": "8",
        "closes_before": "2",
        "closes_before_span": "60",
        "cancels_before": "1",
        "cancels_before_span": "1440",
        "area": "klintsund",
        "theme": "culture",
        "insurance": "municipality",
        "staff_contacts": str(mette.id),
        **changed,
    }


async def save(staff: Browser, path: str, form: dict[str, object]) -> ClientResponse:
    """Send a form, and confirm how its time is read."""
    answer = await staff.post(path, form)
    if answer.status != 200:
        return answer
    page = await answer.text()
    key = re.search(r'name="confirmed" value="(\w+)"', page)
    chosen = re.search(r'<option value="(keep|skip|move)" selected', page)
    assert key is not None
    assert chosen is not None
    return await save(staff, path, {**form, "confirmed": key[1], "holidays": chosen[1]})


async def newest(town: Store) -> Opportunity:
    """Return the newest opportunity."""
    async with town.reading() as unit:
        (found,) = await unit.opportunities.listed(list(OpportunityState), 1)
    return found


async def test_the_list_and_its_filters(town: Store, staff: Browser) -> None:
    """The list shows state, next shift, places and requests, by state, theme, area and words."""
    await signs_up(town, "Samira", 501, "V4")
    await signs_up(town, "Bo", 502, "V1")  # waits for a certificate
    page = said(await staff.read("opportunities"))
    assert (
        "Sprogcafé på biblioteket Åben På faste tidspunkter · Klintsund By · Kultur og fritid"
        in page
    )
    assert "Næste gang: torsdag d. 26. november kl. 17 · 1 frivillig" in page
    assert "0 af 6 pladser · 1 henvendelse venter" in page
    for query, found, left_out in (
        ("theme=nature", "Strandrens", "Sprogcafé"),
        ("area=oerbakke", "Le-holdet", "Sprogcafé"),
        ("q=sprog", "Sprogcafé", "Strandrens"),
        ("state=ended", "Den opgave findes ikke.", "Sprogcafé"),
    ):
        page = said(await staff.read(f"opportunities?{query}"))
        assert found in page
        assert left_out not in page


async def test_one_is_written_and_published(town: Store, mette: Staff, staff: Browser) -> None:
    """A new opportunity is a draft; its page shows it, and publishing plans its shifts."""
    assert "Gem som kladde" in await staff.read("opportunities/new")
    done = await save(staff, "opportunities/new", written(mette, season_first="", needs="diet"))
    known = await newest(town)
    assert done.headers["Location"] == f"/console/opportunities/{known.id}"
    assert (known.closes_before, known.cancels_before, known.seats) == (120, 1440, 8)
    path = f"opportunities/{known.id}"
    page = said(await staff.read(path))
    assert "Kladde" in page
    assert "lørdag d. 5. december kl. 10" in page
    assert "Forsikring" in page
    assert "2 timer før" in page
    await staff.post(f"{path}/publish")
    page = said(await staff.read(path))
    assert "Borgerne kan melde sig nu." in page
    assert "lørdag d. 5. december kl. 10 0 af 8 pladser" in page
    await staff.post(f"{path}/pause")
    assert "På pause" in said(await staff.read(path))
    async with town.reading() as unit:
        verbs = [event.verb for event in await unit.events.newest(3)]
    assert verbs == ["opportunity_paused", "opportunity_published", "opportunity_added"]


async def test_its_page_on_the_web(town: Store, mette: Staff) -> None:
    """An open opportunity has links to its public page and to the page of all."""
    shown = await opportunity(town, "V4")
    clock = TravelClock(START)
    context = console_context(town, clock, public_url="https://klintsund.example/public")
    async with Browser(town, clock, context) as browser:
        page = await (await browser.sign_in(mette)).read(f"opportunities/{shown.id}")
    assert f'href="https://klintsund.example/public/opgaver/{shown.id}"' in page
    assert 'href="https://klintsund.example/public/opgaver"' in page


async def test_the_time_is_said_before_it_is_saved(
    town: Store, mette: Staff, staff: Browser
) -> None:
    """From-to is read with its length; nothing is saved before staff have seen the reading."""
    phrase = "lørdag den 12. december kl. 14-16"
    form = written(mette, phrase=phrase, takes="")
    answer = await staff.post("opportunities/new", form)
    page = said(await answer.text())
    assert answer.status == 200
    assert "Sådan forstår jeg det: lørdag d. 12. december kl. 14. En gang varer 2 timer." in page
    assert "Det er ikke gemt endnu." in page
    assert (await newest(town)).title != "Juletræet på torvet"
    assert (await save(staff, "opportunities/new", form)).status == 303
    known = await newest(town)
    assert (known.title, known.takes) == ("Juletræet på torvet", 120)
    # The draft says which times come, and what is to be done with it stands first.
    page = said(await staff.read(f"opportunities/{known.id}"))
    assert "bliver de første tider: lørdag d. 12. december kl. 14" in page
    assert page.index("Offentliggør den") < page.index("Tilføj en tid")


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"phrase": "på fredag om eftermiddagen"}, "phrase", "Hvad tid?"),
        ({"phrase": "hver fredag"}, "phrase", "Hvad tid?"),
        ({"phrase": "hver fredag kl. 14", "takes": ""}, "takes", "hvor længe det varer"),
        (
            {"phrase": "hver fredag kl. 14-16", "takes": "60"},
            "takes",
            "Det siger dine ord allerede",
        ),
    ],
)
async def test_a_vague_time_is_asked_about(
    mette: Staff, staff: Browser, changed: dict[str, object], field: str, why: str
) -> None:
    """No time is guessed where only a part of the day, or no length, is written."""
    got = await staff.post("opportunities/new", written(mette, **changed))
    page = await got.text()
    assert got.status == 422
    wrong = re.search(rf'id="{field}-wrong">(.*?)</ul>', page, re.DOTALL)
    assert wrong is not None, said(page)
    assert why in said(wrong[1])


async def test_closed_days_are_left_out(town: Store, mette: Staff, staff: Browser) -> None:
    """Where a rule meets closed days, the form proposes to leave them out; staff may keep them."""
    form = written(mette, phrase="hver torsdag kl. 17-19", takes="")
    page = said(await (await staff.post("opportunities/new", form)).text())
    assert "Den falder på lukkedage: torsdag d. 24. december" in page
    await save(staff, "opportunities/new", form)
    known = await newest(town)
    assert known.rule is not None
    assert known.rule["recurrence"]["holidays"] == "skip"
    assert known.takes == 120


async def test_the_form_begins_with_what_is_needed(staff: Browser) -> None:
    """Ten fields are shown; all others are folded."""
    page = await staff.read("opportunities/new")
    shown = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    main = shown[shown.index('<form method="post" action="/console/opportunities/new"') :]
    names = dict.fromkeys(re.findall(r'name="(\w+)"', main[: main.index("</form>")]))
    needed = ["titles_da", "texts_da", "kind", "phrase", "takes", "seats", "places_da"]
    assert [one for one in names if one != "csrf"] == [
        *needed,
        *("theme", "insurance", "staff_contacts"),
    ]


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"titles_da": " "}, "titles_da", "Skriv det på dansk først."),
        ({"texts_da": "Ring til 070761-4285"}, "texts_da", "CPR"),
        ({"closes_before": "-5"}, "closes_before", "helt tal"),
        ({"cancels_before": "en dag"}, "cancels_before", "helt tal"),
        ({"titles_da": "x" * 81}, "titles_da", "80"),
        ({"phrase": "en gang imellem"}, "phrase", "Skriv"),
        ({"phrase": "", "at": "10:00"}, "phrase", "Skriv, hvornår det foregår"),
        ({"takes": "0"}, "takes", "minutter"),
        ({"seats": "0"}, "seats", "mindst 1"),
        ({"season_first": "august"}, "season_first", "en dag og en måned"),
        ({"season_first": "1.8."}, "season_last", "en dag og en måned"),
        ({"season_first": "1.13.", "season_last": "1.2."}, "season_first", "sidste dag"),
        ({"point": "ved åen"}, "point", "55.12345"),
        ({"point": "95, 10"}, "point", "55.12345"),
        ({"closes_before": "61", "closes_before_span": "1440"}, "closes_before", "60 dage"),
        ({"insurance": "gud"}, "insurance", "Vælg"),
        ({"kind": "party"}, "kind", "Vælg"),
        ({"area": "Paris"}, "area", "område"),
        ({"staff_contacts": []}, "staff_contacts", "Mindst én kontakt"),
        ({"code": "V1"}, "code", "kode"),
    ],
)
async def test_a_refusal_is_at_its_field(
    mette: Staff, staff: Browser, changed: dict[str, object], field: str, why: str
) -> None:
    """A refused form keeps what was written, and says why at the field."""
    got = await save(staff, "opportunities/new", written(mette, **changed))
    page = await got.text()
    assert got.status == 422
    wrong = re.search(rf'id="{field}-wrong">(.*?)</ul>', page, re.DOTALL)
    assert wrong is not None, said(page)
    assert why in said(wrong[1])
    assert "Pynt træet" in page or "texts_da" in changed


async def test_one_is_changed_by_one_at_a_time(town: Store, mette: Staff, staff: Browser) -> None:
    """The form shows the present values; a second one with an old version is refused."""
    known = await opportunity(town, "V6")
    path = f"opportunities/{known.id}"
    page = await staff.read(f"{path}/edit")
    assert 'value="1.8."' in page
    assert 'value="30.9."' in page
    assert 'value="Le-holdet på Klintengen"' in page
    form = written(mette, code="V6", version=str(known.version), titles_da="Leerne")
    assert (await save(staff, f"{path}/edit", form)).status == 303
    assert (await opportunity(town, "V6")).title == "Leerne"
    again = await save(staff, f"{path}/edit", form)
    assert again.status == 422
    assert "En anden har ændret" in said(await again.text())


async def test_an_edit_leaves_the_shifts_as_they_are(
    town: Store, mette: Staff, staff: Browser
) -> None:
    """A corrected text keeps the shifts, also a cancelled one; a new time replaces them."""
    known, shift = await opportunity(town, "V4"), await next_shift(town, "V4")
    await staff.post(f"shifts/{shift.id}/cancel", {"reason": "Juleferie"})
    second = await next_shift(town, "V4")
    form = written(mette, code="V4", version=str(known.version), seats="")
    form |= {"phrase": "", "starts_on": "2026-11-26", "at": "17:00", "every": "week"}
    form |= {"weekdays": "3", "titles_da": "Sprogcaféen", "theme": "culture"}
    assert (await save(staff, f"opportunities/{known.id}/edit", form)).status == 303
    assert (await next_shift(town, "V4")).id == second.id
    form |= {"version": str(known.version + 1), "phrase": "hver fredag kl. 17"}
    assert (await save(staff, f"opportunities/{known.id}/edit", form)).status == 303
    page = said(await staff.read(f"opportunities/{known.id}"))
    assert "torsdag d. 26. november kl. 17 Aflyst" in page
    assert "fredag d. 27. november kl. 17 0 frivillige" in page


async def test_more_places_go_to_the_waiting_list(
    town: Store, mette: Staff, staff: Browser
) -> None:
    """Fewer places than are taken are refused; more places are offered to who waits."""
    await signs_up(town, "Samira", 501, "V10")
    await signs_up(town, "Bo", 502, "V10")
    waits = await signs_up(town, "Ida", 503, "V10")
    assert waits.state is SignupState.WAITLISTED
    known = await opportunity(town, "V10")
    path = f"opportunities/{known.id}/edit"
    form = written(mette, code="V10", version=str(known.version), takes="120", seats="1")
    form |= {"phrase": "første lørdag i hver måned kl. 10"}
    refused = await save(staff, path, form)
    assert refused.status == 422
    assert "2 har allerede en plads" in said(await refused.text())
    assert (await save(staff, path, {**form, "seats": "3"})).status == 303
    assert (await signup(town, waits.id)).state is SignupState.OFFERED


async def test_a_copy_is_a_draft(town: Store, staff: Browser) -> None:
    """A copy has the same texts and no code, and its form is shown."""
    known = await opportunity(town, "V4")
    done = await staff.post(f"opportunities/{known.id}/copy")
    copy = await newest(town)
    assert done.headers["Location"] == f"/console/opportunities/{copy.id}/edit"
    assert (copy.title, copy.code, copy.state) == (known.title, None, OpportunityState.DRAFT)


async def test_ending_says_first_who_is_told(town: Store, staff: Browser) -> None:
    """The page names what is sent; ending needs a reason, and cancels the shifts."""
    one = await signs_up(town, "Samira", 501, "V4")
    await signs_up(town, "Bo", 502, "V4")
    path = f"opportunities/{one.opportunity_id}"
    page = said(await staff.read(f"{path}/end"))
    assert "2 personer får besked med begrundelsen." in page
    assert re.search(r"\d+ tider bliver aflyst", page)
    refused = await staff.post(f"{path}/end", {"reason": " "})
    assert refused.status == 422
    assert "Skriv grunden" in said(await refused.text())
    assert (await staff.post(f"{path}/end", {"reason": "Caféen lukker"})).status == 303
    assert (await signup(town, one.id)).state is SignupState.CANCELLED_BY_ORGANISER
    assert (await staff.get(f"{path}/edit")).status == 404
    assert "Afsluttet" in said(await staff.read(path))


async def test_contacts(town: Store, staff: Browser) -> None:
    """A citizen becomes a contact and is removed; an edit of the rest keeps them."""
    known = await opportunity(town, "V4")
    path = f"opportunities/{known.id}"
    jens = await participant_of(town, await citizen(town, "Jens", 501))
    assert "Jens" in await staff.read(f"{path}/contacts/add?q=jens")
    await staff.post(f"{path}/contacts/add", {"participant": jens})
    assert "Jens" in said(await staff.read(path))
    assert "Er kontakt" in said(await staff.read(f"{path}/contacts/add?q=jens"))
    assert (await staff.post(f"{path}/contacts/add", {"participant": 999})).status == 400
    await staff.post(f"{path}/contacts/remove", {"participant": jens})
    assert "Jens" not in said(await staff.read(path))


async def test_a_request_is_taken_and_decided(town: Store, staff: Browser) -> None:
    """A request has a name and a date; it is accepted, or turned down with a reason."""
    lone = await employ(town, Role.LEADER)
    one, two = await signs_up(town, "Samira", 501, "V12"), await signs_up(town, "Bo", 502, "V12")
    path = f"opportunities/{one.opportunity_id}"
    page = said(await staff.read(path))
    assert "2 henvendelser venter" in page
    assert "Mette svarer senest onsdag d. 25. november kl. 16" in page
    async with staff.another() as other:
        await other.sign_in(lone)
        await other.post(f"signups/{two.id}/take")
    assert "Lone svarer" in said(await staff.read(path))
    await staff.post(f"signups/{one.id}/confirm")
    assert (await signup(town, one.id)).state is SignupState.CONFIRMED
    refused = await staff.post(f"signups/{two.id}/reject", {"reason": ""})
    assert refused.status == 422
    page = await refused.text()
    assert re.search(r'<details class="fold reject" name="reject" open>', page)
    assert "Skriv hvorfor" in said(page)
    await staff.post(f"signups/{two.id}/reject", {"reason": "Vi har nok. Prøv sprogcaféen."})
    assert (await signup(town, two.id)).state is SignupState.REJECTED
    await staff.post(f"signups/{two.id}/take")
    page = said(await staff.read(path))
    assert "Den henvendelse findes ikke" in page
    assert "1 frivillig" in page


async def test_nothing_for_a_role_without_it(town: Store, browser: Browser) -> None:
    """A role without the permission sees no section, and no page."""
    mette = await employ(town)
    await open_all(town, mette)
    await browser.sign_in(await employ(town, Role.NONE))
    assert "opportunities" not in await browser.read("account")
    known = await opportunity(town, "V4")
    for path in ("opportunities", f"opportunities/{known.id}", "opportunities/table.csv"):
        assert (await browser.get(path)).status == 403
    assert not mette.may(May.HANDLE_GATES)


# The import and the export


async def upload(staff: Browser, body: bytes, **fields: str) -> tuple[int, str]:
    """Send a table. Return the status and the text of the page."""
    form = FormData()
    form.add_field("csrf", await staff.token())
    for name, value in fields.items():
        form.add_field(name, value)
    form.add_field(
        "table", io.BytesIO(body), filename="table", content_type="application/octet-stream"
    )
    got = await staff.send("opportunities/import", form)
    return got.status, said(await got.text())


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
async def test_an_export_is_imported_as_it_was(town: Store, staff: Browser, ending: str) -> None:
    """The export has all that an import reads; importing it again changes nothing."""
    await do(town, EndOpportunity(1, (await opportunity(town, "V12")).id, "Færdig"))
    got = await staff.get(f"opportunities/table.{ending}")
    body = await got.read()
    table = read_table(body)
    assert table[0]["Slags"] == "På faste tidspunkter"
    assert [row["Kode"] for row in table] == [f"V{n}" for n in range(11, 0, -1)]
    before = await opportunity(town, "V6")
    shift = await next_shift(town, "V4")
    status, _page = await upload(staff, body)
    assert status == 303
    assert "Indlæst: 0 nye, 0 ændrede, 11 uændrede." in said(await staff.read("opportunities"))
    after = await opportunity(town, "V6")
    for name in ("titles", "texts", "rule", "season", "gates", "insurance", "closes_before"):
        assert getattr(after, name) == getattr(before, name), name
    assert (await next_shift(town, "V4")).id == shift.id


async def test_faults_are_named_by_row_and_column(town: Store, staff: Browser) -> None:
    """One wrong cell keeps the whole table out; each fault has its row and column."""
    table = [{**dict.fromkeys(ROW, ""), **row} for row in shipped_opportunities()]
    table[0] |= {"code": "N1", "title_da": "Ny"}
    table[1] |= {"code": "N2", "when": "en gang imellem"}
    table[2] |= {"code": "N3", "takes": "to timer"}
    table[3] |= {"code": "N4", "when": "hver torsdag kl. 17, ikke på helligdage"}
    table[4] |= {"code": "N5", "insurance": "gud"}
    table[5] |= {"code": "N6", "season": "08-01"}
    body = csv_table(ROW, [[row[name] for name in ROW] for row in table[:6]])
    status, page = await upload(staff, body)
    assert status == 422
    assert "5 fejl, så intet er indlæst" in page
    assert "Række 3, kolonnen Hvornår : Jeg forstår ikke" in page
    assert "Række 4, kolonnen En gang varer, i minutter : Skriv et helt tal" in page
    assert "Række 5, kolonnen Hvornår" in page
    assert "Række 6, kolonnen Forsikring : Vælg" in page
    assert "Række 7, kolonnen Sæson" in page
    async with town.reading() as unit:
        assert await unit.opportunities.of_code("N1") is None


async def test_an_ended_one_keeps_the_table_out(town: Store, staff: Browser) -> None:
    """A row of an opportunity that has ended is a fault, and no other row is written."""
    await do(town, EndOpportunity(1, (await opportunity(town, "V4")).id, "Færdig"))
    table = [{**dict.fromkeys(ROW, ""), **row} for row in shipped_opportunities()]
    table[0]["title_da"] = "Andet navn"
    body = csv_table(ROW, [[row[name] for name in ROW] for row in table])
    status, page = await upload(staff, body)
    assert status == 422
    assert "Række 5, kolonnen Kode : Opgaven er afsluttet" in page
    assert (await opportunity(town, "V1")).title == "Læseven på Bakkeskolen"


async def test_rows_are_added_and_published(town: Store, staff: Browser) -> None:
    """A new row is a draft, or is published at once; a column that is not known is named."""
    row = {**shipped_opportunities()[3], "code": "N1", "title_da": "Ny sprogcafé"}
    body = xlsx_table(list(row), [list(row.values())], created=datetime(2026, 12, 1, tzinfo=UTC))
    assert (await upload(staff, body, publishes="yes"))[0] == 303
    assert (await opportunity(town, "N1")).state is OpportunityState.OPEN
    status, page = await upload(staff, b"code;farve\nN2;Noget\n")
    assert status == 422
    assert "Kolonnen farve : Den kolonne findes ikke." in page


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        (b"", 422, "Det er ikke en tabel."),
        (b"%PDF-1.7", 422, "Det er ikke en tabel."),
        (b"PK\x03\x04", 422, "Det er ikke en tabel."),
        (locked_xlsx(), 422, "Det er ikke en tabel."),
        (b"code;title_da\n", 422, "Der er ingen rækker"),
        (b"x" * (LARGEST_TABLE + 1), 413, "Det var for meget"),
        (b"x" * (LARGEST_UPLOAD + 1), 413, "Det var for meget"),
    ],
)
async def test_what_is_no_table(staff: Browser, body: bytes, status: int, why: str) -> None:
    """A file that is no table, or too large, gets a clear message."""
    got, page = await upload(staff, body)
    assert got == status
    assert why in page


async def test_a_file_needs_the_token(staff: Browser) -> None:
    """A form with a file is refused without its token."""
    form = FormData()
    form.add_field("table", io.BytesIO(b"code;title_da\nN1;Ny\n"), filename="t.csv")
    assert (await staff.send("opportunities/import", form)).status == 403


async def test_a_changed_shift_stays_after_a_new_rule(
    town: Store, mette: Staff, staff: Browser
) -> None:
    """A shift that staff changed is not replaced by those of a new time."""
    shift = await next_shift(town, "V9")
    await do(
        town,
        ChangeShift(mette.id, shift.id, 1, shift.begins_at, shift.ends_at, 2, {"da": "Kælderen"}),
    )
    known = await opportunity(town, "V9")
    form = written(mette, code="V9", version=str(known.version), phrase="hver tirsdag kl. 14")
    assert (await save(staff, f"opportunities/{known.id}/edit", form)).status == 303
    async with town.reading() as unit:
        kept = await unit.shifts.get(shift.id)
    assert kept is not None
    assert kept.places == {"da": "Kælderen"}
