"""Exports of a case: same bytes for the same state, and escaped in every format."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from html import unescape
from typing import Any

import pytest
from case_files import citizen, opened, say, whole_case
from console_browser import Browser, employ
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.console.journal import as_csv, as_json, file_name, hash_of, sealed
from bot.documents.tables import FORMULA, cell
from bot.model.case import Case, MessageKind
from bot.model.staff import PERMISSIONS, May, Role
from bot.store.store import Store
from bot.store.unit import Unit

ENDINGS = ("html", "json", "csv")
EVIL = '=HYPERLINK("http://evil.example")<script>alert(1)</script>\r\nX-Evil: 1'


@pytest.fixture
async def mette(town: Store, browser: Browser) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(await employ(town))


async def taken(browser: Browser, case: Case, ending: str) -> bytes:
    """Export a case, and return the file's bytes."""
    got = await browser.get(f"cases/{case.number}/journal.{ending}")
    assert got.status == 200, await got.text()
    name = f"KS-{case.number}.{ending}"
    assert got.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    return await got.read()


def cells(table: bytes) -> list[list[str]]:
    """Parse a table as a spreadsheet does."""
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), delimiter=";"))


async def test_all_of_a_case(town: Store, mette: Browser) -> None:
    """The export has messages with earlier versions, marked notes, attachments and events."""
    case = await whole_case(town, 1)
    journal = json.loads(await taken(mette, case, "json"))
    assert journal["case"] == f"KS-{case.number}"
    assert journal["parties"] == [
        {"role": "citizen", "name": "Ana", "phone": None},
        {"role": "owner", "id": "staff:1", "name": "Mette", "unit": "Borgerservice"},
    ]
    said = [(one["direction"], one["kind"], one["text"]) for one in journal["messages"]]
    assert said == [
        ("in", "asked", "Lygten er ude igen"),
        ("internal", "note", "Ring til Vej og Park"),
        ("out", "answer", "Den skiftes i uge 51."),
    ]
    assert journal["messages"][2]["earlier"][0]["text"] == "Den skiftes i uge 50."
    assert journal["messages"][2]["earlier"][0]["changed_by"] == "staff:1"
    picture, place = journal["attachments"]
    assert picture["file_sha256"] == hashlib.sha256(b"billede").hexdigest()
    assert (place["latitude"], place["longitude"]) == (55.0, -12.5)
    assert [one["did"] for one in journal["events"]] == ["opened", "answered", "override"]


async def test_hashes_can_be_verified(town: Store, mette: Browser) -> None:
    """The file alone is enough to verify all its hashes."""
    journal = json.loads(await taken(mette, await whole_case(town, 1), "json"))
    whole = journal.pop("sha256")
    written = json.dumps(journal, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(written.encode()).hexdigest() == whole
    for one in (*journal["messages"], *journal["attachments"]):
        assert one.pop("sha256") == hash_of(one)


@pytest.mark.parametrize("ending", ENDINGS)
async def test_the_same_state_the_same_bytes(town: Store, mette: Browser, ending: str) -> None:
    """Two exports are equal, also with a reading in between. A new note changes them."""
    case = await whole_case(town, 1)
    first = await taken(mette, case, ending)
    async with town.unit() as unit:
        now = await unit.cases.get(case.id)
        assert now is not None
        await unit.cases.change(now, read_at=unit.now, read_by="Mette")
    assert await taken(mette, case, ending) == first
    async with town.unit() as unit:
        await say(unit, case, ".", MessageKind.NOTE, staff_id=1)
    assert await taken(mette, case, ending) != first
    async with town.reading() as unit:
        verbs = [one.verb for one in await unit.events.of_case(case.id)]
    assert verbs.count("exported") == 3, "each is written down"


async def test_the_page(town: Store, mette: Browser) -> None:
    """The HTML export has all content, marks notes as internal, and shows the JSON's hash."""
    case = await whole_case(town, 1)
    page = (await taken(mette, case, "html")).decode()
    plain = " ".join(unescape(page).split())
    for words in (
        f"KS-{case.number}: Lygten er ude",
        "intern note, ikke sendt til borgeren",
        "Udgave 1, indtil 23. november 2026 kl. 10:",
        "Den skiftes i uge 50.",
        "lygte.jpg, image/jpeg, 7 bytes",
        "Klintsund Kommune",
    ):
        assert words in plain, words
    assert json.loads(await taken(mette, case, "json"))["sha256"] in page
    assert '<article class="internal">' in page
    for elsewhere in ("<link", "<script", "<img", "url(", "csrf"):
        assert elsewhere not in page


@pytest.mark.parametrize("ending", ENDINGS)
async def test_words_are_inert(town: Store, mette: Browser, ending: str) -> None:
    """A citizen's words become no tag, no formula and no header."""
    case = await whole_case(town, 1, EVIL)
    got = await mette.get(f"cases/{case.number}/journal.{ending}")
    assert "X-Evil" not in got.headers
    body = await got.read()
    if ending == "html":
        assert b"<script" not in body
    if ending == "csv":
        assert not [c for row in cells(body) for c in row if c.startswith(FORMULA)]
        assert f"'{EVIL} igen" in [row[9] for row in cells(body)]


async def test_found_from_the_case(town: Store, mette: Browser) -> None:
    """The page of a case links to all three formats."""
    case = await whole_case(town, 1)
    page = await mette.read(f"cases/{case.number}")
    for ending in ENDINGS:
        assert f'href="/console/cases/{case.number}/journal.{ending}"' in page


async def test_a_table(town: Store, mette: Browser) -> None:
    """The table has rows for the case, messages, versions, attachments and events."""
    case = await whole_case(town, 1)
    head, *rows = cells(await taken(mette, case, "csv"))
    assert head[:4] == ["case", "part", "id", "at"]
    assert {row[0] for row in rows} == {f"KS-{case.number}"}
    assert [row[1] for row in rows] == [
        *("case", "earlier", "message", "message", "earlier", "message"),
        *("attachment", "attachment", "event", "event", "event"),
    ]
    assert rows[0][-1] == json.loads(await taken(mette, case, "json"))["sha256"]


async def test_one_who_rang(town: Store, mette: Browser) -> None:
    """A citizen of a case by phone is a party with the name and number given."""
    async with town.unit() as unit:
        case = await opened(unit, None, source="phone", asker_name="Bent", asker_phone="12345678")
    journal = json.loads(await taken(mette, case, "json"))
    assert journal["parties"][0] == {"role": "citizen", "name": "Bent", "phone": "12345678"}
    assert "12345678" in (await taken(mette, case, "html")).decode()


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("role", [None, *Role], ids=str)
async def test_who_may(town: Store, browser: Browser, role: Role | None, ending: str) -> None:
    """Only roles that may see cases can export, and only an export is recorded."""
    mette = await employ(town, username="first")
    case = await whole_case(town, mette.id)
    if role is not None:
        await browser.sign_in(await employ(town, role))
    got = await browser.get(f"cases/{case.number}/journal.{ending}")
    may = May.SEE_CASES in PERMISSIONS[role]
    assert got.status == (200 if may else 403 if role else 303)
    async with town.reading() as unit:
        verbs = [one.verb for one in await unit.events.of_case(case.id)]
    assert ("exported" in verbs) is may


@pytest.mark.parametrize(
    "path",
    [
        "cases/999999/journal.json",
        "cases/0/journal.json",
        "cases/999999999999999/journal.html",
        "cases/1001/journal.exe",
        "cases/1001/journal.json/..",
        "cases/..%2F1001/journal.json",
        "cases/-1001/journal.json",
    ],
)
async def test_nothing_there(town: Store, mette: Browser, path: str) -> None:
    """An unknown case or format gets status 404."""
    await whole_case(town, 1)
    assert (await mette.get(path)).status == 404


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("KS-1042", "KS-1042.csv"),
        ("../../etc-1042", "etc-1042.csv"),
        ('Å"\r\nX: 1-1042', "X1-1042.csv"),
    ],
)
def test_names_of_files(number: str, name: str) -> None:
    """The file's name is plain for every prefix of a town."""
    assert file_name(number, "csv") == name


@given(st.text())
def test_no_cell_is_a_formula(words: str) -> None:
    """No cell begins with a formula character, and the words stay complete."""
    said = cell(words)
    assert not said.startswith(FORMULA)
    assert said in (words, f"'{words}")


WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40)


@given(st.lists(st.tuples(st.sampled_from(MessageKind), WORDS, st.booleans()), max_size=6), WORDS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_any_case(
    town: Store, thread: list[tuple[MessageKind, str, bool]], more: str
) -> None:
    """For any thread, exports are equal, changes change the hash, and the table is complete."""
    async with town.unit() as unit:
        case = await opened(unit, None)
        for kind, words, changed in thread:
            said = await say(unit, case, words, kind)
            if changed:
                await unit.threads.change(said, more, None)
        first, second = await exported(unit, case), await exported(unit, case)
        assert as_json(first) == as_json(second)
        assert as_csv(first) == as_csv(second)
        await say(unit, case, more, MessageKind.NOTE)
        assert (await exported(unit, case))["sha256"] != first["sha256"]
    rows = cells(as_csv(first))
    assert not [c for row in rows for c in row if c.startswith(FORMULA)]
    kept = [row[9].removeprefix("'") for row in rows if row[1] in ("message", "earlier")]
    assert len(kept) == len(thread) + sum(changed for _kind, _words, changed in thread)


async def exported(unit: Unit, case: Case) -> dict[str, Any]:
    """Export a case within a transaction."""
    return sealed(await unit.journal.of(case, f"KS-{case.number}"))


async def test_in_english(town: Store, browser: Browser) -> None:
    """An English reader gets the HTML export in English."""
    await browser.sign_in(await employ(town, language="en"))
    case = await whole_case(town, 1)
    page = (await taken(browser, case, "html")).decode()
    assert "internal note, not sent to the citizen" in page


async def test_another_case_is_another(town: Store) -> None:
    """Two cases with equal words have different hashes."""
    async with town.unit() as unit:
        ana = await citizen(unit)
        first, second = await opened(unit, ana.id), await opened(unit, ana.id)
        one, two = await exported(unit, first), await exported(unit, second)
    assert one["sha256"] != two["sha256"]
