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
        Bot: <notice>
        Bot: <menu>
        Samira: /loefte
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Samira: [Hvad vil du gerne selv?]
        Bot: Hvad vil du gerne selv? Vælg, eller skriv det.
           | [Spare penge] [Flere gæster] [Glade børn] [Flere fugle og sommerfugle]
           | [Kende mine naboer] [Røre mig mere] [Mindre havearbejde] [Noget helt andet] [Tilbage]
           | [Menu]
        Samira: Flere gæster uden for sommeren
        Bot: De her løfter passer godt til det:
           |
           | • Gæst uden bil, fordi du vil have flere gæster. De, der ikke har bil, vælger et
           | sted, der viser vej.
           | • Tre ting fra egnen, fordi du vil have flere gæster. Gæster kommer for mad, de kun
           | kan få her.
           | • Slå grøften sent, fordi du vil have flere gæster. Gæster husker veje med blomster.
           | [Gæst uden bil] [Tre ting fra egnen] [Slå grøften sent] [Noget helt andet] [Tilbage]
           | [Menu]
        Samira: [Tre ting fra egnen]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Samira: [Ja]
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Samira: [Ja]
        Bot: Tre ting fra egnen
           | Vi har altid mindst tre lokale råvarer på kortet.
           | For: Café, kro
           |
           | Hvor mange retter? Vælg, eller skriv et andet tal.
           | [3 retter] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Samira: 4
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Fire uger] [Tre måneder] [Et halvt år] [Et år] [Tilbage] [Menu]
        Samira: [Et halvt år]
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Samira: [Alle kan se det]
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Tilbage] [Menu]
        Samira: [En titel eller et diplom]
        Bot: Tak. Dit løfte er skrevet ned.
           |
           | "Vi har altid mindst tre lokale råvarer på kortet."
           | Emne: Gæster og mad, "Tre ting fra egnen"
           | Mængde: 4 retter
           | Hvor tit: Hver måned
           | Indtil: søndag d. 23. maj 2027
           | Du vil gerne: Flere gæster uden for sommeren
           | Det vil du have ud af det: En titel eller et diplom
           | Hvem kan se det: Alle kan se det
           |
           | Næste gang jeg spørger dig, er onsdag d. 23. december.
           | [Ret] [Del] [Mit overblik] [Menu]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
    """)
    (made,), tasks = await _stored(chat_on_each)
    assert (made.goal, made.goal_words) == ("guests", "Flere gæster uden for sommeren")
    assert (made.measure, made.amount) == ("dishes", 400)
    assert tasks == []


async def test_row_18_in_english(chat: Chat) -> None:
    """A button names the goal; own words instead of a suggestion keep the goal."""
    await chat("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: pledge
        Bot: What do you want to promise? Choose a theme, or write it yourself. For example: “I
           | let 20 m² of the lawn grow until August”.
           | [Wild nature] [Dark nights] [Heat and transport] [Guests and food]
           | [Neighbours and children] [What would you like for yourself?] [In your own words]
           | [Menu]
        Ana: [What would you like for yourself?]
        Bot: What would you like for yourself? Choose, or write it.
           | [Save money] [More guests] [Happy children] [More birds and butterflies]
           | [Know my neighbours] [Move more] [Less work in the garden] [Something else] [Back]
           | [Menu]
        Ana: [Save money]
        Bot: These pledges go well with it:
           |
           | • Build a dead hedge, because you want to save money. Branches are a free fence.
           | • Off for the night, because you want to save money. Lamps that are off use no
           | power.
           | • Guest without a car, because you want to save money. Fewer parking spaces cost
           | less.
           | [Build a dead hedge] [Off for the night] [Guest without a car] [Something else]
           | [Back] [Menu]
        Ana: I cycle to work two days a week for half a year
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Back] [Menu]
        Ana: [Yes]
        Bot: May we keep your pledge, and ask you how it goes? We count what the town does
           | together. Write “my overview” to see it, change it or end it.
           | [Yes] [No] [Back] [Menu]
        Ana: [Yes]
        Bot: “I cycle to work two days a week for half a year”
           |
           | How many rides a week? Choose, or write another number.
           | [4 rides] [I do it already] [See other pledges] [Back] [Menu]
        Ana: 4
        Bot: Who may see your pledge? You can change it later.
           | [Only you and the municipality] [Without name] [Everyone can see it] [Back] [Menu]
        Ana: [Without name]
        Bot: What do you want to get out of it?
           | [Make a difference] [Be with others] [Learn something] [A title or a diploma]
           | [Nothing in particular] [Back] [Menu]
        Ana: [Make a difference]
        Bot: Thank you. Your pledge is written down.
           |
           | “I cycle to work two days a week for half a year”
           | About: Heat and transport, “Two days by bike”
           | How much: 4 rides
           | How often: Every week
           | Until: Sunday 23 May 2027
           | You would like: Save money
           | What you want to get out of it: Make a difference
           | Who can see it: Without name
           | Staff read your words before others see them. Do not name other people in them.
           |
           | I next ask you how it goes on Monday 30 November.
           | [Change] [Share] [My overview] [Menu]
        Bot: When and where do you begin? Write it in one go, like “Saturday at 10 by the shed”.
           | Then I remind you once.
           | [No plan] [Skip] [Menu]
    """)
    (made,), tasks = await _stored(chat)
    assert (made.goal, made.theme, made.measure) == ("money", "climate", "rides")
    assert tasks == []


async def test_something_else_makes_one_task(chat_on_each: Chat) -> None:
    """“Noget helt andet” stores the words with the pledge, and staff get one task."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: løfte
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: [Hvad vil du gerne selv?]
        Bot: Hvad vil du gerne selv? Vælg, eller skriv det.
           | [Spare penge] [Flere gæster] [Glade børn] [Flere fugle og sommerfugle]
           | [Kende mine naboer] [Røre mig mere] [Mindre havearbejde] [Noget helt andet] [Tilbage]
           | [Menu]
        Jens: [Noget helt andet]
        Bot: Hvad vil du gerne selv? Skriv det. Kommunen kan læse det.
           | [Tilbage] [Menu]
        Jens: En bænk ved kirken
        Bot: Det har vi ikke et løfte til endnu. Hvad vil du selv gøre for det? Skriv det her.
           | [Det ved jeg ikke endnu] [Tilbage] [Menu]
        Jens: Jeg maler bænken hvert år
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Hvad handler det om?
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Tilbage] [Menu]
        Jens: [Naboer og børn]
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Fire uger] [Tre måneder] [Et halvt år] [Et år] [Tilbage] [Menu]
        Jens: et år
        Bot: Tak. Dit løfte er skrevet ned.
           |
           | "Jeg maler bænken hvert år"
           | Emne: Naboer og børn
           | Hvor tit: Én gang om året
           | Indtil: tirsdag d. 23. november 2027
           | Du vil gerne: En bænk ved kirken
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er tirsdag d. 23. november.
           | [Ret] [Mit overblik] [Menu]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: [Ingen plan]
        Bot: Det er helt i orden. Du kan lave en plan senere under "Ret".
           | [Ret] [Mit overblik] [Menu]
    """)
    (made,), tasks = await _stored(chat_on_each)
    assert (made.goal, made.goal_words) == (None, "En bænk ved kirken")
    assert made.words == "Jeg maler bænken hvert år"
    assert tasks == [str(made.id)]


async def test_something_else_without_a_pledge_goes_to_a_person(chat: Chat) -> None:
    """A citizen who has no pledge for it yet gets a case with a name and a date."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: løfte
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: [Hvad vil du gerne selv?]
        Bot: Hvad vil du gerne selv? Vælg, eller skriv det.
           | [Spare penge] [Flere gæster] [Glade børn] [Flere fugle og sommerfugle]
           | [Kende mine naboer] [Røre mig mere] [Mindre havearbejde] [Noget helt andet] [Tilbage]
           | [Menu]
        Jens: En legeplads til børnene
        Bot: De her løfter passer godt til det:
           |
           | • Ude med børnene, fordi du vil gøre noget godt for børnene. Børn leger længere ude
           | end inde.
           | • To dage på cykel, fordi du vil gøre noget godt for børnene. Færre biler ved skolen
           | gør vejen tryg.
           | • Pas på en gravhøj, fordi du vil gøre noget godt for børnene. Børn kan lide en høj
           | med en historie.
           | [Ude med børnene] [To dage på cykel] [Pas på en gravhøj] [Noget helt andet] [Tilbage]
           | [Menu]
        Jens: [Noget helt andet]
        Bot: Hvad vil du gerne selv? Skriv det. Kommunen kan læse det.
           | [Tilbage] [Menu]
        Jens: En større gynge
        Bot: Det har vi ikke et løfte til endnu. Hvad vil du selv gøre for det? Skriv det her.
           | [Det ved jeg ikke endnu] [Tilbage] [Menu]
        Jens: [Det ved jeg ikke endnu]
        Bot: Det er helt i orden. Vil du sende det, du skrev, til et menneske, som hjælper dig
           | med at finde noget?
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1001. Du får
           | svar senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
    """)
    made, tasks = await _stored(chat)
    assert made == []
    assert tasks == []
    async with opened(chat) as store, store.unit() as unit:
        (case,) = await unit.cases.writable(1)
        said = await unit.threads.of_case(case.id, internal=False)
    assert "En større gynge" in [one.text for one in said]
