"""The town's phrasings do not overlap with the labelled questions that measure the FAQ."""

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
    """Return the place of each phrasing, by its normalised words."""
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
    """Return the words of *text* alone."""
    return " ".join(words(text))


def test_no_phrasing_is_in_the_labelled_set(written: dict[str, str]) -> None:
    """A labelled question among the phrasings would falsify the measured figures."""
    path = ROOT / "benchmarks/faq/questions.toml"
    labelled = tomllib.loads(path.read_text(encoding="utf-8"))["question"]
    judged = {plain(question["text"]) for question in labelled}
    # print places only: a failure must not show the report half
    assert [place for place, text in written.items() if text in judged] == []


def test_no_text_is_both_answered_and_not(written: dict[str, str]) -> None:
    """Each text belongs to one entry and is not among the unanswered."""
    meant = {(text, place.partition("[")[0].partition(".")[0]) for place, text in written.items()}
    assert [text for text, count in Counter(text for text, _ in meant).items() if count > 1] == []


def test_every_entry_has_phrasings_in_both_languages(town: Town) -> None:
    """Each entry has phrasings in both languages."""
    few = [
        (entry.id, language)
        for entry in town.faq
        for language in ("da", "en")
        if len(entry.text(language).phrasings) < LEAST_PHRASINGS
    ]
    assert few == []
