"""The number of a case in what people write: "KS-1001", "#ks 1001", "sagsnummer: 1001"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

# Dashes as phones write them, and the other marks between the letters and the digits.
_MARK = r"[ \u00a0]?[-\u2010-\u2015\u2212_/]?[ \u00a0]?"
_CASE = (
    r"sags?(?:en)?[ \u00a0]?-?(?:nummer|nr\.?|no\.?)?|case(?: number| no\.?)?|number|nummer|nr\.?"
)
_BESIDE = re.compile(
    r"\b(?:til|om|ang|angående|vedr|vedrørende|sag|sagen|sagsnummer|sagsnr|nummer|nr|min|mit|er|"
    r"to|about|regarding|case|number|no|my|is|the)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A case number in a message.

    *first* if the message begins with it, *alone* if the message says nothing else, and *rest* is
    what else it says.
    """

    number: int
    first: bool
    alone: bool
    rest: str


@cache
def _pattern(prefix: str) -> re.Pattern[str]:
    lead = rf"(?:{_CASE})[ \u00a0:#.]*"
    own, bare = rf"{re.escape(prefix)}{_MARK}(?P<own>\d{{4,12}})", r"(?P<bare>\d{4,12})"
    return re.compile(rf"(?<!\w)(?:(?:{lead})?{own}|{lead}{bare})(?!\w)", re.IGNORECASE)


_DIGITS = re.compile(r"[\s#(]*(\d{4,12})[\s.?!)]*")


def case_number_in(words: str, prefix: str) -> Named | None:
    """Return the first case number in *words*; None without one. *prefix* is the town's, "KS"."""
    digits = _DIGITS.fullmatch(words)
    if digits is not None:
        return Named(int(digits[1]), first=True, alone=True, rest="")
    found = _pattern(prefix).search(words)
    if found is None:
        return None
    before, after = words[: found.start()], words[found.end() :]
    rest = " ".join(f"{before} {after}".split())
    return Named(
        int(found["own"] or found["bare"]),
        first=not _says(_BESIDE.sub(" ", before)),
        alone=not _says(_BESIDE.sub(" ", rest)),
        rest=rest,
    )


def _says(words: str) -> bool:
    return any(map(str.isalnum, words))
