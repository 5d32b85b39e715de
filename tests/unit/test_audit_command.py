"""Test `brobygger audit`: next to a running bot, as text and as JSON."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import cli
from bot.app.checks.check import Suite
from bot.app.checks.registry import CHECKS
from bot.clock import SystemClock
from bot.settings import environment
from bot.store.store import Store

COUNT = sum(Suite.AUDIT in check.suites for check in CHECKS)
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Remove the machine's settings and use a database of the test's own."""
    for name in list(environment()):
        if name.startswith("BROBYGGER_"):
            monkeypatch.delenv(name)
    url = f"sqlite:///{tmp_path}/town.sqlite3"
    monkeypatch.setenv("BROBYGGER_DATABASE_URL", url)
    return url


async def test_beside_a_bot_that_runs(database: str, capsys: Capture) -> None:
    """The audit runs despite the bot's lock; a finding is one line, and the exit code is 1."""
    running = await Store.open(database, clock=SystemClock())
    assert await asyncio.to_thread(cli.main, ["audit"]) == 0
    assert capsys.readouterr().out == f"Nothing is wrong: {COUNT} checks.\n"
    async with running.writer.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO timer (kind, subject, lane, fence, due_at)"
                " VALUES ('ask', '7', 'tg:1', 1, '2020-01-01 00:00:00.000000')"
            )
        )
    assert await asyncio.to_thread(cli.main, ["audit"]) == 1
    late, of_nothing, last = capsys.readouterr().out.splitlines()
    assert late.startswith("timer_late: Timers have been due for over 15")
    assert late.endswith("It is: timer 1.")
    assert of_nothing.startswith("timer_of_nothing: ")
    assert last == "2 to correct."
    assert await asyncio.to_thread(cli.main, ["audit", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["checks"] == COUNT
    assert [one["rows"] for one in said["findings"]] == [["timer 1"], ["timer 1"]]
    assert [one["severity"] for one in said["findings"]] == ["error", "warning"]
    await running.close()
    assert await asyncio.to_thread(cli.main, ["audit"]) == 1  # the same without a running bot


def test_what_cannot_be_audited_is_said(tmp_path: Path, capsys: Capture) -> None:
    """A missing or outdated database is reported, and no file is created."""
    assert cli.main(["audit"]) == 2
    assert capsys.readouterr().err.strip() == (
        "brobygger: There is no database yet. brobygger run makes it."
    )
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "town.sqlite3").touch()
    assert cli.main(["audit"]) == 2
    assert "run brobygger migrate" in capsys.readouterr().err
