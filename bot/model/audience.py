"""Audiences: predicates over participants as data, combined with and, or and not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

EVERYONE = "everyone"
PERSON, ROLE, GROUP, AREA, LANGUAGE = "person", "role", "group", "area", "language"
SHIFT = "shift"  # who comes to a shift
VOLUNTEER = "volunteer"  # signed up for a task
INTEREST, SKILL = "interest", "skill"
TIME = "time"  # has time: a weekday and a part of the day, or one of them, as `slots` lists
FREE = "free"  # comes to no other shift at the time of a shift
COMES = "comes"  # comes to an opportunity
HELPED = "helped"  # was there at an opportunity, or helps by agreement
RESTED = "rested"  # was not invited
PLEDGED = "pledged"  # gave a pledge, or signed a shared one
PLEDGES = "pledges"  # has a pledge that lives
CHECKED = "checked"  # answered a check-in
ANSWERED = "answered"  # the question of a broadcast
GOT = "got"  # a broadcast
SEEN = "seen"  # wrote in the chat, or tapped a button, last
AGREES = "agrees"  # to news about a topic
BROKEN = "broken"  # a part of a stored audience that cannot be read
# These take a period after their subject, or alone; see `bot.model.period`.
ONLY_TIMED = frozenset({VOLUNTEER, RESTED, SEEN})
TIMED = ONLY_TIMED | {HELPED, PLEDGED, CHECKED}
# The kinds of a pledge: an entry of the catalogue, all of a theme, or a shared pledge.
ENTRY, THEME, CAMPAIGN = "entry", "theme", "campaign"
MOST_PARTS = 50  # predicates in one audience
DEEPEST = 20  # parts within parts


@dataclass(frozen=True, slots=True)
class Is:
    """A predicate: *what* is a key of `bot.store.predicates.PREDICATES`, *value* its operand."""

    what: str
    value: str = ""

    @property
    def subject(self) -> str:
        """Return the operand without its period."""
        if self.what in ONLY_TIMED:
            return ""
        return self.value.partition("@")[0] if self.what in TIMED else self.value

    @property
    def period(self) -> str:
        """Return the period of the operand; empty at any time."""
        if self.what in ONLY_TIMED:
            return self.value
        return self.value.partition("@")[2] if self.what in TIMED else ""


def timed(what: str, subject: str, period: str) -> Is:
    """Return a predicate with a subject and a period, of which each may be empty."""
    if what in ONLY_TIMED:
        return Is(what, period)
    return Is(what, f"{subject}@{period}" if period else subject)


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


@dataclass(frozen=True, slots=True)
class Saved:
    """The audience that staff saved under an id, as it was when it was chosen.

    A later change of the saved one changes nothing that was approved.
    """

    id: str
    part: Audience


Audience = Is | And | Or | Not | Saved


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
        case Saved(number, part):
            return {"saved": number, "of": to_json(part)}


def from_json(value: Mapping[str, Any]) -> Audience:
    """Return the audience of its JSON; raise `ValueError` where it is none."""
    return _read(value, 0)


def _read(value: Any, depth: int) -> Audience:
    if depth > DEEPEST:
        message = "an audience is too deep"
        raise ValueError(message)
    match value:
        case {"is": str(what), "value": str(operand)}:
            return Is(what, operand)
        case {"and": list(parts)} if parts:
            return And(tuple(_read(part, depth + 1) for part in parts))
        case {"or": list(parts)} if parts:
            return Or(tuple(_read(part, depth + 1) for part in parts))
        case {"not": dict(part)}:
            return Not(_read(part, depth + 1))
        case {"saved": str(number), "of": dict(part)} if number.isdecimal():
            return Saved(number, _read(part, depth + 1))
        case _:
            message = "not an audience"
            raise ValueError(message)


def readable(value: Any) -> Audience:
    """Return the audience of stored JSON; parts that cannot be read are *broken*, in words."""
    match value:
        case {"and": list(parts)} if parts:
            return And(tuple(map(readable, parts)))
        case {"or": list(parts)} if parts:
            return Or(tuple(map(readable, parts)))
        case {"not": dict(part)}:
            return Not(readable(part))
        case _:
            try:
                return _read(value, 0)
            except ValueError:
                return Is(BROKEN)


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
        case Saved(_id, part):
            yield from predicates(part, positive=positive)
