"""Normalise the digits and separators of a text, and keep their original positions.

The text becomes NFKC, every Unicode digit ASCII, and dashes and spaces of any kind one
kind. Characters without width (zero-width characters, soft hyphens, combining marks as
in a keycap emoji) are removed. Each character keeps its position in the original, so
that a number found in the normalised text can be removed from the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# Characters that `\d` does not match but NFKC or Unicode's digit value turns into a digit:
# superscripts, fractions, circled and dotted numbers. A test checks all of Unicode.
_ODD_DIGITS = (
    "²³¹¼-¾\u1369-\u1371\u19da⁰⁴-⁹₀-₉\u2150-\u215f\u2189①-⒛⓪⓵-⓽⓿❶-❾➀-➈➊-➒\u3251-\u325f"
    "\u32b1-\u32cb\u3358-\u3370\u3378\u3379\u339f-\u33a6\u33a8\u33af\u33e0-\u33fe"
    "\U00010a40-\U00010a43\U00010e60-\U00010e68\U00011052-\U0001105a\U0001f100-\U0001f10a"
)
_DIGIT = re.compile(rf"[\d{_ODD_DIGITS}]")
_ODD_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_ESCAPES = re.compile(r"((?:%[0-9A-Fa-f]{2})+)")

_TAKES_NO_ROOM = frozenset({"Cf", "Mn", "Me", "Cc"})
_FILLERS = "\u115f\u1160\u3164\uffa0"
_ALIKE = {
    "\u2044": "/",  # the slash in the NFKC form of ½
    "\u2215": "/",
    "\u2212": "-",  # the minus sign, which Unicode does not class as a dash
    "\u2043": "-",
    "\u02d7": "-",
    "\u2796": "-",
    "\u00b7": ".",
    "\u2022": ".",
    "\u06d4": ".",  # the Arabic full stop
    "\u3002": ".",
    "\u2800": " ",  # a Braille cell without dots
} | dict.fromkeys(_FILLERS, "")


@dataclass(frozen=True, slots=True)
class Plain:
    """A normalised text; character *i* was at ``starts[i]`` to ``ends[i]`` of the original.

    The last of *starts* is the length of the original. Both lists are empty where all
    positions are unchanged.
    """

    text: str
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    def origin(self, first: int, past: int) -> tuple[int, int]:
        """Return the span of the original for a span of this text (not an empty one)."""
        if not self.starts:
            return first, past
        # Include characters without width after the last one, such as a keycap's frame.
        return self.starts[first], max(self.ends[past - 1], self.starts[past])


def has_digits(text: str) -> bool:
    """Return whether *text* has a character that can be read as a digit."""
    return _DIGIT.search(text) is not None


def read_plain(text: str) -> Plain:
    """Return *text* normalised to the digits and separators that a person sees."""
    if text.isascii() and not _ODD_CONTROL.search(text):
        return Plain(text)
    return _gather((char, at, at + 1) for at, char in enumerate(text))


def read_url(text: str) -> Plain:
    """Return *text* normalised after URL decoding: ``%2D`` is a dash and ``+`` a space."""
    return _gather(_unescape(text))


def _gather(pieces: Iterable[tuple[str, int, int]]) -> Plain:
    """Return the normalised text of single characters with their spans."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    end = 0
    for char, start, past in pieces:
        end = past
        for read in _read(char):
            chars.append(read)
            starts.append(start)
            ends.append(past)
    return Plain("".join(chars), [*starts, end], ends)


def _read(char: str) -> str:
    """Return the normalised form of a character: none, one or several characters."""
    if char.isascii():
        return "" if _ODD_CONTROL.match(char) else char
    return "".join(_read_compatible(part) for part in unicodedata.normalize("NFKC", char))


def _read_compatible(char: str) -> str:
    """Return the normalised form of a character after NFKC."""
    if char in _ALIKE:
        return _ALIKE[char]
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if char.isspace():
        return " " if unicodedata.category(char) == "Zs" else "\n"
    category = unicodedata.category(char)
    if category in _TAKES_NO_ROOM:
        return ""
    return "-" if category == "Pd" else char


def _unescape(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the decoded characters of a URL with their spans."""
    at = 0
    for piece in _ESCAPES.split(text):
        if piece.startswith("%") and _ESCAPES.fullmatch(piece):
            raw = bytes.fromhex(piece.replace("%", ""))
            coding = "utf-8" if _is_utf8(raw) else "latin-1"
            chars = [(char, 3 * len(char.encode(coding))) for char in raw.decode(coding)]
        else:
            chars = [(char, 1) for char in piece.replace("+", " ")]
        for char, width in chars:
            yield char, at, at + width
            at += width


def _is_utf8(raw: bytes) -> bool:
    """Return whether *raw* is valid UTF-8."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
