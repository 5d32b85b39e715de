"""Statements as PDF, typeset by typst: for example a volunteer's hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from bot.json_text import write_json

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
    """Return a statement as PDF; *at* is the time of writing. Call it in a thread."""
    return _typeset(statement, format="pdf", timestamp=at, pdf_standards=[ACCESSIBLE])


def statement_pictures(statement: Statement) -> list[bytes]:
    """Return the pages of a statement as PNG, to look at."""
    made = _typeset(statement, format="png", ppi=100.0)
    return made if isinstance(made, list) else [made]


def _typeset(statement: Statement, **wanted: Any) -> Any:
    """Typeset a statement with the shipped fonts only, so that it looks the same everywhere."""
    # A start answers citizens sooner without this library.
    import typst  # noqa: PLC0415

    template = files("bot.documents").joinpath("statement.typ").read_bytes()
    return typst.compile(
        template,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"statement": write_json(asdict(statement))},
        **wanted,
    )


@cache
def _fonts() -> Any:
    """Return the fonts: Latin, Greek and Cyrillic letters, and Arabic ones."""
    import fontpkg_noto_sans  # noqa: PLC0415
    import fontpkg_noto_sans_arabic  # noqa: PLC0415
    import typst  # noqa: PLC0415

    folders = [one.ROOT / "files" for one in (fontpkg_noto_sans, fontpkg_noto_sans_arabic)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
