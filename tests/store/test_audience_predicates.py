"""Each predicate of an audience is harmless, and saved audiences know what uses them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from audience_town import SUBJECTS

from bot.calendar import Calendar
from bot.model import audience as audiences
from bot.model.audience import Is, Saved, to_json
from bot.model.broadcast import BROADCAST, Broadcast
from bot.model.staff import Role, Staff
from bot.store.moment import When
from bot.store.predicates import PREDICATES
from bot.store.saved_audiences import Usage
from bot.store.store import Store
from bot.store.tables import metadata
from bot.testing import START

# Why no health, need, feeling, family, union, religion, crime or age follows from it (HR-17).
HARMLESS: Mapping[str, str] = {
    audiences.EVERYONE: "says nothing of a person",
    audiences.PERSON: "a person whom staff chose by name",
    audiences.ROLE: "a role in the town's own work, which the person took on: ambassador",
    audiences.GROUP: "an association or a team that the person joined to get its messages",
    audiences.AREA: "a part of the town, which the person said or left out",
    audiences.LANGUAGE: "the language in which the person chose to read",
    audiences.SHIFT: "an appointment that the person made",
    audiences.VOLUNTEER: "that the person signed up, not for what",
    audiences.INTEREST: "a topic of the town's list, which the person chose",
    audiences.SKILL: "what the person offered to do for others",
    audiences.TIME: "when the person offered to help",
    audiences.FREE: "whether an appointment of the person is at that time",
    audiences.COMES: "an appointment that the person made",
    audiences.HELPED: "that the person helped others, not why",
    audiences.RESTED: "whether the municipality wrote to the person",
    audiences.PLEDGED: "an entry, a theme or a shared pledge; never the person's own words",
    audiences.PLEDGES: "an entry, a theme or a shared pledge; never the person's own words",
    audiences.CHECKED: "that the person answered, not what",
    audiences.ANSWERED: "that the person answered, not what",
    audiences.GOT: "whether the municipality wrote to the person",
    audiences.SEEN: "the day on which the person was last in the chat, not for what",
    audiences.AGREES: "a consent that the person gave for such messages",
}
# Columns that say how a person is, what they need, or what they wrote.
SENSITIVE = {
    "profile": {"over_15", "wish", "phone"},
    "signup": {"reason", "written", "objection", "rating", "feedback", "needs", "reasons"},
    "pledge": {"words", "goal", "goal_words", "plan", "wish"},
    "check_in": {"answer", "amount"},
    "contribution": {"key", "words", "verdict"},
    "delivery": {"answer", "answer_words", "choice"},
}
OPEN_TABLES = {
    *SENSITIVE,
    *("participant", "participant_role", "person", "groups", "group_member", "shift", "consent"),
}


def test_each_predicate_has_a_reason_to_be_harmless() -> None:
    """A new predicate needs a reason before anything can be sent by it."""
    assert set(HARMLESS) == set(PREDICATES)
    assert all(HARMLESS.values())


@pytest.mark.parametrize("what", sorted(PREDICATES))
def test_no_predicate_reads_a_sensitive_trait(what: str) -> None:
    """No predicate reads a case, a gate, or words of a person."""
    when = When(START, Calendar())
    for subject in SUBJECTS[what]:
        said = str(PREDICATES[what](Is(what, subject), when))
        read = {
            (table, column)
            for table, known in metadata.tables.items()
            for column in [one.name for one in known.columns]
            if f"{table}.{column}" in said.replace("other_", "").replace("held_", "")
        }
        assert {table for table, _column in read} <= OPEN_TABLES, read
        assert not [one for one in read if one[1] in SENSITIVE.get(one[0], ())], read


async def test_a_saved_audience_knows_what_uses_it(store: Store) -> None:
    """The copy in a broadcast names the audience that it was made of."""
    everyone = Is(audiences.EVERYONE)
    async with store.unit() as unit:
        staff_id = await unit.staff.add(Staff(0, "lone", "Lone", "Natur", Role.LEADER, "da"))
        first = await unit.saved_audiences.add("Alle", to_json(everyone), staff_id)
        second = await unit.saved_audiences.add("De andre", to_json(everyone), staff_id)
        assert await unit.saved_audiences.add("Alle", to_json(everyone), staff_id) is None
        assert first is not None
        assert second is not None
        copied = to_json(audiences.Not(Saved(str(first), everyone)))
        made = await unit.broadcasts.add(Broadcast(0, "Engen slås", {}, "nature", copied))
        assert await unit.saved_audiences.uses(first) == [Usage(BROADCAST, made, "Engen slås")]
        assert await unit.saved_audiences.uses(second) == []
        assert await unit.saved_audiences.is_taken("Alle", second)
        assert not await unit.saved_audiences.is_taken("Alle", first)
