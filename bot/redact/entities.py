"""Remove CPR numbers from a text, and adjust Telegram's entities.

Offsets and lengths of entities count UTF-16 code units, so a character outside
the basic multilingual plane counts as two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Span = tuple[int, int]


def cut(text: str, spans: Sequence[Span], mark: str) -> str:
    """Return *text* with each of *spans* (ordered, without overlap) replaced by *mark*."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], mark]
        at = end
    return "".join([*pieces, text[at:]])


def realign(entities: list[Any], text: str, spans: Sequence[Span], mark: str) -> list[Any]:
    """Return *entities* of *text* with offsets and lengths for the text after the cut.

    An entity that partly covers a number is shortened, an entity inside a number is
    dropped, and an entity around a number covers the mark. An entity without integer
    offset and length is left unchanged.
    """
    removed = [(_units(text[:start]), _units(text[:end])) for start, end in spans]
    width = _units(mark)
    return [moved for entity in entities for moved in _move(entity, removed, width)]


def _units(text: str) -> int:
    """Count the UTF-16 code units of *text*."""
    return len(text) + sum(char > "\uffff" for char in text)


def _move(entity: Any, removed: Sequence[Span], width: int) -> tuple[Any, ...]:
    """Return the entity with its new position, or an empty tuple."""
    if not isinstance(entity, dict):
        return (entity,)
    offset, length = entity.get("offset"), entity.get("length")
    if not (type(offset) is int and type(length) is int):
        return (entity,)
    end = offset + length
    if any(first <= offset and end <= past for first, past in removed):
        return ()
    start = _carry(offset, removed, width, inside=width)
    end = _carry(end, removed, width, inside=0)
    return ({**entity, "offset": start, "length": end - start},)


def _carry(place: int, removed: Sequence[Span], width: int, *, inside: int) -> int:
    """Return an offset after the cuts; inside a cut, it becomes the cut's start plus *inside*."""
    moved = place
    for first, past in removed:
        if place >= past:
            moved += width - (past - first)
        elif place > first:
            moved += first - place + inside
    return moved
