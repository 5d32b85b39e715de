"""Row 14 of the domain: the pledge of a biosphere, from one sentence to a total of the town."""

from __future__ import annotations

from datetime import date

from chat_store import opened

from bot.model.pledge import Pledge, PledgeState, Rhythm, Visibility
from bot.testing import Chat


async def _only(chat: Chat) -> tuple[Pledge, int]:
    """Return the one pledge of the town, and the total of wild nature in hundredths of m²."""
    async with opened(chat) as store, store.unit() as unit:
        made = await unit.pledges.listed(list(PledgeState), 10)
        total = await unit.ledger.total(2026, theme="wild", measure="m2")
    assert len(made) == 1
    return made[0], total


async def test_row_14_in_danish(chat_on_each: Chat) -> None:
    """One sentence fills amount, theme, rhythm and last day; the rest is asked in five taps."""
    chat = chat_on_each
    await chat("""
        Jens: /start
        Jens: /loefte
        Jens: Jeg lader 20 m² af plænen stå til august
        Jens: [Kun dig og kommunen]
        Jens: [Gøre en forskel]
        Jens: [Ja]
        Jens: [Ja]
    """)
    made, total = await _only(chat)
    assert made.words == "Jeg lader 20 m² af plænen stå til august"
    assert (made.theme, made.measure, made.amount) == ("wild", "m2", 2000)
    assert (made.rhythm, made.ends_on) == (Rhythm.MONTH, date(2027, 8, 1))
    assert made.visibility is Visibility.PRIVATE
    assert total == 2000


async def test_row_14_in_english_after_the_command(chat: Chat) -> None:
    """The sentence may follow the command, and the plan is made in one go."""
    await chat("""
        Ana: /start
        Ana: /pledge I let 30 square metres grow until September
        Ana: [Only you and the municipality]
        Ana: [Nothing in particular]
        Ana: [Yes]
        Ana: [Yes]
        Ana: Saturday at 10 by the shed
        Ana: [Mark the corner with four sticks.]
    """)
    made, total = await _only(chat)
    assert made.words == "I let 30 square metres grow until September"
    assert (made.amount, made.ends_on) == (3000, date(2027, 9, 1))
    assert made.plan is not None
    assert made.plan["where"] == "by the shed"
    assert total == 3000


async def test_a_sentence_with_a_clear_lead(chat: Chat) -> None:
    """“Jeg lover at …” begins a pledge anywhere, and the whole sentence is kept."""
    await chat("""
        Jens: /start
        Jens: Jeg lover at slukke to lamper om natten
        Jens: til marts
        Jens: [Uden navn]
        Jens: [Lære noget]
        Jens: [Ja]
        Jens: [Ja]
        Jens: [Ingen plan]
    """)
    made, _total = await _only(chat)
    assert made.words == "Jeg lover at slukke to lamper om natten"
    assert (made.theme, made.measure, made.amount) == ("night", "lamps", 200)
