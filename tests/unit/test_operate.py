"""Test the operator's commands check, migrate and load, and what the demo refuses."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from importlib.resources import files
from pathlib import Path

import pytest

from bot import cli
from bot.app import demo, operate
from bot.app.checks.check import Suite
from bot.app.checks.run import check_or_doctor
from bot.errors import ConfigurationError
from bot.settings import environment
from bot.store.migrate import shipped

Capture = pytest.CaptureFixture[str]
TOKEN = "123456789:" + "a" * 35


@pytest.fixture(autouse=True)
def town_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Remove the machine's settings and use a database of the test's own."""
    for name in list(environment()):
        if name.startswith("BROBYGGER_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("BROBYGGER_DATABASE_URL", f"sqlite:///{tmp_path}/var/town.sqlite3")
    return tmp_path / "var" / "town.sqlite3"


def shipped_town() -> str:
    """Return the text of the shipped content file."""
    return files("flows.content").joinpath("klintsund.toml").read_text()


async def test_check_finds_nothing(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """The shipped content has no faults, with an empty database too; the check creates nothing."""
    monkeypatch.setenv("BROBYGGER_BOT_TOKEN", TOKEN)
    assert await check_or_doctor(Suite.CHECK) == 0
    assert capsys.readouterr().out.startswith("Nothing is wrong: ")


async def test_check_reports_all_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Faults of settings and content are reported together with a count."""
    broken = tmp_path / "town.toml"
    broken.write_text(shipped_town().replace('phone = "', 'telephone = "', 1))
    monkeypatch.setenv("BROBYGGER_TOWN", str(broken))
    monkeypatch.setenv("BROBYGGER_HTTP_PORT", "many")
    monkeypatch.setenv("BROBYGGER_COLOUR", "blue")
    assert await check_or_doctor(Suite.CHECK) == 1
    *lines, last = capsys.readouterr().out.splitlines()
    said = "\n".join(lines)
    for fault in ("BOT_TOKEN", "HTTP_PORT", "COLOUR", "phone"):
        assert fault in said
    assert last == f"{len(lines)} to correct."


async def test_check_sees_a_schema_that_waits(
    town_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A database that needs migration is reported; after migration it passes."""
    monkeypatch.setenv("BROBYGGER_BOT_TOKEN", TOKEN)
    town_file.parent.mkdir()
    connection = sqlite3.connect(town_file)
    connection.execute("PRAGMA journal_mode=WAL")  # otherwise SQLite creates no WAL file
    connection.close()
    assert await check_or_doctor(Suite.CHECK) == 1
    assert "run brobygger migrate" in capsys.readouterr().out
    assert await operate.migrate() == 0
    assert capsys.readouterr().out == f"Migrated: {', '.join(shipped())}.\n"
    assert await check_or_doctor(Suite.CHECK) == 0


async def test_check_sees_a_newer_schema(
    town_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A database migrated by a newer version is reported."""
    monkeypatch.setenv("BROBYGGER_BOT_TOKEN", TOKEN)
    await operate.migrate()
    connection = sqlite3.connect(town_file)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    capsys.readouterr()
    assert await check_or_doctor(Suite.CHECK) == 1
    assert "newer version" in capsys.readouterr().out


async def test_migrating_twice(capsys: Capture) -> None:
    """The second migration changes nothing and needs no token."""
    assert await operate.migrate() == 0
    assert await operate.migrate() == 0
    assert capsys.readouterr().out.splitlines()[-1] == "The schema is up to date."


async def test_loading_twice_changes_nothing(capsys: Capture) -> None:
    """The second load finds every entry unchanged."""
    assert await operate.load(None) == 0
    first = capsys.readouterr().out.splitlines()
    assert first[0].startswith("new: ")
    new = len(first[0].removeprefix("new: ").split(", "))
    assert await operate.load(None) == 0
    assert capsys.readouterr().out == f"{new} unchanged.\n"


async def test_loading_keeps_what_staff_changed(
    tmp_path: Path, town_file: Path, capsys: Capture
) -> None:
    """A new file updates its entries; entries changed by staff are kept and listed."""
    await operate.load(None)
    connection = sqlite3.connect(town_file)
    own, other = (row[0] for row in connection.execute("SELECT id FROM faq ORDER BY id LIMIT 2"))
    connection.execute("UPDATE faq SET body = replace(body, '?', ' nu?') WHERE id = ?", (own,))
    connection.commit()
    kept = connection.execute("SELECT body FROM faq WHERE id = ?", (own,)).fetchone()
    changed = tmp_path / "changed.toml"
    changed.write_text(shipped_town().replace("reviewed = 2026-", "reviewed = 2025-"))
    capsys.readouterr()
    assert await operate.load(changed) == 0
    said = capsys.readouterr().out
    assert f"kept as staff changed it: {own}" in said
    assert other in said.partition("updated: ")[2].splitlines()[0]
    assert connection.execute("SELECT body FROM faq WHERE id = ?", (own,)).fetchone() == kept
    connection.close()


async def test_loading_a_file_that_is_wrong(tmp_path: Path) -> None:
    """A faulty file is refused by name before the database is opened."""
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("name = ")
    with pytest.raises(ConfigurationError, match=r"wrong\.toml"):
        await operate.load(wrong)


def test_the_demo_refuses_a_token(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """With a token set, the demo exits with code 2 before serving, and does not print the token."""
    monkeypatch.setenv("BROBYGGER_BOT_TOKEN", TOKEN)
    assert cli.main(["demo", "--port", "1"]) == 2
    said = capsys.readouterr()
    assert "The demo takes no token" in said.err
    assert TOKEN not in said.err + said.out


def free_port() -> int:
    """Return a free TCP port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def listening(port: int) -> set[str]:
    """Return the local addresses that listen on *port*, in the kernel's notation."""
    found = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        for line in table.read_text().splitlines()[1:] if table.exists() else ():
            address, state = line.split()[1], line.split()[3]
            if address.endswith(f":{port:04X}") and state == "0A":
                found.add(address.partition(":")[0])
    return found


LOOPBACK = f"{int.from_bytes(bytes((127, 0, 0, 1)), sys.byteorder):08X}"


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs Linux's list of sockets")
@pytest.mark.parametrize("command", [demo.demo, demo.simulator])
async def test_only_this_machine_is_served(
    command: Callable[[int], Awaitable[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Demo and simulator listen on 127.0.0.1 only."""
    monkeypatch.setattr(demo.watch, "set_up_logging", lambda _format: None)
    port = free_port()
    serving = asyncio.ensure_future(command(port))
    try:
        for _ in range(1200):
            if serving.done() or listening(port):
                break
            await asyncio.sleep(0.05)
        assert listening(port) == {LOOPBACK}
    finally:
        serving.cancel()
        await asyncio.wait([serving], timeout=10)
