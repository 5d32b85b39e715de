"""The FAQ at the console: search, editing, versions and retirement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from html import escape
from typing import Any

import pytest
from console_browser import Browser, employ
from faq_forms import acts, entry, form, import_faq, listed, read, wrong

from bot.clock import TravelClock
from bot.model.commands.faq import EditEntry
from bot.model.faq import FaqEntry
from bot.model.staff import Role
from bot.service import execute
from bot.store.store import Store

HTML = "<script>alert('1')</script> & \"<b>"


@pytest.fixture
async def mette(town: Store, browser: Browser) -> Browser:
    """Import the FAQ, and sign Mette in."""
    await import_faq(town)
    return await browser.sign_in(await employ(town))


async def change(town: Store, faq_id: str, **fields: Any) -> None:
    """Store an entry with other fields, as its form would."""
    known = await entry(town, faq_id)
    async with town.unit() as unit:
        row = await unit.faq.get(faq_id)
        assert row is not None
        body = {**known.to_body(), **fields}
        new = FaqEntry.from_body(faq_id, body)
        assert (await execute(EditEntry(1, new, row.version), unit)).value  # type: ignore[union-attr]


async def keep(browser: Browser, faq_id: str, **changed: str) -> Any:
    """Send an entry's form with other fields."""
    fields = form(await browser.read(f"faq/{faq_id}"))
    return await browser.post(f"faq/{faq_id}", {**fields, **changed, "do": "keep"})


async def test_all_are_listed(mette: Browser) -> None:
    """Every entry has a line with question, id, theme and owner."""
    page = await mette.read("faq")
    assert len(listed(page)) == 15
    assert "Hvor skal pizzabakken hen?" in page
    assert "F2 · Affald og genbrug · ingen ejer" in page
    english = await mette.get("faq", Accept_Language="en")
    assert english.status == 200


async def test_found_as_the_chat_finds(mette: Browser) -> None:
    """The search finds the chat's answer first, and says what the chat would do."""
    page = await mette.read("faq?q=genbrugspladsens+%C3%A5bningstider%3F")
    assert listed(page)[0] == "F14"
    assert "Det svarer chatten" in page
    unsure = await mette.read("faq?q=haven")
    assert "Chatten er ikke sikker" in unsure or "Chatten finder intet" in unsure
    lost = await mette.read("faq?q=hvad+er+meningen+med+livet")
    assert "Chatten finder intet svar på “hvad er meningen med livet”" in lost
    assert listed(lost) == []
    by_words = await mette.read("faq?q=klintg")
    assert "F3" in listed(by_words), "what has the words is found as well"


async def test_sorted_out(town: Store, mette: Browser) -> None:
    """The list is filtered by theme, owner and check date. An unknown `kept` filters nothing."""
    await change(town, "F2", owner=1, check_by="2026-12-20")
    await change(town, "F1", check_by="2026-12-24")
    assert listed(await mette.read("faq?theme=waste")) == ["F2", "F1", "F14"]
    assert listed(await mette.read("faq?owner=mine")) == ["F2"]
    assert listed(await mette.read("faq?owner=1")) == ["F2"]
    assert len(listed(await mette.read("faq?owner=nobody"))) == 14
    assert listed(await mette.read("faq?kept=due")) == ["F2"], "30 days before, and no sooner"
    assert "1 svar skal gennemgås" in await mette.read("faq")
    town.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]
    assert listed(await mette.read("faq?kept=due")) == ["F2", "F1"]
    assert listed(await mette.read("faq?kept=moon")) == listed(await mette.read("faq"))
    assert listed(await mette.read("faq?theme=moon&owner=9")) == []


async def test_counts_of_thirty_days(town: Store, mette: Browser) -> None:
    """The list counts the last 30 days only."""
    async with town.unit() as unit:
        await unit.faq.count("F2", "2026-10-23", shown=100)
        await unit.faq.count("F2", "2026-10-24", shown=3, helped=1)
        await unit.faq.count("F2", "2026-11-23", shown=2, asked_on=1)
    assert "vist 5, hjalp 1, spurgt videre 1" in await mette.read("faq")


async def test_an_answer_is_changed(town: Store, mette: Browser) -> None:
    """A stored change is recorded, and previewed as the chat shows it."""
    known = await entry(town, "F2")
    got = await keep(mette, "F2", da_answer="Læg den i rest.", owner="1", check_by="2027-01-15")
    assert (got.status, got.headers["Location"]) == (303, "/console/faq/F2")
    page = await mette.read("faq/F2")
    assert "Det er gemt" in page
    assert "Læg den i rest.\n\n<i>Kilde: Jonas, Natur. Gennemgået 1. november 2026.</i>" in page
    now = await entry(town, "F2")
    assert now.texts["da"].answer == "Læg den i rest."
    assert now.texts["en"] == known.texts["en"]
    assert (now.owner, now.check_by) == (1, date(2027, 1, 15))
    assert await acts(town) == [("faq_changed", {"faq": "F2", "version": 2})]


async def test_keeping_nothing_new(town: Store, mette: Browser) -> None:
    """Sending the unchanged form of each entry changes nothing."""
    for faq_id in [f"F{n}" for n in range(1, 16)]:
        assert (await keep(mette, faq_id)).status == 303
    assert await acts(town) == []


async def test_what_is_wrong_is_marked(town: Store, mette: Browser) -> None:
    """Each fault is shown at its field, and the input is kept."""
    got = await keep(
        mette,
        "F2",
        da_question="",
        da_answer="Vi svarer hurtigst muligt. 170461-5007",
        en_answer="",
        da_phrasings="hvordan får jeg nyt pas",
        theme="moon",
        source=" ",
        reviewed="i går",
        check_by="2026-02-31",
    )
    page = await read(got, 422)
    assert wrong(page) == {
        "da_question": ["Her skal stå noget."],
        "da_answer": [
            "Der står et CPR-nummer her. Fjern det.",
            "“hurtigst muligt” lover noget uden en dato. Skriv ugedag og dato.",
        ],
        "da_phrasings": [
            "“hvordan får jeg nyt pas” fører allerede til F4, “Hvordan får jeg nyt pas?”"
        ],
        "en_answer": ["Skriv både spørgsmål og svar på dette sprog, eller lad begge stå tomme."],
        "theme": ["Vælg et emne."],
        "source": ["Her skal stå noget."],
        "reviewed": ["Skriv en dag, fx 2026-11-23."],
        "check_by": ["Skriv en dag, fx 2026-11-23."],
    }
    assert form(page)["da_answer"] == "Vi svarer hurtigst muligt. 170461-5007"
    assert page.count('aria-invalid="true"') == 8
    assert await acts(town) == []


async def test_shown_and_not_kept(town: Store, mette: Browser) -> None:
    """A preview stores nothing and escapes its text."""
    fields = form(await mette.read("faq/F2"))
    written = {**fields, "da_answer": HTML, "do": "preview"}
    page = await read(await mette.post("faq/F2", written), 200)
    assert escape(HTML, quote=False).replace('"', "&#34;") in page.replace("&#39;", "'")
    assert "<script>alert" not in page
    assert form(page)["da_answer"] == HTML
    assert await acts(town) == []


async def test_the_second_of_two_sees_both(town: Store, mette: Browser) -> None:
    """The second editor is shown the first one's change word by word, then may overwrite it."""
    fields = form(await mette.read("faq/F2"))
    jonas = await employ(town, username="jonas", first_name="Jonas")
    async with mette.another() as other:
        await other.sign_in(jonas)
        assert (await keep(other, "F2", da_answer="Læg den i pap.")).status == 303
    mine = {**fields, "da_answer": "Læg den i rest."}
    page = await read(await mette.post("faq/F2", mine), 409)
    assert "En anden har ændret svaret, siden du åbnede det." in page
    assert "Det, Jonas har gemt, og det, du har skrevet" in page
    assert "Læg den i <del>pap</del><ins>rest</ins>." in page
    assert (await entry(town, "F2")).texts["da"].answer == "Læg den i pap."
    again = form(page)
    assert (again["da_answer"], again["version"]) == ("Læg den i rest.", "2")
    assert (await mette.post("faq/F2", again)).status == 303
    assert (await entry(town, "F2")).texts["da"].answer == "Læg den i rest."


async def test_a_new_answer(mette: Browser) -> None:
    """A new entry belongs to its writer by default, and gets a page."""
    fields = form(await mette.read("faq/new"))
    assert fields["owner"] == "1"
    written = {**fields, "da_question": "Må jeg låne en trailer?", "theme": "service"}
    page = await read(await mette.post("faq/new", {**written, "do": "keep"}), 422)
    assert list(wrong(page)) == ["da_answer"]
    written["da_answer"] = "Ja. Hent den på Klintgade 1."
    shown = await read(await mette.post("faq/new", {**written, "do": "preview"}), 200)
    assert "<i>Only in Danish. Source: Klintsund Kommune." in shown
    got = await mette.post("faq/new", {**written, "do": "keep"})
    assert got.headers["Location"] == "/console/faq/S1"
    assert "Må jeg låne en trailer?" in await mette.read("faq/S1")
    assert listed(await mette.read("faq?q=l%C3%A5ne+en+trailer")) == ["S1"]


async def test_all_versions(town: Store, mette: Browser) -> None:
    """Each version is shown with its editor, and can be restored."""
    known = await entry(town, "F2")
    await keep(mette, "F2", da_answer="Læg den i rest.", da_phrasings=HTML, owner="1")
    page = await mette.read("faq/F2/versions")
    assert "Udgave 2" in page
    assert "Indholdsfilen" in page
    assert "<del>ingen</del><ins>Mette</ins>" in page
    assert "<script>" not in page.replace('<script type="module"', "")
    got = await mette.post("faq/F2/roll-back", {"version": "2", "to": "1"})
    assert got.headers["Location"] == "/console/faq/F2/versions"
    assert "Svaret er igen, som det var i udgave 1." in await mette.read("faq/F2/versions")
    assert (await entry(town, "F2")).texts == known.texts
    for fields in ({"version": "2", "to": "1"}, {"version": "3", "to": "99"}, {}):
        assert (await mette.post("faq/F2/roll-back", fields)).status == 303
        assert 'class="notice refused"' in await mette.read("faq/F2/versions")
    async with town.reading() as unit:
        assert [one.version for one in await unit.faq.versions("F2", 9)] == [3, 2, 1]


async def test_many_versions(town: Store, mette: Browser) -> None:
    """Versions come in pages of 20, each with its change."""
    for n in range(22):
        await change(town, "F2", source=f"Kilde {n}")
    first = await mette.read("faq/F2/versions")
    assert "Udgave 23" in first
    assert "Udgave 3<" not in first
    assert first.count("<dt>Kilde</dt>") == 20
    older = await mette.read("faq/F2/versions?before=4")
    assert "Udgave 3" in older
    assert "Den første, der er gemt." in older


async def test_out_of_the_chat_and_back(town: Store, mette: Browser) -> None:
    """An entry is retired and restored. A form with an old version is refused."""
    assert (await mette.post("faq/F2/retire", {"version": "1"})).status == 303
    page = await mette.read("faq/F2")
    assert "Chatten svarer ikke med det mere." in page
    assert listed(await mette.read("faq?kept=retired")) == ["F2"]
    assert "F2" not in listed(await mette.read("faq"))
    assert (await mette.post("faq/F2/bring-back", {"version": "1"})).status == 303
    assert "En anden har ændret svaret" in await mette.read("faq/F2")
    assert (await mette.post("faq/F2/bring-back", {"version": "2"})).status == 303
    assert "Chatten svarer med det igen." in await mette.read("faq/F2")
    assert [verb for verb, _details in await acts(town)] == ["faq_brought_back", "faq_retired"]


async def test_still_right(town: Store, mette: Browser) -> None:
    """One click records the review, and returns to the list."""
    await change(town, "F2", check_by="2026-11-30")
    got = await mette.post("faq/F2/checked", {"version": "2", "next": "/console/faq?kept=due"})
    assert got.headers["Location"] == "/console/faq?kept=due"
    assert listed(await mette.read("faq?kept=due")) == []
    assert (await entry(town, "F2")).reviewed == date(2026, 11, 23)
    away = await mette.post("faq/F2/checked", {"version": "3", "next": "//evil.example/"})
    assert away.headers["Location"] == "/console/"


async def test_who_has_left(town: Store, mette: Browser) -> None:
    """A former member of the staff stays owner of an entry and is marked as gone."""
    lone = await employ(town, Role.LEADER)
    await change(town, "F2", owner=lone.id)
    async with town.unit() as unit:
        await unit.staff.save(replace(lone, active=False))
    assert "Lone (her ikke længere)" in await mette.read("faq/F2")
    assert (await keep(mette, "F2", da_answer="I rest.")).status == 303
    assert (await entry(town, "F2")).owner == lone.id


@pytest.mark.parametrize(
    "path", ["faq/F99", "faq/F99/versions", "faq/..%2Faccount", "faq/F2%2F..", "faq/" + "a" * 21]
)
async def test_nothing_there(mette: Browser, path: str) -> None:
    """An address without an entry gets status 404."""
    assert (await mette.get(path)).status == 404


async def test_a_citizen_is_not_shown_the_owner(mette: Browser) -> None:
    """The preview of the chat shows neither owner nor check date."""
    await keep(mette, "F2", owner="1", check_by="2027-01-15")
    page = await mette.read("faq/F2")
    bubble = page.split('<div class="bubble">')[1].split("</div>")[0]
    assert "Mette" not in bubble
    assert "januar" not in bubble


async def test_no_form_of_elsewhere(town: Store, mette: Browser, clock: TravelClock) -> None:
    """No form has an effect without its CSRF token."""
    fields = form(await mette.read("faq/F2"))
    for path in ("faq/new", "faq/F2", "faq/F2/retire", "faq/F2/roll-back", "faq/F2/checked"):
        sent = {**fields, "da_answer": "Hak.", "to": "1", "csrf": "0" * 64}
        assert (await mette.send(path, sent)).status == 403
    assert await acts(town) == []
    assert clock.now() == town.clock.now()
