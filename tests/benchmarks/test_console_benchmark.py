"""The console's benchmark on a small scale: fill, list, search, answer, without timing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parents[2] / "benchmarks" / "console" / "run.py"


@pytest.mark.slow
@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def test_the_console_in_small(database: str) -> None:
    """Every list, search, case and answer is measured on both databases."""
    command = [sys.executable, "-W", "ignore", str(RUN), "--only", database]
    small = ["--open", "60", "--ended", "1000", "--times", "2"]
    done = subprocess.run([*command, *small], capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stderr
    assert "60 open and 1000 ended cases" in done.stdout
    measured = re.findall(r"^\| ([a-z]+): .* \| \d+ \| \d+ \| \d+ \|$", done.stdout, re.MULTILINE)
    assert {kind: measured.count(kind) for kind in set(measured)} == {
        "list": 11,
        "case": 2,
        "search": 9,
        "answer": 1,
    }
    loaded = re.search(r"first load: (\d+) bytes", done.stdout)
    assert loaded is not None
    assert int(loaded[1]) < 100_000
