"""Alerts: once for each subject, whatever its kind, with its title and its page."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from case_rows import asked
from sqlalchemy import delete, text
from store_rows import AT

from bot.model.staff import Role, Staff
from bot.store import alerts
from bot.store.alerts import SUBJECTS, Subject, SubjectKind, about_case
from bot.store.store import Store
from bot.store.tables import cases, missed

# What the previous release executes for each alert.
EARLIER = """
    INSERT INTO alert (staff_id, case_id, kind, occasion, at) VALUES (:staff, :case, :kind, '', :at)
    ON CONFLICT (staff_id, case_id, kind, occasion) DO NOTHING
"""


@pytest.fixture
async def jonas(store: Store) -> int:
    """Return the id of a member of the staff; there is one case, number 1."""
    async with store.unit() as unit:
        await unit.cases.add(asked())
        return await unit.staff.add(Staff(0, "jonas", "Jonas", "Natur", Role.STAFF, "da"))


async def test_an_alert_leads_to_its_case(store: Store, jonas: int) -> None:
    """A case is shown by its number and title, and its page is linked."""
    async with store.unit() as unit:
        await unit.alerts.add([jonas], about_case(1), "new")
        (shown,) = await unit.alerts.newest(jonas, 5)
    assert (shown.title, shown.number) == ("Lygten er slukket", 1001)
    assert shown.path == "cases/1001"


async def test_an_alert_goes_with_its_case(store: Store, jonas: int) -> None:
    """Deleting a case deletes its alerts, so that none is counted that no page shows."""
    async with store.unit() as unit:
        await unit.alerts.add([jonas], about_case(1), "new")
        await unit.connection.execute(delete(cases))
        assert await unit.alerts.unseen(jonas) == 0
        assert await unit.alerts.newest(jonas, 5) == []


async def test_another_kind_of_subject_needs_one_entry(
    store: Store, jonas: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry in `SUBJECTS` is all that alerts about something else need; ids may be equal."""
    kind = SubjectKind(missed, missed.c.words, "missed/{number}")
    monkeypatch.setattr(alerts, "SUBJECTS", MappingProxyType({**SUBJECTS, "missed": kind}))
    async with store.unit() as unit:
        row = Subject("missed", await unit.missed.add("Hvor er svømmehallen?", "da", []))
        assert row.id == 1
        for _twice in range(2):
            await unit.alerts.add([jonas], about_case(1), "new")
            await unit.alerts.add([jonas], row, "new")
        shown = await unit.alerts.newest(jonas, 5)
        assert [(one.title, one.number, one.path) for one in shown] == [
            ("Hvor er svømmehallen?", None, "missed/1"),
            ("Lygten er slukket", 1001, "cases/1001"),
        ]
        await unit.alerts.see(jonas, row)
        seen = [one.seen_at is not None for one in await unit.alerts.newest(jonas, 5)]
        assert seen == [True, False]
        await unit.connection.execute(delete(missed))
        assert [one.path for one in await unit.alerts.newest(jonas, 5)] == ["cases/1001"]


async def test_alerts_of_the_previous_release_are_alerts(store: Store, jonas: int) -> None:
    """A process that writes the case alone neither fails nor repeats an alert, nor is repeated."""
    async with store.unit() as unit:
        await unit.alerts.add([jonas], about_case(1), "new")
        for kind in ("new", "wrote"):
            known = {"staff": jonas, "case": 1, "kind": kind, "at": AT.replace(tzinfo=None)}
            await unit.connection.execute(text(EARLIER), known)
        await unit.alerts.add([jonas], about_case(1), "wrote")
        shown = await unit.alerts.newest(jonas, 5)
        assert [(one.kind, one.path) for one in shown] == [
            ("wrote", "cases/1001"),
            ("new", "cases/1001"),
        ]
        await unit.alerts.see(jonas, about_case(1))
        assert await unit.alerts.unseen(jonas) == 0
