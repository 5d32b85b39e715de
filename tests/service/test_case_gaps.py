"""Faults during a case's handling leave a record for staff, and the audit stays clean."""

from __future__ import annotations

import pytest

from bot.app.checks.run import audit_findings
from bot.engine.events import Done
from bot.model.case import CaseState
from bot.model.commands.staff import ChangeStaff, DisableStaff
from bot.model.staff import Role
from bot.runner import worker
from bot.scheduler import seal
from bot.service import execute
from bot.simulator import Fault, FaultKind
from bot.testing import Chat


async def wrong(chat: Chat) -> list[str]:
    """Return the checks that the audit reports."""
    store, bot = await chat.open()
    while await seal(store):
        pass
    found = [finding.check for finding in await audit_findings(store)]
    await bot.close()
    await store.close()
    return found


async def verbs(chat: Chat) -> list[str]:
    """Return the verbs of the first case's events, the oldest first."""
    store, bot = await chat.open()
    async with store.reading() as unit:
        done = [act.verb for act in await unit.events.of_case(1)]
    await bot.close()
    await store.close()
    return done


async def asked(chat: Chat) -> None:
    """Let Jens ask a question that the FAQ cannot answer."""
    await chat.play("Jens: /start")
    await chat.play("Jens: Må man grave sin egen kanal ned til havet?")


async def test_a_receipt_that_is_not_delivered(chat_on_each: Chat) -> None:
    """An undelivered receipt is recorded in the case and alerts staff once."""
    await asked(chat_on_each)
    blocked = Fault(FaultKind.ERROR, "sendMessage", times=1, code=403, description="Forbidden")
    chat_on_each.world.faults.add(blocked)
    await chat_on_each.play("Jens: [Spørg et menneske]")
    assert await verbs(chat_on_each) == ["opened", "not_delivered"]
    store, bot = await chat_on_each.open()
    async with store.reading() as unit:
        mette = await unit.staff.by_username("mette")
        assert mette is not None
        rang = [alert.kind for alert in await unit.alerts.newest(mette.id, 9)]
    await bot.close()
    await store.close()
    assert rang == ["not_delivered", "new"]
    assert await wrong(chat_on_each) == []


async def test_a_receipt_that_was_delivered_is_enough(chat: Chat) -> None:
    """A failed send after a delivered receipt is not recorded as a lost receipt."""
    await asked(chat)
    await chat.play("Jens: [Spørg et menneske]")
    blocked = Fault(FaultKind.ERROR, "sendMessage", times=1, code=403, description="Forbidden")
    chat.world.faults.add(blocked)
    await chat.play("Jens: KS-1001")
    assert await verbs(chat) == ["opened"]


async def test_a_case_whose_owner_has_left_goes_on(chat_on_each: Chat) -> None:
    """An answered case whose owner has left becomes new and unassigned when the citizen says no."""
    chat = chat_on_each
    await asked(chat)
    await chat.play("Jens: [Spørg et menneske]")
    await chat.play("Jonas answers KS-1001: Ja, det må du gerne.")
    store, bot = await chat.open()
    async with store.unit() as unit:
        jonas = await unit.staff.by_username("jonas")
        assert jonas is not None
        await execute(DisableStaff("operator", jonas.id), unit)
    await bot.close()
    await store.close()
    await chat.play("Jens: [Nej]")
    store, bot = await chat.open()
    async with store.reading() as unit:
        case = await unit.cases.get(1)
        assert case is not None
        assert (case.state, case.owner_id) == (CaseState.NEW, None)
    await bot.close()
    await store.close()
    assert await wrong(chat) == []


async def test_a_case_whose_owner_may_no_longer_work_on_it(chat: Chat) -> None:
    """A new role that answers no cases makes the staff member's cases unassigned."""
    await asked(chat)
    await chat.play("Jens: [Spørg et menneske]")
    await chat.play("Jonas claims KS-1001")
    store, bot = await chat.open()
    async with store.unit() as unit:
        jonas = await unit.staff.by_username("jonas")
        assert jonas is not None
        changed = ChangeStaff(
            by="operator",
            staff_id=jonas.id,
            first_name=jonas.first_name,
            unit=jonas.unit,
            role=Role.NONE,
            themes=jonas.themes,
            head=False,
        )
        assert isinstance(await execute(changed, unit), Done)
    async with store.reading() as unit:
        case = await unit.cases.get(1)
        assert case is not None
        assert (case.state, case.owner_id) == (CaseState.NEW, None)
    await bot.close()
    await store.close()
    assert await wrong(chat) == []


async def test_a_row_is_set_aside_and_telling_fails(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row set aside leaves a task, even if `report_failed` raises."""
    await asked(chat)

    async def broken(*_given: object) -> None:
        raise ValueError

    monkeypatch.setattr(worker, "take_update", broken)
    monkeypatch.setattr(worker, "report_failed", broken)
    await chat.play("Jens: Er der nogen?")
    monkeypatch.undo()
    store, bot = await chat.open()
    async with store.reading() as unit:
        assert [task.kind for task in await unit.tasks.open()] == ["failed_turn"]
    await bot.close()
    await store.close()
    assert await wrong(chat) == []


async def test_every_act_says_the_state_it_led_to(chat: Chat) -> None:
    """Second questions and reopened cases record events that match the case's state."""
    await asked(chat)
    await chat.play("Jens: [Spørg et menneske]")
    await chat.play("Mette asks KS-1001: Hvor er det?")
    await chat.play("Mette asks KS-1001: Og hvor bred er den?")
    assert await wrong(chat) == []
    await chat.play("Jens: Ved stenen")
    await chat.play("Mette answers KS-1001: Ja, det må du gerne.")
    await chat.play("Jens: [Ja]")
    await chat.play("Jonas reopens KS-1001: Hun ringede igen.")
    assert await wrong(chat) == []
