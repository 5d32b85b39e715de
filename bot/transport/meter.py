"""What of the transport is counted; who keeps the counts is another's matter."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Result(StrEnum):
    """What came of a call, as it is counted."""

    SENT = "sent"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    SERVER_FAULT = "server_fault"
    AMBIGUOUS = "ambiguous"


class Meter(Protocol):
    """Counts what is worth knowing."""

    def count(self, name: str, **labels: str) -> None:
        """Add one to a count."""
        ...

    def holds(self, role: str, *, held: bool) -> None:
        """Say whether this process is the one that does *role*."""
        ...


class NoMeter:
    """Counts nothing."""

    def count(self, name: str, **labels: str) -> None:
        """Do nothing."""

    def holds(self, role: str, *, held: bool) -> None:
        """Do nothing."""
