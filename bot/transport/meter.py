"""What the transport counts; `bot.watch.Meter` implements the counters."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Result(StrEnum):
    """The result of a call, as a label of the count."""

    SENT = "sent"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    SERVER_FAULT = "server_fault"
    AMBIGUOUS = "ambiguous"


class Meter(Protocol):
    """Counts events and shows held roles."""

    def count(self, name: str, **labels: str) -> None:
        """Add one to the count *name*."""
        ...

    def holds(self, role: str, *, held: bool) -> None:
        """Record whether this process holds *role*."""
        ...


class NoMeter:
    """Counts nothing."""

    def count(self, name: str, **labels: str) -> None:
        """Do nothing."""

    def holds(self, role: str, *, held: bool) -> None:
        """Do nothing."""
