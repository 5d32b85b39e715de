"""Build cases for the store's tests, with defaults for the other fields."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from store_rows import AT

from bot.model.case import (
    Case,
    CaseKind,
    CaseMark,
    CaseMessage,
    CaseState,
    DeliveryState,
    MessageKind,
)
from bot.store.unit import Unit

THEMES = ("roads", "care")
AREAS = ("tangoe", "klintsund", None)
SAID = (
    "Lygten er slukket på Strandvejen 12",
    "Hul i vejen ved skolen",
    "Lygterne ved Skolevej 3 er gået ud",
    "Der er rotter på vores gård",
    "The street light in Strandvejen does not work",
    "Rotte i haven, Skolevænget 12",
    "Strandskaden har rede ved skolegården",
)


def asked(**changed: Any) -> Case:
    """Return a case that a citizen asked today."""
    known: dict[str, Any] = {
        "id": 0,
        "person_id": None,
        "source": "telegram",
        "kind": CaseKind.QUESTION,
        "theme": "roads",
        "area": None,
        "language": "da",
        "title": "Lygten er slukket",
        "asker_name": "Ana",
        "asker_phone": None,
        "conversation_id": None,
        "state": CaseState.NEW,
        "close_reason": None,
        "owner_id": None,
        "contact": "Jonas",
        "received_at": AT,
        "working_days": 5,
        "due_on": AT.date() + timedelta(days=7),
        "told_on": AT.date() + timedelta(days=7),
        "citizen_at": AT,
        "touched_at": AT,
        "clock_at": AT,
    }
    return Case(**{**known, **changed})


async def many_cases(
    unit: Unit, random: Random, count: int, staff: list[int]
) -> list[tuple[Case, str]]:
    """Add cases of every kind with one message each; return them with the message's text."""
    made = []
    for _n in range(count):
        state = random.choice(list(CaseState))
        owner = None if state is CaseState.NEW else random.choice([None, *staff])
        due = AT.date() + timedelta(days=random.randint(-3, 3))
        case = await unit.cases.add(
            asked(
                state=state,
                owner_id=owner,
                due_on=due,
                kind=random.choice(list(CaseKind)),
                theme=random.choice(THEMES),
                area=random.choice(AREAS),
                marks=tuple(mark for mark in CaseMark if random.random() < 0.3),
                read_at=random.choice([None, AT - timedelta(hours=1), AT]),
            )
        )
        said = random.choice(SAID)
        message = CaseMessage(
            0, case.id, MessageKind.ASKED, None, "Ana", said, 1, DeliveryState.KEPT, AT
        )
        await unit.threads.say(message)
        made.append((case, said))
    return made
