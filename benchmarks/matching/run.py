"""Measure how long it takes to find the five opportunities that fit a volunteer best.

    python -m benchmarks.matching.run [--short]

README.md in this folder describes the measurement.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.spread import median, quantile, table
from bot.calendar import Calendar
from bot.model.opportunity import Kind, Opportunity, OpportunityState, Shift
from bot.model.profile import Part, Profile
from bot.service.volunteering.matching import score
from bot.service.volunteering.opportunity_index import OpportunityIndex, Wanted
from bot.testing import START

BEST = 5
SHIFTS = 4  # of an opportunity
AGREED = 0.1  # the share of opportunities by agreement
TIMES = [f"{day}-{part}" for day in range(7) for part in Part]
THEMES = ["nature", "traffic", "children", "culture", "volunteering"]
AREAS = ["klintsund", "oerbakke", "sandholm", "vesterhagen", "moellekaer", "tangoe"]
SKILLS = ["cooking", "driving", "first aid", "music", "sewing", "football", "gardening", "maths"]
LANGUAGES = ["Danish", "English", "Arabic", "Ukrainian", "Turkish", "Polish", "German"]
CALENDAR = Calendar()


@dataclass(frozen=True, slots=True)
class Length:
    """The numbers of opportunities (small and large case), of volunteers, and of checked ones."""

    small: int
    large: int
    volunteers: int
    checked: int
    rounds: int


LONG = Length(500, 10_000, 100_000, 300, 5)
SHORT = Length(50, 300, 300, 30, 1)


@dataclass(frozen=True, slots=True)
class Offer:
    """An opportunity with its coming shifts."""

    known: Opportunity
    shifts: tuple[Shift, ...]


def offers(number: int, rng: random.Random) -> list[Offer]:
    """Return invented opportunities; one in ten is by agreement."""
    return [_offer(one, rng) for one in range(1, number + 1)]


def _offer(number: int, rng: random.Random) -> Offer:
    kind = Kind.AGREEMENT if rng.random() < AGREED else Kind.SHIFTS
    known = Opportunity(
        id=number,
        title=f"Task {number}",
        titles={"da": f"Opgave {number}"},
        texts={"da": "Hjælp"},
        kind=kind,
        takes=rng.choice((10, 60, 90, 240)),
        area=rng.choice([*AREAS, None]),
        theme=rng.choice(THEMES),
        skills=tuple(rng.sample(SKILLS, rng.choice((0, 0, 1)))),
        languages=tuple(rng.sample(LANGUAGES, rng.choice((0, 0, 0, 1)))),
        closes_before=rng.choice((0, 120)),
        state=OpportunityState.OPEN,
    )
    if kind is Kind.AGREEMENT:
        return Offer(known, ())
    first = START + timedelta(hours=rng.randrange(1, 24 * 14))
    times = [first + timedelta(weeks=week) for week in range(SHIFTS)]
    return Offer(
        known,
        tuple(
            Shift(number * SHIFTS + at, number, begins.isoformat(), begins, begins)
            for at, begins in enumerate(times)
        ),
    )


def volunteers(number: int, rng: random.Random) -> list[Profile]:
    """Return invented profiles; some say nothing, others much."""
    return [
        Profile(
            participant_id=one,
            interests=tuple(rng.sample(THEMES, rng.randrange(3))),
            times=tuple(rng.sample(TIMES, rng.randrange(5))),
            area=rng.choice([*AREAS, None]),
            languages=tuple(rng.sample(LANGUAGES, rng.randrange(3))),
            skills=tuple(rng.sample(SKILLS, rng.randrange(3))),
        )
        for one in range(1, number + 1)
    ]


def best_by_scoring(
    given: Sequence[Offer], profile: Profile, now: datetime
) -> list[tuple[int, int]]:
    """Score every opportunity at every shift; return ids and points of the best, in order."""
    scored = []
    for one in given:
        closes = timedelta(minutes=one.known.closes_before)
        shifts = [shift for shift in one.shifts if shift.begins_at - closes > now]
        candidates = [
            (-score(profile, one.known, shift, CALENDAR)[0], shift.begins_at, one.known.id)
            for shift in shifts
        ]
        if one.known.kind is Kind.AGREEMENT:
            last = datetime.max.replace(tzinfo=now.tzinfo)
            candidates = [(-score(profile, one.known, None, CALENDAR)[0], last, one.known.id)]
        if candidates:
            scored.append(min(candidates))
    return [(known, -points) for points, _begins, known in sorted(scored)[:BEST]]


def index_of(given: Sequence[Offer]) -> tuple[OpportunityIndex, float]:
    """Return the index of the opportunities, and the seconds that it took to build."""
    index, start = OpportunityIndex(), time.perf_counter()
    for one in given:
        index.put(one.known, one.shifts, CALENDAR)
    return index, time.perf_counter() - start


def waits(index: OpportunityIndex, profiles: Sequence[Profile]) -> list[float]:
    """Return the milliseconds of CPU time of each search."""
    found = []
    for profile in profiles:
        start = time.thread_time()
        index.best(profile, Wanted(), START, BEST)
        found.append((time.thread_time() - start) * 1000)
    return found


def same(index: OpportunityIndex, given: Sequence[Offer], profiles: Sequence[Profile]) -> int:
    """Return for how many profiles the index finds what scoring everything finds."""
    right = 0
    for profile in profiles:
        found = index.best(profile, Wanted(), START, BEST)
        own = [(one.opportunity.id, one.points) for one in found]
        right += own == best_by_scoring(given, profile, START)
    return right


def main(length: Length) -> None:
    """Measure both cases side by side, and print the figures."""
    rng = random.Random(13)  # noqa: S311 - invented data
    profiles = volunteers(length.volunteers, rng)
    cases = {number: offers(number, rng) for number in (length.small, length.large)}
    built = {number: index_of(given) for number, given in cases.items()}
    times: dict[int, list[float]] = {number: [] for number in cases}
    ratios = []
    part = len(profiles) // length.rounds
    for turn in range(length.rounds):  # interleaved, so that other load meets both
        some = profiles[turn * part : (turn + 1) * part]
        turns = {number: waits(built[number][0], some) for number in cases}
        for number, found in turns.items():
            times[number] += found
        small, large = (quantile(turns[number], 0.95) for number in cases)
        ratios.append(large / small)
    rows = []
    for number, given in cases.items():
        index, seconds = built[number]
        checked = rng.sample(profiles, length.checked)
        ms = times[number]
        rows.append(
            [
                f"{number:,} opportunities",
                f"{median(ms):.3f}",
                f"{quantile(ms, 0.95):.3f}",
                f"{quantile(ms, 0.99):.3f}",
                f"{seconds:.1f}",
                f"{same(index, given, checked)} of {length.checked}",
            ]
        )
    head = ("", "p50, ms", "p95, ms", "p99, ms", "built in, s", "same as scoring everything")
    print(table(head, rows))
    print(f"p95, large case by small case: median {median(ratios):.2f} of {length.rounds} rounds")
    print(", ".join(f"{one:.2f}" for one in sorted(ratios)))


if __name__ == "__main__":
    main(SHORT if "--short" in sys.argv else LONG)
