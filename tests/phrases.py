"""Sentences that a list of phrases must match: each alternative of a pattern once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from re import _constants as op  # type: ignore[attr-defined]  # the opcodes of `re`'s parser
from re import _parser  # type: ignore[attr-defined]
from typing import Any

FILLER = "dette"  # used for any word
_LETTER = {op.CATEGORY_WORD: "x", op.CATEGORY_DIGIT: "7", op.CATEGORY_SPACE: " "}


def sentences(pattern: str, avoided: Callable[[str], bool] = lambda _said: False) -> list[str]:
    """Return sentences that contain each alternative of *pattern* once.

    Every other part uses an alternative that is not *avoided*, if it has one.
    A positive lookahead is included. Lookbehinds and negative lookaheads are left out.
    Raise `ValueError` for a part of a pattern that has no sentences.
    """
    return list(dict.fromkeys(_said(_parser.parse(pattern), avoided)))


def _said(tokens: Iterable[Any], avoided: Callable[[str], bool]) -> list[str]:
    """Return a sequence's texts: each part's alternatives, the other parts at their plainest."""
    parts = [_part(token, avoided) for token in tokens]
    plain = [min(part, key=avoided) for part in parts]
    said = ["".join(plain)]
    for at, part in enumerate(parts):
        said += ["".join([*plain[:at], one, *plain[at + 1 :]]) for one in part]
    return list(dict.fromkeys(said))


def _part(token: tuple[Any, Any], avoided: Callable[[str], bool]) -> list[str]:  # noqa: PLR0911 - a case a kind of token
    """Return the texts of one token of a pattern. Raise `ValueError` for an unknown kind."""
    kind, value = token
    match kind:
        case op.LITERAL:
            return [chr(value)]
        case op.NOT_LITERAL | op.ANY:
            return ["x"]
        case op.IN:
            return list(_one_of(value))
        case op.BRANCH:
            return [one for each in value[1] for one in _said(each, avoided)]
        case op.SUBPATTERN:
            return _said(value[3], avoided)
        case op.MAX_REPEAT | op.MIN_REPEAT:
            return list(_repeated(value, avoided))
        case op.ASSERT if value[0] > 0:
            return _said(value[1], avoided)
        case op.ASSERT | op.ASSERT_NOT | op.AT:
            return [""]
    message = f"a pattern holds what no sentence is made of: {kind}"
    raise ValueError(message)


def _one_of(choices: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """Yield the letters of a set: each letter, a range's last one, one per category."""
    for kind, value in choices:
        if kind is op.LITERAL:
            yield chr(value)
        elif kind is op.RANGE:
            yield chr(value[1])
        elif kind is op.CATEGORY:
            yield _LETTER[value]
        else:
            message = f"a set holds what no sentence is made of: {kind}"
            raise ValueError(message)


def _repeated(value: tuple[int, Any, Any], avoided: Callable[[str], bool]) -> Iterator[str]:
    """Yield the texts of a repeated part: at its minimum, and once in each way.

    A repeated wildcard becomes a filler word.
    """
    least, most, item = value
    said = _said(item, avoided)
    if most > 1 and said == ["x"]:
        said = [FILLER]
    if least == 0:
        yield ""
        yield from said
    else:
        yield from (one * least for one in said) if said != [FILLER] else said


def spoken(said: str) -> str:
    """Return a line as a person would write it: without anchors, with "." for "|"."""
    text = re.sub(r"\s+", " ", said).strip().removeprefix("<").removesuffix(">").strip()
    return text.replace(" |", ".").replace("|", ".")
