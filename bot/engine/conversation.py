"""A conversation is stored as its answers; the current step is computed from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

WAITING, PAUSED, ENDED = "waiting", "paused", "ended"


@dataclass(frozen=True, slots=True)
class Conversation:
    """One citizen's state in one flow.

    *answers* are JSON values by step name; *draft* is an unfinished answer;
    *revision* is the flow's revision when the last answer was given; *nudged* says
    that the citizen has been reminded of it, which happens once at most.
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
