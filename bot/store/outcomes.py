"""The ledger of outcomes: contributions of people, and the answers that staff give."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, insert, select, update

from bot.model.broadcast import BROADCAST
from bot.model.outcome import Contribution, ContributionKind, Outcome, OutcomeState
from bot.store.by_id import ById
from bot.store.participants import contains, people
from bot.store.repository import parts
from bot.store.row_mapper import RowMapper
from bot.store.tables import broadcast, contribution, outcome, participant, person

_CONTRIBUTION = RowMapper(Contribution, contribution)
_OUTCOME = RowMapper(Outcome, outcome)
IN_OWN_WORDS = "words"  # in place of the key of an answer that has own words
# A contribution that is grouped has the outcome of its group; another one has its own.
_WAITS = and_(
    contribution.c.verdict.is_(None),
    func.coalesce(outcome.c.state, OutcomeState.OPEN) == OutcomeState.OPEN,
)


def _answers(broadcast_id: int, key: str = "") -> Sequence[ColumnElement[bool]]:
    """Return the conditions of the answers to a question, by option where *key* is given."""
    about = (
        contribution.c.subject_kind == BROADCAST,
        contribution.c.subject_id == broadcast_id,
    )
    if not key:
        return about
    has_words = contribution.c.words.is_not(None)
    return (*about, has_words if key == IN_OWN_WORDS else contribution.c.key == key)


# An answer with own words is alike no other, also where its author tapped an option, too.
_alike: ColumnElement[str] = case(
    (contribution.c.words.is_not(None), IN_OWN_WORDS), else_=contribution.c.key
)


class Contributions(ById[Contribution]):
    """What people said."""

    mapper, table = _CONTRIBUTION, contribution

    async def add(self, new: Contribution) -> int:
        """Insert a contribution; return its id."""
        values = {**_CONTRIBUTION.values(new), "at": new.at or self._now}
        return await self._id_of(insert(contribution).values(**values))

    async def about(self, subject_kind: str, subject_id: int) -> list[Contribution]:
        """Return the contributions about a subject, the oldest first."""
        return await self._all(
            contribution.c.subject_kind == subject_kind, contribution.c.subject_id == subject_id
        )

    async def of(
        self, subject_kind: str, subject_id: int, participant_id: int, *, held: bool = False
    ) -> Contribution | None:
        """Return what a participant said about a subject, or None.

        With *held* no other transaction changes it, or gives it an outcome, before this one ends.
        """
        query = _CONTRIBUTION.query.where(
            contribution.c.subject_kind == subject_kind,
            contribution.c.subject_id == subject_id,
            contribution.c.participant_id == participant_id,
        )
        query = query.order_by(contribution.c.id.desc()).limit(1)
        query = query.with_for_update() if held else query
        return _CONTRIBUTION.first(await self._execute(query))

    async def by(self, participant_id: int, limit: int) -> list[Contribution]:
        """Return a participant's newest contributions."""
        query = _CONTRIBUTION.query.where(contribution.c.participant_id == participant_id)
        query = query.order_by(contribution.c.id.desc()).limit(limit)
        return _CONTRIBUTION.all(await self._execute(query))

    async def of_outcome(self, outcome_id: int) -> list[Contribution]:
        """Return the contributions under one answer, the oldest first."""
        return await self._all(contribution.c.outcome_id == outcome_id)

    async def ungrouped(
        self,
        kind: ContributionKind,
        limit: int,
        *,
        before: int | None = None,
        theme: str = "",
        words: str = "",
    ) -> list[Contribution]:
        """Return the newest contributions without an answer, of a theme and by words."""
        query = _CONTRIBUTION.query.where(
            contribution.c.kind == kind, contribution.c.outcome_id.is_(None)
        )
        if before is not None:
            query = query.where(contribution.c.id < before)
        if theme:
            query = query.where(contribution.c.theme == theme)
        if words:
            query = query.where(contains(contribution.c.words, words))
        query = query.order_by(contribution.c.id.desc()).limit(limit)
        return _CONTRIBUTION.all(await self._execute(query))

    async def oldest_ungrouped(self, kind: ContributionKind) -> Contribution | None:
        """Return the oldest contribution of a kind without an answer, or None."""
        is_loose = contribution.c.outcome_id.is_(None)
        found = await self._all(contribution.c.kind == kind, is_loose, limit=1)
        return found[0] if found else None

    async def without_outcome(
        self, limit: int, *, before: int | None = None, kind: str = ""
    ) -> list[Contribution]:
        """Return the newest contributions of any kind whose author has no outcome yet."""
        query = (
            _CONTRIBUTION.query.outerjoin(outcome, outcome.c.id == contribution.c.outcome_id)
            .where(_WAITS)
            .order_by(contribution.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(contribution.c.id < before)
        if kind:
            query = query.where(contribution.c.kind == kind)
        return _CONTRIBUTION.all(await self._execute(query))

    async def counts_without_outcome(self) -> dict[ContributionKind, int]:
        """Return by kind how many contributions have no outcome yet."""
        query = (
            select(contribution.c.kind, func.count())
            .select_from(contribution)
            .outerjoin(outcome, outcome.c.id == contribution.c.outcome_id)
            .where(_WAITS)
            .group_by(contribution.c.kind)
        )
        return {ContributionKind(row[0]): int(row[1]) for row in await self._execute(query)}

    async def of_dialogue(
        self,
        broadcast_id: int,
        limit: int,
        *,
        before: int | None = None,
        key: str = "",
        waits: bool | None = None,
    ) -> list[Contribution]:
        """Return the newest answers to a question, by option, or with own words."""
        query = _CONTRIBUTION.query.where(*_answers(broadcast_id, key))
        if before is not None:
            query = query.where(contribution.c.id < before)
        if waits is not None:
            is_open = contribution.c.verdict.is_(None)
            query = query.where(is_open if waits else ~is_open)
        query = query.order_by(contribution.c.id.desc()).limit(limit)
        return _CONTRIBUTION.all(await self._execute(query))

    async def waiting_ids(self, broadcast_id: int, key: str, until: int | None = None) -> list[int]:
        """Return the alike answers that have no outcome, with ids up to *until*.

        They have the option *key*, and no own words.
        """
        query = select(contribution.c.id).where(
            *_answers(broadcast_id), _alike == key, contribution.c.verdict.is_(None)
        )
        if until is not None:
            query = query.where(contribution.c.id <= until)
        return [row[0] for row in await self._execute(query.order_by(contribution.c.id))]

    async def waiting_by_key(self, broadcast_id: int) -> dict[str, int]:
        """Return by option how many answers have no outcome; `IN_OWN_WORDS` has own words."""
        query = select(_alike, func.count()).where(
            *_answers(broadcast_id), contribution.c.verdict.is_(None)
        )
        return {row[0]: int(row[1]) for row in await self._execute(query.group_by(_alike))}

    async def without_verdict(self, subject_kind: str, subject_id: int) -> int:
        """Return how many contributions about a subject have no outcome of their own yet."""
        query = select(func.count()).where(
            contribution.c.subject_kind == subject_kind,
            contribution.c.subject_id == subject_id,
            contribution.c.verdict.is_(None),
        )
        return int((await self._execute(query)).scalar_one())

    async def authors(self, broadcast_id: int) -> int:
        """Return how many people answered a question."""
        query = select(people(contribution)).where(*_answers(broadcast_id))
        return int((await self._execute(query)).scalar_one())

    async def verdicts(self, broadcast_id: int) -> dict[str, int]:
        """Return the numbers of answers to a question by their outcome."""
        query = select(contribution.c.verdict, func.count()).where(
            *_answers(broadcast_id), contribution.c.verdict.is_not(None)
        )
        found = await self._execute(query.group_by(contribution.c.verdict))
        return {row[0]: int(row[1]) for row in found}

    async def asked_at(self, ids: Sequence[int]) -> datetime | None:
        """Return when the last of the dialogues was begun that contributions answer."""
        begun: list[datetime] = []
        for some in parts(ids):
            asked = and_(
                contribution.c.subject_kind == BROADCAST,
                broadcast.c.id == contribution.c.subject_id,
            )
            query = (
                select(func.max(broadcast.c.began_at, type_=broadcast.c.began_at.type))
                .select_from(contribution.join(broadcast, asked))
                .where(contribution.c.id.in_(some))
            )
            begun += [row[0] for row in await self._execute(query) if row[0] is not None]
        return max(begun, default=None)

    async def readers_of(self, ids: Sequence[int], language: str) -> int:
        """Return how many authors of contributions read a language."""
        number = 0
        authors = contribution.join(
            participant, participant.c.id == contribution.c.participant_id
        ).join(person, person.c.id == participant.c.person_id)
        for some in parts(ids):
            which = contribution.c.id.in_(some)
            query = select(func.count(func.distinct(person.c.id))).select_from(authors)
            query = query.where(which, person.c.language == language)
            number += int((await self._execute(query)).scalar_one())
        return number

    async def decide(
        self, kinds: Collection[ContributionKind], ids: Sequence[int], **values: Any
    ) -> list[int]:
        """Write the outcome of contributions whose authors are not told yet; return their ids."""
        done: list[int] = []
        for some in parts(ids):
            statement = update(contribution).where(
                contribution.c.id.in_(some),
                contribution.c.kind.in_(kinds),
                contribution.c.told_at.is_(None),
            )
            found = statement.values(**values).returning(contribution.c.id)
            done += [row[0] for row in await self._execute(found)]
        return sorted(done)

    async def mark_told(self, subject_kind: str, subject_id: int) -> None:
        """Record that the authors of all contributions about a subject are told."""
        statement = update(contribution).where(
            contribution.c.subject_kind == subject_kind,
            contribution.c.subject_id == subject_id,
            contribution.c.told_at.is_(None),
        )
        await self._execute(statement.values(told_at=self._now))

    async def set_about(
        self, subject_kind: str, subject_ids: Collection[int], **values: Any
    ) -> None:
        """Set columns of the contributions about subjects."""
        which = (
            contribution.c.subject_kind == subject_kind,
            contribution.c.subject_id.in_(subject_ids),
        )
        await self._execute(update(contribution).where(*which).values(**values))

    async def drop(self, contribution_id: int) -> None:
        """Delete a contribution: its author took it back."""
        await self._execute(delete(contribution).where(contribution.c.id == contribution_id))

    async def drop_about(self, subject_kind: str, subject_id: int) -> None:
        """Delete the contributions about a subject: they were taken back."""
        which = and_(
            contribution.c.subject_kind == subject_kind, contribution.c.subject_id == subject_id
        )
        await self._execute(delete(contribution).where(which))

    async def group(self, contribution_ids: Collection[int], outcome_id: int | None) -> None:
        """Put contributions under an answer, or under none."""
        for some in parts(contribution_ids):
            statement = update(contribution).where(contribution.c.id.in_(some))
            await self._execute(statement.values(outcome_id=outcome_id))

    async def unanswered(self, campaign_id: int) -> int:
        """Return how many people said something about a campaign's pledges without an answer."""
        query = (
            select(people(contribution))
            .select_from(contribution)
            .outerjoin(outcome, outcome.c.id == contribution.c.outcome_id)
            .where(
                contribution.c.campaign_id == campaign_id,
                func.coalesce(outcome.c.state, OutcomeState.OPEN) == OutcomeState.OPEN,
            )
        )
        return int((await self._execute(query)).scalar_one())


class Outcomes(ById[Outcome]):
    """The answers that staff give."""

    mapper, table = _OUTCOME, outcome

    async def in_states(
        self,
        states: Collection[OutcomeState],
        limit: int | None = None,
        *,
        before: int | None = None,
        staff_id: int | None = None,
    ) -> list[Outcome]:
        """Return the newest answers in *states*, of one owner where given."""
        query = _OUTCOME.query.where(outcome.c.state.in_(states))
        if before is not None:
            query = query.where(outcome.c.id < before)
        if staff_id is not None:
            query = query.where(outcome.c.staff_id == staff_id)
        return _OUTCOME.all(await self._execute(query.order_by(outcome.c.id.desc()).limit(limit)))

    async def counts(self, outcome_ids: Collection[int]) -> dict[int, int]:
        """Return how many people made the contributions of each answer."""
        query = (
            select(contribution.c.outcome_id, people(contribution))
            .where(contribution.c.outcome_id.in_(outcome_ids))
            .group_by(contribution.c.outcome_id)
        )
        return {row[0]: int(row[1]) for row in await self._execute(query)}
