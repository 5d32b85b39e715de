"""Injected faults: slow calls, errors, flood limits, lost answers, no connection."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """The kind of a fault.

    SLOW executes the call and answers late. ERROR answers with a code without
    executing it. FLOOD answers 429. DROP executes it and never answers. AWAY
    refuses the connection.
    """

    SLOW = "slow"
    ERROR = "error"
    FLOOD = "flood"
    DROP = "drop"
    AWAY = "away"


@dataclass(slots=True)
class Fault:
    """One fault, for one or all methods and chats, *times* times or until removed.

    It affects every n-th matching call, where n is *every*.
    """

    kind: FaultKind
    method: str | None = None
    chat_id: int | None = None
    times: int | None = None
    every: int = 1
    delay: float = 0.0
    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int = 1
    hits: int = 0
    met: int = 0

    def meets(self, method: str, chat_id: object) -> bool:
        """Return whether this fault matches a call of *method* for *chat_id*."""
        return (
            self.method in {None, method}
            and self.chat_id in {None, chat_id}
            and (self.times is None or self.hits < self.times)
        )


class Faults:
    """The active faults, in the order of their activation."""

    def __init__(self) -> None:
        """Start without faults."""
        self._on: list[Fault] = []

    def __bool__(self) -> bool:
        """Return whether any fault is active."""
        return bool(self._on)

    def add(self, fault: Fault) -> Fault:
        """Activate *fault* and return it."""
        self._on.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Deactivate *fault*."""
        self._on = [each for each in self._on if each is not fault]

    def clear(self) -> None:
        """Deactivate every fault."""
        self._on.clear()

    def strike(self, kind: FaultKind, method: str, chat_id: object) -> Fault | None:
        """Return the first fault of *kind* that affects this call, and count the hit."""
        for fault in self._on:
            if fault.kind is kind and fault.meets(method, chat_id):
                fault.met += 1
                if fault.met % fault.every == 0:
                    fault.hits += 1
                    return fault
        return None
