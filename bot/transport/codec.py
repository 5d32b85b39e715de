"""JSON: by orjson where it is installed, else by the standard library."""

from __future__ import annotations

import json
from typing import Any

try:
    import orjson
except ImportError:

    def dump(value: Any) -> bytes:
        """Write *value* as JSON."""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def load(text: bytes | str) -> Any:
        """Read JSON; raise `ValueError` where it is none."""
        return json.loads(text)

else:

    def dump(value: Any) -> bytes:
        """Write *value* as JSON."""
        return orjson.dumps(value)

    def load(text: bytes | str) -> Any:
        """Read JSON; raise `ValueError` where it is none."""
        return orjson.loads(text)
