"""Cutting numbers out of a text, with Telegram's entities kept in line.

Offsets and lengths of entities count UTF-16 code units, so a character outside
the basic plane counts two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Span = tuple[int, int]


def cut(text: str, spans: Sequence[Span], mark: str) -> str:
    """Put *mark* in the place of each of *spans* (in order, apart)."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], mark]
        at = end
    return "".join([*pieces, text[at:]])


def realign(entities: list[Any], text: str, spans: Sequence[Span], mark: str) -> list[Any]:
    """Move *entities* of *text* to where their words stand after the cut.

    One that reaches into a number is shortened to what is left of it, one that
    lies inside is dropped, one that holds a whole number and more holds the mark.
    What has no whole-number offset and length is left as it is.
    """
    removed = [(_units(text[:start]), _units(text[:end])) for start, end in spans]
    width = _units(mark)
    return [moved for entity in entities for moved in _move(entity, removed, width)]


def _units(text: str) -> int:
    """Count the UTF-16 code units of *text*."""
    return len(text) + sum(char > "\uffff" for char in text)


def _move(entity: Any, removed: Sequence[Span], width: int) -> tuple[Any, ...]:
    """Return the entity where it stands now, or nothing."""
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
    """Carry a place over the cuts; one inside a cut goes before or behind the mark."""
    moved = place
    for first, past in removed:
        if place >= past:
            moved += width - (past - first)
        elif place > first:
            moved += first - place + inside
    return moved
