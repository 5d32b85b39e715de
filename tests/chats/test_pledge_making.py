"""Making a pledge in the chat: every way in, what is asked, and the ways out."""

from __future__ import annotations

from chat_store import ask, opened

from bot.model.commands.citizen import TellWhenOpen
from bot.model.commands.pledges import RetireEntry
from bot.model.group import Group, GroupKind
from bot.model.pledge import CONSENT, Pledge, PledgeState
from bot.service.launches import tell_opened
from bot.testing import Chat


async def _stored(chat: Chat) -> list[Pledge]:
    """Return the pledges of the town, the newest first."""
    async with opened(chat) as store, store.unit() as unit:
        return await unit.pledges.listed(list(PledgeState), 10)


async def test_from_the_menu_to_the_card_in_eight_taps(chat_on_each: Chat) -> None:
    """A theme, an entry, how much, how long, who sees it, why, age and consent: eight taps."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /loefte
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: [Mørke nætter]
        Bot: Vælg et, eller skriv dit eget:
           |
           | • Sluk for natten. Jeg slukker udelyset kl. 22 og lader lamper pege nedad.
           | [Sluk for natten] [Med dine egne ord] [Tilbage] [Menu]
        Jens: [Sluk for natten]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Sluk for natten
           | Jeg slukker udelyset kl. 22 og lader lamper pege nedad.
           | For: Alle
           |
           | Hvor mange lamper? Vælg, eller skriv et andet tal.
           | [2 lamper] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: [2 lamper]
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Sæsonen ud, 31. marts 2027] [Fire uger] [Tre måneder] [Et halvt år] [Et år]
           | [Tilbage] [Menu]
        Jens: [Sæsonen ud, 31. marts 2027]
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Jens: [Kun dig og kommunen]
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Tilbage] [Menu]
        Jens: [Gøre en forskel]
        Bot: Tak. Dit løfte er skrevet ned.
           |
           | "Jeg slukker udelyset kl. 22 og lader lamper pege nedad."
           | Emne: Mørke nætter, "Sluk for natten"
           | Mængde: 2 lamper
           | Hvor tit: Hver måned, oktober til marts
           | Indtil: onsdag d. 31. marts 2027
           | Det vil du have ud af det: Gøre en forskel
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er onsdag d. 23. december.
           | [Ret] [Del] [Mit overblik] [Menu]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
    """)
    (made,) = await _stored(chat_on_each)
    assert made.words == "Jeg slukker udelyset kl. 22 og lader lamper pege nedad."
    assert made.season == (10, 3)


async def test_the_plan_says_when_and_where(chat: Chat) -> None:
    """One answer has time and place; a vague day is asked about, a question is answered."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /start pl-4
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Sluk for natten
           | Jeg slukker udelyset kl. 22 og lader lamper pege nedad.
           | For: Alle
           |
           | Hvor mange lamper? Vælg, eller skriv et andet tal.
           | [2 lamper] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: to lamper
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Sæsonen ud, 31. marts 2027] [Fire uger] [Tre måneder] [Et halvt år] [Et år]
           | [Tilbage] [Menu]
        Jens: tre måneder
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Jens: [Uden navn]
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Tilbage] [Menu]
        Jens: [Ikke noget bestemt]
        Bot: Tak. Dit løfte er skrevet ned.
           |
           | "Jeg slukker udelyset kl. 22 og lader lamper pege nedad."
           | Emne: Mørke nætter, "Sluk for natten"
           | Mængde: 2 lamper
           | Hvor tit: Hver måned, oktober til marts
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Uden navn
           |
           | Næste gang jeg spørger dig, er onsdag d. 23. december.
           | [Ret] [Del] [Mit overblik] [Menu]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: i går kl. 10
        Bot: Det tidspunkt er passeret. Skriv et, der ligger længere fremme.
           | [Ingen plan] [Spring over] [Menu]
        Jens: hvornår har I åbent?
        Bot: Hvornår har I åbent?
           | Borgerservice har åbent kl. 10–14 mandag til onsdag. Torsdag er der åbent kl. 10–17
           | og fredag kl. 10–12. Vi har lukket på helligdage. Du kan ringe fra kl. 9, til vi
           | lukker. Adressen er Klintgade 1, Klintsund.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Bot: Tilbage til "Planlæg din start":
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: mandag
        Bot: Hvilken mener du? Du kan også skrive det igen.
           | [mandag d. 23. november kl. 9] [mandag d. 30. november kl. 9] [Spring over] [Menu]
        Jens: [mandag d. 30. november kl. 9]
        Bot: Hvor gør du det?
           | [Spring over] [Tilbage] [Menu]
        Jens: [Tilbage]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: når det bliver mørkt
        Bot: Hvor gør du det?
           | [Spring over] [Tilbage] [Menu]
        Jens: ude ved carporten
        Bot: Hvad gør du som det første?
           | [Sæt uret til kl. 22.] [Spring over] [Tilbage] [Menu]
        Jens: [Spring over]
        Bot: Din plan er noteret.
           | Hvornår: når det bliver mørkt
           | Sted: ude ved carporten
           |
           | Planen har ikke noget tidspunkt, så jeg minder dig ikke om den.
           | [Tilføj et tidspunkt] [Ret] [Mit overblik] [Menu]
    """)
    (made,) = await _stored(chat)
    assert made.plan == {
        "when": "når det bliver mørkt",
        "where": "ude ved carporten",
        "first": "",
        "at": None,
    }
    await chat("""
        Jens: [Ret]
        Bot: Hvad vil du rette?
           | [Mængde] [Indtil] [Hvem kan se det] [Det vil du have ud af det]
           | [Hvornår og hvor jeg begynder] [Mit overblik] [Menu]
        Jens: [Hvornår og hvor jeg begynder]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: hver lørdag kl. 10 ved skuret
        Bot: Hvad gør du som det første?
           | [Sæt uret til kl. 22.] [Spring over] [Tilbage] [Menu]
        Jens: tænder loftslampen
        Bot: Jeg minder dig om det én gang: lørdag d. 28. november kl. 10.
           | Sted: ved skuret
           | Først: tænder loftslampen
           | [Ret] [Mit overblik] [Menu]
    """)
    (made,) = await _stored(chat)
    assert made.plan == {
        "when": "hver lørdag kl. 10",
        "where": "ved skuret",
        "first": "tænder loftslampen",
        "at": "2026-11-28T09:00:00+00:00",
    }


async def test_in_english_with_own_words(chat: Chat) -> None:
    """Own words without a place in the catalogue: theme, rhythm and length are asked."""
    await chat("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: [Make a pledge]
        Bot: What do you want to promise? Choose a theme, or write it yourself. For example: “I
           | let 20 m² of the lawn grow until August”.
           | [Wild nature] [Dark nights] [Heat and transport] [Guests and food]
           | [Neighbours and children] [What would you like for yourself?] [In your own words]
           | [Menu]
        Ana: [In your own words]
        Bot: Write what you promise, in your own words. Write how much and how long, too, if you
           | can. For example: “I cycle two days a week for three months”.
           | [Back] [Menu]
        Ana: I take the bus
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Back] [Menu]
        Ana: [Yes]
        Bot: May we keep your pledge, and ask you how it goes? We count what the town does
           | together. Write “my overview” to see it, change it or end it.
           | [Yes] [No] [Back] [Menu]
        Ana: [Yes]
        Bot: What is it about?
           | [Wild nature] [Dark nights] [Heat and transport] [Guests and food]
           | [Neighbours and children] [Back] [Menu]
        Ana: [Heat and transport]
        Bot: How often?
           | [Once] [Every day] [Every week] [Every month] [Every three months] [Twice a year]
           | [Once a year] [Back] [Menu]
        Ana: [Every week]
        Bot: How long? Choose, or write a day like “1 August”. It lasts at least four weeks, but
           | you can stop before.
           | [Four weeks] [Three months] [Half a year] [A year] [Back] [Menu]
        Ana: three weeks
        Bot: A pledge lasts at least four weeks. Choose a day on or after Monday 21 December.
        Bot: How long? Choose, or write a day like “1 August”. It lasts at least four weeks, but
           | you can stop before.
           | [Four weeks] [Three months] [Half a year] [A year] [Back] [Menu]
        Ana: until 1 June
        Bot: Thank you. Your pledge is written down.
           |
           | “I take the bus”
           | About: Heat and transport
           | How often: Every week
           | Until: Tuesday 1 June 2027
           | Who can see it: Only you and the municipality
           |
           | I next ask you how it goes on Monday 30 November.
           | [Change] [My overview] [Menu]
        Bot: When and where do you begin? Write it in one go, like “Saturday at 10 by the shed”.
           | Then I remind you once.
           | [No plan] [Skip] [Menu]
        Ana: [No plan]
        Bot: That is all right. You can make a plan later under “Change”.
           | [Change] [My overview] [Menu]
    """)
    (made,) = await _stored(chat)
    assert (made.words, made.theme, made.measure) == ("I take the bus", "climate", None)


async def test_back_and_change(chat: Chat) -> None:
    """An answer can be taken back, and changed on the card; a deep link opens an entry."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: løfte
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: [Varme og transport]
        Bot: Vælg et, eller skriv dit eget:
           |
           | • Skru en grad ned. Jeg holder varmen en grad lavere i vinter.
           | • To dage på cykel. Jeg cykler på arbejde eller i skole to dage om ugen.
           | [Skru en grad ned] [To dage på cykel] [Med dine egne ord] [Tilbage] [Menu]
        Jens: [Tilbage]
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: [Vild natur]
        Bot: Vælg et, eller skriv dit eget:
           |
           | • Lad et hjørne gro. Jeg lader en del af plænen stå, til blomsterne er færdige.
           | • Byg et kvashegn. Jeg gemmer grene til pindsvin og insekter i stedet for at køre
           | dem væk.
           | • Slå grøften sent. Jeg slår først min grøftekant efter 15. august. Jeg kører det
           | slåede væk.
           | • Pas på en gravhøj. Jeg besøger højen to gange om året og siger til, hvis noget er
           | galt.
           | • Have uden gift. Jeg bruger ikke sprøjtegift i min have.
           | [Lad et hjørne gro] [Byg et kvashegn] [Slå grøften sent] [Pas på en gravhøj]
           | [Have uden gift] [Med dine egne ord] [Tilbage] [Menu]
        Jens: [Lad et hjørne gro]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Lad et hjørne gro
           | Jeg lader en del af plænen stå, til blomsterne er færdige.
           | For: Have
           |
           | Hvor mange m²? Vælg, eller skriv et andet tal.
           | [20 m²] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: 2 hektar
        Bot: Skriv kun et tal, for eksempel "30".
        Bot: Lad et hjørne gro
           | Jeg lader en del af plænen stå, til blomsterne er færdige.
           | For: Have
           |
           | Hvor mange m²? Vælg, eller skriv et andet tal.
           | [20 m²] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: 30 kvm
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Sæsonen ud, 30. september 2027] [Et halvt år] [Et år] [Tilbage] [Menu]
        Jens: [Tilbage]
        Bot: Lad et hjørne gro
           | Jeg lader en del af plænen stå, til blomsterne er færdige.
           | For: Have
           |
           | Hvor mange m²? Vælg, eller skriv et andet tal.
           | [20 m²] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: 1.240,5
        Bot: Mener du 1.240,5 m²? Det er meget mere, end de fleste lover.
           | [Ja] [Nej, jeg skriver det igen] [Tilbage] [Menu]
        Jens: ja
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Sæsonen ud, 30. september 2027] [Et halvt år] [Et år] [Tilbage] [Menu]
        Jens: [Sæsonen ud, 30. september 2027]
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Jens: [Uden navn]
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Tilbage] [Menu]
        Jens: [Lære noget]
        Bot: Tak. Dit løfte er skrevet ned.
           |
           | "Jeg lader en del af plænen stå, til blomsterne er færdige."
           | Emne: Vild natur, "Lad et hjørne gro"
           | Mængde: 1.240,5 m²
           | Hvor tit: Hver måned, april til september
           | Indtil: torsdag d. 30. september 2027
           | Det vil du have ud af det: Lære noget
           | Hvem kan se det: Uden navn
           |
           | Næste gang jeg spørger dig, er fredag d. 23. april.
           | [Ret] [Del] [Mit overblik] [Menu]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: [Ingen plan]
        Bot: Det er helt i orden. Du kan lave en plan senere under "Ret".
           | [Ret] [Mit overblik] [Menu]
        Jens: [Ret]
        Bot: Hvad vil du rette?
           | [Mængde] [Indtil] [Hvem kan se det] [Det vil du have ud af det]
           | [Hvornår og hvor jeg begynder] [Mit overblik] [Menu]
        Jens: [Mængde]
        Bot: Lad et hjørne gro
           | Jeg lader en del af plænen stå, til blomsterne er færdige.
           | For: Have
           |
           | Hvor mange m²? Vælg, eller skriv et andet tal.
           | [20 m²] [Menu]
        Jens: 4
        Bot: ✓ Det er rettet.
           |
           | "Jeg lader en del af plænen stå, til blomsterne er færdige."
           | Emne: Vild natur, "Lad et hjørne gro"
           | Mængde: 4 m²
           | Hvor tit: Hver måned, april til september
           | Indtil: torsdag d. 30. september 2027
           | Det vil du have ud af det: Lære noget
           | Hvem kan se det: Uden navn
           |
           | Næste gang jeg spørger dig, er fredag d. 23. april.
           | [Ret] [Del] [Mit overblik] [Menu]
        Jens: [Ret]
        Bot: Hvad vil du rette?
           | [Mængde] [Indtil] [Hvem kan se det] [Det vil du have ud af det]
           | [Hvornår og hvor jeg begynder] [Mit overblik] [Menu]
        Jens: [Indtil]
        Bot: Hvor længe nu? Vælg, eller skriv en dag som "1. august".
           | [Sæsonen ud, 30. september 2027] [Et halvt år] [Et år] [Menu]
        Jens: 1. december
        Bot: Det løfte gælder fra 1. april 2027 til 30. september 2027. Hvis det sluttede før,
           | var der ingen dag, hvor du kunne holde det.
        Bot: Hvor længe nu? Vælg, eller skriv en dag som "1. august".
           | [Sæsonen ud, 30. september 2027] [Et halvt år] [Et år] [Menu]
        Jens: [Ret]
        Bot: Hvad vil du rette?
           | [Mængde] [Indtil] [Hvem kan se det] [Det vil du have ud af det]
           | [Hvornår og hvor jeg begynder] [Mit overblik] [Menu]
        Jens: [Hvem kan se det]
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Menu]
        Jens: [Kun dig og kommunen]
        Bot: ✓ Det er rettet.
           |
           | "Jeg lader en del af plænen stå, til blomsterne er færdige."
           | Emne: Vild natur, "Lad et hjørne gro"
           | Mængde: 4 m²
           | Hvor tit: Hver måned, april til september
           | Indtil: torsdag d. 30. september 2027
           | Det vil du have ud af det: Lære noget
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er fredag d. 23. april.
           | [Ret] [Del] [Mit overblik] [Menu]
        Jens: [Ret]
        Bot: Hvad vil du rette?
           | [Mængde] [Indtil] [Hvem kan se det] [Det vil du have ud af det]
           | [Hvornår og hvor jeg begynder] [Mit overblik] [Menu]
        Jens: [Det vil du have ud af det]
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Menu]
        Jens: [Ikke noget bestemt]
        Bot: ✓ Det er rettet.
           |
           | "Jeg lader en del af plænen stå, til blomsterne er færdige."
           | Emne: Vild natur, "Lad et hjørne gro"
           | Mængde: 4 m²
           | Hvor tit: Hver måned, april til september
           | Indtil: torsdag d. 30. september 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er fredag d. 23. april.
           | [Ret] [Del] [Mit overblik] [Menu]
        Samira: /start pl-1
        Bot: <notice>
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
    """)
    (made,) = await _stored(chat)
    assert (made.amount, made.wish) == (400, None)


async def test_what_a_person_does_already_is_no_promise(chat_on_each: Chat) -> None:
    """“Det gør jeg allerede” asks nothing but what is asked once, and counts nowhere."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /start pl-1
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Lad et hjørne gro
           | Jeg lader en del af plænen stå, til blomsterne er færdige.
           | For: Have
           |
           | Hvor mange m²? Vælg, eller skriv et andet tal.
           | [20 m²] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: [Se andre løfter]
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: [Vild natur]
        Bot: Vælg et, eller skriv dit eget:
           |
           | • Lad et hjørne gro. Jeg lader en del af plænen stå, til blomsterne er færdige.
           | • Byg et kvashegn. Jeg gemmer grene til pindsvin og insekter i stedet for at køre
           | dem væk.
           | • Slå grøften sent. Jeg slår først min grøftekant efter 15. august. Jeg kører det
           | slåede væk.
           | • Pas på en gravhøj. Jeg besøger højen to gange om året og siger til, hvis noget er
           | galt.
           | • Have uden gift. Jeg bruger ikke sprøjtegift i min have.
           | [Lad et hjørne gro] [Byg et kvashegn] [Slå grøften sent] [Pas på en gravhøj]
           | [Have uden gift] [Med dine egne ord] [Tilbage] [Menu]
        Jens: [Lad et hjørne gro]
        Bot: Lad et hjørne gro
           | Jeg lader en del af plænen stå, til blomsterne er færdige.
           | For: Have
           |
           | Hvor mange m²? Vælg, eller skriv et andet tal.
           | [20 m²] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: [Det gør jeg allerede]
        Bot: Tak. Det er skrevet ned, at du gør det allerede. Vi tæller det ikke med som et nyt
           | løfte.
           | [Giv et løfte mere] [Mit overblik] [Menu]
    """)
    (made,) = await _stored(chat_on_each)
    assert made.state is PledgeState.ALREADY
    async with opened(chat_on_each) as store, store.unit() as unit:
        assert await unit.ledger.total(2026, theme="wild", measure="m2") == 0


async def test_the_word_already_is_asked_about(chat: Chat) -> None:
    """Who writes that they do it already is asked whether it is a promise."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /loefte Jeg tager allerede bussen til byen
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
        Jens: [Varme og transport]
        Bot: "Jeg tager allerede bussen til byen"
           |
           | Lover du det?
           | [Det lover jeg] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: 1
        Bot: Hvor tit?
           | [Én gang] [Hver dag] [Hver uge] [Hver måned] [Hver tredje måned] [To gange om året]
           | [Én gang om året] [Tilbage] [Menu]
        Jens: [Hver uge]
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Fire uger] [Tre måneder] [Et halvt år] [Et år] [Tilbage] [Menu]
        Jens: [Tilbage]
        Bot: Hvor tit?
           | [Én gang] [Hver dag] [Hver uge] [Hver måned] [Hver tredje måned] [To gange om året]
           | [Én gang om året] [Tilbage] [Menu]
        Jens: [Tilbage]
        Bot: "Jeg tager allerede bussen til byen"
           |
           | Lover du det?
           | [Det lover jeg] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: det gør jeg allerede
        Bot: Tak. Det er skrevet ned, at du gør det allerede. Vi tæller det ikke med som et nyt
           | løfte.
           | [Giv et løfte mere] [Mit overblik] [Menu]
    """)
    (made,) = await _stored(chat)
    assert made.state is PledgeState.ALREADY


async def test_under_15_and_later_15(chat: Chat) -> None:
    """A child is told how to take part; only the age is kept, and it can be corrected."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /start pl-8
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Nej]
        Bot: Du skal være fyldt 15 år for selv at give et løfte her. Du kan give et sammen med en
           | forælder. Du må altid stille mig spørgsmål.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Jeg er fyldt 15] [Tal med et menneske] [Menu]
        Jens: løfte
        Bot: Du skal være fyldt 15 år for selv at give et løfte her. Du kan give et sammen med en
           | forælder. Du må altid stille mig spørgsmål.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Jeg er fyldt 15] [Tal med et menneske] [Menu]
    """)
    assert await _stored(chat) == []
    await chat("""
        Jens: [Jeg er fyldt 15]
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: Jeg cykler fire ture om ugen i tre måneder
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Jens: [Uden navn]
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Tilbage] [Menu]
        Jens: [Ikke noget bestemt]
        Bot: Tak. Dit løfte er skrevet ned.
           |
           | "Jeg cykler fire ture om ugen i tre måneder"
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Uden navn
           | Kommunen læser dine ord, før andre ser dem. Nævn ikke andre mennesker i dem.
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           | [Ret] [Del] [Mit overblik] [Menu]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: [Ingen plan]
        Bot: Det er helt i orden. Du kan lave en plan senere under "Ret".
           | [Ret] [Mit overblik] [Menu]
    """)
    (made,) = await _stored(chat)
    assert (made.measure, made.amount) == ("rides", 400)


async def test_without_consent_nothing_is_kept(chat: Chat) -> None:
    """A no to the consent stores no pledge, no age and no consent."""
    await chat("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: /start pl-7
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Back] [Menu]
        Ana: [Yes]
        Bot: May we keep your pledge, and ask you how it goes? We count what the town does
           | together. Write “my overview” to see it, change it or end it.
           | [Yes] [No] [Back] [Menu]
        Ana: [No]
        Bot: That is all right. Nothing is written down. You can still do it, without us.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           | [Make a pledge] [Talk to a person] [Menu]
    """)
    assert await _stored(chat) == []
    async with opened(chat) as store, store.unit() as unit:
        person = await unit.people.get(1)
        assert CONSENT not in await unit.consents.live(person.id)


async def test_a_sentence_that_is_too_short_or_wrong_is_asked_about(chat: Chat) -> None:
    """Half a lamp and a span of two weeks are no answers: both are asked for."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: løfte
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: hvem bestemmer
        Bot: Du bestemmer selv, hvad du lover. Du kan altid ændre det, holde pause eller stoppe.
        Bot: Tilbage til "Giv et løfte":
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: cykel
        Bot: Vælg et, eller skriv dit eget:
           |
           | • Skru en grad ned. Jeg holder varmen en grad lavere i vinter.
           | • To dage på cykel. Jeg cykler på arbejde eller i skole to dage om ugen.
           | [Skru en grad ned] [To dage på cykel] [Med dine egne ord] [Tilbage] [Menu]
        Jens: [Tilbage]
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: ja tak
        Bot: Skriv det som en sætning, for eksempel "Jeg lader 20 m² af plænen stå til august".
           | Eller tryk på en knap.
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: Jeg slukker 1,5 lamper i to uger
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: gentag
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           |
           | 1. Ja
           | 2. Nej
           | 3. Tilbage
           | 4. Menu
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: halvanden
        Bot: Det kunne jeg ikke finde blandt mulighederne. Tryk på en knap, eller skriv ordene
           | eller nummeret.
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           |
           | 1. Ja
           | 2. Nej
           | 3. Tilbage
           | 4. Menu
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: 0
        Bot: Du skal være fyldt 15 år for selv at give et løfte her. Du kan give et sammen med en
           | forælder. Du må altid stille mig spørgsmål.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Jeg er fyldt 15] [Tal med et menneske] [Menu]
        Jens: 1,5
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: ca. 2 lamper
        Bot: Det forstod jeg ikke helt. Mener du en af de her ting? Ellers sender jeg dit
           | spørgsmål til et menneske om en halv time.
           | [Der er hul i vejen] [Spørg et menneske] [Det var ikke noget]
        Jens: om tolv år
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: 2 uger
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: til juni
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: stop
        Bot: Det er gjort. Du får ikke mere nyt fra os her. Svar på dine egne spørgsmål får du
           | stadig. Skriv "nyt", hvis du vil have det igen.
           | [Menu]
        Jens: fortsæt
        Bot: Der er ikke noget, der venter på dig.
        Bot: <menu>
    """)


async def test_a_lead_promises_for_a_group(chat: Chat) -> None:
    """Who leads a group is asked for whom; the card still comes after at most eight taps."""
    await chat.play("Jens: /start")
    async with opened(chat) as store, store.unit() as unit:
        lead = await unit.participants.of_person(1, "")
        group = await unit.groups.add(Group(0, "Naturvennerne", GroupKind.ASSOCIATION))
        await unit.groups.join(group, lead.id, is_lead=True)
    await chat("""
        Jens: løfte
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: [Vild natur]
        Bot: Vælg et, eller skriv dit eget:
           |
           | • Lad et hjørne gro. Jeg lader en del af plænen stå, til blomsterne er færdige.
           | • Byg et kvashegn. Jeg gemmer grene til pindsvin og insekter i stedet for at køre
           | dem væk.
           | • Slå grøften sent. Jeg slår først min grøftekant efter 15. august. Jeg kører det
           | slåede væk.
           | • Pas på en gravhøj. Jeg besøger højen to gange om året og siger til, hvis noget er
           | galt.
           | • Have uden gift. Jeg bruger ikke sprøjtegift i min have.
           | [Lad et hjørne gro] [Byg et kvashegn] [Slå grøften sent] [Pas på en gravhøj]
           | [Have uden gift] [Med dine egne ord] [Tilbage] [Menu]
        Jens: [Lad et hjørne gro]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Hvem giver løftet?
           | [Mig selv] [Naturvennerne] [Tilbage] [Menu]
        Jens: [Naturvennerne]
        Bot: Lad et hjørne gro
           | Jeg lader en del af plænen stå, til blomsterne er færdige.
           | For: Have
           |
           | Hvor mange m²? Vælg, eller skriv et andet tal.
           | [20 m²] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: [20 m²]
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Sæsonen ud, 30. september 2027] [Et halvt år] [Et år] [Tilbage] [Menu]
        Jens: [Et halvt år]
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Jens: [Alle kan se det]
        Bot: Tak. Dit løfte er skrevet ned.
           |
           | "Jeg lader en del af plænen stå, til blomsterne er færdige."
           | Emne: Vild natur, "Lad et hjørne gro"
           | Mængde: 20 m²
           | Hvor tit: Hver måned, april til september
           | Indtil: søndag d. 23. maj 2027
           | På vegne af: Naturvennerne
           | Hvem kan se det: Alle kan se det
           |
           | Næste gang jeg spørger dig, er fredag d. 23. april.
           | [Ret] [Del] [Mit overblik] [Menu]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: [Ingen plan]
        Bot: Det er helt i orden. Du kan lave en plan senere under "Ret".
           | [Ret] [Mit overblik] [Menu]
    """)
    (made,) = await _stored(chat)
    assert made.group_id == group


async def test_words_with_a_lead_answer_what_staff_asked(chat: Chat) -> None:
    """“Jeg lover at …” is no pledge where staff wait for an answer."""
    await chat.play("Jens: /start")
    await chat.play("Jens: menneske")
    await chat.play("Jens: [Skriv til et menneske]")
    await chat.play("Jens: Der er ingen lys i gaden")
    await chat.play("Mette asks KS-1001: Kan du sende et billede?")
    await chat("""
        Jens: Jeg lover at sende et i morgen
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest mandag d. 30.
           | november.
           | [Nyt spørgsmål] [Menu]
    """)
    assert await _stored(chat) == []


async def test_an_entry_that_is_retired_meanwhile(chat: Chat) -> None:
    """A pledge cannot be made from an entry that staff have retired; there are others."""
    await chat.play("Jens: /start")
    await chat.play("Jens: /start pl-2")
    async with opened(chat) as store, store.unit() as unit:
        staff = await unit.staff.by_username("mette")
    assert staff is not None
    await ask(chat, RetireEntry(staff.id, 2))
    await chat("""
        Jens: [Ja]
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Byg et kvashegn
           | Jeg gemmer grene til pindsvin og insekter i stedet for at køre dem væk.
           | For: Have
           |
           | Hvor mange meter? Vælg, eller skriv et andet tal.
           | [3 meter] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: 3
        Bot: Hvilken dag er det gjort? Vælg, eller skriv en dag som "1. august".
           | [Inden 15. april 2027] [Inden 21. december] [Tilbage] [Menu]
        Jens: [Inden 15. april 2027]
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Jens: [Uden navn]
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Tilbage] [Menu]
        Jens: [Ikke noget bestemt]
        Bot: Det løfte kan ikke vælges mere. Vælg et andet.
           | [Mit overblik] [Menu]
        Jens: /start pl-2
        Bot: Det løfte kan ikke vælges mere. Der er andre at vælge imellem.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Giv et løfte] [Tal med et menneske] [Menu]
        Jens: /start pl-x
        Bot: Det løfte kan ikke vælges mere. Der er andre at vælge imellem.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Giv et løfte] [Tal med et menneske] [Menu]
    """)
    assert await _stored(chat) == []


async def test_told_once_that_pledges_are_open(chat: Chat) -> None:
    """A citizen who asked to be told gets one message, whose button begins."""
    await chat.play("Jens: /start")
    await ask(chat, TellWhenOpen(1, "pledge"))
    async with opened(chat) as store, store.unit() as unit:
        assert await tell_opened(unit) == 1
        assert await tell_opened(unit) == 0
    await chat("""
        --- 5 minutes pass
        Bot to Jens: Du ville høre, når der blev åbnet: Giv et løfte er åben her nu.
           | [Giv et løfte]
        Jens: [Giv et løfte]
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
    """)


async def test_an_unfinished_pledge_goes_on_after_restarts(chat_on_each: Chat) -> None:
    """The process restarts before every line; a day later there is one nudge, in English too."""
    await chat_on_each("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: I pledge to let 30 square metres grow
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Back] [Menu]
        Ana: yes
        Bot: May we keep your pledge, and ask you how it goes? We count what the town does
           | together. Write “my overview” to see it, change it or end it.
           | [Yes] [No] [Back] [Menu]
        Ana: yes
        Bot: How long? Choose, or write a day like “1 August”. It lasts at least four weeks, but
           | you can stop before.
           | [To the end of the season, 30 September 2027] [Half a year] [A year] [Back] [Menu]
        Ana: [A year]
        Bot: Who may see your pledge? You can change it later.
           | [Only you and the municipality] [Without name] [Everyone can see it] [Back] [Menu]
        --- 2 days pass
        Bot to Ana: You had begun “Make a pledge”, and your answers are kept. Do you want to
           | continue?
           | [Continue] [No thanks]
        Ana: [Continue]
        Bot: Who may see your pledge? You can change it later.
           | [Only you and the municipality] [Without name] [Everyone can see it] [Back] [Menu]
        Ana: sprog
        Bot: Which language do you want to read?
           | [Dansk] [English]
        Ana: [Dansk]
        Bot: Fra nu af skriver jeg dansk.
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Ana: [Uden navn]
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Tilbage] [Menu]
    """)
