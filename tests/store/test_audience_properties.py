"""Random audiences over random towns are those of a plain evaluation, on both databases."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from audience_town import PERIODS, SUBJECTS, PlainAudience, random_town
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app.compose import town_context_of
from bot.clock import TravelClock
from bot.i18n import show
from bot.model.audience import (
    TIMED,
    And,
    Audience,
    Is,
    Not,
    Or,
    Saved,
    from_json,
    readable,
    timed,
    to_json,
)
from bot.model.audience_words import Names, in_words
from bot.store.predicates import PREDICATES
from bot.store.store import Store
from bot.testing import START, klintsund

PREDICATE = st.sampled_from(sorted(SUBJECTS)).flatmap(
    lambda what: st.builds(
        lambda subject, period: timed(what, subject, period if what in TIMED else ""),
        st.sampled_from(SUBJECTS[what]),
        st.sampled_from(PERIODS),
    )
)


def _combined(parts: st.SearchStrategy[Audience]) -> st.SearchStrategy[Audience]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(And), several.map(Or), parts.map(Not), parts.map(lambda one: Saved("7", one))
    )


AUDIENCES = st.recursive(PREDICATE, _combined, max_leaves=6)


@pytest.mark.parametrize("seed", [1, 2])
def test_random_audiences_are_those_of_plain_python(database_url: str, seed: int) -> None:
    """One statement finds who is in an audience, with every predicate, alone and combined."""
    town = random_town(seed)
    plain = PlainAudience(town)
    loop = asyncio.new_event_loop()

    def run(work: Any) -> Any:
        return loop.run_until_complete(work)

    clock = TravelClock(START)
    store = run(Store.open(database_url, clock=clock, town=town_context_of(klintsund())))

    async def members(audience: Audience) -> set[int]:
        async with store.reading() as unit:
            found = await unit.audiences.some(audience, 999)
            assert await unit.audiences.count(audience) == len(found)
        return {one.participant_id for one in found}

    @given(AUDIENCES)
    @settings(max_examples=120, suppress_health_check=list(HealthCheck))
    def check(audience: Audience) -> None:
        assert from_json(to_json(audience)) == readable(to_json(audience)) == audience
        assert run(members(audience)) == plain.members(audience)
        for language in ("da", "en"):
            assert show(in_words(audience, Names()), language, escape=str)

    try:
        run(town.fill(store))
        assert set(SUBJECTS) == set(PREDICATES)
        for what, subjects in SUBJECTS.items():
            for subject in subjects:
                for period in PERIODS if what in TIMED else ("",):
                    one = timed(what, subject, period)
                    for audience in (one, Not(one)):
                        assert run(members(audience)) == plain.members(audience), audience
        check()
    finally:
        run(store.close())
        loop.close()


@pytest.mark.parametrize(
    ("stored", "broken"),
    [
        ({"and": [{"is": "area", "value": "havnen"}, {"is": 3}]}, 1),
        ({"not": {"or": []}}, 1),
        ("everyone", 1),
        ({"saved": "x", "of": {"is": "everyone", "value": ""}}, 1),
        ({"is": "shoe size", "value": "43"}, 0),
    ],
)
def test_a_part_that_cannot_be_read_is_said_in_words(stored: Any, broken: int) -> None:
    """A broken or unknown part of a stored audience is said, and nothing else is lost."""
    read = readable(stored)
    assert str(to_json(read)).count("broken") == broken
    words = show(in_words(read, Names()), "en", escape=str)
    assert "a condition that cannot be read" in words


def test_an_area_of_the_past_is_not_an_id() -> None:
    """A name that is gone is not shown as a key."""
    words = show(in_words(Is("area", "atlantis"), Names()), "en", escape=str)
    assert words == "everyone in something that is gone"
