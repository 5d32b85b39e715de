"""JSON, read and written fast.

orjson is strict where citizens' words are not: what it refuses, as half of a surrogate pair, is
left to the standard library.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import orjson


def read_json(text: bytes | str) -> Any:
    """Read JSON; raise `ValueError` for what is none, `RecursionError` for what is too deep.

    Whole numbers are exact up to 64 bits, which is more than the Bot API uses.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)


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
