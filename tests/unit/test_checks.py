"""Test the list of checks, and how findings are written."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from bot.app.checks.check import SHOWN, Check, Finding, Severity, Suite
from bot.app.checks.observed import Contents, Need, Observed, Waiting
from bot.app.checks.registry import CHECKS
from bot.app.checks.run import failed_checks, judged
from bot.app.roles import ROLES
from bot.testing import START

OBSERVED = {
    Suite.CHECK: {Need.SETTINGS, Need.DATABASE, Need.STAFF},
    Suite.DOCTOR: set(Need) - {Need.INVARIANTS, Need.PROCESS},
    Suite.AUDIT: {Need.INVARIANTS},
    Suite.READINESS: {Need.DATABASE, Need.CONTENTS, Need.TELEGRAM, Need.PROCESS},
}


def test_names_are_unique() -> None:
    """Each check has its own name, and only the checks of readiness are limited to roles."""
    assert [name for name, times in Counter(c.name for c in CHECKS).items() if times > 1] == []
    assert all(Suite.READINESS in c.suites for c in CHECKS if c.roles)


@pytest.mark.parametrize("suite", Suite)
def test_each_command_observes_what_its_checks_need(suite: Suite) -> None:
    """The needs of a suite's checks are those that the suite observes."""
    assert {c.needs for c in CHECKS if suite in c.suites} == OBSERVED[suite]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_sentences_are_whole(check: Check) -> None:
    """Each check has whole sentences, and finds nothing where nothing was observed."""
    assert check.find(Observed(START)) == []
    for sentence in (check.what, check.do):
        assert sentence.endswith((".", "{it}", "{database.error}"))
        assert not sentence[0].islower() or sentence.startswith("brobygger ")


def test_a_finding_names_its_rows() -> None:
    """A finding names its first 20 rows and counts the others."""
    rows = tuple(f"case {number}" for number in range(1, SHOWN + 4))
    few = Finding("x", Severity.ERROR, "A.", "", "B.", rows[:2])
    assert few.says == "A. B. It is: case 1, case 2."
    many = Finding("x", Severity.ERROR, "A.", "C.", "B.", rows)
    assert many.says.endswith(f"case {SHOWN} and 3 more.")


def test_readiness_and_doctor_agree() -> None:
    """A row that waits for a minute fails both the doctor and the worker's readiness."""
    expected: dict[int, list[str]] = {59: [], 60: ["inbox_waits"]}
    for seconds, failed in expected.items():
        seen = Observed(START, contents=Contents(inbox=Waiting(1, timedelta(seconds=seconds))))
        assert [finding.check for finding in judged(Suite.DOCTOR, seen)] == failed
        assert failed_checks(seen, frozenset(ROLES)) == failed
        assert failed_checks(seen, frozenset({"console"})) == []
    assert str(seen.contents.inbox) == "1, the oldest for 1 minute"
