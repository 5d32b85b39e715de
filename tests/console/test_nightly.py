"""The nightly export of changed cases into the journal's folder (HR-11)."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from case_files import say, whole_case
from console_browser import employ

from bot.app.nightly import keep_journal, nightly
from bot.clock import TravelClock
from bot.console.journal import HASH, hash_of
from bot.errors import ConfigurationError
from bot.model.case import Case, MessageKind
from bot.store.events import CITIZEN, by_staff
from bot.store.store import Store

NIGHT = timedelta(hours=17)  # from 10:00 to 03:00


@pytest.fixture
async def case(town: Store) -> Case:
    """Add a case with every kind of content, owned by Mette."""
    return await whole_case(town, (await employ(town)).id)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder for the files."""
    made = tmp_path / "journal"
    nightly(made)
    return made


def files(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Return each file's text, mode and time of modification."""
    return {
        file.name: (file.read_text(), file.stat().st_mode & 0o777, file.stat().st_mtime_ns)
        for file in folder.iterdir()
    }


async def kept(store: Store, folder: Path) -> int:
    """Run the tick, and return how many files it wrote."""
    return await keep_journal(store, folder=folder)


async def test_once_a_night(town: Store, clock: TravelClock, folder: Path, case: Case) -> None:
    """A changed case is written in 3 formats with mode 0600, once a night."""
    assert await kept(town, folder) == 3  # catches up on the missed night
    there = files(folder)
    number = f"KS-{case.number}"
    assert set(there) == {f"{number}.{ending}" for ending in ("json", "csv", "html")}
    assert {mode for _text, mode, _at in there.values()} == {0o600}
    journal = json.loads(there[f"{number}.json"][0])
    assert journal.pop(HASH) == hash_of(journal)
    assert there[f"{number}.html"][0].startswith('<!doctype html>\n<html lang="da">')
    async with town.unit() as unit:
        await say(unit, case, "Ring til Vej og Park", MessageKind.NOTE, staff_id=1)
        await unit.events.add(by_staff(1), "noted", case_id=case.id)
    clock.advance(timedelta(hours=15))  # 01:00
    assert await kept(town, folder) == 0
    clock.advance(timedelta(hours=2))
    assert await kept(town, folder) == 3
    assert await kept(town, folder) == 0  # One export a night.


async def test_only_what_has_changed(
    town: Store, clock: TravelClock, folder: Path, case: Case
) -> None:
    """The next night writes changed cases only. A reading is no change."""
    clock.advance(NIGHT)
    await kept(town, folder)
    before = files(folder)
    async with town.unit() as unit:
        await unit.events.add(by_staff(1), "read", case_id=case.id)
    clock.advance(timedelta(days=1))
    assert await kept(town, folder) == 0
    assert files(folder) == before
    async with town.unit() as unit:
        said = await unit.threads.of_case(case.id, internal=False)
        await unit.threads.change(said[0], "Lygten er tændt igen.", None)
        await unit.events.add(CITIZEN, "edited", case_id=case.id)
    clock.advance(timedelta(days=1))
    assert await kept(town, folder) == 3
    assert "Lygten er tændt igen." in files(folder)[f"KS-{case.number}.html"][0]


async def test_cut_short(town: Store, clock: TravelClock, folder: Path, case: Case) -> None:
    """The next tick completes an export that broke off."""
    clock.advance(NIGHT)
    taken = folder / f"KS-{case.number}.csv.new"
    taken.mkdir()
    with pytest.raises(OSError, match=r"csv\.new"):
        await kept(town, folder)
    taken.rmdir()
    assert await kept(town, folder) == 2
    assert len(files(folder)) == 3


def test_the_place_for_it(tmp_path: Path, folder: Path) -> None:
    """The folder has mode 0700. An unusable folder raises `ConfigurationError` at the start."""
    assert folder.stat().st_mode & 0o777 == 0o700
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="BROBYGGER_JOURNAL_FOLDER"):
        nightly(tmp_path / "file" / "journal")
