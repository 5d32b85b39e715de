"""One entry of the FAQ, in every language it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

STANDS_FOR = timedelta(days=365)  # an answer for which no other day is set to look at it again


@dataclass(frozen=True, slots=True)
class FaqText:
    """An entry in one language; *phrasings* are other ways to ask, read by the search alone."""

    question: str
    answer: str
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """An answer the town stands by: where it comes from, and when it was last checked.

    *owner* is the id of whoever of the staff answers for it, *check_by* the day it is to be
    looked at again; both are for the staff alone, and may be open.
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
        """Return the day on which somebody is to look at the entry again."""
        return self.check_by or self.reviewed + STANDS_FOR

    def text(self, language: str) -> FaqText:
        """Return the entry in *language*, or in Danish, which is always there."""
        return self.texts.get(language) or self.texts["da"]

    def to_body(self) -> dict[str, Any]:
        """Return the entry as JSON, without its id; what is open is left out."""
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
        """Return the entry that `to_body` was called on."""
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
