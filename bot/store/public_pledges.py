"""Pledges as everybody may read them: opt-in words and names, campaigns, and public answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import String, cast, func, or_, select

from bot.model.campaign import PUBLIC, Campaign, shown_result
from bot.model.group import GroupKind
from bot.model.outcome import Outcome, OutcomeState
from bot.model.person import name_fault
from bot.model.pledge import Visibility
from bot.model.staff import tidy_name
from bot.store.campaigns import SIGNERS
from bot.store.participants import SHOWN_NAME
from bot.store.pledges import SHOWN
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import (
    campaign,
    contribution,
    groups,
    outcome,
    participant,
    person,
    pledge,
    staff,
)

_CAMPAIGN = RowMapper(Campaign, campaign)
_OUTCOME = RowMapper(Outcome, outcome)
_SAID_BY = (
    select(func.count(contribution.c.participant_id.distinct()))
    .where(contribution.c.outcome_id == outcome.c.id)
    .correlate(outcome)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class PublicCampaign:
    """A campaign that everybody may see, with its signatures and the result that is told.

    *owner* is the first name of who answers for the municipality's own promise, *is_overdue* says
    that it should have been kept.
    """

    campaign: Campaign
    signers: int
    owner: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class OptedIn:
    """A live pledge whose words everybody may see; *name* is empty where it is without a name.

    *group* is the association, firm or team for which it was made.
    """

    id: int
    words: str
    theme: str
    catalogue_id: int | None
    name: str
    group: str
    group_kind: GroupKind | None


@dataclass(frozen=True, slots=True)
class PublicOutcome:
    """An answer that staff gave, and how many people it answers."""

    outcome: Outcome
    people: int


class PublicPledges(Repository):
    """What everybody may read about pledges: one statement for each list."""

    async def campaigns(
        self, limit: int, today: date, *, only: int | None = None
    ) -> list[PublicCampaign]:
        """Return the newest campaigns that everybody may see, as they are on a day."""
        query = _CAMPAIGN.query.add_columns(SIGNERS, staff.c.first_name)
        query = query.outerjoin(staff, staff.c.id == campaign.c.counter_staff_id)
        query = query.where(campaign.c.state.in_(PUBLIC))
        if only is not None:
            query = query.where(campaign.c.id == only)
        rows = await self._execute(query.order_by(campaign.c.id.desc()).limit(limit))
        found = [(_CAMPAIGN.read(row[:-2]), int(row[-2]), row[-1] or "") for row in rows]
        return [
            PublicCampaign(
                replace(one, result=shown_result(one, signers)),
                signers,
                owner,
                one.is_overdue(today),
            )
            for one, signers, owner in found
        ]

    async def signers(self) -> Mapping[int, int]:
        """Return how many have signed each campaign that everybody may see."""
        query = select(campaign.c.id, SIGNERS).where(campaign.c.state.in_(PUBLIC))
        return {row[0]: int(row[1]) for row in await self._execute(query)}

    async def opted_in(self, pledge_ids: Collection[int]) -> list[OptedIn]:
        """Return those of the pledges whose words everybody may still see, the newest first.

        A person who takes the permission back, or is erased, is not shown from that moment, nor
        are own words that staff have not approved. A name that staff refuse, or that is no first
        name by the rules of the chat, is left out.
        """
        query = (
            select(
                *(pledge.c.id, pledge.c.words, pledge.c.theme, pledge.c.catalogue_id),
                *(pledge.c.visibility, SHOWN_NAME, groups.c.name, groups.c.kind),
                participant.c.name_refused,
            )
            .join(participant, participant.c.id == pledge.c.participant_id)
            .outerjoin(person, person.c.id == participant.c.person_id)
            .outerjoin(groups, (groups.c.id == pledge.c.group_id) & groups.c.ended_at.is_(None))
            .where(
                pledge.c.id.in_(pledge_ids),
                SHOWN,
                participant.c.ended_at.is_(None),
                or_(pledge.c.group_id.is_(None), groups.c.id.is_not(None)),
            )
            .order_by(pledge.c.id.desc())
        )
        found = []
        for row in await self._execute(query):
            is_named = row[4] == Visibility.NAMED
            group = (row[6] or "") if is_named else ""
            name = tidy_name(row[5] or "") if is_named and row[8] is None else ""
            name = name if name_fault(name) is None else ""
            kind = GroupKind(row[7]) if group else None
            found.append(OptedIn(row[0], row[1], row[2], row[3], name, group, kind))
        return found

    async def outcomes(self, limit: int) -> list[PublicOutcome]:
        """Return the newest answers to obstacles; without those that only their authors read."""
        query = _OUTCOME.query.add_columns(_SAID_BY)
        query = query.where(outcome.c.state == OutcomeState.ANSWERED)
        query = query.where(cast(outcome.c.summaries, String) != "{}")
        rows = await self._execute(query.order_by(outcome.c.answered_at.desc()).limit(limit))
        return [PublicOutcome(_OUTCOME.read(row[:-1]), int(row[-1])) for row in rows]
