"""A check and its finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.app.checks.observed import Need, Observed

SHOWN = 20  # rows in a sentence


class Suite(StrEnum):
    """A command or route that runs checks."""

    CHECK = "check"
    DOCTOR = "doctor"
    AUDIT = "audit"
    READINESS = "readiness"  # /readyz


class Severity(StrEnum):
    """How bad a finding is; the exit code is 1 for both."""

    ERROR = "error"  # citizens are not answered, or data is lost or wrong
    WARNING = "warning"  # the bot works, and an operator should act


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault: what is wrong, why it matters, what to do, and the rows that are concerned."""

    check: str
    severity: Severity
    what: str
    why: str
    do: str
    rows: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """Return the sentences, with the first 20 rows."""
        said = " ".join(sentence for sentence in (self.what, self.why, self.do) if sentence)
        if not self.rows:
            return said
        more = len(self.rows) - SHOWN
        return f"{said} It is: {', '.join(self.rows[:SHOWN])}{f' and {more} more' * (more > 0)}."


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: *find* returns a text for each fault, which the sentences may name as {it}.

    The sentences may also name fields of `Observed`, such as {machine.folder}. *roles* are the
    roles whose processes are not ready with such a fault; empty for every role.
    """

    name: str
    needs: Need
    suites: frozenset[Suite]
    find: Callable[[Observed], Sequence[str]]
    what: str
    why: str
    do: str
    severity: Severity = Severity.ERROR
    roles: frozenset[str] = frozenset()

    def findings(self, seen: Observed) -> list[Finding]:
        """Return the faults in *seen*."""
        rows = tuple(seen.broken_rows.get(self.name, ()))
        return [
            Finding(
                self.name,
                self.severity,
                _fill(self.what, seen, it),
                _fill(self.why, seen, it),
                _fill(self.do, seen, it),
                rows,
            )
            for it in self.find(seen)
        ]


def _fill(sentence: str, seen: Observed, it: str) -> str:
    """Return a sentence with its values."""
    return sentence.format(
        it=it,
        machine=seen.machine,
        database=seen.database,
        contents=seen.contents,
        telegram=seen.telegram,
        process=seen.process,
    )
