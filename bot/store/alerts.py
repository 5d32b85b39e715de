"""Alerts to members of the staff."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Case, ColumnElement, Table, delete, func, literal, select, update
from sqlalchemy import case as sql_case

from bot.i18n import Text, _, pgettext
from bot.model.campaign import CAMPAIGN
from bot.model.case import FIRST_NUMBER
from bot.model.opportunity import OPPORTUNITY, SHIFT
from bot.model.outcome import CONTRIBUTION, OUTCOME
from bot.model.pledge_catalogue import CATALOGUE
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import (
    alert,
    campaign,
    cases,
    catalogue_entry,
    contribution,
    opportunity,
    outcome,
    reminder,
    shift,
)

CASE, REMINDER = "case", "reminder"


@dataclass(frozen=True, slots=True)
class Subject:
    """What an alert is about, or what a link opens. *kind* is a key of `SUBJECTS`."""

    kind: str
    id: int

    @property
    def number(self) -> int | None:
        """Return the number by which people know the subject; None where there is none."""
        first = SUBJECTS[self.kind].first_number
        return None if first is None else self.id + first

    @property
    def called(self) -> Text | str:
        """Return what a subject without a number is called where its title is not shown."""
        return SUBJECTS[self.kind].called

    @property
    def path(self) -> str:
        """Return the path of the subject's page in the console."""
        return SUBJECTS[self.kind].path.format(number=self.number or self.id)


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """How alerts and links show subjects of one kind.

    *path* is a subject's page in the console. *first_number* is added to the id, which gives
    the number that people know; None where they know no number. Then it is *called* by its kind,
    also where it has no title.
    """

    table: Table
    title: ColumnElement[str]
    path: str
    first_number: int | None = None
    called: Text | str = ""


_TITLE_OF_SHIFT: ColumnElement[str] = (
    select(opportunity.c.title)
    .where(opportunity.c.id == shift.c.opportunity_id)
    .correlate(shift)
    .scalar_subquery()
)
# Everything that an alert can be about, or that a link of staff can open.
SUBJECTS: Mapping[str, SubjectKind] = {
    CASE: SubjectKind(cases, cases.c.title, "cases/{number}", FIRST_NUMBER),
    REMINDER: SubjectKind(reminder, reminder.c.title, "reminders/{number}", called=_("a reminder")),
    OPPORTUNITY: SubjectKind(
        opportunity,
        opportunity.c.title,
        "opportunities/{number}",
        called=pgettext("alert", "an opportunity to volunteer"),
    ),
    CAMPAIGN: SubjectKind(
        campaign,
        campaign.c.title,
        "campaigns/{number}",
        called=pgettext("alert", "a shared pledge"),
    ),
    CATALOGUE: SubjectKind(
        catalogue_entry,
        catalogue_entry.c.title,
        "catalogue/{number}",
        called=pgettext("alert", "a pledge of the catalogue"),
    ),
    OUTCOME: SubjectKind(
        outcome, outcome.c.title, "outcomes/{number}", called=pgettext("alert", "an answer")
    ),
    CONTRIBUTION: SubjectKind(
        contribution, literal(""), "obstacles", called=pgettext("alert", "an obstacle to a pledge")
    ),
    SHIFT: SubjectKind(
        shift,
        _TITLE_OF_SHIFT,
        "shifts/{number}",
        called=pgettext("alert", "a shift of volunteers"),
    ),
}
subject_id = func.coalesce(alert.c.subject_id, alert.c.case_id)


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert to a member of the staff, with the title of its subject."""

    id: int
    subject_kind: str
    subject_id: int
    kind: str
    occasion: str
    at: datetime
    seen_at: datetime | None
    title: str

    @property
    def number(self) -> int | None:
        """Return the number by which people know the subject; None where there is none."""
        return Subject(self.subject_kind, self.subject_id).number

    @property
    def path(self) -> str:
        """Return the path of the subject's page in the console."""
        return Subject(self.subject_kind, self.subject_id).path

    @property
    def called(self) -> Text | str:
        """Return the title of the subject, or what it is called without one."""
        return self.title or Subject(self.subject_kind, self.subject_id).called


def about_case(case_id: int) -> Subject:
    """Return a case as a subject."""
    return Subject(CASE, case_id)


def title_of(kind: ColumnElement[str], subject_id: ColumnElement[int]) -> Case[Any]:
    """Return the title of a row's subject by `SUBJECTS`; NULL where the subject is gone."""
    titles = [
        (
            kind == name,
            select(of.title).where(of.table.c.id == subject_id).scalar_subquery(),
        )
        for name, of in SUBJECTS.items()
    ]
    return sql_case(*titles)


class Alerts(Repository):
    """Alerts: at most one for each member of the staff, subject, kind and occasion."""

    async def add(
        self,
        staff_ids: Iterable[int],
        subject: Subject,
        kind: str,
        occasion: str = "",
        *,
        renews: bool = False,
    ) -> list[int]:
        """Add an alert for each member of the staff; return the staff who did not have it.

        With *renews*, an alert that was seen or dealt with counts as new.
        """
        rows = [
            {
                "staff_id": staff_id,
                "subject_kind": subject.kind,
                "subject_id": subject.id,
                "case_id": subject.id if subject.kind == CASE else None,
                "kind": kind,
                "occasion": occasion,
                "at": self._now,
            }
            for staff_id in sorted(set(staff_ids))
        ]
        if not rows:
            return []
        if renews:
            same = (alert.c.subject_kind == subject.kind, alert.c.subject_id == subject.id)
            seen = (*same, alert.c.kind == kind, alert.c.occasion == occasion)
            staff = alert.c.staff_id.in_([row["staff_id"] for row in rows])
            await self._execute(delete(alert).where(*seen, staff, alert.c.seen_at.is_not(None)))
        statement = self._insert(alert).on_conflict_do_nothing().returning(alert.c.staff_id)
        added = [row.staff_id for row in await self._execute(statement, rows)]
        self._transaction.wake("events")
        return added

    async def unseen(self, staff_id: int) -> int:
        """Return how many alerts a member of the staff has not seen."""
        query = (
            select(func.count())
            .select_from(alert)
            .where(alert.c.staff_id == staff_id, alert.c.seen_at.is_(None))
        )
        return int((await self._execute(query)).scalar_one())

    async def unseen_of(self, staff_ids: Collection[int]) -> dict[int, int]:
        """Return unseen alerts by member of the staff; members without any are left out."""
        query = (
            select(alert.c.staff_id, func.count())
            .where(alert.c.staff_id.in_(staff_ids), alert.c.seen_at.is_(None))
            .group_by(alert.c.staff_id)
        )
        return {row[0]: row[1] for row in await self._execute(query)}

    async def newest(self, staff_id: int, limit: int, *, before: int | None = None) -> list[Alert]:
        """Return the newest alerts of a member of the staff, or those with an id below *before*.

        Alerts whose subject is gone are left out.
        """
        title = title_of(alert.c.subject_kind, subject_id)
        mapper = RowMapper(Alert, alert, subject_id=subject_id, title=title)
        query = (
            mapper.query.where(alert.c.staff_id == staff_id, title.is_not(None))
            .order_by(alert.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(alert.c.id < before)
        return mapper.all(await self._execute(query))

    async def close(self, kinds: Collection[str], occasion: str) -> None:
        """Mark the alerts of some kinds about an occasion as seen by all: it is dealt with."""
        is_open = (alert.c.kind.in_(kinds), alert.c.occasion == occasion, alert.c.seen_at.is_(None))
        result = await self._execute(update(alert).where(*is_open).values(seen_at=self._now))
        if result.rowcount:
            self._transaction.wake("events")

    async def close_about(self, kinds: Collection[str], subject: Subject) -> None:
        """Mark the alerts of some kinds about a subject as seen: it has been dealt with."""
        statement = update(alert).where(
            alert.c.kind.in_(kinds),
            alert.c.subject_kind == subject.kind,
            alert.c.subject_id == subject.id,
            alert.c.seen_at.is_(None),
        )
        await self._execute(statement.values(seen_at=self._now))
        self._transaction.wake("events")

    async def see(
        self, staff_id: int, subject: Subject | None = None, *, until: int | None = None
    ) -> None:
        """Mark alerts as seen: those of one subject, those with an id up to *until*, or all."""
        statement = update(alert).where(alert.c.staff_id == staff_id, alert.c.seen_at.is_(None))
        if subject is not None:
            statement = statement.where(
                alert.c.subject_kind == subject.kind, subject_id == subject.id
            )
        if until is not None:
            statement = statement.where(alert.c.id <= until)
        await self._execute(statement.values(seen_at=self._now))
