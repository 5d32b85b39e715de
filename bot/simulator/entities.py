"""Text with entities, whose offsets and lengths are in UTF-16 code units, as in Telegram."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Entity = dict[str, Any]

_FIRST_ASTRAL = "\U00010000"
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'])"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{3,31})"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?![\w/]))"
    r"|(?P<hashtag>(?<!\w)#\w{0,255}[^\W\d]\w{0,255})",
)
_TRIGGERS = frozenset("@/#:")


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and the entities that style it, by offset and length in UTF-16 units."""

    text: str
    entities: tuple[Entity, ...] = ()


NO_TEXT = Formatted("")


def utf16_length(text: str) -> int:
    """Return the number of UTF-16 code units of *text*."""
    if text.isascii() or max(text) < _FIRST_ASTRAL:
        return len(text)
    return len(text) + sum(character >= _FIRST_ASTRAL for character in text)


def trim(formatted: Formatted) -> Formatted:
    """Strip white space as Telegram does, but not from inside a leading entity."""
    text, entities = formatted.text, formatted.entities
    if not text or not (text[0].isspace() or text[-1].isspace()):
        return formatted
    text = text.rstrip()
    lead = len(text) - len(text.lstrip())
    lead = min([lead, *(entity["offset"] for entity in entities)])
    return Formatted(text[lead:], tuple(_clip(entities, lead, utf16_length(text))))


def _clip(entities: Sequence[Entity], start: int, end: int) -> list[Entity]:
    """Move *entities* by *start*, cut them at *end*, and drop empty ones."""
    clipped = (
        entity
        | {
            "offset": entity["offset"] - start,
            "length": min(entity["offset"] + entity["length"], end) - entity["offset"],
        }
        for entity in entities
    )
    return [entity for entity in clipped if entity["length"] > 0]


def find_entities(text: str) -> list[Entity]:
    """Return the entities that Telegram finds: URLs, e-mails, mentions, commands, hashtags."""
    if _TRIGGERS.isdisjoint(text):
        return []
    return [
        {
            "type": match.lastgroup,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match[0]),
        }
        for match in _FOUND.finditer(text)
    ]


def with_found(formatted: Formatted) -> Formatted:
    """Add the found entities that do not overlap code, pre or text links."""
    found = find_entities(formatted.text)
    if not found:
        return formatted
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in formatted.entities
        if entity["type"] in {"code", "pre", "text_link"}
    ]
    free = [entity for entity in found if not _overlaps(entity, taken)]
    merged = sorted([*formatted.entities, *free], key=lambda entity: int(entity["offset"]))
    return Formatted(formatted.text, tuple(merged))


def _overlaps(entity: Entity, taken: Sequence[tuple[int, int]]) -> bool:
    """Return whether *entity* shares a character with one of the *taken* ranges."""
    start, end = entity["offset"], entity["offset"] + entity["length"]
    return any(start < other_end and other_start < end for other_start, other_end in taken)
