"""Statements as PDF, typeset by typst: for example a volunteer's hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from bot.documents.typesetting import typeset

MIME = "application/pdf"
ACCESSIBLE: Literal["ua-1"] = "ua-1"  # PDF/UA: tagged, for screen readers


@dataclass(frozen=True, slots=True)
class Part:
    """A table of two columns with a title, a header and a total."""

    title: str
    header: tuple[str, str]
    rows: Sequence[tuple[str, str]]
    total: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement by *author*: facts with their names, tables, and the lines that sign it."""

    title: str
    author: str
    language: str
    facts: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    signature: Sequence[str]


def statement_pdf(statement: Statement, at: datetime) -> bytes:
    """Return a statement as PDF; *at* is the time of writing. Call it in a thread.

    It is accessible, except where no shipped font has a letter: PDF/UA forbids such text.
    """
    import typst  # noqa: PLC0415 - see `typeset`

    seconds = int(at.timestamp())
    try:
        return _pages(statement, format="pdf", timestamp=seconds, pdf_standards=[ACCESSIBLE])[0]
    except typst.TypstError:
        return _pages(statement, every_font=True, format="pdf", timestamp=seconds)[0]


def statement_pictures(statement: Statement) -> list[bytes]:
    """Return the pages of a statement as PNG, to look at."""
    return _pages(statement, format="png", ppi=100.0)


def _pages(statement: Statement, **wanted: Any) -> list[bytes]:
    return typeset("statement.typ", asdict(statement), **wanted)
