"""JSON, read and written fast.

orjson is strict where citizens' words are not: what it refuses, as half of a surrogate pair, is
left to the standard library.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import orjson

DEEPEST = 100  # levels of lists and objects that are kept of JSON that others write
_BRACKETS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)


def read_json(text: bytes | str) -> Any:
    """Read JSON; raise `ValueError` for what is none, `RecursionError` for what is too deep.

    Whole numbers are exact up to 64 bits, which is more than the Bot API uses.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)


def read_bounded(text: bytes) -> Any:
    """Read JSON of any depth, with null for what is too deep; raise `ValueError` for other text."""
    try:
        return read_json(text)
    except RecursionError:
        return read_json(_cut_deep(text))


def _cut_deep(text: bytes) -> bytes:
    """Put null in the place of each list or object that is nested deeper than `DEEPEST`."""
    pieces: list[bytes] = []
    depth = kept = 0
    for found in _BRACKETS.finditer(text):
        if found[0] in b"[{":
            depth += 1
            if depth == DEEPEST + 1:
                pieces += [text[kept : found.start()], b"null"]
        elif found[0] in b"]}":
            if depth == DEEPEST + 1:
                kept = found.end()
            depth -= 1
    return b"".join([*pieces, text[kept:]])


def write_json(value: Any) -> str:
    """Write JSON without spaces, and every character as itself."""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def digest_of(value: Any) -> str:
    """Return what tells one JSON value from another, whatever the order of its keys.

    It is kept, and seals are made of it: what is hashed is the standard library's text for ever.
    """
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
