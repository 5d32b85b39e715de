"""Audiences: predicates over participants as data, combined with and, or and not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

EVERYONE = "everyone"
PERSON, ROLE, GROUP, AREA, LANGUAGE = "person", "role", "group", "area", "language"
SHIFT = "shift"  # who comes to a shift
VOLUNTEER = "volunteer"  # signed up since the ISO date of its value, or at any time
INTEREST, SKILL = "interest", "skill"
TIME = "time"  # has time: a weekday and a part of the day, or one of them, as `slots` lists
FREE = "free"  # comes to no other shift at the time of a shift
HELPED = "helped"  # was there at an opportunity, or helps by agreement
RESTED = "rested"  # was not invited since the ISO date of its value
MOST_PARTS = 50  # predicates in one audience


@dataclass(frozen=True, slots=True)
class Is:
    """A predicate: *what* is a key of `bot.store.audiences.PREDICATES`, *value* its operand."""

    what: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple[Audience, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: tuple[Audience, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everyone else."""

    part: Audience


Audience = Is | And | Or | Not


def to_json(audience: Audience) -> dict[str, Any]:
    """Return an audience as JSON."""
    match audience:
        case Is(what, value):
            return {"is": what, "value": value}
        case And(parts):
            return {"and": [to_json(part) for part in parts]}
        case Or(parts):
            return {"or": [to_json(part) for part in parts]}
        case Not(part):
            return {"not": to_json(part)}


def from_json(value: Mapping[str, Any]) -> Audience:
    """Return the audience of its JSON; raise `ValueError` where it is none."""
    match value:
        case {"is": str(what), "value": str(operand)}:
            return Is(what, operand)
        case {"and": list(parts)} if parts:
            return And(tuple(from_json(part) for part in parts))
        case {"or": list(parts)} if parts:
            return Or(tuple(from_json(part) for part in parts))
        case {"not": dict(part)}:
            return Not(from_json(part))
        case _:
            message = "not an audience"
            raise ValueError(message)


def predicates(audience: Audience, *, positive: bool = True) -> Iterator[tuple[Is, bool]]:
    """Yield the predicates of an audience, each with False where it is under a not."""
    match audience:
        case Is():
            yield audience, positive
        case And(parts) | Or(parts):
            for part in parts:
                yield from predicates(part, positive=positive)
        case Not(part):
            yield from predicates(part, positive=not positive)
