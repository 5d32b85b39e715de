"""Each alert goes to the right staff, and only once."""

from __future__ import annotations

from bot.model.case import CaseState
from bot.model.commands.staff import DisableStaff
from bot.service import execute
from bot.testing import Chat


async def asked(chat: Chat, words: str = "Må man grave sin egen kanal ned til havet?") -> None:
    """Let Jens open case KS-1001 on a Monday at 10.00; the theme is Mette's."""
    await chat.play("Jens: /start")
    await chat.play(f"Jens: {words}")
    await chat.play("--- 40 minutes pass")


async def received(chat: Chat, name: str) -> list[str]:
    """Return the kinds of a staff member's alerts, the newest first."""
    store, bot = await chat.open()
    async with store.reading() as unit:
        staff = await unit.staff.by_username(name.lower())
        assert staff is not None
        kinds = [alert.kind for alert in await unit.alerts.newest(staff.id, 50)]
    await bot.close()
    await store.close()
    return kinds


async def test_nobody_acts(chat_on_each: Chat) -> None:
    """Alert the theme's staff at -2 days, a leader at -1, both when overdue, the head at +5."""
    chat = chat_on_each
    await asked(chat)
    assert await received(chat, "Mette") == ["new"]
    assert await received(chat, "Jonas") == []
    await chat.play("--- until 2026-11-26 08:00")
    assert await received(chat, "Mette") == ["due_soon", "new"]
    await chat.play("--- until 2026-11-27 12:00")
    assert await received(chat, "Lone") == ["ignored"]
    await chat.play("--- until 2026-12-01 08:00")
    assert await received(chat, "Lone") == ["overdue", "ignored"]
    await chat.play("--- until 2026-12-08 08:00")
    assert await received(chat, "Lone") == ["put_off", "long_overdue", "overdue", "ignored"]
    assert await received(chat, "Mette") == ["put_off", "overdue", "due_soon", "new"]


async def test_somebody_acts(chat: Chat) -> None:
    """Leaders get no alert before the due date once a staff member has acted."""
    await asked(chat)
    await chat.play("Mette claims KS-1001")
    await chat.play("--- until 2026-11-30 14:00")
    assert await received(chat, "Lone") == []
    await chat.play("Mette extends KS-1001 to 2026-12-10: Vi mangler svar fra Vej og Park.")
    await chat.play("--- until 2026-12-07 20:00")
    assert await received(chat, "Lone") == []


async def test_downtime(chat: Chat) -> None:
    """After a week of downtime each missed alert is sent once, and the citizen gets one message."""
    await asked(chat)
    jump = chat.clock.now()
    chat.clock.move_to(jump.replace(month=12, day=2))
    shown = await chat.play("--- 1 minute passes")
    assert await received(chat, "Lone") == ["overdue", "ignored"]
    assert len(shown) == 1


async def test_strong_feelings(chat: Chat) -> None:
    """Alert a leader after an hour without an owner, and leader and owner if no call is made."""
    await asked(chat, "I er ubrugelige, jeg har ventet i fem uger!!")
    await chat.play("--- until 2026-11-23 11:00")
    assert await received(chat, "Lone") == ["untaken"]
    await chat.play("Mette claims KS-1001")
    await chat.play("--- until 2026-11-23 16:00")
    assert await received(chat, "Lone") == ["call_late", "untaken"]
    assert await received(chat, "Mette") == ["call_late", "new"]


async def test_what_goes_wrong(chat: Chat) -> None:
    """An undelivered answer alerts its owner; `felt_wrong` alerts only a leader."""
    await asked(chat)
    await chat.play("Mette answers KS-1001: Ja, det må du gerne.")
    await chat.play("Jens: [Det her føltes ikke ordentligt]")
    assert await received(chat, "Lone") == ["felt_wrong"]
    assert "felt_wrong" not in await received(chat, "Mette")
    await chat.play("Jens: [Nej]")
    await chat.play("Jens: Hvor bred må den være?")
    await chat.play("Jens blocks")
    await chat.play("Mette answers KS-1001: Den må være to meter bred.")
    assert (await received(chat, "Mette"))[:3] == ["not_delivered", "wrote", "verdict"]


async def test_a_case_changes_hands(chat: Chat) -> None:
    """A case's new owner gets an alert for the handover and for later messages."""
    await asked(chat)
    await chat.play("Mette hands KS-1001 to Aisha: Du kender stranden bedre.")
    await chat.play("Jens: Den skal være en meter bred")
    assert await received(chat, "Aisha") == ["wrote", "handover"]
    assert await received(chat, "Mette") == ["new"]


async def test_whoever_leaves(chat: Chat) -> None:
    """Cases of a disabled member of staff become unassigned and alert other staff."""
    await asked(chat)
    await chat.play("Jonas claims KS-1001")
    store, bot = await chat.open()
    async with store.unit() as unit:
        jonas = await unit.staff.by_username("jonas")
        assert jonas is not None
        await execute(DisableStaff("operator", jonas.id), unit)
    async with store.reading() as unit:
        case = await unit.cases.get(1)
        assert case is not None
        assert (case.owner_id, case.state) == (None, CaseState.NEW)
    await bot.close()
    await store.close()
    await chat.play("Jens: Den skal være en meter bred")
    assert (await received(chat, "Mette"))[:2] == ["wrote", "new"]
