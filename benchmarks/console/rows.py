"""The rows of the database: cases with threads, events and search terms, the oldest first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from words import Writer

from bot.calendar import Calendar
from bot.model.case import (
    CaseKind,
    CaseMark,
    CaseState,
    CloseReason,
    DeliveryState,
    MessageKind,
    title_of,
)
from bot.model.town import Town
from bot.store.tables import case_message, case_term, cases, event, person
from bot.store.threads import terms_of

MOST_PEOPLE = 20_000
HISTORY = timedelta(days=10 * 365)
VERDICTS = timedelta(days=14)  # how long an answered case waits for feedback
MIXED = 3  # one of 3 of the newest cases is open, until none is left
KINDS = {
    CaseKind.QUESTION: 70,
    CaseKind.REPORT: 20,
    CaseKind.COMPLAINT: 5,
    CaseKind.IDEA: 3,
    CaseKind.CALL: 1.5,
    CaseKind.ACCESS: 0.5,
}
OPEN = {CaseState.NEW: 15, CaseState.OPEN: 60, CaseState.WAITING: 25}  # per cent
SILENT, SOLVED, ANGRY, UNREAD = 0.5, 0.6, 0.03, 0.1  # shares of answered, ended and open cases
DUE = range(-8, 11)  # working days from today: some are late
COLUMNS = {
    table.name: tuple(column.name for column in table.columns)
    for table in (person, cases, case_message, event, case_term)
}

Row = tuple[Any, ...]


@dataclass(slots=True)
class Batch:
    """Rows of some cases, by table."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def put(self, table: str, **values: Any) -> None:
        """Add a row; columns without a value are NULL."""
        row = tuple(map(values.get, COLUMNS[table]))
        self.rows.setdefault(table, []).append(row)


@dataclass(slots=True)
class Cases:
    """A generator of *open* and *ended* cases; *staff* are ids with first names."""

    open: int
    ended: int
    town: Town
    staff: Sequence[tuple[int, str]]
    now: datetime
    random: Random
    _writer: Writer = field(init=False)
    _kinds: list[CaseKind] = field(init=False)
    _due: list[date] = field(init=False)
    _terms: dict[str, set[str]] = field(default_factory=dict)
    _said: int = 0
    _done: int = 10_000  # events from before the cases have lower ids

    def __post_init__(self) -> None:
        """Choose the values that do not depend on a case."""
        self._writer = Writer(self.random)
        self._kinds = self.random.choices(list(KINDS), list(KINDS.values()), k=self._total)
        calendar, today = Calendar(), self.now.date()
        self._due = [
            calendar.working_day_after(today, days)
            if days > 0
            else calendar.working_day_before(today, -days)
            for days in DUE
        ]

    @property
    def _total(self) -> int:
        return self.open + self.ended

    @property
    def _people(self) -> int:
        return min(MOST_PEOPLE, self._total)

    def people(self) -> Batch:
        """Return the citizens."""
        batch = Batch()
        for n in range(1, self._people + 1):
            batch.put(
                "person",
                id=n,
                lane=f"tg:{n}",
                chat_id=n,
                language="da",
                first_name=self._writer.name(),
                area=self.random.choice(self.town.areas).key,
                notice_at=self.now,
                notice_version=1,
                reachable=True,
                screen="[]",
                keyboard_below=False,
                created_at=self.now,
            )
        return batch

    def batches(self, size: int) -> Iterator[Batch]:
        """Yield all cases, *size* at a time."""
        batch = Batch()
        for n, live in enumerate(self._fates(), 1):
            self._case(batch, n, live=live)
            if n % size == 0:
                yield batch
                batch = Batch()
        yield batch

    def _fates(self) -> Iterator[bool]:
        """Yield for each case whether it is open."""
        left = self.open
        for n in range(self._total):
            rest = self._total - n
            mixed = rest <= MIXED * self.open and left > 0
            live = mixed and self.random.random() * rest < left
            left -= live
            yield live

    def _case(self, batch: Batch, n: int, *, live: bool) -> None:
        """Add a case with its messages, events and search terms."""
        random = self.random
        age = HISTORY * ((self._total - n) / self._total)
        received, acted = self.now - age, self.now - age + timedelta(hours=20)
        state, owner = self._state(age, live=live), random.choice(self.staff)
        asked, answer, note = self._writer.question(n), self._writer.answer(), self._writer.note()
        over = state in (CaseState.RESOLVED, CaseState.CLOSED)
        taken = state is not CaseState.NEW
        read = acted if taken and not (live and random.random() < UNREAD) else None
        theme = random.choice(self.town.themes)
        due = random.choice(self._due) if live else (received + timedelta(days=7)).date()
        batch.put(
            "cases",
            id=n,
            person_id=random.randint(1, self._people),
            source="telegram",
            kind=self._kinds[n - 1],
            theme=theme.key,
            area=random.choice(self.town.areas).key,
            language="da",
            title=title_of(asked),
            asker_name=self._writer.name(),
            state=state,
            live=live,
            close_reason=CloseReason.NO_VERDICT if state is CaseState.CLOSED else None,
            owner_id=owner[0] if taken else None,
            contact=owner[1],
            received_at=received,
            working_days=theme.working_days,
            due_on=due,
            told_on=due,
            waiting_since=acted if state is CaseState.WAITING else None,
            answered_at=None if live else acted,
            closed_at=acted if over else None,
            episode=int(not live),
            marks=json.dumps([CaseMark.FEELINGS] if not over and random.random() < ANGRY else []),
            no_promo=False,
            read_at=read,
            read_by=owner[1] if read else None,
            acted_at=acted if taken else None,
            citizen_at=received,
            touched_at=acted,
            clock_at=self.now,
        )
        self._say(batch, n, asked, kind=MessageKind.ASKED, state=DeliveryState.KEPT, at=received)
        self._say(
            batch, n, note, kind=MessageKind.NOTE, state=DeliveryState.KEPT, at=acted, by=owner
        )
        self._do(batch, n, "citizen", "opened", received)
        found = self._words(asked) | self._words(note)
        if not live:
            self._say(
                batch,
                n,
                answer,
                kind=MessageKind.ANSWER,
                state=DeliveryState.SENT,
                at=acted,
                by=owner,
            )
            self._do(batch, n, f"staff:{owner[0]}", "answered", acted)
            found |= self._words(answer)
        for term in found:
            batch.put("case_term", term=term, case_id=n)

    def _say(self, batch: Batch, n: int, text: str, **known: Any) -> None:
        """Add a message to a thread."""
        by, signed = known.pop("by", (None, None))
        self._said += 1
        batch.put(
            "case_message",
            id=self._said,
            case_id=n,
            text=text,
            staff_id=by,
            signed=signed,
            version=1,
            **known,
        )

    def _do(self, batch: Batch, n: int, actor: str, verb: str, at: datetime) -> None:
        """Add an event."""
        self._done += 1
        batch.put("event", id=self._done, at=at, actor=actor, verb=verb, case_id=n, details="{}")

    def _state(self, age: timedelta, *, live: bool) -> CaseState:
        """Return the state of a case."""
        if live:
            return self.random.choices(list(OPEN), list(OPEN.values()))[0]
        if age < VERDICTS and self.random.random() < SILENT:
            return CaseState.ANSWERED
        return CaseState.RESOLVED if self.random.random() < SOLVED else CaseState.CLOSED

    def _words(self, text: str) -> set[str]:
        """Return the search terms of a text; each word is analysed only once."""
        found: set[str] = set()
        for word in text.split():
            if word not in self._terms:
                self._terms[word] = terms_of(word)
            found |= self._terms[word]
        return found
