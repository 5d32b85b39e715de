"""The town's phrasings are its own: none is a question that the FAQ is judged by."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from bot.model.town import Town
from bot.search.analysis import words
from bot.service.content import read_town

ROOT = Path(__file__).parents[2]
LEAST_PHRASINGS = 10


@pytest.fixture(scope="module")
def town() -> Town:
    """Return the town that ships."""
    return read_town(None)


@pytest.fixture(scope="module")
def written(town: Town) -> dict[str, str]:
    """Return where each phrasing of the town stands, by its words alone."""
    texts = {
        f"{entry.id}.{language}[{at}]": phrasing
        for entry in town.faq
        for language, text in entry.texts.items()
        for at, phrasing in enumerate(text.phrasings)
    }
    texts |= {
        f"unanswered.{language}[{at}]": phrasing
        for language, asked in town.unanswered.items()
        for at, phrasing in enumerate(asked)
    }
    return {place: plain(text) for place, text in texts.items()}


def plain(text: str) -> str:
    """Leave only the words."""
    return " ".join(words(text))


def test_no_phrasing_is_in_the_labelled_set(written: dict[str, str]) -> None:
    """A phrasing that is a labelled question would let the FAQ learn its examination."""
    path = ROOT / "benchmarks/faq/questions.toml"
    labelled = tomllib.loads(path.read_text(encoding="utf-8"))["question"]
    judged = {plain(question["text"]) for question in labelled}
    # Places only: a failure must not show the report half.
    assert [place for place, text in written.items() if text in judged] == []


def test_no_text_is_both_answered_and_not(written: dict[str, str]) -> None:
    """What one entry answers is asked for there alone."""
    meant = {(text, place.partition("[")[0].partition(".")[0]) for place, text in written.items()}
    assert [text for text, count in Counter(text for text, _ in meant).items() if count > 1] == []


def test_every_entry_has_phrasings_in_both_languages(town: Town) -> None:
    """An entry is found by the words of citizens, not only by its own."""
    few = [
        (entry.id, language)
        for entry in town.faq
        for language in ("da", "en")
        if len(entry.text(language).phrasings) < LEAST_PHRASINGS
    ]
    assert few == []
