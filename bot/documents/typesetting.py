"""Typesetting by typst: a template, which gets all words as data, and the fonts."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from bot.json_text import write_json

FIRST_EMOJI, EMOJI_FORM = "\U0001f000", "\ufe0f"
SHIPPED = ("LATIN", "GREEK", "CYRILLIC", "ARABIC")  # alphabets of the shipped fonts


def typeset(template: str, value: Any, *, every_font: bool = False, **wanted: Any) -> list[bytes]:
    """Return the pages that a template makes of a JSON value; call it in a thread.

    The template finds the value in ``sys.inputs.it``, which is never markup. With the shipped
    fonts a page looks the same everywhere; *every_font* adds those of the machine.
    """
    # A start answers citizens sooner without this library.
    import typst  # noqa: PLC0415

    made: Any = typst.compile(
        files("bot.documents").joinpath(template).read_bytes(),
        font_paths=_fonts(every_font),
        sys_inputs={"it": write_json(_printable(value))},
        **wanted,
    )
    return made if isinstance(made, list) else [made]


def needs_other_fonts(words: str) -> bool:
    """Return whether some letter is in none of the alphabets of the shipped fonts."""
    letters = {one for one in words if one.isalpha()}
    return any(not unicodedata.name(one, "").startswith(SHIPPED) for one in letters)


@cache
def _fonts(every: bool) -> Any:  # noqa: FBT001 - a key of the cache
    """Return the shipped fonts: Latin, Greek, Cyrillic and Arabic letters; or also the machine's.

    They are found once.
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
