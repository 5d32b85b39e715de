"""One entry of the FAQ, in every language it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

STANDS_FOR = timedelta(days=365)  # from the last check to the next, where `check_by` is None


@dataclass(frozen=True, slots=True)
class FaqText:
    """An entry in one language; *phrasings* are other ways to ask, which only the search reads."""

    question: str
    answer: str
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """An answer of the town, with its source and the day of its last check.

    *owner* is the id of the staff member who answers for it, *check_by* the day of its next
    check. Both are internal, and may be None.
    """

    id: str
    theme: str
    source: str
    reviewed: date
    texts: Mapping[str, FaqText]
    owner: int | None = None
    check_by: date | None = None

    @property
    def due(self) -> date:
        """Return the day of the entry's next check."""
        return self.check_by or self.reviewed + STANDS_FOR

    def text(self, language: str) -> FaqText:
        """Return the entry in *language*, else in Danish, which always exists."""
        return self.texts.get(language) or self.texts["da"]

    def to_body(self) -> dict[str, Any]:
        """Return the entry as JSON, without its id and without values that are None."""
        own: dict[str, Any] = {} if self.owner is None else {"owner": self.owner}
        if self.check_by is not None:
            own["check_by"] = self.check_by.isoformat()
        return {
            **own,
            "theme": self.theme,
            "source": self.source,
            "reviewed": self.reviewed.isoformat(),
            "texts": {
                language: {**asdict(text), "phrasings": list(text.phrasings)}
                for language, text in self.texts.items()
            },
        }

    @classmethod
    def from_body(cls, faq_id: str, body: Mapping[str, Any]) -> FaqEntry:
        """Return the entry from the JSON that `to_body` wrote."""
        return cls(
            faq_id,
            body["theme"],
            body["source"],
            date.fromisoformat(body["reviewed"]),
            {
                language: FaqText(text["question"], text["answer"], tuple(text["phrasings"]))
                for language, text in body["texts"].items()
            },
            body.get("owner"),
            date.fromisoformat(body["check_by"]) if "check_by" in body else None,
        )
