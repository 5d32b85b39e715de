"""Row 18 of the domain: a pledge for something that the citizen wants anyway."""

from __future__ import annotations

from chat_store import opened

from bot.model.pledge import Pledge, PledgeState
from bot.service.pledges.making import GOAL_TASK
from bot.testing import Chat


async def _stored(chat: Chat) -> tuple[list[Pledge], list[str]]:
    """Return the pledges of the town, and the subjects of the tasks about own goals."""
    async with opened(chat) as store, store.unit() as unit:
        made = await unit.pledges.listed(list(PledgeState), 10)
        tasks = [one.subject for one in await unit.tasks.open() if one.kind == GOAL_TASK]
    return made, tasks


async def test_row_18_in_danish(chat_on_each: Chat) -> None:
    """A café owner's own words find the goal: three pledges, each with its reason."""
    await chat_on_each("""
        Samira: /start
        Samira: /loefte
        Samira: [Hvad vil du gerne selv?]
        Samira: Flere gæster uden for sommeren
        Samira: [Tre ting fra egnen]
        Samira: 4
        Samira: [Et halvt år]
        Samira: [Alle kan se det]
        Samira: [En titel eller et diplom]
        Samira: [Ja]
        Samira: [Ja]
    """)
    (made,), tasks = await _stored(chat_on_each)
    assert (made.goal, made.goal_words) == ("guests", "Flere gæster uden for sommeren")
    assert (made.measure, made.amount) == ("dishes", 400)
    assert tasks == []


async def test_row_18_in_english(chat: Chat) -> None:
    """A button names the goal; own words instead of a suggestion keep the goal."""
    await chat("""
        Ana: /start
        Ana: pledge
        Ana: [What would you like for yourself?]
        Ana: [Save money]
        Ana: I cycle to work two days a week for half a year
        Ana: 4
        Ana: [Without name]
        Ana: [Make a difference]
        Ana: [Yes]
        Ana: [Yes]
    """)
    (made,), tasks = await _stored(chat)
    assert (made.goal, made.theme, made.measure) == ("money", "climate", "rides")
    assert tasks == []


async def test_something_else_makes_one_task(chat_on_each: Chat) -> None:
    """“Noget helt andet” stores the words with the pledge, and staff get one task."""
    await chat_on_each("""
        Jens: /start
        Jens: løfte
        Jens: [Hvad vil du gerne selv?]
        Jens: [Noget helt andet]
        Jens: En bænk ved kirken
        Jens: Jeg maler bænken hvert år
        Jens: [Naboer og børn]
        Jens: et år
        Jens: [Kun dig og kommunen]
        Jens: [Ikke noget bestemt]
        Jens: [Ja]
        Jens: [Ja]
        Jens: [Ingen plan]
    """)
    (made,), tasks = await _stored(chat_on_each)
    assert (made.goal, made.goal_words) == (None, "En bænk ved kirken")
    assert made.words == "Jeg maler bænken hvert år"
    assert tasks == [str(made.id)]


async def test_something_else_without_a_pledge_goes_to_a_person(chat: Chat) -> None:
    """A citizen who has no pledge for it yet gets a case with a name and a date."""
    await chat("""
        Jens: /start
        Jens: løfte
        Jens: [Hvad vil du gerne selv?]
        Jens: En legeplads til børnene
        Jens: [Noget helt andet]
        Jens: En større gynge
        Jens: [Det ved jeg ikke endnu]
    """)
    made, tasks = await _stored(chat)
    assert made == []
    assert tasks == []
    async with opened(chat) as store, store.unit() as unit:
        (case,) = await unit.cases.writable(1)
        said = await unit.threads.of_case(case.id)
    assert "En større gynge" in [one.words for one in said]
