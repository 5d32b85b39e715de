"""Run each benchmark in its short form and check its tables, not its times."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RIVALS = importlib.util.find_spec("aiogram") is not None
ON_POSTGRES = pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow])
BOTH = pytest.mark.parametrize("database", ["sqlite", ON_POSTGRES])
WITH_RIVALS = pytest.mark.skipif(not RIVALS, reason="the rivals come with the extra bench")


def ran(*arguments: str) -> str:
    """Run a benchmark in its short form and return its output."""
    command = [sys.executable, "-W", "ignore", "-m", *arguments, "--short"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stderr
    return done.stdout


def first_columns(printed: str) -> list[str]:
    """Return the first column of the tables, without the headings."""
    rows = re.findall(r"^\| ([^|]*?) \| (?!--).*\d", printed, re.MULTILINE)
    return [row for row in rows if row]


@pytest.mark.parametrize("intake", ["polling", pytest.param("webhook", marks=pytest.mark.slow)])
@BOTH
def test_turns(intake: str, database: str) -> None:
    """The benchmark plays its conversation at full and at half speed and checks each text."""
    kind = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[database]
    printed = ran("benchmarks.turns.run", "--only", kind, intake)
    assert first_columns(printed) == [f"Brobygger, {kind}, {intake}"]


@WITH_RIVALS
@pytest.mark.slow
def test_turns_beside_the_rivals() -> None:
    """The rivals play the same conversation, and each of our results is compared with theirs."""
    only = ["SQLite", "python-telegram-bot", "aiogram"]
    shown = first_columns(ran("benchmarks.turns.run", "--only", *only))
    assert len(shown) == 2 * (3 + 2)
    assert "Brobygger, SQLite / aiogram, webhook" in shown


@WITH_RIVALS
@pytest.mark.slow
@BOTH
def test_courier(database: str) -> None:
    """Everything is sent within the limits, through storms, and without limits."""
    printed = ran("benchmarks.courier.run", "--only", database)
    assert re.search(rf"^\| {database} \| 90 \| .* \| 0 \|$", printed, re.MULTILINE)
    storms = re.findall(
        rf"^\| {database}: .*? \| \d+ \| (\d+) \| .* \| 90 \|$", printed, re.MULTILINE
    )
    assert storms == ["0", "0"]
    assert f"Brobygger, {database} / aiogram, 30 at once" in first_columns(printed)


@WITH_RIVALS
@pytest.mark.slow
@BOTH
def test_broadcast(database: str) -> None:
    """Everything is sent at the limit and without limits, and a large audience is complete."""
    printed = ran("benchmarks.broadcast.run", "--only", database)
    assert re.search(rf"^\| {database} \| 90 \| .* \| 0 \| (\d+) of \1 \|", printed, re.MULTILINE)
    shown = first_columns(printed)
    assert f"{database} / aiogram {database} 1" in shown
    assert ("people in it" in shown) == (database == "postgres")


@pytest.mark.slow
@BOTH
def test_scale(database: str) -> None:
    """A turn, a tick and a batch run on a small and a larger database."""
    printed = ran("benchmarks.scale.run", "--only", database)
    dialect = {"sqlite": "sqlite", "postgres": "postgresql"}[database]
    work = ["a turn", "a tick of 30", "30 calls"]
    assert first_columns(printed) == [f"{dialect}: {each}" for each in work]


@pytest.mark.slow
@BOTH
def test_timers(database: str) -> None:
    """All due timers become inbox rows and are processed, and each citizen gets a reply."""
    printed = ran("benchmarks.timers.run", "--only", database)
    figures = dict(re.findall(r"^\| \w+: (.*?) \| (\S+) \|$", printed, re.MULTILINE))
    assert float(figures["all are inbox rows, s"]) > 0  # "nan" where they are not all
    assert float(figures["all are processed, s"]) > 0
    assert figures["replies missing"] == "0"


@pytest.mark.slow
@BOTH
def test_idle(database: str) -> None:
    """The bot runs idle on a fresh and on a full database."""
    printed = ran("benchmarks.idle.run", "--here", "--only", database)
    assert first_columns(printed) == [f"{database}, fresh", f"{database}, full"]


@pytest.mark.slow
@BOTH
def test_signups(database: str) -> None:
    """Each tap and each yes has one answer, and places and quota are exact."""
    printed = ran("benchmarks.signups.run", "--only", database)
    rows = re.findall(
        rf"^\| {database}: .* \| (\d+ / \d+) \| .* \| (\d+) \|$", printed, re.MULTILINE
    )
    assert rows == [("4 / 36", "0"), ("3 / 17", "0")]


def test_matching() -> None:
    """The index finds what scoring everything finds, in both cases."""
    printed = ran("benchmarks.matching.run")
    assert first_columns(printed) == ["50 opportunities", "300 opportunities"]
    assert printed.count("30 of 30") == 2
