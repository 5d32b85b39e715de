"""Remove CPR numbers from a text that Telegram splits into pieces (a rich message's `text`).

Such a text is a string, a list of such texts, or an object whose own `text` is one. So a
number that is half bold is split over two strings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.redact.cpr import CprNumber
from bot.redact.entities import cut

_LEAVES = ("text", "expression")
Place = tuple[Any, Any]


def redact_pieces(
    whole: list[Any] | dict[Any, Any], find: Callable[[str], Sequence[CprNumber]], mark: str
) -> Sequence[CprNumber]:
    """Remove numbers that span several pieces from *whole*, in place; return them."""
    places = _places(whole)
    texts = [container[key] for container, key in places]
    numbers = find("".join(texts)) if len(texts) > 1 else ()
    at = 0
    for (container, key), text in zip(places, texts, strict=True):
        inside = [one for one in numbers if one.start < at + len(text) and one.end > at]
        spans = [(max(one.start - at, 0), min(one.end - at, len(text))) for one in inside]
        marks = [mark if one.start >= at else "" for one in inside]
        for span, put in zip(reversed(spans), reversed(marks), strict=True):
            container[key] = cut(container[key], [span], put)
        at += len(text)
    return numbers


def _places(whole: list[Any] | dict[Any, Any]) -> list[Place]:
    """Return container and key of each string of the text, in reading order."""
    places: list[Place] = []
    waiting: list[Any] = [whole]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            places.append(node)
            continue
        keys: Any = range(len(node)) if isinstance(node, list) else _LEAVES
        for key in reversed(keys):
            child = node.get(key) if isinstance(node, dict) else node[key]
            if isinstance(child, str):
                waiting.append((node, key))
            elif isinstance(child, (dict, list)):
                waiting.append(child)
    return places
