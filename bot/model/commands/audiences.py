"""Commands about saved audiences; *staff_id* is the member of the staff who acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SaveAudience:
    """Save an audience under a name that no other one has."""

    staff_id: int
    name: str
    audience: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EditAudience:
    """Change a saved audience and its name; messages that have a copy keep it."""

    staff_id: int
    audience_id: int
    name: str
    audience: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DropAudience:
    """Delete a saved audience; messages that have a copy keep it."""

    staff_id: int
    audience_id: int
