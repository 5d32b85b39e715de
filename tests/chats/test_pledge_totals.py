"""What all pledges add up to, in the chat: pictures with their numbers as words."""

from __future__ import annotations

from datetime import date

from chat_store import ask, opened

from bot.engine.events import Done
from bot.model.campaign import Campaign, CampaignState
from bot.model.commands.pledges import (
    AnswerCheckIn,
    BeginPledging,
    MakePledge,
    SignCampaign,
)
from bot.model.person import Person
from bot.model.pledge import PER_UNIT, MeasureKind, Rhythm
from bot.service import execute
from bot.testing import Chat


async def make(chat: Chat, number: int, code: str, area: str, amount: int) -> list[int]:
    """Let new citizens of an area make a pledge each; return who."""
    people = []
    async with opened(chat) as store, store.unit() as unit:
        entries = {one.code: one.id for one in await unit.catalogue.published()}
        for one in range(number):
            lane = 5000 + 100 * [area.key for area in chat.town.areas].index(area) + one
            new = Person(0, f"tg:{lane}", lane, "da", f"Borger{lane}", unit.now, 1, area=area)
            person = (await unit.people.add(new)).id
            await execute(BeginPledging(person, over_15=True), unit)
            command = MakePledge(person, entries[code], amount=amount * PER_UNIT)
            done = await execute(command, unit)
            assert isinstance(done, Done), done
            people.append(person)
    return people


async def campaign(chat: Chat, title: str) -> int:
    """Open a shared pledge; return its id."""
    new = Campaign(
        id=0,
        title=title,
        titles={"da": title},
        texts={"da": "Jeg slukker kl. 22."},
        theme="night",
        target=20,
        deadline=date(2026, 12, 30),
        kind=MeasureKind.LEVEL,
        rhythm=Rhythm.MONTH,
        measure="lamps",
        amount=PER_UNIT,
        state=CampaignState.OPEN,
    )
    async with opened(chat) as store, store.unit() as unit:
        return await unit.campaigns.add(new)


async def test_totals_in_danish(chat_on_each: Chat) -> None:
    """The picture comes with all its numbers as words, by area, and only as of last night."""
    chat = chat_on_each
    await chat.play("Jens: /start")
    await make(chat, 7, "L1", "klintsund", 100)
    await make(chat, 6, "L1", "oerbakke", 90)
    await make(chat, 5, "L4", "sandholm", 3)
    await chat("""
        Jens: i alt
        Bot: Der er ikke noget tal at vise endnu. Jeg viser et tal, når mindst 5 er med. Tallene
           | bliver gjort op om natten.
           | [Giv et løfte] [Menu]
        --- 1 day passes
        Jens: vis i alt
        Bot: I alt i 2026
           | Vild natur: 1.240 m² lovet, 13 mennesker, 24. november
           | Mørke nætter: 15 lamper lovet, 5 mennesker, 24. november
           | Bjælkerne viser, hvor mange der er med. Ved hvert tal står, hvilken dag det er fra.
        Bot: Det her gør vi sammen. Jeg viser et tal, når mindst 5 er med. Vil du se det for
           | hvert område?
           | [Vild natur: 1.240 m² lovet] [Mørke nætter: 15 lamper lovet] [Giv et løfte] [Menu]
        Jens: [Vild natur: 1.240 m² lovet]
        Bot: Vild natur i 2026
           | Hele kommunen: 1.240 m² lovet, 13 mennesker, 24. november
           | Klintsund By: 700 m² lovet, 7 mennesker, 24. november
           | Ørbakke: 540 m² lovet, 6 mennesker, 24. november
           | Hver bjælke viser en del af det hele. Ved hvert tal står, hvilken dag det er fra.
        Bot: Her er Vild natur fordelt på områder. Jeg viser et område, når mindst 5 er med.
           | [Se, hvad det bliver til] [Giv et løfte] [Menu]
        Jens: [Se, hvad det bliver til]
        Bot: I alt i 2026
           | Vild natur: 1.240 m² lovet, 13 mennesker, 24. november
           | Mørke nætter: 15 lamper lovet, 5 mennesker, 24. november
           | Bjælkerne viser, hvor mange der er med. Ved hvert tal står, hvilken dag det er fra.
        Bot: Det her gør vi sammen. Jeg viser et tal, når mindst 5 er med. Vil du se det for
           | hvert område?
           | [Vild natur: 1.240 m² lovet] [Mørke nætter: 15 lamper lovet] [Giv et løfte] [Menu]
    """)


async def test_totals_in_english(chat: Chat) -> None:
    """The same in English, as a command and a number, with the public page."""
    chat.public_url = "https://klintsund.example/public"
    await chat.play("Ana: /start")
    await make(chat, 8, "L1", "klintsund", 2)
    await chat("""
        --- 1 day passes
        Ana: /totals
        Bot: In all in 2026
           | Wild nature: 16 m² promised, 8 people, 24 November
           | The bars show how many take part. Each number is shown with its day.
        Bot: This is what we do together. I show a number when at least 5 people take part. Do
           | you want to see it by area?
           |
           | See all pledges on the web
           | [Wild nature: 16 m² promised] [Make a pledge] [Menu]
        Ana: 1
        Bot: Wild nature in 2026
           | The whole municipality: 16 m² promised, 8 people, 24 November
           | Klintsund By: 16 m² promised, 8 people, 24 November
           | The bars show each part of the whole. Each number is shown with its day.
        Bot: This is Wild nature by area. I show an area when at least 5 people take part.
           |
           | See all pledges on the web
           | [See what it adds up to] [Make a pledge] [Menu]
        Ana: what have we done
        Bot: In all in 2026
           | Wild nature: 16 m² promised, 8 people, 24 November
           | The bars show how many take part. Each number is shown with its day.
        Bot: This is what we do together. I show a number when at least 5 people take part. Do
           | you want to see it by area?
           |
           | See all pledges on the web
           | [Wild nature: 16 m² promised] [Make a pledge] [Menu]
    """)


async def test_promised_and_done(chat: Chat) -> None:
    """What is told as done has its own bar; without areas, no question about them is asked."""
    await chat.play("Jens: /start")
    areas = [one.key for one in chat.town.areas][:3]
    people = [one for area in areas for one in await make(chat, 4, "L1", area, 10)]
    for one in people[:6]:
        async with opened(chat) as store, store.unit() as unit:
            owner = await unit.participants.of_person(one)
            (own,) = await unit.pledges.of_participant(owner.id)
            today = unit.calendar.local(unit.now).date()
        await ask(chat, AnswerCheckIn(one, own.id, today, "done"))
    await chat("""
        --- 1 day passes
        Jens: vis i alt
        Bot: I alt i 2026
           | Vild natur: 120 m² lovet, 12 mennesker, 24. november
           | Vild natur: 60 m² gjort, 6 mennesker, 24. november
           | Bjælkerne viser, hvor mange der er med. Ved hvert tal står, hvilken dag det er fra.
        Bot: Det her gør vi sammen. Jeg viser et tal, når mindst 5 er med.
           | [Giv et løfte] [Menu]
    """)


async def test_a_shared_pledge(chat: Chat) -> None:
    """The picture of a shared pledge says how many have signed; fewer than five are not told."""
    await chat.play("Jens: /start")
    people = await make(chat, 6, "L1", "klintsund", 1)
    many, few = await campaign(chat, "Sluk havnens lys"), await campaign(chat, "Sluk torvet")
    for person in people:
        await ask(chat, SignCampaign(person, many))
    await ask(chat, SignCampaign(people[0], few))
    await chat("""
        Jens: hvad blev det til
        Bot: Der er ikke noget tal at vise endnu. Jeg viser et tal, når mindst 5 er med. Tallene
           | bliver gjort op om natten.
           | [Fælles løfte: Sluk torvet] [Fælles løfte: Sluk havnens lys] [Giv et løfte] [Menu]
        --- 1 day passes
        Jens: [Fælles løfte: Sluk havnens lys]
        Bot: Sluk havnens lys
           | Har skrevet under: 6 af 20
           | Bjælken viser, hvor mange der har skrevet under. Tallet er fra tirsdag d. 24.
           | november.
        Bot: Løftet gælder, når 20 har skrevet under.
           | [Se, hvad det bliver til] [Giv et løfte] [Menu]
        Jens: [Fælles løfte: Sluk torvet]
        Bot: Sluk torvet
           | Har skrevet under: færre end 5 (målet er 20)
           | Bjælken viser, hvor mange der har skrevet under. Tallet er fra tirsdag d. 24.
           | november.
        Bot: Løftet gælder, når 20 har skrevet under.
           | [Se, hvad det bliver til] [Giv et løfte] [Menu]
    """)
    async with opened(chat) as store, store.unit() as unit:
        await unit.campaigns.change(many, state=CampaignState.CANCELLED)
    await chat("""
        Jens: [Fælles løfte: Sluk havnens lys]
        Bot: I alt i 2026
           | Vild natur: 6 m² lovet, 6 mennesker, 24. november
           | Bjælkerne viser, hvor mange der er med. Ved hvert tal står, hvilken dag det er fra.
        Bot: Det her gør vi sammen. Jeg viser et tal, når mindst 5 er med. Vil du se det for
           | hvert område?
           | [Vild natur: 6 m² lovet] [Fælles løfte: Sluk torvet] [Giv et løfte] [Menu]
    """)
