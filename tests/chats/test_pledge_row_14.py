"""Row 14 of the domain: the pledge of a biosphere, from one sentence to a total of the town."""

from __future__ import annotations

from datetime import UTC, date, datetime

from chat_store import opened

from bot.model.pledge import PLEDGE, Pledge, PledgeState, Rhythm, Visibility
from bot.service.pledges.pledge_messages import PLAN
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
        Bot: <notice>
        Bot: <menu>
        Jens: /loefte
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: Jeg lader 20 m² af plænen stå til august
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Jens: [Kun dig og kommunen]
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Tilbage] [Menu]
        Jens: [Gøre en forskel]
        Bot: Tak. Dit løfte er skrevet ned.
           |
           | "Jeg lader 20 m² af plænen stå til august"
           | Emne: Vild natur, "Lad et hjørne gro"
           | Mængde: 20 m²
           | Hvor tit: Hver måned, april til september
           | Indtil: søndag d. 1. august 2027
           | Det vil du have ud af det: Gøre en forskel
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er fredag d. 23. april.
           | [Ret] [Del] [Mit overblik] [Menu]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
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
        Bot: <English notice>
        Bot: <English menu>
        Ana: /pledge I let 30 square metres grow until September
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Back] [Menu]
        Ana: [Yes]
        Bot: May we keep your pledge, and ask you how it goes? We count what the town does
           | together. Write “my overview” to see it, change it or end it.
           | [Yes] [No] [Back] [Menu]
        Ana: [Yes]
        Bot: Who may see your pledge? You can change it later.
           | [Only you and the municipality] [Without name] [Everyone can see it] [Back] [Menu]
        Ana: [Only you and the municipality]
        Bot: What do you want to get out of it?
           | [Make a difference] [Be with others] [Learn something] [A title or a diploma]
           | [Nothing in particular] [Back] [Menu]
        Ana: [Nothing in particular]
        Bot: Thank you. Your pledge is written down.
           |
           | “I let 30 square metres grow until September”
           | About: Wild nature, “Let a corner grow”
           | How much: 30 m²
           | How often: Every month, April to September
           | Until: Wednesday 1 September 2027
           | Who can see it: Only you and the municipality
           |
           | I next ask you how it goes on Friday 23 April.
           | [Change] [Share] [My overview] [Menu]
        Bot: When and where do you begin? Write it in one go, like “Saturday at 10 by the shed”.
           | Then I remind you once.
           | [No plan] [Skip] [Menu]
        Ana: Saturday at 10 by the shed
        Bot: What is the first thing you do?
           | [Mark the corner with four sticks.] [Skip] [Back] [Menu]
        Ana: [Mark the corner with four sticks.]
        Bot: I remind you once: Saturday 28 November 10:00.
           | Place: by the shed
           | First: Mark the corner with four sticks.
           | [Change] [My overview] [Menu]
    """)
    made, total = await _only(chat)
    assert made.words == "I let 30 square metres grow until September"
    assert (made.amount, made.ends_on) == (3000, date(2027, 9, 1))
    assert made.plan is not None
    assert made.plan["where"] == "by the shed"
    assert total == 3000
    async with opened(chat) as store, store.unit() as unit:
        planned = await unit.deliveries.of_subject(PLEDGE, made.id, 10)
    (reminder,) = [one for one in planned if one.kind == PLAN]
    assert reminder.planned_at == datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


async def test_a_sentence_with_a_clear_lead(chat: Chat) -> None:
    """“Jeg lover at …” begins a pledge anywhere, and the whole sentence is kept."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Jeg lover at slukke to lamper om natten
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Sæsonen ud, 31. marts 2027] [Fire uger] [Tre måneder] [Et halvt år] [Et år]
           | [Tilbage] [Menu]
        Jens: til marts
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Jens: [Uden navn]
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Tilbage] [Menu]
        Jens: [Lære noget]
        Bot: Tak. Dit løfte er skrevet ned.
           |
           | "Jeg lover at slukke to lamper om natten"
           | Emne: Mørke nætter, "Sluk for natten"
           | Mængde: 2 lamper
           | Hvor tit: Hver måned, oktober til marts
           | Indtil: mandag d. 1. marts 2027
           | Det vil du have ud af det: Lære noget
           | Hvem kan se det: Uden navn
           | Kommunen læser dine ord, før andre ser dem. Nævn ikke andre mennesker i dem.
           |
           | Næste gang jeg spørger dig, er onsdag d. 23. december.
           | [Ret] [Del] [Mit overblik] [Menu]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: [Ingen plan]
        Bot: Det er helt i orden. Du kan lave en plan senere under "Ret".
           | [Ret] [Mit overblik] [Menu]
    """)
    made, _total = await _only(chat)
    assert made.words == "Jeg lover at slukke to lamper om natten"
    assert (made.theme, made.measure, made.amount) == ("night", "lamps", 200)
