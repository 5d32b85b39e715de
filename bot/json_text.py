"""JSON, read and written fast.

orjson is strict where citizens' words are not: what it refuses, as half of a surrogate pair, is
left to the standard library.
"""

from __future__ import annotations

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
