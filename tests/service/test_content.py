"""The town's content file is read or refused whole, and a second import changes nothing."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from at_work import employed

from bot.errors import ConfigurationError
from bot.i18n import LANGUAGES
from bot.model.faq import FaqEntry
from bot.model.staff import Role
from bot.model.town import Town, hours_text
from bot.service.content import SHIPPED, Imported, employ, import_town, read_town
from bot.service.faq import VERSION
from bot.store.faq import FaqRow
from bot.store.store import Store

FIFTEEN = tuple(f"F{n}" for n in range(1, 16))
RAW = files("flows.content").joinpath(SHIPPED).read_text("utf-8")


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the shipped file; replace each pair of *changes* once, at its first occurrence."""
    raw = RAW
    for old, new in changes:
        assert old in raw, old
        raw = raw.replace(old, new, 1)
    path = folder / "town.toml"
    path.write_text(raw, "utf-8")
    return path


def refusal(path: Path) -> list[str]:
    """Return the faults for which *path* is refused, without the file name."""
    with pytest.raises(ConfigurationError) as caught:
        read_town(path)
    lines = str(caught.value).split("\n")
    assert all(line.startswith(f"{path}: ") for line in lines)
    return [line.removeprefix(f"{path}: ") for line in lines]


def changed(entry: FaqEntry, answer: str) -> FaqEntry:
    """Return *entry* with another Danish answer."""
    text = dataclasses.replace(entry.texts["da"], answer=answer)
    return dataclasses.replace(entry, texts={**entry.texts, "da": text})


async def imported(store: Store, town: Town) -> Imported:
    """Import *town* in its own transaction."""
    async with store.unit() as unit:
        return await import_town(town, unit)


async def row(store: Store, faq_id: str) -> FaqRow:
    """Return the stored row of an entry."""
    async with store.unit() as unit:
        found = await unit.faq.get(faq_id)
    assert found is not None
    return found


async def version(store: Store) -> str:
    """Return the FAQ version that the index uses."""
    async with store.unit() as unit:
        return str(await unit.facts.get(VERSION))


@pytest.fixture
def town() -> Town:
    """Return the town that ships with the program."""
    return read_town(None)


def test_the_shipped_town_reads(town: Town) -> None:
    """Klintsund has fifteen entries, six areas, and a contact for every theme."""
    assert (town.name, town.bot_name) == ("Klintsund Kommune", "Dialog Klintsund")
    assert tuple(entry.id for entry in town.faq) == FIFTEEN
    assert {entry.reviewed for entry in town.faq} == {date(2026, 11, 1)}
    assert [len(town.areas), len(town.topics), len(town.people)] == [6, 5, 5]
    assert {theme.working_days for theme in town.themes} == {2, 5, 10}
    assert {town.contact_for(theme.key).first_name for theme in town.themes} == {
        "Mette",
        "Jonas",
        "Aisha",
    }


def test_every_entry_is_in_every_language(town: Town) -> None:
    """Every entry has all languages and survives the round trip through JSON."""
    for entry in town.faq:
        assert set(entry.texts) == set(LANGUAGES)
        assert FaqEntry.from_body(entry.id, entry.to_body()) == entry
        assert entry.text("fr") == entry.texts["da"]


def test_no_phrasing_stands_for_two_entries(town: Town) -> None:
    """Each phrasing belongs to one entry, or the search could not tell the entries apart."""
    asked = [
        (language, phrasing.casefold())
        for entry in town.faq
        for language, text in entry.texts.items()
        for phrasing in (text.question, *text.phrasings)
    ]
    assert len(asked) == len(set(asked))


def test_hours_are_said(town: Town) -> None:
    """Adjacent days with equal hours are written as one span."""
    assert town.open_hours_text("da") == (
        "Borgerservice har åbent mandag–onsdag kl. 10–14, torsdag kl. 10–17 og fredag kl. 10–12."
    )
    assert town.phone_hours_text("da") == (
        "Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12."
    )
    assert town.open_hours_text("en").endswith(
        "Monday–Wednesday 10:00–14:00, Thursday 10:00–17:00 and Friday 10:00–12:00."
    )
    assert town.phone_hours_text("en").startswith("The phone is open Monday–Wednesday 09:00–14:00")


def test_a_closed_day_parts_equal_hours() -> None:
    """Equal hours on separate days are not written as a span; half hours are written out."""
    half = ("09:30", "12:00")
    hours = (half, None, half, None, None, None, None)
    assert hours_text(hours, "da") == "mandag kl. 9.30–12 og onsdag kl. 9.30–12."
    assert hours_text((half, *[None] * 6), "en") == "Monday 09:30–12:00."


def test_the_nearest_area(town: Town, tmp_path: Path) -> None:
    """The nearest area is that of the nearest centre; without centres the result is None."""
    found = town.nearest_area((55.67613, 12.56851))
    assert found is not None
    assert (found[0].name, round(found[1], -1)) == ("Sandholm Havn", 390)
    centres = re.findall(r"centre = .*\n", RAW)
    bare = read_town(written(tmp_path, *((line, "") for line in centres)))
    assert len(centres) == len(bare.areas)
    assert bare.nearest_area((55.67613, 12.56851)) is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('phone = "00 00 10 00"\n', "", "phone: is missing"),
        ('phone = "00 00 10 00"', "phone = 10", "phone: must be a str"),
        ('phone = "00 00 10 00"', 'phone = " "', "phone: is empty"),
        ("working_days = 2", "working_days = true", "theme[1].working_days: must be a int"),
        ("working_days = 2", "working_days = 0", "theme[1].working_days: must be at least 1"),
        ('key = "tangoe"', 'key = "Tangø"', "area[6].key: 'Tangø' must look like"),
        (', en = "Citizens\' service"', "", "theme[1].labels.en: is missing"),
        ("Europe/Copenhagen", "Europe/Klintsund", "zone: 'Europe/Klintsund' is no time zone"),
        ("Europe/Copenhagen", "Europe", "zone: 'Europe' is no time zone"),
        ('"10:00-17:00"', '"17:00-10:00"', "open_hours[4]: '17:00-10:00' must look like"),
        ('"10:00-17:00"', '"10:00-24:30"', "open_hours[4]: '10:00-24:30' must look like"),
        ('"10:00-17:00"', "10", "open_hours[4]: 10 must look like"),
        ('"10:00-17:00", ', "", "open_hours: must have seven days"),
        ('"12-24"', '"24-12"', "closed_days: '24-12' must look like"),
        ('["da", "en"]', '["en"]', "languages: da must be among them"),
        ('["da", "en"]', '["da", "en", "de"]', "languages: de has no catalogue"),
        ('"nature", "waste", "roads"', '"nature", "waste"', "contact: nobody answers for"),
        ('"waste", "roads"', '"waste", "roads", "sea"', "contact: there is no theme 'sea'"),
        ('id = "F1"\ntheme = "waste"', 'id = "F1"\ntheme = "sea"', "faq F1: there is no theme"),
        ('id = "F2"', 'id = "F1"', "faq: 'F1' stands twice"),
        ("id = 102", "id = 101", "person: 101 stands twice"),
        ('key = "tangoe"', 'key = "klintsund"', "area: 'klintsund' stands twice"),
        ("latitude = 55.6840", "latitude = 91", "area[1].centre.latitude: must be from -90 to 90"),
        ("longitude = 12.5480", "east = 12.5", "area[1].centre.longitude: is missing"),
        ("longitude = 12.5480", 'longitude = "12"', "area[1].centre.longitude: must be a number"),
        (
            "latitude = 55.7130, longitude = 12.5100",
            "latitude = 55.6840, longitude = 12.5480",
            "area.centre: (55.684, 12.548) stands twice",
        ),
        ("reviewed = 2026-11-01", 'reviewed = "today"', "faq[1].reviewed: must be a date"),
        ("2026-11-01", "2026-11-01T10:00:00", "faq[1].reviewed: must be a day without a time"),
        ('username = "jonas"', 'username = "Jonas"', "staff[2].username: 'Jonas' must look like"),
        ('username = "jonas"', 'username = "mette"', "staff: 'mette' stands twice"),
        ('role = "staff"', 'role = "king"', "staff[1].role: 'king' must be one of staff, "),
        ('language = "da"', 'language = "xx"', "staff[1].language: 'xx' has no catalogue"),
        ("head = true", 'head = "yes"', "staff[4].head: must be true or false"),
        ("themes = []", 'themes = ["sea"]', "staff lone: there is no theme 'sea'"),
        ("phrasings = [", "phrasings = [1, ", "faq[1].da.phrasings: must be a list of strings"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """Each fault is one line that names its place."""
    faults = refusal(written(tmp_path, (old, new)))
    assert len(faults) == 1
    assert faults[0].startswith(fault)


def test_an_entry_in_one_language_is_refused(tmp_path: Path) -> None:
    """An entry without English text is reported."""
    path = written(tmp_path, ("[faq.en]", "[faq.other]"))
    assert "faq[1].en: is missing" in refusal(path)


def test_a_town_that_never_opens_is_refused(tmp_path: Path) -> None:
    """A town that is closed all seven days is refused."""
    path = tmp_path / "town.toml"
    closed = "open_hours = " + str([""] * 7)
    path.write_text(re.sub(r"(?m)^open_hours = .*$", closed, RAW), "utf-8")
    assert refusal(path) == ["open_hours: must have a day that is not closed"]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """All faults are reported at once, so that staff correct the file in one go."""
    path = written(
        tmp_path,
        ('dpo = "dpo@klintsund.example"\n', ""),
        ("Europe/Copenhagen", "Nowhere"),
        ('id = "F2"', 'id = "F1"'),
    )
    assert refusal(path) == [
        "dpo: is missing",
        "zone: 'Nowhere' is no time zone",
        "faq: 'F1' stands twice",
    ]


def test_a_list_that_is_none(tmp_path: Path) -> None:
    """A value of the wrong type is reported instead of ignored."""
    path = tmp_path / "town.toml"
    path.write_text('theme = [1]\narea = "all"\nunanswered = []\n', "utf-8")
    faults = refusal(path)
    assert "theme[1]: must be a table" in faults
    assert "area: must be a list" in faults
    assert "unanswered: must be a dict" in faults
    assert "name: is missing" in faults


@pytest.mark.parametrize("raw", [b"name = ", b"name = '\xff'"])
def test_what_is_no_toml_is_refused(tmp_path: Path, raw: bytes) -> None:
    """An unreadable file counts as one fault."""
    path = tmp_path / "town.toml"
    path.write_bytes(raw)
    assert len(refusal(path)) == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file counts as one fault."""
    assert len(refusal(tmp_path / "none.toml")) == 1


async def test_the_demo_has_staff_for_its_contacts(store: Store, town: Town) -> None:
    """`employ` creates the demo's staff with the themes of its contacts; an import creates none."""
    await imported(store, town)
    async with store.unit() as unit:
        assert await unit.staff.all() == []
        await employ(town, unit)
        await employ(town, unit)
        everybody = await unit.staff.all()
    answering = {(one.first_name, one.unit, one.themes) for one in everybody if one.themes}
    assert answering == {(c.first_name, c.unit, c.themes) for c in town.contacts}
    (lone,) = [one for one in everybody if one.head]
    assert (lone.first_name, lone.role) == ("Lone", Role.ADMIN)
    assert len(everybody) == len(town.staff)


async def test_importing_twice_changes_nothing(store: Store, town: Town) -> None:
    """The second import finds every entry unchanged and keeps the FAQ version."""
    assert await imported(store, town) == Imported(new=FIFTEEN)
    first = await version(store)
    assert await imported(store, town) == Imported(same=FIFTEEN)
    assert await version(store) == first


async def test_a_changed_file_is_taken_over(store: Store, town: Town) -> None:
    """An answer changed in the file updates its row and the FAQ version."""
    await imported(store, town)
    first = await version(store)
    newer = dataclasses.replace(town, faq=(changed(town.faq[0], "Nyt."), *town.faq[1:]))
    assert await imported(store, newer) == Imported(updated=("F1",), same=FIFTEEN[1:])
    assert (await row(store, "F1")).body == newer.faq[0].to_body()
    assert await version(store) != first


async def test_what_staff_changed_is_kept_and_listed(store: Store, town: Town) -> None:
    """Staff's changes stay and are listed, whether the file stays, changes or drops the entry."""
    await imported(store, town)
    own = changed(town.faq[0], "Spørg Jonas.").to_body()
    async with store.unit() as unit:
        await unit.faq.write("F1", await employed(unit), body=own)
    assert await imported(store, town) == Imported(same=FIFTEEN)
    newer = dataclasses.replace(town, faq=(changed(town.faq[0], "Nyt."), *town.faq[1:]))
    assert await imported(store, newer) == Imported(same=FIFTEEN[1:], kept=("F1",))
    less = dataclasses.replace(town, faq=town.faq[1:])
    assert await imported(store, less) == Imported(same=FIFTEEN[1:], kept=("F1",))
    kept = await row(store, "F1")
    assert (kept.body, kept.retired) == (own, False)


async def test_what_the_file_dropped_is_retired_and_can_return(store: Store, town: Town) -> None:
    """An entry dropped from the file is retired, and returns with the file."""
    await imported(store, town)
    less = dataclasses.replace(town, faq=town.faq[:-1])
    assert await imported(store, less) == Imported(same=FIFTEEN[:-1], retired=("F15",))
    assert (await row(store, "F15")).retired
    assert await imported(store, less) == Imported(same=FIFTEEN[:-1])
    assert await imported(store, town) == Imported(updated=("F15",), same=FIFTEEN[:-1])
    assert not (await row(store, "F15")).retired
