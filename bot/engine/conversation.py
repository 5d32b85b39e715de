"""A conversation is its answers; the place follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

WAITING, PAUSED, ENDED = "waiting", "paused", "ended"


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is kept of one citizen's way through one flow.

    *answers* are JSON values by step name; *draft* is an answer under way;
    *revision* is the flow's when an answer was last given; *nudged* says that the
    citizen was reminded of it once, which is all.
    """

    id: int
    person_id: int
    flow: str
    revision: int
    answers: dict[str, Any]
    draft: Any
    state: str
    started_at: datetime
    touched_at: datetime
    nudged: bool = False
