"""A pledge over a year: each month one question, also across the new year and summer time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from chat_store import opened
from pledge_people import arrive, pledge
from sqlalchemy import select

from bot.model.delivery import DeliveryState
from bot.model.pledge import PLEDGE, PledgeState
from bot.store.tables import delivery
from bot.testing import Chat

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ANSWERS = ("Det er gjort", "Lidt af det", "Ikke denne gang", "Senere")


async def _sent(chat: Chat, pledge_id: int) -> list[datetime]:
    """Return the local times at which check-ins were sent."""
    async with opened(chat) as store, store.reading() as unit:
        rows = await unit.connection.execute(
            select(delivery.c.sent_at).where(
                delivery.c.subject_kind == PLEDGE,
                delivery.c.subject_id == pledge_id,
                delivery.c.state == DeliveryState.SENT,
                delivery.c.asks,
            )
        )
        found = [row[0] for row in rows]
    return sorted(one.astimezone(COPENHAGEN) for one in found)


async def test_a_year_of_months(chat_on_each: Chat) -> None:
    """Twelve questions at 16.30 local time, none in quiet hours; the last answer keeps it."""
    chat = chat_on_each
    await arrive(chat, "Jens")
    own = await pledge(
        chat, "Jens", words="Jeg går en tur", theme="climate", rhythm="month", ends_on="2027-11-23"
    )
    days = [date(2026, 12, 23), *(date(2027, month, 23) for month in range(1, 12))]
    for number, day in enumerate(days):
        await chat.play(f"--- until {day + timedelta(days=3)} 16:31")
        await chat.play(f"Jens: [{ANSWERS[number % 3]}]")
    sent = await _sent(chat, own)
    assert len(sent) == 12
    assert {(one.hour, one.minute) for one in sent} <= {(16, 30), (8, 0)}
    assert all(one.weekday() != 6 for one in sent)
    assert all(later - one >= timedelta(days=5) for one, later in pairwise(sent))
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.pledges.get(own)
        answers = [one.answer.value for one in await unit.check_ins.of_pledge(own)]
    assert known is not None
    assert answers == ["done", "partly", "not"] * 4
    # The last answer was a no, so the person may still give it a new day.
    assert known.state is PledgeState.ACTIVE
    await chat("""
        --- until 2027-12-08 08:01
        Bot to Jens: Dit løfte er slut: "Jeg går en tur". Sidste dag var tirsdag d. 23. november.
           | Tak for det, du har gjort. Du kan give det igen.
           | [Giv det igen] [Mit overblik] [Menu]
    """)


async def test_christmas_and_summer_time(chat: Chat) -> None:
    """A question of Christmas Eve waits for the next weekday; the hour stays in summer time."""
    await arrive(chat, "Ana")
    await chat.play("--- until 2026-12-03 10:00")
    weekly = await pledge(chat, "Ana", "L8", ends_on="2027-04-22")
    await chat.play("--- until 2027-04-23 10:00")
    sent = await _sent(chat, weekly)
    days = [one.date() for one in sent]
    assert date(2026, 12, 24) not in days
    assert date(2026, 12, 31) not in days
    assert all(one.weekday() != 6 for one in sent)
    summer = [one for one in sent if one.date() > date(2027, 3, 28)]
    assert summer
    assert {(one.hour, one.minute) for one in summer} <= {(16, 30), (8, 0)}
    assert all(later - one >= timedelta(days=4, hours=23) for one, later in pairwise(sent))


async def test_three_pledges_of_one_person_are_three_questions(chat: Chat) -> None:
    """Each question names its pledge, and its buttons answer that one alone."""
    await arrive(chat, "Jens")
    await pledge(chat, "Jens", words="Jeg slukker lyset", theme="night", rhythm="month")
    await pledge(chat, "Jens", words="Jeg går en tur", theme="climate", rhythm="month")
    await chat("""
        --- until 2026-12-23 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg slukker lyset"? Det gælder 23. november
           | til 22. december.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot to Jens: Hvordan går det med dit løfte: "Jeg går en tur"? Det gælder 23. november til
           | 22. december.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: [Det er gjort]
        Bot edits: Hvordan går det med dit løfte: "Jeg går en tur"? Det gælder 23. november til
           | 22. december.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned.
           | [Fortryd] [Mit overblik] [Menu]
    """)


async def test_a_season_is_asked_about_in_its_months(chat: Chat) -> None:
    """Outside its months nothing is asked, but for the last day."""
    await arrive(chat, "Ana")
    own = await pledge(chat, "Ana", "L1", ends_on="2027-11-01")
    await chat.play("--- until 2027-11-03 10:00")
    months = [one.month for one in await _sent(chat, own)]
    assert months == [4, 5, 6, 7, 8, 9, 11]
