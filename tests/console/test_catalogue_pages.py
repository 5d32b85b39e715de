"""The pages of the catalogue of pledges: list, form, publishing and links."""

from __future__ import annotations

import pytest
from console_browser import Browser, employ
from pledge_desk_town import entry, pledger, pledges
from volunteer_town import do, said

from bot.model.commands.pledges import MakePledge, WithdrawPledge
from bot.model.pledge import PER_UNIT, MeasureKind, Rhythm
from bot.model.pledge_catalogue import CatalogueEntry, EntryState
from bot.model.staff import Staff
from bot.store.store import Store

FORM = {
    "titles_da": "Plant en hæk",
    "titles_en": "Plant a hedge",
    "texts_da": "Jeg planter en hæk med bær.",
    "texts_en": "I plant a hedge with berries.",
    "theme": "wild",
    "kind": "level",
    "rhythm": "once",
    "measure": "metres",
    "amount": "4,5",
    "season_first": "10",
    "season_last": "3",
    "asks_on": "15.4.",
    "who_da": "Have",
    "thanks_da": "Det kan solsorten mærke.",
    "doing_da": "der har plantet en hæk",
    "steps_da": "Mål op fredag.",
    "because_birds_da": "Fugle spiser bærrene.",
    "factor_low": "1,25",
    "factor_high": "2",
    "factor_unit_da": "kg CO₂ om året",
    "factor_source_da": "Demotal",
    "words": "hæk, bær",
}


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff."""
    return await employ(town)


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


async def added(town: Store, path: str) -> CatalogueEntry:
    """Return the entry at a page of the console."""
    async with town.reading() as unit:
        found = await unit.catalogue.get(int(path.rpartition("/")[2]))
    assert found is not None
    return found


async def test_an_entry_is_written_with_all_its_fields(town: Store, staff: Browser) -> None:
    """Each field of the form is kept, shown on the page, and in the form again."""
    sent = await staff.post("catalogue/new", FORM)
    assert sent.status == 303
    path = sent.headers["Location"].removeprefix("/console/")
    known = await added(town, path)
    assert (known.kind, known.rhythm) == (MeasureKind.LEVEL, Rhythm.ONCE)
    assert (known.amount, known.season, known.asks_on) == (450, (10, 3), "04-15")
    assert known.because == {"birds": {"da": "Fugle spiser bærrene."}}
    assert known.factor is not None
    assert (known.factor["low"], known.factor["high"]) == (1.25, 2.0)
    assert tuple(known.words) == ("hæk", "bær")
    page = said(await staff.read(path))
    assert "Plant en hæk Udkast" in page
    assert "1,25 til 2 kg CO₂ om året for 1 meter" in page
    assert "oktober – marts" in page
    assert "Det kan solsorten mærke." in page
    form = await staff.read(f"{path}/edit")
    for value in ("4,5", "15.4.", "1,25", "hæk, bær", "Fugle spiser bærrene."):
        assert value in form
    await staff.post(f"{path}/edit", {**FORM, "version": known.version, "amount": "6"})
    assert (await added(town, path)).amount == 600
    late = await staff.post(f"{path}/edit", {**FORM, "version": known.version})
    assert "En anden har rettet det imens." in said(await late.text())


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"titles_da": ""}, "Skriv den danske tekst."),
        ({"amount": "nogle"}, "Skriv et tal, for eksempel 20 eller 1,5."),
        ({"season_last": ""}, "Vælg både den første og den sidste måned"),
        ({"asks_on": "april"}, "Skriv en dag og en måned"),
        ({"factor_high": "1"}, "Skriv begge tal, det laveste først."),
        ({"amount": "1e99"}, "Skriv et tal, for eksempel 20 eller 1,5."),
        ({"amount": "-5"}, "Skriv et tal, for eksempel 20 eller 1,5."),
        ({"factor_high": "1e99"}, "Skriv begge tal, det laveste først."),
        ({"factor_low": "NaN"}, "Skriv begge tal, det laveste først."),
        ({"factor_source_da": ""}, "Skriv også enhed og kilde på dansk."),
        ({"theme": "?"}, "Vælg en af mulighederne."),
        ({"kind": "?"}, "Vælg en af mulighederne."),
        ({"asks_on": "31.2."}, "Skriv en dag og en måned"),
    ],
)
async def test_a_fault_is_named_at_its_field(
    staff: Browser, wrong: dict[str, str], reason: str
) -> None:
    """The form comes back as it was sent, with the reason."""
    sent = await staff.post("catalogue/new", {**FORM, **wrong})
    assert sent.status == 422
    page = await sent.text()
    assert reason in said(page)
    assert "Jeg planter en hæk med bær." in page


async def test_what_pledges_were_made_from(town: Store, staff: Browser) -> None:
    """Theme, unit and how it adds up stay after the first pledge; the rest can be changed."""
    path = (await staff.post("catalogue/new", FORM)).headers["Location"].removeprefix("/console/")
    known = await added(town, path)
    lamps = {**FORM, "measure": "lamps", "amount": "4", "version": known.version}
    assert (await staff.post(f"{path}/edit", lamps)).status == 303
    await staff.post(f"{path}/publish")
    ana = await pledger(town, "Ana", 501)
    made = await do(town, MakePledge(ana, known.id))
    await do(town, WithdrawPledge(ana, made["pledge_id"]))
    version = (await added(town, path)).version
    for wrong, reason in (
        ({"measure": "m2"}, "så enheden bliver stående"),
        ({"measure": ""}, "så enheden bliver stående"),
        ({"theme": "night"}, "så emnet bliver stående"),
        ({"kind": "count"}, "så det bliver ved med at blive talt op på den måde"),
    ):
        sent = await staff.post(f"{path}/edit", {**lamps, "version": version, **wrong})
        assert sent.status == 422
        assert reason in said(await sent.text())
    sent = await staff.post(f"{path}/edit", {**lamps, "version": version, "factor_high": "3"})
    assert sent.status == 303


async def test_publishing_counts_and_links(town: Store, staff: Browser) -> None:
    """An entry is published and retired; its page counts pledges and makes links."""
    await pledges(town, "Ana", 501, amount=20 * PER_UNIT)
    corner = await entry(town, "L1")
    path = f"catalogue/{corner.id}"
    page = await staff.read(path)
    assert "1 løfte givet · 1 er i gang" in said(page)
    assert 'name="kind" value="catalogue"' in page
    made = await staff.post(
        "links/new", {"kind": "catalogue", "id": corner.id, "label": "Plakat på biblioteket"}
    )
    assert made.status == 200
    assert "Løfter givet: 0" in said(await staff.read(path))
    await staff.post(f"{path}/retire")
    assert (await entry(town, "L1")).state is EntryState.RETIRED
    assert "Lad et hjørne gro" not in said(await staff.read("catalogue"))
    assert "Lad et hjørne gro Taget ud" in said(await staff.read("catalogue?state=retired"))
    await staff.post(f"{path}/publish")
    assert "Lad et hjørne gro Kan vælges" in said(await staff.read("catalogue?theme=wild"))
    assert "Lad et hjørne gro" not in said(await staff.read("catalogue?theme=night"))
    assert (await staff.get("catalogue/999")).status == 404
