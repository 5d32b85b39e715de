"""Commands about things that the municipality lends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LendThing:
    """Lend a thing to a citizen from *day* (ISO) for *span* days."""

    person_id: int
    thing: str
    day: str
    span: str
    phone: str


@dataclass(frozen=True, slots=True)
class EndLoan:
    """Record that a thing is back."""

    staff_id: int
    loan_id: int
