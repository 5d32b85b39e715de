"""Statements as PDF, typeset by typst: for example a volunteer's hours."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from bot.json_text import write_json

MIME = "application/pdf"
FIRST_EMOJI, EMOJI_FORM = "\U0001f000", "\ufe0f"
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
    import typst  # noqa: PLC0415 - see `_typeset`

    seconds = int(at.timestamp())
    try:
        return _typeset(statement, format="pdf", timestamp=seconds, pdf_standards=[ACCESSIBLE])[0]
    except typst.TypstError:
        return _typeset(statement, every_font=True, format="pdf", timestamp=seconds)[0]


def statement_pictures(statement: Statement) -> list[bytes]:
    """Return the pages of a statement as PNG, to look at."""
    return _typeset(statement, format="png", ppi=100.0)


def _typeset(statement: Statement, *, every_font: bool = False, **wanted: Any) -> list[bytes]:
    """Return the files of a statement, with the shipped fonts or with every font there is."""
    # A start answers citizens sooner without this library.
    import typst  # noqa: PLC0415

    template = files("bot.documents").joinpath("statement.typ").read_bytes()
    made: Any = typst.compile(
        template,
        font_paths=_fonts(every_font),
        sys_inputs={"statement": write_json(_printable(asdict(statement)))},
        **wanted,
    )
    return made if isinstance(made, list) else [made]


@cache
def _fonts(every: bool) -> Any:  # noqa: FBT001 - a key of the cache
    """Return the shipped fonts: Latin, Greek, Cyrillic and Arabic letters; or also the machine's.

    With the shipped fonts alone, a statement looks the same everywhere.
    """
    import fontpkg_noto_sans  # noqa: PLC0415
    import fontpkg_noto_sans_arabic  # noqa: PLC0415
    import typst  # noqa: PLC0415

    folders = [one.ROOT / "files" for one in (fontpkg_noto_sans, fontpkg_noto_sans_arabic)]
    return typst.Fonts(include_system_fonts=every, include_embedded_fonts=every, font_paths=folders)


def _printable(value: Any) -> Any:
    """Return a JSON value whose texts have no control characters, half characters and emoji."""
    match value:
        case str():
            return "".join(one for one in value if _has_shape(one)).strip()
        case dict():
            return {name: _printable(one) for name, one in value.items()}
        case list() | tuple():
            return [_printable(one) for one in value]
        case _:
            return value


def _has_shape(character: str) -> bool:
    """Return whether a character is a letter, a mark, a sign or a space."""
    is_unused = unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}
    return not is_unused and character != EMOJI_FORM and character < FIRST_EMOJI
