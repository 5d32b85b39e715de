"""What the doctor says of one thing that is wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ailment:
    """One thing that is wrong: a sentence on what, one on why it matters, one on what to do."""

    name: str
    what: str
    why: str
    do: str

    @property
    def said(self) -> str:
        """Return the three sentences."""
        return f"{self.what} {self.why} {self.do}"
