"""What is counted here; the composition root says where the numbers go."""

from __future__ import annotations

from typing import Protocol


class Meter(Protocol):
    """Counts ``sends`` by result, ``flood_limited`` and ``webhook_refused`` by why.

    It observes ``telegram_seen``: when Telegram last answered, as Unix time.
    """

    def count(self, name: str, **labels: str) -> None:
        """Add one."""
        ...

    def observe(self, name: str, value: float) -> None:
        """Note a value."""
        ...


class SilentMeter:
    """Counts nothing."""

    def count(self, name: str, **labels: str) -> None:
        """Do nothing."""

    def observe(self, name: str, value: float) -> None:
        """Do nothing."""


SILENT = SilentMeter()
