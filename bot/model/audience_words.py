"""An audience in words, such as "volunteers in Nordby or Havnen who do not read English"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.i18n import ByLanguage, Listed, Text, pgettext
from bot.model.audience import (
    AGREES,
    ANSWERED,
    AREA,
    BROKEN,
    CAMPAIGN,
    CHECKED,
    COMES,
    ENTRY,
    EVERYONE,
    FREE,
    GOT,
    GROUP,
    HELPED,
    INTEREST,
    LANGUAGE,
    PERSON,
    PLEDGED,
    PLEDGES,
    RESTED,
    ROLE,
    SEEN,
    SHIFT,
    SKILL,
    THEME,
    TIME,
    VOLUNTEER,
    And,
    Audience,
    Is,
    Not,
    Or,
    Saved,
)
from bot.model.participant import CitizenRole
from bot.model.period import period_words
from bot.model.profile import slot_name

Words = Text | ByLanguage | str
ALL = pgettext("audience", "everyone")
NOBODY = pgettext("audience", "nobody")
GONE = pgettext("audience", "something that is gone")
PLEDGE_ANY, CHECK_IN_ANY, TASK_ANY = "pledge", "check_in", "task"  # predicates of any subject
LANGUAGES: Mapping[str, Text] = {
    "da": pgettext("audience", "Danish"),
    "en": pgettext("audience", "English"),
}
# Predicates that say who people are.
HEADS: Mapping[str, Text] = {
    EVERYONE: ALL,
    GROUP: pgettext("audience", "the members of {name}"),
    PERSON: pgettext("audience", "{name}"),
    SHIFT: pgettext("audience", "those who come to {name}"),
    VOLUNTEER: pgettext("audience", "volunteers"),
}
ROLES: Mapping[str, Text] = {
    CitizenRole.AMBASSADOR: pgettext("audience", "all ambassadors"),
}
# What predicates say of people, and what they deny.
CLAUSES: Mapping[str, tuple[Text, Text]] = {
    CitizenRole.AMBASSADOR: (
        pgettext("audience", "who are ambassadors"),
        pgettext("audience", "who are not ambassadors"),
    ),
    AGREES: (
        pgettext("audience", "who said yes to news about {name}"),
        pgettext("audience", "who have not said yes to news about {name}"),
    ),
    ANSWERED: (
        pgettext("audience", "who answered {name}"),
        pgettext("audience", "who have not answered {name}"),
    ),
    AREA: (
        pgettext("audience", "who live in {name}"),
        pgettext("audience", "who do not live in {name}"),
    ),
    BROKEN: (
        pgettext("audience", "who meet a condition that cannot be read"),
        pgettext("audience", "who do not meet a condition that cannot be read"),
    ),
    CHECKED: (
        pgettext("audience", "who answered a check-in on {name}"),
        pgettext("audience", "who have not answered a check-in on {name}"),
    ),
    CHECK_IN_ANY: (
        pgettext("audience", "who answered a check-in"),
        pgettext("audience", "who have not answered a check-in"),
    ),
    COMES: (
        pgettext("audience", "who come to {name}"),
        pgettext("audience", "who do not come to {name}"),
    ),
    FREE: (
        pgettext("audience", "who have no other task during {name}"),
        pgettext("audience", "who have another task during {name}"),
    ),
    GOT: (
        pgettext("audience", "who got {name}"),
        pgettext("audience", "who did not get {name}"),
    ),
    GROUP: (
        pgettext("audience", "who are members of {name}"),
        pgettext("audience", "who are not members of {name}"),
    ),
    HELPED: (
        pgettext("audience", "who have helped with {name}"),
        pgettext("audience", "who have not helped with {name}"),
    ),
    INTEREST: (
        pgettext("audience", "who are interested in {name}"),
        pgettext("audience", "who are not interested in {name}"),
    ),
    LANGUAGE: (
        pgettext("audience", "who read {name}"),
        pgettext("audience", "who do not read {name}"),
    ),
    PERSON: (
        pgettext("audience", "who are {name}"),
        pgettext("audience", "who are not {name}"),
    ),
    PLEDGED: (
        pgettext("audience", "who gave {name}"),
        pgettext("audience", "who have not given {name}"),
    ),
    PLEDGES: (
        pgettext("audience", "who have {name} now"),
        pgettext("audience", "who do not have {name} now"),
    ),
    RESTED: (
        pgettext("audience", "who were not invited to a task"),
        pgettext("audience", "who were invited to a task"),
    ),
    SEEN: (
        pgettext("audience", "who have been in the chat"),
        pgettext("audience", "who have not been in the chat"),
    ),
    SHIFT: (
        pgettext("audience", "who come to {name}"),
        pgettext("audience", "who do not come to {name}"),
    ),
    SKILL: (
        pgettext("audience", "who are good at {name}"),
        pgettext("audience", "who are not known to be good at {name}"),
    ),
    TASK_ANY: (
        pgettext("audience", "who have taken part in a task"),
        pgettext("audience", "who have not taken part in a task"),
    ),
    TIME: (
        pgettext("audience", "who have time {name}"),
        pgettext("audience", "who are not known to have time {name}"),
    ),
    VOLUNTEER: (
        pgettext("audience", "who signed up for a task"),
        pgettext("audience", "who have not signed up for a task"),
    ),
}
PLEDGE_NAMES: Mapping[str, Text] = {
    "": pgettext("audience", "a pledge"),
    ENTRY: pgettext("audience", "the pledge “{name}”"),
    THEME: pgettext("audience", "a pledge about {name}"),
    CAMPAIGN: pgettext("audience", "the shared pledge “{name}”"),
}
OF_ANY = {PLEDGED: PLEDGED, CHECKED: CHECK_IN_ANY, HELPED: TASK_ANY}
IN_AREA = pgettext("audience", "{people} in {name}")
ALL_PEOPLE = pgettext("audience", "all people")
THOSE = pgettext("audience", "{people} {clause}")
AND_THOSE = pgettext("audience", "{people} and {clause}")
TIMED = pgettext("audience", "{clause} {when}")
ONE_OF = pgettext("audience", "{clauses}")
GROUPED = pgettext("audience", "({people})")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of what predicates refer to, by their values."""

    groups: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    persons: Mapping[str, str] = field(default_factory=dict)
    shifts: Mapping[str, Words] = field(default_factory=dict)
    themes: Mapping[str, Words] = field(default_factory=dict)
    opportunities: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, Words] = field(default_factory=dict)
    campaigns: Mapping[str, Words] = field(default_factory=dict)
    broadcasts: Mapping[str, Words] = field(default_factory=dict)

    def of(self, one: Is) -> Words:
        """Return the name of a predicate's subject; `GONE` where it has none."""
        if one.what == TIME:
            return slot_name(one.subject)
        if one.what == SKILL:
            return one.subject
        if one.what in {PLEDGED, PLEDGES, CHECKED}:
            return self._of_pledge(one.subject)
        names: Mapping[str, Mapping[str, Words]] = {
            GROUP: self.groups,
            AREA: self.areas,
            PERSON: self.persons,
            SHIFT: self.shifts,
            FREE: self.shifts,
            COMES: self.opportunities,
            HELPED: self.opportunities,
            INTEREST: self.themes,
            AGREES: self.themes,
            ANSWERED: self.broadcasts,
            GOT: self.broadcasts,
            LANGUAGE: LANGUAGES,
        }
        return names.get(one.what, {}).get(one.subject, GONE)

    def _of_pledge(self, subject: str) -> Words:
        """Return the name of a pledge, of all of a theme, or of a shared pledge."""
        kind, _dot, value = subject.partition(".")
        if not kind:
            return PLEDGE_NAMES[kind]
        known = {ENTRY: self.entries, THEME: self.themes, CAMPAIGN: self.campaigns}
        name = known.get(kind, {}).get(value)
        return PLEDGE_NAMES[kind].with_(name=name) if name is not None else GONE


@dataclass(frozen=True, slots=True)
class Literal:
    """A predicate, or with *holds* false its contrary."""

    one: Is
    holds: bool = True

    @property
    def kind(self) -> tuple[str, str, bool]:
        """Return what literals have in common that can be said in one clause."""
        any_of = self.one.subject == "" and self.one.what in OF_ANY
        return f"{self.one.what}{any_of}", self.one.period, self.holds


@dataclass(frozen=True, slots=True)
class _All:
    """All of the parts."""

    parts: tuple[_Plain, ...]


@dataclass(frozen=True, slots=True)
class _Any:
    """At least one of the parts."""

    parts: tuple[_Plain, ...]


_Plain = Literal | _All | _Any  # an audience in which only predicates are denied


def in_words(audience: Audience, names: Names) -> Words:
    """Return who is in an audience, in words."""
    return _people(_plain(audience), names)


def _plain(audience: Audience, *, holds: bool = True) -> _Plain:
    """Return an audience in which only predicates are denied; parts of one kind are joined."""
    match audience:
        case Is():
            return Literal(audience, holds)
        case Not(part):
            return _plain(part, holds=not holds)
        case Saved(_id, part):
            return _plain(part, holds=holds)
        case And(parts) | Or(parts):
            return _joined(
                [_plain(one, holds=holds) for one in parts],
                is_all=isinstance(audience, And) is holds,
            )


def _joined(parts: Iterable[_Plain], *, is_all: bool) -> _Plain:
    """Return all of the parts, or any; what changes nothing is left out."""
    kind = _All if is_all else _Any
    found: list[_Plain] = []
    for part in parts:
        found += part.parts if isinstance(part, kind) else [part]
    found = list(dict.fromkeys(found))
    neutral, decides = Literal(Is(EVERYONE), is_all), Literal(Is(EVERYONE), not is_all)
    if decides in found:
        return decides
    left = [one for one in found if one != neutral]
    if not left:
        return neutral
    return left[0] if len(left) == 1 else kind(tuple(left))


def _people(plain: _Plain, names: Names) -> Words:
    """Return the people of an audience."""
    if plain == Literal(Is(EVERYONE), holds=False):
        return NOBODY
    if isinstance(plain, _Any):
        if len({one.kind for one in plain.parts if isinstance(one, Literal)}) == 1 and (
            not any(map(_is_head, plain.parts)) and _are_literals(plain.parts)
        ):
            return _narrowed((plain,), names)
        people = tuple(_grouped_people(one, names) for one in plain.parts)
        return pgettext("audience", "{people}").with_(people=Listed(people))
    return _narrowed(plain.parts if isinstance(plain, _All) else (plain,), names)


def _grouped_people(plain: _Plain, names: Names) -> Words:
    """Return people in parentheses where several conditions make them."""
    said = _people(plain, names)
    return said if isinstance(plain, Literal) else GROUPED.with_(people=said)


def _are_literals(parts: Sequence[_Plain]) -> bool:
    return all(isinstance(one, Literal) for one in parts)


def _is_head(plain: _Plain) -> bool:
    """Return whether a part says who people are."""
    if not isinstance(plain, Literal) or not plain.holds or plain.one.period:
        return False
    return plain.one.what in HEADS or (plain.one.what == ROLE and plain.one.value in ROLES)


def _head(one: Is, names: Names) -> Words:
    if one.what == ROLE:
        return ROLES[one.value]
    head = HEADS[one.what]
    return head.with_(name=names.of(one)) if "{name}" in head.key else head


def _narrowed(parts: Sequence[_Plain], names: Names) -> Words:
    """Return the people of all the parts: who they are, where, and what holds of them."""
    said: Words = ALL
    first = next((one for one in parts if _is_head(one)), None)
    if isinstance(first, Literal):
        said = _head(first.one, names)
    elif (union := next((one for one in parts if _is_union(one)), None)) is not None:
        first, said = union, GROUPED.with_(people=_people(union, names))
    left = [one for one in parts if one is not first]
    place = next((one for one in left if _is_place(one)), None)
    if place is not None:
        said = IN_AREA.with_(people=said, name=_names(_literals(place), names))
        left = [one for one in left if one is not place]
    clauses = _clauses(left, names)
    if clauses and first is None:
        said = (
            ALL_PEOPLE
            if place is None
            else IN_AREA.with_(people=ALL_PEOPLE, name=_names(_literals(place), names))
        )
    return _with(said, clauses)


def _with(people: Words, clauses: Sequence[Words]) -> Words:
    """Return people with all that holds of them."""
    for number, clause in enumerate(clauses):
        people = (AND_THOSE if number else THOSE).with_(people=people, clause=clause)
    return people


def _is_union(plain: _Plain) -> bool:
    """Return whether a part is several groups of people."""
    return isinstance(plain, _Any) and all(map(_is_head, plain.parts))


def _literals(plain: _Plain) -> list[Literal]:
    """Return the predicates of a part that has no others within it."""
    parts = (plain,) if isinstance(plain, Literal) else plain.parts
    return [one for one in parts if isinstance(one, Literal)]


def _is_place(plain: _Plain) -> bool:
    """Return whether a part is one area, or any of several."""
    areas = _literals(plain)
    is_one = isinstance(plain, Literal) or (
        isinstance(plain, _Any) and len(areas) == len(plain.parts)
    )
    return is_one and all(one.holds and one.one.what == AREA for one in areas)


def _clauses(parts: Sequence[_Plain], names: Names) -> list[Words]:
    """Return what holds of people, all of it; denied predicates of one kind are one clause."""
    said: list[Words] = []
    denied: dict[tuple[str, str, bool], list[Literal]] = {}
    for part in parts:
        if isinstance(part, Literal) and not part.holds:
            denied.setdefault(part.kind, []).append(part)
        elif isinstance(part, Literal):
            said.append(_clause([part], names))
        else:
            either = _either(part, names)
            said.append(either if len(parts) == 1 else GROUPED.with_(people=either))
    return said + [_clause(some, names) for some in denied.values()]


def _either(plain: _Plain, names: Names) -> Words:
    """Return what holds of people, any of it; predicates of one kind are one clause."""
    if isinstance(plain, _All):
        first, *others = _clauses(plain.parts, names)
        for clause in others:
            first = AND_THOSE.with_(people=first, clause=clause)
        return first
    said: list[Words] = []
    held: dict[tuple[str, str, bool], list[Literal]] = {}
    for part in plain.parts if isinstance(plain, _Any) else (plain,):
        if isinstance(part, Literal) and part.holds:
            held.setdefault(part.kind, []).append(part)
        elif isinstance(part, Literal):
            said.append(_clause([part], names))
        else:
            said.append(GROUPED.with_(people=_either(part, names)))
    said = [_clause(some, names) for some in held.values()] + said
    return said[0] if len(said) == 1 else ONE_OF.with_(clauses=Listed(tuple(said), is_either=True))


def _clause(literals: Sequence[Literal], names: Names) -> Words:
    """Return one clause about predicates of one kind, with all of their names."""
    one, holds = literals[0].one, literals[0].holds
    clause = _forms(one)[not holds].with_(name=_names(literals, names))
    if not one.period:
        return clause
    try:
        return TIMED.with_(clause=clause, when=period_words(one.period))
    except ValueError:
        return CLAUSES[BROKEN][not holds]


def _forms(one: Is) -> tuple[Text, Text]:
    """Return the clause of a predicate, and the one of its contrary."""
    if one.what == ROLE:
        return CLAUSES.get(one.value, CLAUSES[BROKEN])
    what = OF_ANY.get(one.what, one.what) if not one.subject else one.what
    return CLAUSES.get(what, CLAUSES[BROKEN])


def _names(literals: Sequence[Literal], names: Names) -> Words | Listed:
    """Return the names of the subjects: any of them."""
    by_subject = {literal.one.subject: names.of(literal.one) for literal in literals}
    found = tuple(by_subject.values())
    return found[0] if len(found) == 1 else Listed(found, is_either=True)
