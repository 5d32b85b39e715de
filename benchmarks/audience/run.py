"""Measure how long audiences are counted in a town of a million citizens, on PostgreSQL.

    python -m benchmarks.audience.run [--short] [--plans] [--folder DIR]

README.md in this folder describes the measurement.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy import event

from benchmarks.audience.fill import fill
from benchmarks.place import place_for, questions
from benchmarks.spread import median, table
from bot.app.compose import town_context_of
from bot.clock import TravelClock
from bot.model.audience import AREA, EVERYONE, INTEREST, And, Audience, Is, Not, Or
from bot.store.store import Store
from bot.store.unit import Unit
from bot.testing import START, klintsund

LONG, SHORT = 1_000_000, 20_000
ROUNDS = 7
AIM = 1.0  # seconds
TOPIC = "nature"
AUDIENCES: Mapping[str, Audience] = {
    "everyone": Is(EVERYONE),
    "an area, and interested in nature": And((Is(AREA, "tangoe"), Is(INTEREST, "nature"))),
    "gave L1, and no check-in on it this month": And(
        (Is("pledged", "entry.1"), Not(Is("checked", "entry.1@month")))
    ),
    "has a pledge, and no check-in this month": And((Is("pledges"), Not(Is("checked", "@month")))),
    "signed up in October, or in two areas, not seen for a year": And(
        (
            Or(
                (
                    Is("volunteer", "2026-10-01/2026-10-31"),
                    Is(AREA, "tangoe"),
                    Is(AREA, "sandholm"),
                )
            ),
            Not(Is("seen", "days.365")),
        )
    ),
    "did not get the last news, and agrees to it": And((Not(Is("got", "1")), Is("agrees", TOPIC))),
}
Work = Callable[[Unit, Audience], Awaitable[Any]]
WORK: Mapping[str, Work] = {
    "in it": lambda unit, audience: unit.audiences.count(audience),
    "with consent": lambda unit, audience: unit.broadcasts.count(audience, TOPIC),
    "by reason": lambda unit, audience: unit.stances.of_audience(audience, TOPIC),
    "five of them": lambda unit, audience: unit.audiences.some(audience, 5),
}


async def timed(store: Store, work: Work, audience: Audience, rounds: int) -> list[float]:
    """Return the seconds of each round, after a first one that is not counted."""
    took = []
    for _round in range(rounds + 1):
        async with store.reading() as unit:
            began = time.perf_counter()
            await work(unit, audience)
            took.append(time.perf_counter() - began)
    return took[1:]


async def plan(store: Store, work: Work, audience: Audience) -> str:
    """Return the server's plan of a statement, as it ran."""
    said: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        said.append((statement, parameters))

    async with store.reading() as unit:
        engine = unit.connection.sync_connection
        event.listen(engine, "before_cursor_execute", note)
        await work(unit, audience)
        event.remove(engine, "before_cursor_execute", note)
        statement, parameters = said[-1]
        rows = await unit.connection.exec_driver_sql(f"EXPLAIN (ANALYZE) {statement}", parameters)
        return "\n".join(row[0] for row in rows)


async def measure(url: str, citizens: int, *, plans: bool) -> list[list[str]]:
    """Return the rows of the table: the median of each work for each audience."""
    store = await Store.open(url, clock=TravelClock(START), town=town_context_of(klintsund()))
    began = time.monotonic()
    await fill(store, citizens)
    print(f"{citizens} citizens in {time.monotonic() - began:.0f} s", file=sys.stderr)
    rows = []
    for name, audience in AUDIENCES.items():
        async with store.reading() as unit:
            size = await unit.audiences.count(audience)
        row = [name, f"{size:,}"]
        for what, work in WORK.items():
            took = median(await timed(store, work, audience, ROUNDS))
            row.append(f"{1000 * took:.0f}")
            if plans and took > AIM:
                print(f"\n{name}: {what}\n{await plan(store, work, audience)}", file=sys.stderr)
        rows.append(row)
    await store.close()
    return rows


def main() -> None:
    """Print the medians in milliseconds."""
    parser = questions(__doc__, "20,000 citizens")
    parser.add_argument("--plans", action="store_true", help="print the plans of what is slow")
    wanted = parser.parse_args()
    wanted.only = "postgres"
    with place_for("audience", wanted) as place:
        url = asyncio.run(place.make("postgres", "audience"))
        rows = asyncio.run(measure(url, SHORT if wanted.short else LONG, plans=wanted.plans))
    print()
    print(table(["median, ms", "people", *WORK], rows))


if __name__ == "__main__":
    main()
