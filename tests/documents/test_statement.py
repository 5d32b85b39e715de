"""Statements as PDF: the words that are in them, whatever characters they have."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from bot.documents.statement import Part, Statement, statement_pdf, statement_pictures

AT = datetime(2026, 12, 1, 9, 0, 0, 123, tzinfo=UTC)
MARKUP = "#*_$@\\`<>[]{}= - + / ~ \"'#let x = 1 //no"


def statement(name: str, title: str = "Sprogcafé", rows: int = 2) -> Statement:
    """Return a statement of one task."""
    dates = [("26. november 2026", "2 timer")] * rows
    part = Part(title, ("Dato", "Tid"), dates, ("Sum", f"{2 * rows} timer"))
    signature = ["Klintsund Kommune, 1. december 2026"]
    facts = [("Navn", name), ("I alt", f"{2 * rows} timer")]
    return Statement("Opgørelse", "Klintsund Kommune", "da", facts, [part], signature)


def words(content: bytes) -> str:
    """Return the words of a PDF."""
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize(
    "name",
    ["Søren Ærø Åse", "Şükrü Öğüt İnal-Çağlayan ığ", "Ґанна Їжакевич-Євтушенко", "Żółć"],
)
def test_names(name: str) -> None:
    """Danish, Turkish, Ukrainian and Polish names are in the text as they are written."""
    assert f"Navn {name} I alt 4 timer" in words(statement_pdf(statement(name), AT))


def test_arabic_names() -> None:
    """The letters of an Arabic name are those of the Arabic font."""
    name = "محمد عبد الرحمن الحسيني"
    content = statement_pdf(statement(name), AT)
    assert set(name) <= set(words(content))
    (page,) = PdfReader(io.BytesIO(content)).pages
    resources = page["/Resources"]["/Font"]
    fonts = {str(one.get_object()["/BaseFont"]).partition("+")[2] for one in resources.values()}
    assert any(one.startswith("NotoSansArabic") for one in fonts), fonts


def test_markup_stays_text() -> None:
    """Characters that mean something to the typesetter are shown as they are."""
    found = words(statement_pdf(statement(MARKUP, MARKUP), AT))
    assert found.count(" ".join(MARKUP.split())) == 2


@pytest.mark.parametrize("name", ["Anna 🌸", "王小明", "\ud800", "a\x00\x07b", "ღია", "", "\ue000"])
def test_letters_without_a_font(name: str) -> None:
    """A name with emoji, control characters or letters of other scripts makes a statement too."""
    found = words(statement_pdf(statement(name), AT))
    assert "Sprogcafé" in found
    assert ("Anna" in found) is name.startswith("Anna")


def test_what_a_reader_of_the_file_finds() -> None:
    """The file is tagged, has a language, a title and an author, and pages as needed."""
    read = PdfReader(io.BytesIO(statement_pdf(statement("Ana", rows=100), AT)))
    assert read.metadata is not None
    assert (read.metadata.title, read.metadata.author) == ("Opgørelse", "Klintsund Kommune")
    assert read.trailer["/Root"]["/Lang"] == "da"
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert len(read.pages) > 2
    assert len(statement_pictures(statement("Ana", rows=100))) == len(read.pages)
    assert statement_pictures(statement("Ana"))[0].startswith(b"\x89PNG")
