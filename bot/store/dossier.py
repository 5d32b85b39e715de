"""Everything that is kept of one citizen, for the citizen (HR-9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from bot.model.case import FIRST_NUMBER, INTERNAL
from bot.store.repository import Repository
from bot.store.tables import (
    attachment,
    case_message,
    case_version,
    cases,
    consent,
    conversation,
    event,
    person,
    question,
    wish,
)

# Columns that say nothing to a citizen: how we keep things, not what.
_PLUMBING = frozenset({"lane", "screen", "draft", "case_id", "person_id", "message_ref"})


class Dossier(Repository):
    """What a citizen may see of what we keep; never a note of the staff's own."""

    async def of(self, person_id: int) -> dict[str, Any]:
        """Gather it, as JSON values by name."""
        own = select(cases.c.id).where(cases.c.person_id == person_id)
        return {
            "person": await self._rows(select(person).where(person.c.id == person_id)),
            "consents": await self._rows(select(consent).where(consent.c.person_id == person_id)),
            "wishes": await self._rows(select(wish).where(wish.c.person_id == person_id)),
            "unfinished": await self._rows(
                select(conversation).where(conversation.c.person_id == person_id)
            ),
            "questions": await self._rows(
                select(question).where(question.c.person_id == person_id)
            ),
            "cases": [
                {
                    "number": row["id"] + FIRST_NUMBER,
                    **{k: v for k, v in row.items() if k not in {"id", "owner_id", "marks"}},
                    "messages": await self._rows(_said(row["id"])),
                    "earlier_versions": await self._rows(_earlier(row["id"])),
                    "pictures_and_places": await self._rows(
                        select(
                            attachment.c.kind,
                            attachment.c.latitude,
                            attachment.c.longitude,
                            attachment.c.at,
                        ).where(attachment.c.case_id == row["id"])
                    ),
                }
                for row in await self._rows(
                    select(cases).where(cases.c.person_id == person_id).order_by(cases.c.id)
                )
            ],
            "who_read_your_cases": await self._rows(
                select(event.c.at, event.c.actor, event.c.case_id.label("case"))
                .where(event.c.case_id.in_(own), event.c.verb == "read")
                .order_by(event.c.id)
            ),
        }

    async def _rows(self, query: Select[*tuple[Any, ...]]) -> list[dict[str, Any]]:
        """Return rows as JSON values, without our plumbing."""
        return [
            {
                name: value.isoformat() if hasattr(value, "isoformat") else value
                for name, value in row._mapping.items()  # noqa: SLF001 - SQLAlchemy's public way to a row's columns
                if name not in _PLUMBING
            }
            for row in await self._execute(query)
        ]


def _said(case_id: int) -> Select[*tuple[Any, ...]]:
    """Select what was said in a case, without the staff's own notes."""
    return (
        select(
            case_message.c.kind,
            case_message.c.signed,
            case_message.c.text,
            case_message.c.version,
            case_message.c.state,
            case_message.c.at,
        )
        .where(case_message.c.case_id == case_id, case_message.c.kind.not_in(sorted(INTERNAL)))
        .where(case_message.c.state != "scheduled")
        .order_by(case_message.c.id)
    )


def _earlier(case_id: int) -> Select[*tuple[Any, ...]]:
    """Select what the messages of a case said before."""
    return (
        select(case_version.c.version, case_version.c.text, case_version.c.at)
        .join(case_message, case_message.c.id == case_version.c.message_id)
        .where(case_message.c.case_id == case_id, case_message.c.kind.not_in(sorted(INTERNAL)))
        .order_by(case_version.c.id)
    )


def since_of(dossier: dict[str, Any]) -> datetime:
    """Return when a citizen first wrote to us."""
    return datetime.fromisoformat(dossier["person"][0]["created_at"])
