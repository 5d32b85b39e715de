"""One entry of the FAQ, in every language it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class FaqText:
    """An entry in one language; *phrasings* are other ways to ask, read by the search alone."""

    question: str
    answer: str
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """An answer the town stands by: where it comes from, and when it was last checked."""

    id: str
    theme: str
    source: str
    reviewed: date
    texts: Mapping[str, FaqText]

    def text(self, language: str) -> FaqText:
        """Return the entry in *language*, or in Danish, which is always there."""
        return self.texts.get(language) or self.texts["da"]

    def to_body(self) -> dict[str, Any]:
        """Return the entry as JSON, without its id."""
        return {
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
        )
