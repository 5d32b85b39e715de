"""Audiences are built by choosing: without scripts, counted, and saved under a name."""

from __future__ import annotations

import re

import pytest
from console_browser import Browser, employ
from sqlalchemy import update
from test_group_pages import add_citizen, said

from bot.model.audience import readable
from bot.model.commands.audiences import SaveAudience
from bot.model.staff import Role, Staff
from bot.service import execute
from bot.store.store import Store
from bot.store.tables import saved_audience

PATHS = ("audiences/new", "reminders/new", "broadcasts/new")


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff."""
    return await employ(town)


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


def names_in(page: str) -> list[str]:
    """Return the names of the builder's fields on a page, in order."""
    return re.findall(r'name="((?:who|match)[_0-9]*)"', page)


async def press(staff: Browser, path: str, form: dict[str, str], button: str) -> str:
    """Press a button of the builder; return the page."""
    answer = await staff.post(path, {**form, "audience": button})
    assert answer.status == 200
    return await answer.text()


@pytest.mark.parametrize("path", PATHS)
async def test_lines_and_groups_come_and_go(staff: Browser, path: str) -> None:
    """Buttons add and remove lines and groups, and keep all that was chosen and written."""
    assert names_in(await staff.read(path)) == ["who_1"]
    form = {"who_1": "area:oerbakke", "text_da": "Kom til mødet", "name": "Ørbakke", "title": "Hej"}
    page = await press(staff, path, form, "add")
    assert names_in(page) == ["match", "who_1", "who_2"]
    assert 'value="area:oerbakke" selected' in page
    assert "Kom til mødet" in page or "Ørbakke" in page
    form |= {"match": "all", "who_2": "role:ambassador", "not_2": "not"}
    page = await press(staff, path, form, "group")
    inner = ["match_3", "who_3_1"]
    assert names_in(page) == ["match", "who_1", "who_2", *inner]
    form |= {"match_3": "any", "who_3_1": "volunteer:", "when_3_1": "month"}
    page = await press(staff, path, form, "group:3")
    assert names_in(page)[-4:] == [*inner, "match_3_2", "who_3_2_1"]
    assert 'value="group:3_2"' not in page  # no group within two others
    form |= {"match_3_2": "none", "who_3_2_1": "everyone"}
    page = await press(staff, path, form, "remove:2")
    assert names_in(page) == [
        *("match", "who_1", "match_2", "who_2_1", "match_2_2", "who_2_2_1"),
    ]
    assert "not_2_1" in page
    page = await press(staff, path, form, "remove:3_2_1")
    assert names_in(page) == ["match", "who_1", "who_2", "match_3", "who_3_1"]
    for nonsense in ("remove:9", "remove:9_9", "add:x", "group:1_1_1_1", "fly", "remove:"):
        await press(staff, path, form, nonsense)


async def test_at_most_fifteen_lines(staff: Browser) -> None:
    """The fifteenth line is the last one."""
    form = {f"who_{number}": "everyone" for number in range(1, 16)}
    page = await press(staff, "audiences/new", form, "add")
    assert "who_15" in page
    assert "who_16" not in page
    form |= {"who_16": "everyone", "name": "Alle"}
    refused = await staff.post("audiences/new", form)
    assert refused.status == 422
    assert "Højst 15 linjer." in said(await refused.text())


async def test_an_audience_is_saved_changed_used_and_deleted(staff: Browser) -> None:
    """A saved audience is chosen in forms; what uses it keeps a copy."""
    form = {
        "name": "Faste i Ørbakke",
        "match": "all",
        "who_1": "volunteer:",
        "match_2": "any",
        "who_2_1": "area:oerbakke",
        "who_2_2": "area:tangoe",
        "who_3": "helped:",
        "not_3": "not",
        "when_3": "dates",
        "first_3": "2026-05-01",
    }
    words = (
        "frivillige i Ørbakke eller Tangø, som ikke har været med til en opgave siden 1. maj 2026"
    )
    assert (await staff.post("audiences/new", form)).status == 303
    page = said(await staff.read("audiences"))
    assert "Faste i Ørbakke" in page
    assert words in page
    assert "Den bliver ikke brugt." in page
    again = await staff.post("audiences/new", form)
    assert again.status == 422
    assert "En anden målgruppe har det navn." in said(await again.text())
    (path,) = set(re.findall(r"/console/(audiences/\d+)", await staff.read("audiences")))
    number = path.rpartition("/")[2]
    page = await staff.read(path)
    assert names_in(page) == ["match", "who_1", "match_2", "who_2_1", "who_2_2", "who_3"]
    assert 'value="2026-05-01"' in page
    reminder = {
        "text_da": "Husk mødet i hallen",
        "phrase": "hver onsdag kl. 16",
        "every": "once",
        "holidays": "keep",
        "who_1": f"saved:{number}",
        "topic": "traffic",
        "do": "save",
    }
    made = await staff.post("reminders/new", reminder)
    assert made.status == 303, said(await made.text())
    assert words in said(await staff.read("reminders"))
    assert "Bruges af: Påmindelse Husk mødet i hallen" in said(await staff.read("audiences"))
    changed = {**form, "name": "Ambassadørerne", "who_1": "role:ambassador"}
    assert (await staff.post(path, changed)).status == 303
    page = said(await staff.read("audiences"))
    assert "alle ambassadører i Ørbakke eller Tangø" in page
    assert words in said(await staff.read("reminders"))  # a copy
    assert (await staff.post(f"{path}/drop", {"sure": "yes"})).status == 303
    assert "Ambassadørerne" not in said(await staff.read("audiences"))
    (edit,) = set(re.findall(r"/console/(reminders/\d+)\b", await staff.read("reminders")))
    page = await staff.read(f"{edit}/edit")
    assert "En gemt målgruppe, som er slettet: frivillige i Ørbakke" in said(page)
    assert f'value="saved:{number}" selected' in page
    assert (await staff.get(path)).status == 404


async def test_an_audience_is_saved_from_another_form(town: Store, staff: Browser) -> None:
    """A form keeps its input while its audience is saved under a name."""
    form = {
        "who_1": "area:oerbakke",
        "text_da": "Kom til mødet",
        "audience_name": " Folk i Ørbakke ",
    }
    page = await press(staff, "reminders/new", form, "save")
    assert "Målgruppen “Folk i Ørbakke” er gemt." in said(page)
    assert "Kom til mødet" in page
    page = await press(staff, "reminders/new", {**form, "audience_name": ""}, "save")
    assert "Skriv et navn på højst 80 tegn." in said(page)
    page = await press(staff, "reminders/new", {**form, "audience_name": "070761-4285"}, "save")
    assert "CPR-nummer" in said(page)
    page = await press(staff, "reminders/new", {**form, "who_1": "area:atlantis"}, "save")
    assert "Vælg, hvem der skal have den" in said(page)
    async with town.reading() as unit:
        assert [one.name for one in await unit.saved_audiences.all()] == ["Folk i Ørbakke"]


async def test_who_is_in_it_is_counted(town: Store, staff: Browser) -> None:
    """The count says how many may get it, why not the others, and some of them by name."""
    await add_citizen(town, "Samira")
    bo = await add_citizen(town, "Bo", 502)
    async with town.unit() as unit:
        participant = await unit.participants.get(bo)
        assert participant is not None
        assert participant.person_id is not None
        await unit.consents.give(participant.person_id, "news:traffic", 1, "da")
    form = {"who_1": "everyone", "topic": "traffic"}
    for kind in ("reminder", "broadcast"):
        answer = await staff.post(f"audiences/count?for={kind}", form)
        counted = said(await answer.text())
        assert "1 af 2 kan få den" in counted
        assert "der er intet samtykke til nyt om emnet (1)" in counted
        assert "For eksempel: Samira Bo" in counted
    counted = said(await (await staff.post("audiences/count?for=saved", form)).text())
    assert "2 personer er med" in counted
    page = said(await press(staff, "reminders/new", form, "count"))
    assert "1 af 2 kan få den" in page
    page = said(await press(staff, "audiences/new", {"who_1": "", "name": ""}, "count"))
    assert "Vælg, hvem der skal have den" in page
    wrong = {"who_1": "agrees:traffic", "when_1": "month"}
    counted = said(await (await staff.post("audiences/count", wrong)).text())
    assert "Dette valg har ingen tid." in counted
    ambassadors = {"who_1": "role:ambassador", "topic": "traffic"}
    counted = said(await (await staff.post("audiences/count?for=reminder", ambassadors)).text())
    assert "0 af 0 kan få den" in counted


@pytest.mark.parametrize(
    ("line", "field", "why"),
    [
        ({"who_1": "area:atlantis"}, "who_1", "Vælg, hvem der skal have den"),
        ({"who_1": "saved:99"}, "who_1", "Vælg, hvem der skal have den"),
        ({"who_1": "group:1 or 1"}, "who_1", "Vælg, hvem der skal have den"),
        ({"who_1": "seen:", "when_1": "days", "days_1": "x"}, "days_1", "Skriv et antal dage"),
        ({"who_1": "seen:", "days_1": "99999"}, "days_1", "Skriv et antal dage"),
        ({"who_1": "seen:", "when_1": "dates"}, "first_1", "Skriv én dato eller begge"),
        ({"who_1": "seen:", "first_1": "soon"}, "first_1", "Skriv én dato eller begge"),
        ({"who_1": "seen:", "first_1": "0001-01-01"}, "first_1", "Skriv én dato eller begge"),
        (
            {"who_1": "seen:", "first_1": "2026-05-02", "last_1": "2026-05-01"},
            "first_1",
            "Skriv én dato eller begge",
        ),
        ({"who_1": "area:oerbakke", "days_1": "3"}, "when_1", "Dette valg har ingen tid."),
    ],
)
async def test_a_line_that_cannot_be_read_is_refused(
    town: Store, staff: Browser, line: dict[str, str], field: str, why: str
) -> None:
    """No line is left out silently: without it, others would get the message."""
    refused = await staff.post("audiences/new", {"name": "Nogle", "who_2": "everyone", **line})
    page = await refused.text()
    assert refused.status == 422
    assert why in said(page)
    assert re.search(rf'id="{field}"[^>]*aria-invalid', page)
    async with town.reading() as unit:
        assert await unit.saved_audiences.all() == []


@pytest.mark.parametrize(
    "stored",
    [
        {"and": [{"is": "area", "value": "havnen"}, {"is": 3}]},
        {"is": "shoe size", "value": "43"},
        {"is": "group", "value": "x"},
        {"is": "seen", "value": "never ever"},
        {"not": "everyone"},
        {},
    ],
)
async def test_a_broken_audience_is_said_and_reaches_none(
    town: Store, mette: Staff, staff: Browser, stored: dict[str, object]
) -> None:
    """Staff read that a part cannot be read, and choose again; no one gets the message."""
    await add_citizen(town, "Samira")
    async with town.unit() as unit:
        everyone = {"is": "everyone", "value": ""}
        done = await execute(SaveAudience(mette.id, "Nogle", everyone), unit)
        await unit.connection.execute(update(saved_audience).values(audience=stored))
    path = f"audiences/{done.value}"
    listed = said(await staff.read("audiences"))
    assert "kan læses" in listed or "findes mere" in listed
    assert (await staff.get(path)).status == 200
    form = {"who_1": f"saved:{done.value}", "topic": "traffic"}
    answer = await staff.post("audiences/count?for=reminder", form)
    assert "0 af 0 kan få den" in said(await answer.text())
    async with town.reading() as unit:
        assert await unit.audiences.count(readable(stored)) == 0


async def test_only_staff_who_write_news_save_audiences(town: Store, browser: Browser) -> None:
    """Staff without the permission see no saved audience."""
    visitor = await browser.sign_in(await employ(town, Role.NONE))
    assert (await visitor.get("audiences")).status == 403


async def test_the_lists_are_searched_without_scripts(staff: Browser) -> None:
    """A button lists only choices with the words, and what a line has already."""
    whole = await staff.read("audiences/new")
    assert len(re.findall(r"<option", whole)) > 20
    sent = {"audience_find": "ØRBakke", "who_1": "role:ambassador", "audience": "find"}
    found = await (await staff.post("audiences/new", sent)).text()
    who = re.findall(r'<select id="who_1".*?</select>', found, re.DOTALL)[0]
    values = re.findall(r'value="([^"]*)"', who)
    assert values == ["", "role:ambassador", "area:oerbakke"]
    assert 'value="role:ambassador" selected' in who
    none = {**sent, "audience_find": "findes ikke", "who_1": "", "audience": "add"}
    found = await (await staff.post("audiences/new", none)).text()
    values = re.findall(r'<select id="who_2".*?</select>', found, re.DOTALL)[0]
    assert re.findall(r'value="([^"]*)"', values) == [""]
