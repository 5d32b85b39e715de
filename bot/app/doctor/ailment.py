"""One finding of the doctor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ailment:
    """One finding in three sentences: what is wrong, why it matters, and what to do."""

    name: str
    what: str
    why: str
    do: str

    @property
    def said(self) -> str:
        """Return the three sentences as one text."""
        return f"{self.what} {self.why} {self.do}"
