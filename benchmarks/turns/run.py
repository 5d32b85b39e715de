"""Measure turns: our durable bot against rivals that keep everything in memory.

    python -m benchmarks.turns.run [--short] [--runs N] [--only NAME ...] [--folder DIR]
                                   [--profile FILE]

In each run every contender runs once; the order rotates by one for each run. README.md in
this folder describes the measurements.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psutil

from benchmarks.machine import Postgres, described, passing, postgres
from benchmarks.spread import median, quantile, spread, table
from benchmarks.turns.contenders import CONTENDERS, Contender, started
from benchmarks.turns.load import Load
from bot.clock import SystemClock
from bot.simulator import TOKEN, World
from bot.simulator.http import serve_http

SEED = 7


@dataclass(frozen=True, slots=True)
class Length:
    """Number of runs, seconds of each phase, and number of citizens."""

    runs: int
    warm: float
    full: float
    half: float
    citizens: int


LONG = Length(runs=7, warm=4.0, full=10.0, half=10.0, citizens=100)
SHORT = Length(runs=1, warm=0.5, full=1.5, half=1.5, citizens=40)


@dataclass(frozen=True, slots=True)
class Measured:
    """One contender in one run; CPU in seconds, waits in seconds."""

    rate: float  # turns per second at saturation
    per_cpu: float  # turns per CPU-second of the bot's process, at saturation
    half_per_cpu: float  # turns per CPU-second, at half load
    waits: tuple[float, ...]  # at half load
    simulator: float  # share of time that the simulator was busy, at saturation
    database: float  # CPU-milliseconds of PostgreSQL per turn, at saturation


async def measure(
    who: Contender, length: Length, folder: Path, server: Postgres | None, profile: str | None
) -> Measured:
    """Measure one contender at its highest rate, and then at half of it."""
    world = World(SystemClock().now)
    bot = world.add_bot(TOKEN, username="walk_bot")
    load = Load.of(world, bot, length.citizens)
    served = await serve_http(world)
    ours, chance = psutil.Process(), Random(SEED)  # noqa: S311 - to be repeatable, not secret
    try:
        async with started(
            who, bot=bot, api=served.url, folder=folder, postgres=server, profile=profile
        ) as program:
            await load.meet()
            await load.saturate(length.warm)
            await load.rest()
            if profile:
                program.begin_sampling()
            before = program.cpu(), _busy(ours), server.cpu() if server else 0.0
            began = asyncio.get_running_loop().time()
            rate = await load.saturate(length.full)
            turns = rate * length.full
            used, busy = program.cpu() - before[0], _busy(ours) - before[1]
            database = server.cpu() - before[2] if server else 0.0
            took = asyncio.get_running_loop().time() - began
            await load.rest()
            before_half = program.cpu()
            waits = await load.pace(rate / 2, length.half, chance)
            half_used = program.cpu() - before_half
    finally:
        await served.close()
    return Measured(
        rate,
        turns / used,
        len(waits) / half_used,
        tuple(waits),
        busy / took,
        1000 * database / turns if who.kind == "PostgreSQL" else float("nan"),
    )


def _busy(process: psutil.Process) -> float:
    """Return the CPU-seconds of this process."""
    used = process.cpu_times()
    return float(used.user + used.system)


async def measure_all(
    who: Sequence[Contender],
    length: Length,
    folder: Path,
    server: Postgres | None,
    profile: str | None,
) -> dict[Contender, list[Measured]]:
    """Measure each contender in each run."""
    found: dict[Contender, list[Measured]] = {each: [] for each in who}
    for run in range(length.runs):
        first = run % len(who)
        for each in (*who[first:], *who[:first]):
            with tempfile.TemporaryDirectory(dir=folder) as own:
                one = await measure(each, length, Path(own), server, profile)
            found[each].append(one)
            print(
                f"run {run + 1}: {each.name}, {each.intake}: {one.rate:.0f}/s, "
                f"{one.per_cpu:.0f} a CPU-second, simulator {one.simulator:.0%} busy",
                file=sys.stderr,
                flush=True,
            )
    return found


def show(found: dict[Contender, list[Measured]]) -> str:
    """Return both tables: the figures, and the ratios to each rival."""
    figures = [
        [
            f"{who.name}, {who.intake}",
            f"{median([m.rate for m in runs]):.0f}",
            f"{median([m.per_cpu for m in runs]):.0f}",
            f"{median([m.half_per_cpu for m in runs]):.0f}",
            f"{1000 * median([quantile(m.waits, 0.5) for m in runs]):.0f}",
            f"{1000 * median([quantile(m.waits, 0.99) for m in runs]):.0f}",
            f"{median([m.database for m in runs]):.2f}" if who.kind == "PostgreSQL" else "–",
            f"{median([m.simulator for m in runs]):.0%}",
        ]
        for who, runs in found.items()
    ]
    head = ["", "turns/s", "turns/CPU-s", "the same at half load", "p50 ms", "p99 ms"]
    head += ["PostgreSQL ms/turn", "simulator busy"]
    ratios = [
        [
            f"{who.name} / {rival.name}, {who.intake}",
            spread([a.rate / b.rate for a, b in zip(found[who], found[rival], strict=True)]),
            spread([a.per_cpu / b.per_cpu for a, b in zip(found[who], found[rival], strict=True)]),
        ]
        for who in found
        for rival in found
        if who.ours and not rival.ours and who.intake == rival.intake
    ]
    shown = table(head, figures)
    if ratios:
        shown += "\n\n" + table(["ratio", "turns/s", "turns/CPU-s"], ratios)
    return shown


def main() -> None:
    """Measure and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="one run of seconds, to try it out")
    parser.add_argument("--runs", type=int)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="kinds, intakes, or both")
    parser.add_argument("--folder", type=Path, help="where the databases are made")
    parser.add_argument("--profile", metavar="FILE", help="sample where ours spends its time")
    wanted = parser.parse_args()
    length = SHORT if wanted.short else LONG
    if wanted.runs is not None:
        length = Length(wanted.runs, length.warm, length.full, length.half, length.citizens)
    only = wanted.only or []
    kinds = [name for name in only if name not in ("polling", "webhook")]
    intakes = [name for name in only if name in ("polling", "webhook")]
    who = [
        each
        for each in CONTENDERS
        if (not kinds or each.kind in kinds) and (not intakes or each.intake in intakes)
    ]
    with ExitStack() as stack:
        folder = stack.enter_context(passing("turns", wanted.folder))
        server = None
        if any(each.kind == "PostgreSQL" for each in who):
            server = stack.enter_context(postgres(folder))
        known = asyncio.run(server.version()) if server else None
        found = asyncio.run(measure_all(who, length, folder, server, wanted.profile))
    print(f"{described(known)}; {length}\n\n{show(found)}")


if __name__ == "__main__":
    main()
