"""Members of the staff for tests."""

from __future__ import annotations

from typing import Any

from bot.model.staff import Role, Staff
from bot.store.unit import Unit


async def employed(unit: Unit, role: Role = Role.STAFF, **changed: Any) -> int:
    """Add a member of the staff, and return the id."""
    known: dict[str, Any] = {
        "username": "mette",
        "first_name": "Mette",
        "unit": "Borgerservice",
        "language": "da",
        **changed,
    }
    return await unit.staff.add(Staff(id=0, role=role, **known))
