"""Pledges, their check-ins, and the ledger from which all totals are computed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from bot.model.campaign import HAS_SIGNED
from bot.model.pledge import (
    COUNTED,
    LIVE,
    LIVES,
    PLEDGE,
    SHOWABLE,
    Approval,
    CheckIn,
    CheckInAnswer,
    Entry,
    LedgerEntry,
    MeasureKind,
    Pledge,
    PledgeState,
    Rhythm,
    Visibility,
)
from bot.model.pledge_snapshot import Counted, Made
from bot.store.by_id import ById
from bot.store.participants import contains
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import check_in, delivery, ledger_entry, pledge, pledge_snapshot
from bot.store.types import UtcDateTime

_PLEDGE = RowMapper(Pledge, pledge)
_CHECK_IN = RowMapper(CheckIn, check_in)
_ENTRY = RowMapper(LedgerEntry, ledger_entry)
# Words that everyone may see now: the person allows it, and staff have read own words.
SHOWN = and_(
    pledge.c.state.in_(LIVES),
    pledge.c.visibility != Visibility.PRIVATE,
    pledge.c.approval.in_(SHOWABLE),
)
TO_READ = and_(
    pledge.c.state.in_(LIVE),
    pledge.c.visibility != Visibility.PRIVATE,
    pledge.c.approval == Approval.WAITS,
)
# A person has told that the pledge is done, and has not taken the answer back.
TOLD_DONE = exists().where(
    check_in.c.pledge_id == pledge.c.id,
    check_in.c.answer == CheckInAnswer.DONE,
    check_in.c.undone_at.is_(None),
)
SNAPSHOTS_FOR = timedelta(days=400)  # are kept: a year can be looked back on


class Pledges(ById[Pledge]):
    """Pledges."""

    mapper, table = _PLEDGE, pledge

    async def of_participant(
        self, participant_id: int, states: Collection[PledgeState] = LIVE
    ) -> list[Pledge]:
        """Return a participant's pledges in *states*, the oldest first."""
        return await self._all(
            pledge.c.participant_id == participant_id, pledge.c.state.in_(states)
        )

    async def signatures(
        self,
        campaign_id: int,
        states: Collection[PledgeState] = LIVE,
        limit: int | None = None,
    ) -> list[Pledge]:
        """Return the signatures of a campaign in *states*, the oldest first."""
        of = (pledge.c.campaign_id == campaign_id, pledge.c.state.in_(states))
        return await self._all(*of, limit=limit)

    async def signature_of(self, campaign_id: int, participant_id: int) -> Pledge | None:
        """Return a participant's signature of a campaign that waits, lives or was kept, or None."""
        query = _PLEDGE.query.where(
            pledge.c.campaign_id == campaign_id,
            pledge.c.participant_id == participant_id,
            pledge.c.state.in_(HAS_SIGNED),
        )
        return _PLEDGE.first(await self._execute(query.order_by(pledge.c.id.desc()).limit(1)))

    async def count_live(self, campaign_id: int) -> int:
        """Return how many signatures of a campaign wait or live: each has a person who is told."""
        query = select(func.count()).where(
            pledge.c.campaign_id == campaign_id, pledge.c.state.in_(LIVE)
        )
        return int((await self._execute(query)).scalar_one())

    async def listed(
        self,
        states: Collection[PledgeState],
        limit: int,
        *,
        before: int | None = None,
        theme: str = "",
        area: str = "",
        words: str = "",
        catalogue_id: int | None = None,
        campaign_id: int | None = None,
        participant_id: int | None = None,
    ) -> list[Pledge]:
        """Return the newest pledges in *states*, of a theme and an area, by words."""
        query = _PLEDGE.query.where(pledge.c.state.in_(states))
        if before is not None:
            query = query.where(pledge.c.id < before)
        if theme:
            query = query.where(pledge.c.theme == theme)
        if area:
            query = query.where(pledge.c.area == area)
        if words:
            query = query.where(contains(pledge.c.words, words))
        if catalogue_id is not None:
            query = query.where(pledge.c.catalogue_id == catalogue_id)
        if campaign_id is not None:
            query = query.where(pledge.c.campaign_id == campaign_id)
        if participant_id is not None:
            query = query.where(pledge.c.participant_id == participant_id)
        return _PLEDGE.all(await self._execute(query.order_by(pledge.c.id.desc()).limit(limit)))

    async def asked_before(self, until: date, limit: int) -> list[Pledge]:
        """Return active pledges of which more than the next question may come by a day.

        They are asked about each week, or their campaign asks.
        """
        weekly = pledge.c.rhythm.in_([Rhythm.DAY, Rhythm.WEEK])
        followed_up = pledge.c.campaign_id.is_not(None) & (pledge.c.ends_on <= until)
        return await self._all(
            pledge.c.state == PledgeState.ACTIVE,
            pledge.c.participant_id.is_not(None),
            weekly | followed_up,
            limit=limit,
        )

    async def activate(self, campaign_id: int, starts_on: date, ends_on: date) -> None:
        """Make pledges of a campaign's signatures, and count their levels from a day on."""
        signed = (pledge.c.campaign_id == campaign_id) & (pledge.c.state == PledgeState.SIGNED)
        level = select(
            *(pledge.c.id, literal(Entry.MADE), pledge.c.amount),
            *(literal(starts_on, Date()), literal(self._now, UtcDateTime())),
        ).where(signed, pledge.c.kind == MeasureKind.LEVEL, pledge.c.amount > 0)
        columns = ["pledge_id", "what", "amount", "day", "at"]
        await self._execute(insert(ledger_entry).from_select(columns, level))
        values = {"starts_on": starts_on, "ends_on": ends_on, "activated_at": self._now}
        statement = update(pledge).where(signed).values(state=PledgeState.ACTIVE, **values)
        await self._execute(statement.values(changed_at=self._now))

    async def untold(
        self,
        campaign_id: int,
        states: Collection[PledgeState],
        occasion: str,
        limit: int,
    ) -> list[Pledge]:
        """Return signatures in *states* whose participants have no message of an occasion yet."""
        told = exists().where(
            delivery.c.subject_kind == PLEDGE,
            delivery.c.subject_id == pledge.c.id,
            delivery.c.occasion == occasion,
        )
        return await self._all(
            pledge.c.campaign_id == campaign_id,
            pledge.c.participant_id.is_not(None),
            pledge.c.state.in_(states),
            ~told,
            limit=limit,
        )

    async def made_in(self, year: int) -> list[Made]:
        """Return the pledges that people kept, or did already, in a year, also without amounts."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        query = select(pledge.c.id, pledge.c.participant_id, pledge.c.theme, pledge.c.state).where(
            pledge.c.state.in_({*COUNTED, PledgeState.ALREADY}),
            pledge.c.starts_on <= last,
            or_(pledge.c.state.in_({*LIVES, PledgeState.ALREADY}), pledge.c.ends_on >= first),
        )
        rows = await self._execute(query.order_by(pledge.c.id))
        return [Made(row[0], row[1], row[2], row[3] == PledgeState.ALREADY) for row in rows]

    async def shown(self, limit: int) -> list[int]:
        """Return live pledges whose words everyone may see, the newest first."""
        query = select(pledge.c.id).where(SHOWN).order_by(pledge.c.id.desc()).limit(limit)
        return [row[0] for row in await self._execute(query)]

    async def open_to_all(self) -> list[int]:
        """Return live pledges that people want others to see, also where words wait to be read."""
        mine = pledge.c.visibility != Visibility.PRIVATE
        rows = await self._execute(select(pledge.c.id).where(pledge.c.state.in_(LIVES), mine))
        return [row[0] for row in rows]

    async def owners(self) -> Mapping[int, int | None]:
        """Return the participant of each pledge; None for erased ones."""
        rows = await self._execute(select(pledge.c.id, pledge.c.participant_id))
        return {row[0]: row[1] for row in rows}

    async def to_read(self, limit: int, *, before: int | None = None) -> list[Pledge]:
        """Return pledges whose words staff are to read before others see them, the newest first."""
        query = _PLEDGE.query.where(TO_READ)
        if before is not None:
            query = query.where(pledge.c.id < before)
        return _PLEDGE.all(await self._execute(query.order_by(pledge.c.id.desc()).limit(limit)))

    async def named(self, limit: int, *, before: int | None = None) -> list[Pledge]:
        """Return pledges that people let others see with their own names, the newest first."""
        query = _PLEDGE.query.where(
            pledge.c.state.in_(LIVE),
            pledge.c.visibility == Visibility.NAMED,
            pledge.c.group_id.is_(None),
        )
        if before is not None:
            query = query.where(pledge.c.id < before)
        return _PLEDGE.all(await self._execute(query.order_by(pledge.c.id.desc()).limit(limit)))


class CheckIns(ById[CheckIn]):
    """Answers to check-ins; one for each pledge and day of asking."""

    mapper, table = _CHECK_IN, check_in

    async def of_pledge(self, pledge_id: int) -> list[CheckIn]:
        """Return all answers of a pledge that were not undone, the oldest first."""
        query = _CHECK_IN.query.where(
            check_in.c.pledge_id == pledge_id, check_in.c.undone_at.is_(None)
        )
        return _CHECK_IN.all(await self._execute(query.order_by(check_in.c.asked_on)))

    async def answered(self, pledge_ids: Collection[int]) -> set[int]:
        """Return the pledges among some that have an answer that was not undone."""
        query = select(check_in.c.pledge_id).where(
            check_in.c.pledge_id.in_(pledge_ids), check_in.c.undone_at.is_(None)
        )
        return set((await self._execute(query.distinct())).scalars())

    async def of_campaign(self, campaign_id: int) -> dict[int, list[CheckIn]]:
        """Return the answers about a campaign's signatures that were not undone, by pledge."""
        query = _CHECK_IN.query.join(pledge, pledge.c.id == check_in.c.pledge_id).where(
            pledge.c.campaign_id == campaign_id, check_in.c.undone_at.is_(None)
        )
        found: dict[int, list[CheckIn]] = defaultdict(list)
        rows = await self._execute(query.order_by(check_in.c.asked_on))
        for one in _CHECK_IN.all(rows):
            found[one.pledge_id].append(one)
        return found

    async def on(self, pledge_id: int, asked_on: date) -> CheckIn | None:
        """Return the answer about a day of asking, also an undone one, or None."""
        query = _CHECK_IN.query.where(
            check_in.c.pledge_id == pledge_id, check_in.c.asked_on == asked_on
        )
        return _CHECK_IN.first(await self._execute(query))


class Ledger(Repository):
    """The ledger of pledges: entries are only added, and every total is their sum."""

    async def add(self, pledge_id: int, what: Entry, amount: int, day: date) -> None:
        """Add an entry; one of zero changes nothing and is left out."""
        if amount:
            values = {"pledge_id": pledge_id, "what": what, "amount": amount, "day": day}
            await self._execute(insert(ledger_entry).values(**values, at=self._now))

    async def of_pledge(self, pledge_id: int) -> list[LedgerEntry]:
        """Return the entries of a pledge, the oldest first."""
        query = _ENTRY.query.where(ledger_entry.c.pledge_id == pledge_id)
        return _ENTRY.all(await self._execute(query.order_by(ledger_entry.c.id)))

    async def contributions(self, year: int) -> list[Counted]:
        """Return what each pledge adds to the totals of a year, without those that add nothing.

        A level counts in each year in which it lived; a count in the year of its check-in.
        Pledges without a measure are left out.
        """
        amount = func.coalesce(func.sum(ledger_entry.c.amount), 0)
        columns = (
            *(pledge.c.id, pledge.c.participant_id, pledge.c.theme, pledge.c.measure),
            *(pledge.c.kind, pledge.c.area, pledge.c.group_id, pledge.c.catalogue_id),
            pledge.c.campaign_id,
        )
        query: Select[Any] = (
            select(*columns, TOLD_DONE, amount.label("total"))
            .join(ledger_entry, ledger_entry.c.pledge_id == pledge.c.id)
            .where(self._counts_in(year), pledge.c.measure.is_not(None))
            .group_by(*columns)
            .having(amount != 0)
            .order_by(pledge.c.id)
        )
        return [_counted(row) for row in await self._execute(query)]

    @staticmethod
    def _counts_in(year: int) -> ColumnElement[bool]:
        """Return the condition that an entry counts in a year."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        lived = and_(
            pledge.c.kind == MeasureKind.LEVEL,
            ledger_entry.c.day <= last,
            or_(pledge.c.state.in_(LIVES), pledge.c.ends_on >= first),
        )
        counted = and_(pledge.c.kind == MeasureKind.COUNT, ledger_entry.c.day.between(first, last))
        return or_(lived, counted)

    async def sum_of(self, pledge_id: int) -> int:
        """Return what a pledge adds to the totals, in hundredths."""
        query = select(func.coalesce(func.sum(ledger_entry.c.amount), 0))
        rows = await self._execute(query.where(ledger_entry.c.pledge_id == pledge_id))
        return int(rows.scalar_one())

    async def total(self, year: int, *, theme: str, measure: str) -> int:
        """Return a total of a year in hundredths."""
        query = (
            select(func.coalesce(func.sum(ledger_entry.c.amount), 0))
            .join(pledge, pledge.c.id == ledger_entry.c.pledge_id)
            .where(self._counts_in(year), pledge.c.theme == theme, pledge.c.measure == measure)
        )
        return int((await self._execute(query)).scalar_one())


def _counted(row: Any) -> Counted:
    """Return the contribution of a row of `Ledger.contributions`."""
    return Counted(
        pledge_id=row[0],
        by=row[1],
        theme=row[2],
        measure=row[3],
        kind=MeasureKind(row[4]),
        area=row[5],
        group_id=row[6],
        catalogue_id=row[7],
        campaign_id=row[8],
        amount=int(row[10]),
        is_done=bool(row[9]),
    )


class Snapshots(Repository):
    """The totals as the public sees them, one row a day."""

    async def newest(self) -> tuple[date, Mapping[str, Any], datetime] | None:
        """Return day, content and time of the newest snapshot, or None."""
        query = select(pledge_snapshot.c.day, pledge_snapshot.c.content, pledge_snapshot.c.at)
        row = (await self._execute(query.order_by(pledge_snapshot.c.day.desc()).limit(1))).first()
        return None if row is None else (row[0], row[1], row[2])

    async def parts(self) -> Mapping[str, Any] | None:
        """Return what the numbers of the newest snapshot are made of; None for nothing known."""
        query = select(pledge_snapshot.c.parts).order_by(pledge_snapshot.c.day.desc()).limit(1)
        found: Mapping[str, Any] | None = (await self._execute(query)).scalar()
        return found

    async def shown_so_far(self) -> set[int]:
        """Return the pledges whose words any snapshot has shown."""
        rows = await self._execute(select(pledge_snapshot.c.content))
        return {one for row in rows for one in row[0].get("shown", ())}

    async def put(self, day: date, content: Mapping[str, Any], parts: Mapping[str, Any]) -> bool:
        """Store the snapshot of a day; return False where the day has one.

        What its numbers are made of is kept for the newest one alone.
        """
        values = {"day": day, "content": content, "parts": parts, "at": self._now}
        statement = self._insert(pledge_snapshot).values(values)
        result = await self._execute(statement.on_conflict_do_nothing(index_elements=["day"]))
        if result.rowcount:
            older = (pledge_snapshot.c.day < day, pledge_snapshot.c.parts.is_not(None))
            await self._execute(update(pledge_snapshot).where(*older).values(parts=None))
        return bool(result.rowcount)

    async def purge(self, limit: int) -> int:
        """Delete at most *limit* snapshots that are older than `SNAPSHOTS_FOR`; return how many."""
        some = select(pledge_snapshot.c.day).where(pledge_snapshot.c.at < self._now - SNAPSHOTS_FOR)
        statement = delete(pledge_snapshot).where(pledge_snapshot.c.day.in_(some.limit(limit)))
        return int((await self._execute(statement)).rowcount)
