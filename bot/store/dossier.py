"""The data export for one citizen (HR-9).

Exported columns are listed by name: a new column is exported only once it is added here.
Left out on purpose: notes, hand-overs, notes of calls, marks and owners (the staff's work),
the staff's own due date, messages that were not sent to the citizen or were taken back, and
the numbers of other citizens' cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, or_, select

from bot.model.case import FIRST_NUMBER, TO_CITIZEN, DeliveryState, MessageKind
from bot.store.personal_data import DOSSIER, Show
from bot.store.repository import Repository
from bot.store.tables import (
    attachment,
    campaign,
    case_message,
    case_version,
    cases,
    check_in,
    event,
    file,
    participant,
    person,
    pledge,
    staff,
)

# States of messages sent or about to be sent; scheduled and withdrawn messages are left out.
_ON_ITS_WAY = (
    DeliveryState.QUEUED,
    DeliveryState.SENT,
    DeliveryState.FAILED,
    DeliveryState.BY_HAND,
)
_SHOWN: ColumnElement[bool] = or_(
    case_message.c.kind == MessageKind.ASKED,
    and_(case_message.c.kind.in_(sorted(TO_CITIZEN)), case_message.c.state.in_(_ON_ITS_WAY)),
)
# Versions from before a message was sent ("at") never reached the citizen.
_HAS_BEEN_SHOWN: ColumnElement[bool] = and_(
    _SHOWN,
    or_(case_message.c.kind == MessageKind.ASKED, case_version.c.at > case_message.c.at),
)


class Dossier(Repository):
    """The stored data that a citizen may see, without the staff's notes."""

    async def of(self, person_id: int) -> dict[str, Any]:
        """Return the export as JSON values by name."""
        loose = and_(attachment.c.person_id == person_id, attachment.c.case_id.is_(None))
        own = await self._rows(
            select(cases.c.id, *_shown(cases))
            .where(cases.c.person_id == person_id)
            .order_by(cases.c.id)
        )
        return {
            "person": await self._of(person, person.c.id == person_id),
            **{
                shown.section: await self._of(table, table.c.person_id == person_id)
                for table, shown in DOSSIER.items()
                if isinstance(shown, Show) and shown.section
            },
            "pictures_and_places": await self._rows(_sent(loose)),
            "cases": [await self._case(row) for row in own],
            "commitments": await self._commitments(person_id),
            "who_read_your_cases": await self._readers(person_id),
        }

    async def _commitments(self, person_id: int) -> dict[str, Any]:
        """Return what a citizen has as a participant, such as roles, sign-ups and reminders."""
        me = select(participant.c.id).where(participant.c.person_id == person_id)
        pledges = select(pledge.c.id).where(pledge.c.participant_id.in_(me))
        return {
            **{
                table.name: await self._of(table, table.c.participant_id.in_(me))
                for table, shown in DOSSIER.items()
                if isinstance(shown, Show) and "participant_id" in table.c
            },
            check_in.name: await self._of(check_in, check_in.c.pledge_id.in_(pledges)),
            campaign.name: await self._of(campaign, campaign.c.proposer_id.in_(me)),
        }

    async def _case(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return one case with its messages, earlier versions and attachments."""
        case_id = row["id"]
        return {
            "number": case_id + FIRST_NUMBER,
            **{name: value for name, value in row.items() if name != "id"},
            "messages": await self._rows(_said(case_id)),
            "earlier_versions": await self._rows(_earlier(case_id)),
            "pictures_and_places": await self._rows(_sent(attachment.c.case_id == case_id)),
        }

    async def _readers(self, person_id: int) -> list[dict[str, Any]]:
        """Return each reading of the citizen's cases: time, first name and case number."""
        first_names = {
            f"staff:{one.id}": one.first_name
            for one in await self._execute(select(staff.c.id, staff.c.first_name))
        }
        own = select(cases.c.id).where(cases.c.person_id == person_id)
        query = (
            select(event.c.at, event.c.actor, event.c.case_id)
            .where(event.c.case_id.in_(own), event.c.verb == "read")
            .order_by(event.c.id)
        )
        return [
            {
                "at": row.at.isoformat(),
                "who": first_names.get(row.actor),
                "case": row.case_id + FIRST_NUMBER,
            }
            for row in await self._execute(query)
        ]

    async def _of(self, table: Table, of: ColumnElement[bool]) -> list[dict[str, Any]]:
        """Return the shown columns of a table's rows, in the order of their keys."""
        first = next(iter(table.primary_key))
        return await self._rows(select(*_shown(table)).where(of).order_by(first))

    async def _rows(self, query: Select[*tuple[Any, ...]]) -> list[dict[str, Any]]:
        """Return rows as JSON values."""
        return [
            {
                name: value.isoformat() if hasattr(value, "isoformat") else value
                for name, value in row.items()
            }
            for row in (await self._execute(query)).mappings()
        ]


def _shown(table: Table) -> list[ColumnElement[Any]]:
    """Return the columns of a table that the citizen is shown, by their names in the database."""
    shown = DOSSIER[table]
    if isinstance(shown, str):
        return []
    return [column.label(column.name) for column in (table.c[key] for key in shown.columns)]


def _said(case_id: int) -> Select[*tuple[Any, ...]]:
    """Select the messages of a case to and from the citizen."""
    return (
        select(*_shown(case_message))
        .where(case_message.c.case_id == case_id, _SHOWN)
        .order_by(case_message.c.id)
    )


def _earlier(case_id: int) -> Select[*tuple[Any, ...]]:
    """Select the earlier versions of those messages that the citizen has seen."""
    return (
        select(*_shown(case_version))
        .join(case_message, case_message.c.id == case_version.c.message_id)
        .where(case_message.c.case_id == case_id, _HAS_BEEN_SHOWN)
        .order_by(case_version.c.id)
    )


def _sent(of: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Select pictures and places, without the pictures' bytes."""
    return (
        select(*_shown(attachment), *_shown(file))
        .select_from(attachment.outerjoin(file, file.c.id == attachment.c.file_id))
        .where(of)
        .order_by(attachment.c.id)
    )


def since_of(dossier: dict[str, Any]) -> datetime:
    """Return when a citizen first wrote to the bot."""
    return datetime.fromisoformat(dossier["person"][0]["created_at"])
