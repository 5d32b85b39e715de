"""Cases in every list, with alerts and tasks, as on a Monday morning."""

from __future__ import annotations

from datetime import timedelta

from bot.model.case import (
    Case,
    CaseKind,
    CaseMark,
    CaseMessage,
    CaseState,
    DeliveryState,
    MessageKind,
)
from bot.model.person import Person
from bot.model.staff import Staff
from bot.store.alerts import about_case
from bot.store.store import Store
from bot.store.unit import Unit

# Title, citizen, theme, area, kind, state, owner, and days until the due date.
CASES = """
Lygten er slukket på Strandvejen 12 | Samira | roads | sandholm | question | open | mine | 0
Hul i vejen ved skolen | Jens | roads | oerbakke | report | open | mine | -3
Hvornår får min mor svar om hjælp i hverdagen? | Karen | care | | complaint | open | mine | 1
Jeg vil gerne ringes op om mit pas | Lukas | service | | call | open | mine | 2
Kan vi få en bænk ved havnen? | Åse | nature | sandholm | idea | open | mine | 8
Rotter i gården bag bageren | Ali | waste | klintsund | report | new | | 1
Kan jeg se papirerne om cykelstien? | Bodil | data | | access | new | | 7
Skraldespanden er ikke tømt i tre uger | Vagn | waste | tangoe | question | new | | -1
Hvad koster det at leje hallen? | | other | | question | new | | 3
Hvilken stue skal mit barn starte på? | Olena | family | | question | awaiting_citizen | mine | -2
Træet hælder ud over stien | Mehmet | nature | vesterhagen | report | answered | mine | -4
Tak for hurtigt svar om flytning | Freja | service | | question | resolved | mine | -9
"""


async def furnish(store: Store, owner: Staff) -> list[Case]:
    """Add cases, alerts and tasks for *owner*. Return the cases."""
    async with store.unit() as unit:
        made = [await _lay(unit, owner, line) for line in CASES.strip().splitlines()]
        person = await unit.people.add(
            Person(0, "tg:501", 501, "da", "Samira", notice_at=unit.now, notice_version=1)
        )
        await unit.cases.change(made[0], person_id=person.id)
        await unit.tasks.add("failed_turn", "telegram:1", person.id)
        await unit.tasks.add("danger", "telegram:2", person.id)
        for case, kind in ((made[1], "overdue"), (made[2], "wrote"), (made[5], "new")):
            await unit.alerts.add([owner.id], about_case(case.id), kind)
    return made


async def _lay(unit: Unit, owner: Staff, line: str) -> Case:
    """Add a case from a line. An angry citizen is promised a call, and Jens has written again."""
    title, name, theme, area, kind, state, mine, days = (part.strip() for part in line.split("|"))
    now, angry = unit.now, kind == CaseKind.COMPLAINT
    due = unit.calendar.local(now).date() + timedelta(days=int(days))
    unread = angry or name == "Jens"
    case = await unit.cases.add(
        Case(
            id=0,
            person_id=None,
            source="phone" if name == "Vagn" else "telegram",
            kind=CaseKind(kind),
            theme=theme,
            area=area or None,
            language="en" if name == "Lukas" else "da",
            title=title,
            asker_name=name or None,
            asker_phone=None,
            conversation_id=None,
            state=CaseState(state),
            close_reason=None,
            owner_id=owner.id if mine else None,
            contact=owner.first_name,
            received_at=now - timedelta(days=6),
            working_days=5,
            due_on=due,
            told_on=due,
            citizen_at=now - timedelta(hours=3 if unread else 60),
            touched_at=now,
            clock_at=now,
            call_by=now + timedelta(hours=5) if angry or kind == CaseKind.CALL else None,
            waiting_since=now if state == CaseState.WAITING else None,
            marks=(CaseMark.FEELINGS, CaseMark.EXPECTATIONS) if angry else (),
            read_at=now - timedelta(hours=50) if mine else None,
        )
    )
    asked = CaseMessage(
        0, case.id, MessageKind.ASKED, None, name, title, 1, DeliveryState.KEPT, case.received_at
    )
    await unit.threads.say(asked)
    return case
