"""Malformed updates of every Bot API type: none stops a lane or stays in the inbox."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter

import pytest
from fault_town import Town, rows, town
from figures import Figure
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odd_updates import JENS, Odd

BATCH = 20
SHORT, LONG = 10, 1000  # batches, on each database


def play(here: Town, runner: asyncio.Runner, batches: int) -> None:
    """Deliver *batches* of malformed updates and process each batch."""
    ids = itertools.count(10_000_000_000)

    @settings(
        max_examples=batches,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**63))
    def played(seed: int) -> None:
        odd = Odd(seed)
        updates = [odd.update(next(ids)) for _ in range(BATCH)]
        assert runner.run(here.bot.intake.take(updates)) == BATCH
        runner.run(here.step())

    played()


@pytest.mark.parametrize(
    "batches", [SHORT, pytest.param(LONG, marks=pytest.mark.slow)], ids=["short", "long"]
)
def test_updates_of_every_type(database_url: str, batches: int, figure: Figure) -> None:
    """All updates are stored and processed, and citizens are still answered afterwards."""
    with asyncio.Runner() as runner:
        opened = town(database_url, citizens=1)
        here = runner.run(opened.__aenter__())
        here.world.add_user(JENS["id"], "Jens", language_code="da")
        runner.run(here.let_in())
        here.world.say(JENS["id"], "/start")
        runner.run(here.step())
        play(here, runner, batches)
        here.ask(0)
        here.world.say(JENS["id"], "/hjælp")
        before = len(here.received(JENS["id"]))
        runner.run(here.step())
        assert here.hold_heard(0) == 0
        assert len(here.received(JENS["id"])) > before
        states = Counter(
            dict(runner.run(rows(here.store, "SELECT failed, count(*) FROM inbox GROUP BY failed")))
        )
        name = here.store.dialect
        runner.run(opened.__aexit__(None, None, None))
    figure(
        f"odd updates, {name}",
        updates=batches * BATCH,
        escaped=0,
        stuck=0,
        set_aside=states[True],
    )
