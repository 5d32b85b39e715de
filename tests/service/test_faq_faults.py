"""Faults of an FAQ entry are reported at the field where they occur."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import render
from bot.model.faq import FaqEntry, FaqText
from bot.service.content import read_town
from bot.service.faq_faults import (
    LONGEST_ANSWER,
    LONGEST_PHRASING,
    LONGEST_QUESTION,
    LONGEST_SOURCE,
    MOST_PHRASINGS,
    Around,
    faults_of,
    meaning,
    tidy,
)

TODAY = date(2026, 11, 23)
TOWN = read_town(None)
TRAILER = FaqText("Må jeg låne en trailer?", "Ja. Hent den på Klintgade 1.", ("lån trailer",))
ENTRY = FaqEntry("S1", "service", "Klintsund Kommune", TODAY, {"da": TRAILER}, 1, None)
AROUND = Around(TOWN.faq, [theme.key for theme in TOWN.themes], [1], TODAY)
HARD = (
    "Kommunalbestyrelsens arealanvendelsesbestemmelser forudsætter ansøgningspligtige "
    "foranstaltninger vedrørende renovationsordningens sorteringsanvisninger"
)


def said(entry: FaqEntry, around: Around = AROUND) -> dict[str, str]:
    """Return the faults of an entry by field, in English."""
    return {
        fault.field: render(fault.why, "en", escape=str) for fault in faults_of(tidy(entry), around)
    }


def danish(**changed: object) -> FaqEntry:
    """Return the entry with another Danish text."""
    return replace(ENTRY, texts={"da": replace(TRAILER, **changed)})  # type: ignore[arg-type]


def test_nothing_is_wrong() -> None:
    """An entry in Danish alone has no faults, nor have the shipped entries."""
    assert said(ENTRY) == {}
    for entry in TOWN.faq:
        others = tuple(other for other in TOWN.faq if other.id != entry.id)
        assert said(entry, replace(AROUND, others=others)) == {}


@pytest.mark.parametrize(
    ("entry", "field", "words"),
    [
        (danish(question=" "), "da_question", "must not be empty"),
        (danish(answer="\n"), "da_answer", "must not be empty"),
        (danish(question="a" * (LONGEST_QUESTION + 1)), "da_question", "At most 100"),
        (danish(answer="Ja. " * LONGEST_ANSWER), "da_answer", "At most 1200"),
        (danish(phrasings=("a" * (LONGEST_PHRASING + 1),)), "da_phrasings", "At most 200"),
        (
            danish(phrasings=tuple(f"måde {n}" for n in range(MOST_PHRASINGS + 1))),
            "da_phrasings",
            "There are 201",
        ),
        (danish(phrasings=("?!",)), "da_phrasings", "holds no word"),
        (danish(question="Er 170461-5007 mit?"), "da_question", "CPR number"),
        (danish(answer="Skriv 170461-5007."), "da_answer", "CPR number"),
        (danish(phrasings=("jeg er 17.04.61-50 07",)), "da_phrasings", "CPR number"),
        (danish(question="Må jeg låne […]?"), "da_question", "gap"),
        (danish(answer="Ring til {phone}."), "da_answer", "{phone}"),
        (danish(answer="Ja, ⟦mandag⟧."), "da_answer", "⟦"),
        (danish(answer=HARD), "da_answer", "LIX"),
        (danish(answer="Du får svar hurtigst muligt."), "da_answer", "hurtigst muligt"),
        (danish(question="Hvor skal PIZZABAKKEN hen"), "da_question", "the entry F2"),
        (danish(phrasings=("hvor skal pizzabakken hen",)), "da_phrasings", "the entry F2"),
        (replace(ENTRY, theme="moon"), "theme", "Choose a theme"),
        (replace(ENTRY, owner=2), "owner", "works here"),
        (replace(ENTRY, source="  "), "source", "must not be empty"),
        (replace(ENTRY, source="a" * (LONGEST_SOURCE + 1)), "source", "At most 80"),
        (replace(ENTRY, source="170461-5007"), "source", "CPR number"),
        (replace(ENTRY, reviewed=date(2026, 11, 24)), "reviewed", "a day to come"),
        (replace(ENTRY, check_by=TODAY), "check_by", "later than the last"),
    ],
)
def test_what_is_wrong(entry: FaqEntry, field: str, words: str) -> None:
    """Each fault is reported at its field, without further faults."""
    wrong = said(entry)
    assert list(wrong) == [field]
    assert words in wrong[field]


def test_half_a_language() -> None:
    """A language is complete or absent; tidying drops an empty language."""
    whole = FaqText("May I borrow a trailer?", "Yes. Fetch it at Klintgade 1.")
    assert said(replace(ENTRY, texts={"da": TRAILER, "en": whole})) == {}
    assert said(replace(ENTRY, texts={"da": TRAILER, "en": FaqText(" ", "")})) == {}
    half = said(replace(ENTRY, texts={"da": TRAILER, "en": replace(whole, answer="")}))
    assert list(half) == ["en_answer"]
    phrased = said(replace(ENTRY, texts={"da": TRAILER, "en": FaqText("", "", ("trailer",))}))
    assert list(phrased) == ["en_question", "en_answer"]
    assert "en" not in tidy(replace(ENTRY, texts={"da": TRAILER, "en": FaqText(" ", "")})).texts


def test_what_was_there_before() -> None:
    """Faults that the edit did not introduce are not reported, such as an owner who has left."""
    before = replace(ENTRY, owner=2, reviewed=date(2026, 12, 1))
    assert set(said(before)) == {"owner", "reviewed"}
    assert said(before, replace(AROUND, present=before)) == {}


def test_the_same_words_twice_count_once() -> None:
    """A phrasing that repeats the question or another phrasing is dropped."""
    entry = tidy(danish(phrasings=("Må jeg låne en trailer", " lån  trailer ", "Lån trailer!")))
    assert entry.texts["da"].phrasings == ("lån trailer",)


@given(st.text(max_size=60), st.text(max_size=200), st.lists(st.text(max_size=40), max_size=5))
def test_anything_may_be_written(question: str, answer: str, phrasings: list[str]) -> None:
    """Any text is checked without an exception; tidying a second time changes nothing."""
    entry = tidy(danish(question=question, answer=answer, phrasings=tuple(phrasings)))
    assert tidy(entry) == entry
    faults_of(entry, AROUND)
    asked = [meaning(each) for text in entry.texts.values() for each in text.phrasings]
    assert len(asked) == len(set(asked))
