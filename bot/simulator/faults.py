"""Faults that are switched on: a slow, failing, forgetful or absent Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What goes wrong.

    SLOW carries the call out and answers late; ERROR answers with a code and
    carries nothing out; FLOOD is a 429; DROP carries it out and never answers;
    AWAY is not reached at all.
    """

    SLOW = "slow"
    ERROR = "error"
    FLOOD = "flood"
    DROP = "drop"
    AWAY = "away"


@dataclass(slots=True)
class Fault:
    """One fault: for one method and one chat or for all, *times* times or until removed.

    It strikes every call that it meets, or one in so many: *every*.
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
        """Return whether this fault strikes a call of *method* for *chat_id*."""
        return (
            self.method in {None, method}
            and self.chat_id in {None, chat_id}
            and (self.times is None or self.hits < self.times)
        )


class Faults:
    """The faults that are switched on, in the order in which they were."""

    def __init__(self) -> None:
        """Begin with none."""
        self._on: list[Fault] = []

    def __bool__(self) -> bool:
        """Return whether any fault is switched on."""
        return bool(self._on)

    def add(self, fault: Fault) -> Fault:
        """Switch *fault* on."""
        self._on.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Switch *fault* off."""
        self._on = [each for each in self._on if each is not fault]

    def clear(self) -> None:
        """Switch every fault off."""
        self._on.clear()

    def strike(self, kind: FaultKind, method: str, chat_id: object) -> Fault | None:
        """Return the first fault of *kind* that meets this call, and count the hit."""
        for fault in self._on:
            if fault.kind is kind and fault.meets(method, chat_id):
                fault.met += 1
                if fault.met % fault.every == 0:
                    fault.hits += 1
                    return fault
        return None
