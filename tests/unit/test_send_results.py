"""Results of sends: every kind that the code asks for has a handler."""

from __future__ import annotations

import re
from pathlib import Path

from bot.runner.send_results import SEND_RESULTS

ROOT = Path(__file__).parents[2]


def test_every_kind_has_a_handler() -> None:
    """An outbox row may ask only for a kind that is listed; else its result is set aside."""
    asked = {
        kind
        for file in (ROOT / "bot").rglob("*.py")
        for kind in re.findall(r'"what": "(\w+)"', file.read_text())
    }
    assert asked
    assert asked <= set(SEND_RESULTS)
