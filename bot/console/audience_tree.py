"""An audience as a form has it: lines, and groups of them within groups, each with its place.

The place of a line or a group is its number, after those of the groups around it: "2_1". It ends
the names of the fields, such as `who_2_1`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from multidict import MultiDict

from bot.model.audience import EVERYONE, MOST_PARTS, And, Audience, Is, Not, Or, Saved, timed
from bot.model.period import DAYS, LAST_MONTH, THIS_MONTH, THIS_YEAR

ALL, ANY, NONE = "all", "any", "none"  # how many of a group's lines hold
NOT = "not"
LAST_DAYS, DATES = "days", "dates"  # periods whose numbers or dates are written
MOST_LINES = 15
DEEPEST = 2  # groups around a line
SAVED = "saved"
PRESS = "audience"  # the name of the builder's buttons
ADD, GROUP, REMOVE, COUNT, SAVE, FIND = "add", "group", "remove", "count", "save", "find"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the people that it names, or all but them, and when they did it."""

    who: str = ""
    denies: bool = False
    when: str = ""
    days: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Nest:
    """Lines and groups, of which all, any or none hold."""

    match: str = ALL
    parts: tuple[Line | Nest, ...] = ()


_FIELD = re.compile(r"(?:who|not|when|days|first|last|match)(?:_\d+)+")
BLANK = Nest(ALL, (Line(),))


def at_place(name: str, place: str) -> str:
    """Return the name of a field of a line or a group; the outermost group has no place."""
    return f"{name}_{place}" if place else name


def tree_of_form(form: Mapping[str, str]) -> Nest:
    """Return the lines and groups of a form; one empty line where it has none."""
    found = _read(form, "")
    return found if found.parts else replace(found, parts=BLANK.parts)


def _read(form: Mapping[str, str], place: str) -> Nest:
    """Return a group of a form; gaps between its numbers are left out."""
    parts: list[Line | Nest] = []
    for number in range(1, MOST_PARTS + 1):
        inner = f"{place}_{number}" if place else str(number)
        if at_place("match", inner) in form:
            parts.append(_read(form, inner))
        elif at_place("who", inner) in form:
            parts.append(_line(form, inner))
    match = form.get(at_place("match", place), ALL)
    return Nest(match if match in {ALL, ANY, NONE} else ALL, tuple(parts))


def _line(form: Mapping[str, str], place: str) -> Line:
    def value(name: str) -> str:
        return form.get(at_place(name, place), "").strip()

    denies = value("not") == NOT
    return Line(value("who"), denies, value("when"), value("days"), value("first"), value("last"))


def form_values(tree: Nest) -> dict[str, str]:
    """Return the values of the fields of lines and groups."""
    values: dict[str, str] = {}
    for place, part in places(tree):
        if isinstance(part, Nest):
            values[at_place("match", place)] = part.match
            continue
        values[at_place("who", place)] = part.who
        values[at_place("not", place)] = NOT if part.denies else ""
        for name in ("when", "days", "first", "last"):
            values[at_place(name, place)] = getattr(part, name)
    return values


def places(part: Line | Nest, place: str = "") -> Iterator[tuple[str, Line | Nest]]:
    """Yield a group and all within it, with their places, in order."""
    yield place, part
    if isinstance(part, Nest):
        for number, inner in enumerate(part.parts, 1):
            yield from places(inner, f"{place}_{number}" if place else str(number))


def size(tree: Nest) -> int:
    """Return the number of lines."""
    return sum(isinstance(part, Line) for _place, part in places(tree))


def pressed(tree: Nest, button: str) -> Nest:
    """Return what a button makes of lines and groups: one more, or one less."""
    act, _colon, place = button.partition(":")
    numbers = [int(one) for one in place.split("_") if one.isdecimal()]
    if act == REMOVE and numbers:
        changed = _changed(tree, numbers[:-1], lambda nest: _without(nest, numbers[-1]))
        return changed if changed.parts else replace(changed, parts=BLANK.parts)
    if size(tree) >= MOST_LINES:
        return tree
    if act == ADD:
        return _changed(tree, numbers, lambda nest: _with(nest, Line()))
    if act == GROUP and len(numbers) < DEEPEST:
        return _changed(tree, numbers, lambda nest: _with(nest, Nest(ANY, BLANK.parts)))
    return tree


def _with(nest: Nest, part: Line | Nest) -> Nest:
    return replace(nest, parts=(*nest.parts, part))


def _without(nest: Nest, number: int) -> Nest:
    return replace(nest, parts=nest.parts[: number - 1] + nest.parts[number:])


def _changed(nest: Nest, numbers: list[int], change: Callable[[Nest], Nest]) -> Nest:
    """Return a group in which the group at a place is changed; an empty group goes."""
    if not numbers:
        return change(nest)
    number = numbers[0]
    if not 0 < number <= len(nest.parts):
        return nest
    inner = nest.parts[number - 1]
    if not isinstance(inner, Nest):
        return nest
    changed = _changed(inner, numbers[1:], change)
    kept = (changed,) if changed.parts else ()
    return replace(nest, parts=nest.parts[: number - 1] + kept + nest.parts[number:])


def tree_of(audience: Audience) -> Nest:
    """Return the lines and groups that say an audience."""
    part = _part(audience)
    return part if isinstance(part, Nest) else Nest(ALL, (part,))


def _part(audience: Audience) -> Line | Nest:
    match audience:
        case Is() | Saved():
            return _line_of(audience)
        case Not(Is() | Saved() as one):
            return replace(_line_of(one), denies=True)
        case And(parts):
            return Nest(ALL, tuple(map(_part, parts)))
        case Or(parts):
            return Nest(ANY, tuple(map(_part, parts)))
        case Not(Or(parts)):
            return Nest(NONE, tuple(map(_part, parts)))
        case Not(part):
            return Nest(NONE, (_part(part),))


def _line_of(one: Is | Saved) -> Line:
    if isinstance(one, Saved):
        return Line(f"{SAVED}:{one.id}")
    line = Line(choice_of(one))
    period = one.period
    if not period or period in {THIS_MONTH, LAST_MONTH, THIS_YEAR}:
        return replace(line, when=period)
    if period.startswith(DAYS):
        return replace(line, when=LAST_DAYS, days=period.removeprefix(DAYS))
    first, _slash, last = period.partition("/")
    return replace(line, when=DATES, first=first, last=last)


def choice_of(one: Is) -> str:
    """Return the value by which a predicate is chosen, without its period."""
    return f"{one.what}:{one.subject}" if one.what != EVERYONE else one.what


def predicate_of(who: str, period: str) -> Is:
    """Return the predicate of a choice and a period."""
    what, _colon, subject = who.partition(":")
    return timed(what, subject, period)


def combined(nest: Nest, audience_at: Callable[[str, Line], Audience | None]) -> Audience | None:
    """Return the audience of a group; None where none of its lines is filled in."""
    return _combined(nest, "", audience_at)


def _combined(
    nest: Nest, place: str, audience_at: Callable[[str, Line], Audience | None]
) -> Audience | None:
    found: list[Audience] = []
    for number, part in enumerate(nest.parts, 1):
        inner = f"{place}_{number}" if place else str(number)
        if isinstance(part, Nest):
            one = _combined(part, inner, audience_at)
        else:
            one = audience_at(inner, part)
            one = Not(one) if one is not None and part.denies else one
        if one is not None:
            found.append(one)
    if not found:
        return None
    several = And(tuple(found)) if nest.match == ALL else Or(tuple(found))
    joined = found[0] if len(found) == 1 else several
    return Not(joined) if nest.match == NONE else joined


def with_tree(form: MultiDict[str], tree: Nest) -> MultiDict[str]:
    """Return a form with other lines and groups, and without a pressed button."""
    kept = [
        (name, value)
        for name, value in form.items()
        if name not in {PRESS, "match"} and not _FIELD.fullmatch(name)
    ]
    return MultiDict([*kept, *form_values(tree).items()])
