"""Fast reading and writing of JSON.

orjson refuses some text that citizens may send, as half of a surrogate pair. The
standard library handles such text.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import orjson

DEEPEST = 100  # nesting levels kept of JSON from outside
_BRACKETS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)


def read_json(text: bytes | str) -> Any:
    """Return parsed JSON; raise `ValueError` for other text, `RecursionError` for deep nesting.

    Integers are exact up to 64 bits, more than the Bot API uses.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)


def read_bounded(text: bytes) -> Any:
    """Return JSON parsed with null for too deep values; raise `ValueError` for other text."""
    try:
        return read_json(text)
    except RecursionError:
        return read_json(_cut_deep(text))


def _cut_deep(text: bytes) -> bytes:
    """Replace each list or object nested deeper than `DEEPEST` with null."""
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
    """Return *value* as JSON without spaces and without escapes for non-ASCII characters."""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def digest_of(value: Any) -> str:
    """Return the SHA-256 digest of a JSON value, independent of the order of its keys.

    Digests are stored and seals are built on them, so the hashed text must stay the
    standard library's.
    """
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
