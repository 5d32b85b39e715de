"""Compare typed words with button labels in every language."""

from __future__ import annotations

import re
import unicodedata

from bot.i18n import LANGUAGES, Text, render

_MARKS = re.compile(r"[^\w\s]", re.UNICODE)


def fold(words: str) -> str:
    """Fold case, marks and spaces, so that "Ja tak!" and "ja tak" are the same."""
    plain = _MARKS.sub(" ", unicodedata.normalize("NFKC", words)).casefold()
    return " ".join(plain.split())


def vocabulary(*lines: str) -> frozenset[str]:
    """Return the words of some lines."""
    return frozenset(" ".join(lines).split())


def same(words: str, label: Text | str) -> bool:
    """Return whether *words* are a button's label in any of our languages."""
    wanted = fold(words)
    if not wanted:
        return False
    if isinstance(label, str):
        return fold(label) == wanted
    return any(fold(render(label, language, escape=str)) == wanted for language in LANGUAGES)


def option_number(words: str) -> int | None:
    """Return the number of one or two digits that *words* consist of; else None."""
    plain = words.strip().rstrip(".)")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 3 else None  # noqa: PLR2004 - no keyboard has a hundred buttons


_YES = {fold(word) for word in ("ja", "ja tak", "jep", "jo", "yes", "yes please", "yep")}
_NO = {fold(word) for word in ("nej", "nej tak", "nope", "no", "no thanks", "no thank you")}


_SKIPS = {
    fold(word)
    for word in (
        *("spring over", "spring den over", "spring det over", "næste", "videre", "skip"),
        *("skip it", "skip this", "next"),
    )
}
_DECLINES = (_NO | _SKIPS) | {
    fold(word)
    for word in (
        *("ikke nu", "helst ikke", "vil helst ikke", "det vil jeg helst ikke", "vil jeg ikke"),
        *("det vil jeg ikke", "ingen", "not now", "rather not", "i'd rather not"),
        *("i would rather not", "none", "nothing"),
    )
}
_UNSURE = re.compile(
    r"(?:(?:øh|hm|hmm|tja|nå|uh|well) )*(?:(?:det|jeg) )?(?:ved|aner) (?:jeg |det )*"
    r"(?:faktisk |helt )?ikke(?: helt| rigtigt?)?(?: endnu| nu| lige nu)?(?: desværre)?"
    r"|(?:jeg )?(?:er )?(?:ikke sikker|i tvivl)(?: endnu)?|ingen (?:idé|ide|anelse)"
    r"|(?:det )?(?:har jeg|jeg har) ikke (?:besluttet|bestemt)(?: mig)?(?: endnu)?"
    r"|(?:i )?(?:do not|don t|dont) (?:really )?know(?: yet| that)?|dunno|no idea"
    r"|(?:i am |i m )?(?:not sure|unsure|undecided)(?: yet)?"
)


def declines(words: str) -> bool:
    """Return whether words leave out the answer to a question that may be skipped."""
    return fold(words) in _DECLINES


def skips(words: str) -> bool:
    """Return whether words skip a question."""
    return fold(words) in _SKIPS


def is_unsure(words: str) -> bool:
    """Return whether words say only that a person does not know the answer, or not yet."""
    return _UNSURE.fullmatch(fold(words)) is not None


def yes_or_no(words: str) -> bool | None:
    """Return True for a plain yes, False for a no, and None for other words."""
    plain = fold(words)
    return True if plain in _YES else False if plain in _NO else None
