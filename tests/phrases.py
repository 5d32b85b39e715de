"""Sentences that a list of phrases is to match: each alternative of a pattern, said once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from re import _constants as op  # type: ignore[attr-defined]  # what `re` itself reads patterns by
from re import _parser  # type: ignore[attr-defined]
from typing import Any

FILLER = "dette"  # stands for any word
_LETTER = {op.CATEGORY_WORD: "x", op.CATEGORY_DIGIT: "7", op.CATEGORY_SPACE: " "}


def sentences(pattern: str, avoided: Callable[[str], bool] = lambda _said: False) -> list[str]:
    """Say each alternative of *pattern* once, between alternatives that are not *avoided*.

    What only looks ahead and must not be there is left out; what must be there is said.
    """
    return list(dict.fromkeys(_said(_parser.parse(pattern), avoided)))


def _said(tokens: Iterable[Any], avoided: Callable[[str], bool]) -> list[str]:
    """Say a sequence: each part's alternatives in turn, the other parts at their plainest."""
    parts = [_part(token, avoided) for token in tokens]
    plain = [min(part, key=avoided) for part in parts]
    said = ["".join(plain)]
    for at, part in enumerate(parts):
        said += ["".join([*plain[:at], one, *plain[at + 1 :]]) for one in part]
    return list(dict.fromkeys(said))


def _part(token: tuple[Any, Any], avoided: Callable[[str], bool]) -> list[str]:  # noqa: PLR0911 - a case a kind of token
    """Say one token of a pattern in each of its ways."""
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
    """Say what a set of letters holds: each letter, the last of a range, one of a category."""
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
    """Say what may be repeated: as seldom as it may, and once in each way; any word is a word."""
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
    """Write a line as a person would: its ends are left out, its signs stand at their words."""
    text = re.sub(r"\s+", " ", said).strip().removeprefix("<").removesuffix(">").strip()
    return text.replace(" |", ".").replace("|", ".")
