"""The pages of pledges: the list, one pledge, and what people say by phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from console_browser import Browser, employ
from pledge_desk_town import entry, pledge, pledges
from volunteer_town import do, participant_of, said

from bot.clock import TravelClock
from bot.documents.tables import read_table
from bot.model.commands.pledges import AnswerCheckIn
from bot.model.pledge import PER_UNIT, CheckInAnswer, PledgeSource, PledgeState, Visibility
from bot.model.staff import Role, Staff
from bot.store.store import Store


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff."""
    return await employ(town)


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


async def test_the_list_is_found_by_state_theme_and_words(town: Store, staff: Browser) -> None:
    """Live pledges are shown first; filters find others, and the page of a person has theirs."""
    person, _ana = await pledges(town, "Ana", 501, amount=20 * PER_UNIT)
    await pledges(town, "Bo", 502, "L4")
    page = said(await staff.read("pledges"))
    assert "Jeg lader en del af plænen stå, til blomsterne er færdige. I gang" in page
    assert "Ana · Vild natur · 20 m² · Hver måned" in page
    assert "Jeg slukker udelyset" in page
    page = said(await staff.read("pledges?theme=wild"))
    assert "Jeg lader" in page
    assert "Jeg slukker" not in page
    page = said(await staff.read("pledges?q=udelyset"))
    assert "Jeg slukker" in page
    assert "Jeg lader" not in page
    assert "Det løfte findes ikke." in said(await staff.read("pledges?state=kept"))
    own = await staff.read(f"participants/{await participant_of(town, person)}")
    assert f"pledges?participant={await participant_of(town, person)}" in own
    page = said(await staff.read(f"pledges?participant={await participant_of(town, person)}"))
    assert "Jeg slukker" not in page


async def test_the_page_of_a_pledge(town: Store, clock: TravelClock, staff: Browser) -> None:
    """It has the promise, the ledger, and how it went; an answer can be taken back."""
    person, made = await pledges(town, "Ana", 501, amount=20 * PER_UNIT)
    page = said(await staff.read(f"pledges/{made.id}"))
    assert "Løfte fra Ana" in page
    assert "Mængde 20 m²" in page
    assert "Løftet begyndte · +20 m²" in page
    assert "Kun personen og kommunen" in page
    clock.move_to(clock.now() + timedelta(days=40))
    day = clock.now().date() - timedelta(days=3)
    await do(town, AnswerCheckIn(person, made.id, day, CheckInAnswer.DONE))
    page = await staff.read(f"pledges/{made.id}")
    assert ": Det er gjort" in said(page)
    assert f"pledges/{made.id}/undo" in page
    await staff.post(f"pledges/{made.id}/undo", {"day": day.isoformat()})
    page = said(await staff.read(f"pledges/{made.id}"))
    assert "Intet svar endnu." in page
    assert (await staff.get("pledges/999")).status == 404


async def test_a_pledge_is_taken_by_phone(town: Store, staff: Browser) -> None:
    """Staff enter the person, ask what is asked once, and keep the pledge (HR-27)."""
    page = await staff.read("pledges/new")
    assert "Hvem giver løftet?" in page
    enter = {"first_name": "Inger", "phone": "12 34 56 78"}
    gone = await staff.post("pledges/new/enter", enter)
    assert gone.status == 303
    path = gone.headers["Location"].removeprefix("/console/")
    assert "Tag imod et løfte fra Inger" in said(await staff.read(path))
    corner = await entry(town, "L1")
    form = {"catalogue_id": str(corner.id), "amount": "12,5", "visibility": "private"}
    refused = await staff.post(path, form)
    assert refused.status == 422
    assert "Spørg, om personen er fyldt 15 år" in said(await refused.text())
    wrong = await staff.post(path, {**form, "amount": "mange", "agreed": "yes"})
    assert "Skriv et tal, for eksempel 20 eller 1,5." in said(await wrong.text())
    empty = await staff.post(path, {"agreed": "yes"})
    assert "Vælg et løfte fra kataloget" in said(await empty.text())
    kept = await staff.post(path, {**form, "agreed": "yes"})
    assert kept.status == 303
    made = await pledge(town, int(kept.headers["Location"].rpartition("/")[2]))
    assert (made.amount, made.source) == (1250, PledgeSource.PHONE)
    assert "Telefonnummer 12 34 56 78" in said(await staff.read(f"pledges/{made.id}"))
    again = await staff.post("pledges/new/enter", enter)
    assert again.status == 422


async def test_own_words_by_phone(town: Store, staff: Browser) -> None:
    """Own words are kept verbatim, with their theme and measure."""
    gone = await staff.post("pledges/new/enter", {"first_name": "Karl", "phone": "00 00 20 41"})
    path = gone.headers["Location"].removeprefix("/console/")
    form = {
        "words": "Jeg planter 3 m hæk til fuglene",
        "theme": "wild",
        "measure": "metres",
        "amount": "3",
        "rhythm": "once",
        "visibility": "unnamed",
        "agreed": "yes",
    }
    for missing in ("rhythm", "measure"):
        refused = await staff.post(path, {**form, missing: ""})
        assert refused.status == 422
        assert "Vælg, hv" in said(await refused.text())
    kept = await staff.post(path, form)
    made = await pledge(town, int(kept.headers["Location"].rpartition("/")[2]))
    assert made.words == "Jeg planter 3 m hæk til fuglene"
    assert made.visibility is Visibility.UNNAMED
    assert "Med egne ord" in said(await staff.read(f"pledges/{made.id}"))
    assert (await staff.post(path, {**form, "rhythm": "hourly"})).status == 422


async def test_what_a_person_says_by_phone(town: Store, clock: TravelClock, staff: Browser) -> None:
    """Staff write down how it went and what stood in the way, and change the pledge."""
    _person, made = await pledges(town, "Ana", 501, "L8")
    path, day = f"pledges/{made.id}", clock.now().date().isoformat()
    partly = {"day": day, "answer": "partly"}
    assert (await staff.post(f"{path}/check-in", {"day": day})).status == 422
    assert (await staff.post(f"{path}/check-in", {**partly, "day": "2020-01-01"})).status == 422
    refused = await staff.post(f"{path}/check-in", partly)
    assert "Skriv som et tal, hvor meget der er gjort." in said(await refused.text())
    await staff.post(f"{path}/check-in", {**partly, "amount": "1"})
    page = said(await staff.read(path))
    assert ": Lidt af det · 1 tur" in page
    assert "Der blev svaret · +1 tur" in page
    assert (await staff.post(f"{path}/obstacle", {"key": "", "words": ""})).status == 422
    await staff.post(f"{path}/obstacle", {"key": "weather", "words": "Det regnede hele ugen"})
    assert "uden navn" in said(await staff.read(path))
    ends_on = (made.ends_on + timedelta(days=7)).isoformat()
    change = {"amount": "1", "ends_on": ends_on, "rhythm": "week", "visibility": "named"}
    assert (await staff.post(f"{path}/edit", {**change, "ends_on": "i morgen"})).status == 422
    await staff.post(f"{path}/edit", change)
    changed = await pledge(town, made.id)
    assert changed.amount == PER_UNIT
    assert changed.visibility is Visibility.NAMED
    await staff.post(f"{path}/pause")
    assert "På pause" in said(await staff.read(path))
    await staff.post(f"{path}/resume")
    assert (await pledge(town, made.id)).state is PledgeState.ACTIVE


async def test_ending_asks_once(town: Store, staff: Browser) -> None:
    """A stop and a withdrawal by phone are confirmed, and the ledger follows."""
    _person, made = await pledges(town, "Ana", 501, amount=20 * PER_UNIT)
    path = f"pledges/{made.id}"
    asked = await staff.post(f"{path}/stop")
    assert "Vil du stoppe løftet?" in said(await asked.text())
    assert (await pledge(town, made.id)).state is PledgeState.ACTIVE
    await staff.post(f"{path}/stop", {"sure": "yes"})
    assert "Løftet blev stoppet · -20 m²" in said(await staff.read(path))
    await staff.post(f"{path}/withdraw", {"sure": "yes"})
    assert (await pledge(town, made.id)).state is PledgeState.WITHDRAWN
    assert (await staff.get(f"{path}/edit")).status == 404


async def test_the_export_is_for_leaders_and_recorded(
    town: Store, staff: Browser, browser: Browser
) -> None:
    """Only who may export persons gets the file, and each export is an event."""
    await pledges(town, "Ana", 501, amount=20 * PER_UNIT)
    assert (await staff.get("pledges/table.csv")).status == 403
    assert "pledges/table.csv" not in await staff.read("pledges")
    lone = await employ(town, Role.LEADER)
    async with browser.another() as leader:
        await leader.sign_in(lone)
        assert "pledges/table.csv" in await leader.read("pledges")
        for ending in ("csv", "xlsx"):
            got = await leader.get(f"pledges/table.{ending}")
            rows = read_table(await got.read())
            found = [(row["Navn"], row["Mængde"], row["Måles i"]) for row in rows]
            assert found == [("Ana", "20", "m²")]
        assert "hentede løfterne som fil" in said(await leader.read("audit"))


async def test_totals_are_the_sums_of_the_ledger(town: Store, staff: Browser) -> None:
    """The page has the sums by theme, and the conversions with range and source."""
    page = said(await staff.read("pledges/totals"))
    assert "Intet endnu." in page
    await pledges(town, "Ana", 501, amount=2000 * PER_UNIT)
    await pledges(town, "Bo", 502, amount=50 * PER_UNIT)
    page = said(await staff.read("pledges/totals"))
    assert "Vild natur 2.050 m² 0 m² 2 2" in page
    assert "Ukendt område" in page
    await pledges(town, "Cai", 503, "L7")
    page = said(await staff.read("pledges/totals"))
    assert "Skru en grad ned 1 hjem 40 – 200 kg CO₂ om året Demotal." in page
    got = await staff.get("pledges/totals/table.csv")
    rows = read_table(await got.read())
    assert (rows[0]["Lovet"], rows[0]["Gjort"]) == ("2050", "0")
    assert (await staff.get("pledges/totals?year=1999")).status == 200
