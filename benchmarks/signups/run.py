"""Measure very many taps at once on few places, from the tap to the answer in the chat.

    python -m benchmarks.signups.run [--short] [--runs N] [--only sqlite|postgres] [--folder DIR]

README.md in this folder describes the measurements.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from benchmarks.place import Place, place_for, questions
from benchmarks.spread import median, quantile, table
from bot.app import roles
from bot.app.compose import Bot, BotParts, build, prepare, town_context_of
from bot.clock import TravelClock
from bot.engine.events import Done
from bot.errors import ApiError
from bot.model.audience import EVERYONE, Is, to_json
from bot.model.commands.volunteering import (
    AddInvitation,
    AddOpportunity,
    AddShift,
    PublishOpportunity,
)
from bot.model.opportunity import Kind
from bot.scheduler import ticking
from bot.service import execute
from bot.service.content import employ, read_town
from bot.simulator import TOKEN, Change, InProcessApi, Limits, World
from bot.simulator.flood import Flood
from bot.store.store import Store
from bot.store.tables import participant, person
from bot.testing import START
from bot.transport.pacing import Pacing, Unpaced

FIRST_ID = 10_001
FLOOD = 429
POLL_EVERY = 0.02  # seconds
LOOKS = 3  # in a row at which nothing is left
PROMISED = 30.0  # seconds within which each tap is answered
# What an answer says: a place, a place in the queue with its number, or why not.
CONFIRMED = r"^Welcome, \w+! You are in:"
QUEUED = r"^All places are taken: .* You are number (\d+) on the waiting list"
CONFIRMED_INVITED = r"^(Welcome, \w+! )?You have a place:"
ENOUGH = r"^Thank you for wanting to help! Enough people have said yes"
# What a citizen does before the tap that signs them up: words, or the label of a button.
COMES = "Yes, I am coming"
BEFORE = ("/start", "volunteer", "[Show all]", "[Fri 27 Nov", "[Yes]")


@dataclass(frozen=True, slots=True)
class Length:
    """Taps and places, people invited and wanted, runs, and the longest wait in seconds."""

    taps: int
    seats: int
    invited: int
    quota: int
    runs: int
    patience: float = 120.0


LONG = Length(taps=500, seats=20, invited=200, quota=10, runs=5)
SHORT = Length(taps=40, seats=4, invited=20, quota=3, runs=1)


class CountingApi(InProcessApi):
    """The simulated Telegram, which counts the calls that it refuses for its limit."""

    def __init__(self, world: World) -> None:
        """Call *world*."""
        super().__init__(world, TOKEN)
        self.refused = 0

    async def call(self, method: str, params: Mapping[str, Any], **more: Any) -> Any:
        """Carry a call out, and count a refusal."""
        try:
            return await super().call(method, params, **more)
        except ApiError as error:
            self.refused += error.code == FLOOD
            raise


@dataclass(slots=True)
class Crowd:
    """Citizens who tap at once, with the time and the words of what the bot sends them then."""

    world: World
    tapped: dict[int, float] = field(default_factory=dict)
    told: dict[int, list[tuple[float, str]]] = field(default_factory=dict)

    def receive(self, change: Change) -> None:
        """Record a new message of the bot."""
        if change.kind != "changed" or change.chat_id not in self.tapped:
            return
        seen = self.world.the_bot().chats[change.chat_id].log[-1]
        if seen.kind == "sent":
            self.told.setdefault(change.chat_id, []).append((time.monotonic(), seen.text))

    def act(self, what: str, citizens: Iterable[int]) -> None:
        """Let citizens write words, or tap their newest button whose label begins so."""
        for citizen in citizens:
            if what.startswith("["):
                self._tap(citizen, what[1:].rstrip("]"))
            else:
                self.world.say(citizen, what)

    def _tap(self, citizen: int, label: str) -> None:
        found = self._button(citizen, label)
        assert found is not None, (citizen, label)
        self.tapped[citizen] = time.monotonic()
        self.world.tap(citizen, *found)

    def _button(self, citizen: int, label: str) -> tuple[int, str] | None:
        """Return the message and the data of a citizen's newest button whose label begins so."""
        for message in reversed(self.world.the_bot().chats[citizen].messages.values()):
            for button in (one for row in message.keyboard for one in row):
                if button.text.startswith(label):
                    return message.id, button.data or ""
        return None

    async def see(self, label: str, citizens: Iterable[int], patience: float) -> None:
        """Wait until each citizen has a button; raise `TimeoutError` after *patience* seconds."""
        async with asyncio.timeout(patience):
            while not all(self._button(citizen, label) for citizen in citizens):  # noqa: ASYNC110 - the simulator has no event
                await asyncio.sleep(POLL_EVERY * 10)

    def forget(self) -> None:
        """Forget earlier taps and their answers."""
        self.tapped.clear()
        self.told.clear()

    def answers(self, *kinds: str) -> dict[str, list[tuple[int, float, re.Match[str]]]]:
        """Return the answers by kind: the citizen, the seconds from the tap, and what it says."""
        return {
            kind: [
                (citizen, at - self.tapped[citizen], found)
                for citizen, seen in self.told.items()
                for at, words in seen
                if (found := re.search(kind, words))
            ]
            for kind in kinds
        }


@dataclass(slots=True)
class Measured:
    """One case of one run; *wrong* says what was not exact.

    *cpu* is the CPU time of the bot and the simulator, from the taps until nothing is left.
    """

    yes: int = 0
    no: int = 0
    waits: list[float] = field(default_factory=list)
    cpu: float = float("nan")
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, crowd: Crowd, yes: str, no: str) -> Measured:
        """Count the answers; each citizen who tapped must have one of them, and one only."""
        answers = crowd.answers(yes, no)
        each = [*answers[yes], *answers[no]]
        found = cls(len(answers[yes]), len(answers[no]), [wait for _citizen, wait, _text in each])
        times = Counter(citizen for citizen, _wait, _text in each)
        found.check("citizens answered", len(times), len(crowd.tapped))
        found.check("answers to one citizen", max(times.values(), default=0), 1)
        return found

    def check(self, name: str, is_now: object, wanted: object) -> None:
        """Record a difference."""
        if is_now != wanted:
            self.wrong.append(f"{name}: {is_now} instead of {wanted}")


@dataclass(slots=True)
class Town:
    """A town with a bot on one database, and its citizens at the simulated Telegram."""

    store: Store
    parts: BotParts
    api: CountingApi
    crowd: Crowd

    async def do(self, command: Any) -> Any:
        """Execute a command of staff; return its value."""
        async with self.store.unit() as unit:
            done = await execute(command, unit)
        assert isinstance(done, Done), done
        return done.value

    async def shift(self, title: str, days: int, seats: int | None) -> tuple[int, int]:
        """Open an opportunity with one shift; return both ids."""
        fields = {"titles": {"da": title, "en": title}, "texts": {"da": title, "en": title}}
        more = {"kind": Kind.SHIFTS, "takes": 120, "insurance": "municipality"}
        known = await self.do(AddOpportunity(1, {**fields, **more}, (1,)))
        await self.do(PublishOpportunity(1, known))
        begins_at = START + timedelta(days=days)
        ends_at = begins_at + timedelta(hours=2)
        return known, await self.do(AddShift(1, known, begins_at, ends_at, seats))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the bot as in production, within Telegram's limits."""
        self.crowd.world.the_bot().flood = Flood(Limits())
        self.parts.pacing = Pacing()
        bot, stop = await build(self.parts), asyncio.Event()
        roles_run = [_poll(bot, stop), roles.work_rows(bot, stop), bot.courier.run(stop)]
        running = [asyncio.create_task(one) for one in (*roles_run, roles.keep_index(bot, stop))]
        ticks = ticking(self.store)
        ticks.start()
        try:
            await asyncio.sleep(roles.FIRST_ANSWERS * 2)
            yield
        finally:
            ticks.shutdown(wait=False)
            stop.set()
            await asyncio.gather(*running)
            await bot.close()

    async def idle(self, patience: float) -> None:
        """Wait until no update, no row and no call is left."""
        began, looks = time.monotonic(), 0
        while looks < LOOKS and time.monotonic() - began < patience:
            await asyncio.sleep(0.2)
            async with self.store.reading() as unit:
                left = (await unit.inbox.depth()).count + (await unit.outbox.depth()).count
            looks = 0 if left + len(self.crowd.world.the_bot().updates) else looks + 1


async def _poll(bot: Bot, stop: asyncio.Event) -> None:
    """Fetch updates until *stop*; the simulated Telegram in this process does not let wait."""
    while not stop.is_set():
        if not await bot.poller.step():
            await asyncio.sleep(POLL_EVERY)


@asynccontextmanager
async def town_on(url: str, citizens: Iterable[int]) -> AsyncIterator[Town]:
    """Yield a town with its content, whose citizens have not written yet."""
    content, clock = read_town(None), TravelClock(START, tick=True)
    world = World(clock.now, pace=time.monotonic)
    world.add_bot(TOKEN, name=content.bot_name, username="signup_bot")
    for citizen in citizens:
        world.add_user(citizen, "Ana", language_code="en")
    crowd = Crowd(world)
    world.subscribe(crowd.receive)
    store = await Store.open(url, clock=clock, town=town_context_of(content))
    api = CountingApi(world)
    parts = BotParts(store, api, TOKEN, content, pacing=Unpaced(), long_poll=0)
    await prepare(parts)
    async with store.unit() as unit:
        await employ(content, unit)
    try:
        yield Town(store, parts, api, crowd)
    finally:
        await store.close()


async def measure(url: str, length: Length) -> tuple[Measured, Measured]:
    """Return both cases of one run."""
    citizens = range(FIRST_ID, FIRST_ID + length.taps)
    async with town_on(url, citizens) as town:
        _known, shift_id = await town.shift("Beach cleaning", 4, length.seats)
        bot = await build(town.parts)
        for what in BEFORE:
            town.crowd.act(what, citizens)
            await bot.settle()
        await bot.close()
        async with town.running():
            taps = await _signups(town, citizens, shift_id, length)
            answers = await _invitation(town, citizens, length)
        answers.check("calls over the limit", town.api.refused, 0)
        return taps, answers


async def _signups(town: Town, citizens: range, shift_id: int, length: Length) -> Measured:
    """Let all citizens sign up at once for a few places, by the last answer that is needed."""
    town.crowd.forget()
    cpu = time.process_time()
    town.crowd.act("[Yes]", citizens)
    await town.idle(length.patience)
    cpu = time.process_time() - cpu
    found = replace(Measured.of(town.crowd, CONFIRMED, QUEUED), cpu=cpu)
    async with town.store.reading() as unit:
        rows = await unit.signups.of_shift(shift_id)
        queue = [one.participant_id for one in await unit.signups.waiting(shift_id)]
        known = select(participant.c.id, person.c.chat_id).join(
            person, person.c.id == participant.c.person_id
        )
        chats = {row.id: row.chat_id for row in await unit.connection.execute(known)}
    waits = length.taps - length.seats
    states = Counter(one.state.value for one in rows)
    found.check("sign-ups", states, {"confirmed": length.seats, "waitlisted": waits})
    found.check("people", len({one.participant_id for one in rows}), length.taps)
    told = [(int(text[1]), citizen) for citizen, _wait, text in town.crowd.answers(QUEUED)[QUEUED]]
    is_so = [(place, chats[one]) for place, one in enumerate(queue, 1)]
    found.check("places told otherwise", sorted(set(told) ^ set(is_so)), [])
    return found


async def _invitation(town: Town, citizens: range, length: Length) -> Measured:
    """Invite all citizens to another shift, and let some of them say yes at once."""
    known, shift_id = await town.shift("Cake table", 6, None)
    words = {"da": "Kom og hjælp.", "en": "Come and help."}
    audience, quota = to_json(Is(EVERYONE)), length.quota
    await town.do(AddInvitation(1, known, shift_id, words, audience, quota))
    await town.crowd.see(COMES, citizens, length.patience)
    await town.idle(length.patience)
    town.crowd.forget()
    cpu = time.process_time()
    town.crowd.act(f"[{COMES}]", citizens[: length.invited])
    await town.idle(length.patience)
    cpu = time.process_time() - cpu
    found = replace(Measured.of(town.crowd, CONFIRMED_INVITED, ENOUGH), cpu=cpu)
    async with town.store.reading() as unit:
        states = Counter(one.state.value for one in await unit.signups.of_shift(shift_id))
    found.check("sign-ups", states, {"confirmed": length.quota})
    return found


CASES = ("taps on {seats} places", "yeses to an invitation for {quota}")


async def measure_all(place: Place, length: Length) -> list[str]:
    """Measure on each database and print the table; return what was not exact."""
    rows, wrong = [], []
    for database in place.databases:
        runs: list[tuple[Measured, Measured]] = []
        for run in range(length.runs):
            taps, answers = await measure(await place.make(database, "signups"), length)
            runs.append((taps, answers))
            wrong += [f"{database}: {one}" for one in (*taps.wrong, *answers.wrong)]
            shown = ", ".join(f"{max(one.waits, default=0):.1f} s" for one in (taps, answers))
            print(f"{database}, run {run + 1}: {shown}", file=sys.stderr)
        for number, taps_of in enumerate((length.taps, length.invited)):
            name = CASES[number].format(seats=length.seats, quota=length.quota)
            each = [one[number] for one in runs]
            told = {f"{one.yes} / {one.no}" for one in each}
            rows.append([f"{database}: {taps_of} {name}", ", ".join(sorted(told))])
            rows[-1] += [_seconds([quantile(one.waits, 0.5) for one in each])]
            rows[-1] += [_seconds([quantile(one.waits, 0.95) for one in each])]
            rows[-1] += [_seconds([max(one.waits, default=float("nan")) for one in each])]
            late = sum(wait > PROMISED for one in each for wait in one.waits)
            rows[-1] += [
                str(late),
                _seconds([one.cpu for one in each]),
                str(sum(len(one.wrong) for one in each)),
            ]
    head = ["", "yes / no", "p50, s", "p95, s", "longest, s", "over 30 s", "CPU, s", "not exact"]
    print(table(head, rows))
    return wrong


def _seconds(values: list[float]) -> str:
    """Return the median of the runs, with the least and the most."""
    return f"{median(values):.1f} ({min(values):.1f}–{max(values):.1f})"


def main() -> None:
    """Measure and print the results; end with an error where something was not exact."""
    parser = questions(__doc__, "few taps, one run")
    parser.add_argument("--runs", type=int)
    wanted = parser.parse_args()
    length = SHORT if wanted.short else LONG
    if wanted.runs is not None:
        length = replace(length, runs=wanted.runs)
    with place_for("signups", wanted) as place:
        print(f"{length}\n", flush=True)
        wrong = asyncio.run(measure_all(place, length))
    sys.exit("\n".join(wrong) or None)


if __name__ == "__main__":
    main()
