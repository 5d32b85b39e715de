"""A pledge in the words of a citizen: days by name, sentences, questions, amounts."""

from __future__ import annotations

from pledge_people import arrive, pledge

from bot.testing import Chat


async def test_days_by_name(chat: Chat) -> None:
    """“jul” is Christmas in a sentence and in an answer; Easter and a spelt day are read, too."""
    await arrive(chat, "Jens", "Ana")
    await chat("""
        Jens: /start pl-8
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: 4
        Bot: "Giv et løfte" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: jul
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: tilbage
        Bot: <menu>
        Jens: den første september
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: /menu
        Bot: "Giv et løfte" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: /loefte
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: Jeg slukker to lamper indtil påske
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Ana: /start pl-8
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Back] [Menu]
        Ana: 4
        Bot: “Make a pledge” waits for you. Your answers are kept.
           | [Continue] [Language] [Ask a question] [Report something] [Volunteer] [Make a pledge]
           | [My overview] [Talk to a person] [Help]
        Ana: until Easter
        Bot: I do not know that. A person can help you. I send your question to a person in half
           | an hour, or at once if you press the button.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           | [Ask a person] [It was nothing]
    """)


async def test_a_pledge_in_the_open_chat(chat: Chat) -> None:
    """What a citizen wants to promise begins a pledge with its parts, without a button."""
    await arrive(chat, "Jens", "Ana")
    await chat("""
        Jens: jeg vil gerne give et løfte
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: /menu
        Bot: "Giv et løfte" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: [Menu]
        Bot: "Giv et løfte" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: lov noget
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: [Menu]
        Bot: "Giv et løfte" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: giv løfte
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: [Menu]
        Bot: "Giv et løfte" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: hvad er et løfte?
        Bot: Et løfte er noget, du lover selv at gøre for naturen, klimaet eller dine naboer. Du
           | bestemmer, hvad det er, hvor meget og hvor længe, og hvem der må se det. En gang
           | imellem spørger jeg, hvordan det går. Du kan altid rette det eller stoppe.
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: [Menu]
        Bot: "Giv et løfte" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: jeg vil gerne slå plænen sjældnere indtil august
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: 15
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Menu]
        Bot: "Giv et løfte" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Ana: I want to make a pledge
        Bot: What do you want to promise? Choose a theme, or write it yourself. For example: “I
           | let 20 m² of the lawn grow until August”.
           | [Wild nature] [Dark nights] [Heat and transport] [Guests and food]
           | [Neighbours and children] [What would you like for yourself?] [In your own words]
           | [Menu]
        Ana: [Menu]
        Bot: “Make a pledge” waits for you. Your answers are kept.
           | [Continue] [Language] [Ask a question] [Report something] [Volunteer] [Make a pledge]
           | [My overview] [Talk to a person] [Help]
        Ana: I will cycle to work two days a week until June
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Back] [Menu]
    """)


async def test_a_habit_is_asked_about(chat: Chat) -> None:
    """What a citizen does may be a pledge: the chat asks, and after a no answers the words."""
    await arrive(chat, "Jens", "Samira")
    await chat("""
        Jens: jeg cykler på arbejde to gange om ugen
        Bot: Er det noget, du vil love? Så skriver jeg det ned som dit løfte.
           | [Ja] [Nej] [Menu]
        Jens: [Ja]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Menu]
        Bot: "Giv et løfte" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Samira: jeg slukker udelyset hver aften
        Bot: Er det noget, du vil love? Så skriver jeg det ned som dit løfte.
           | [Ja] [Nej] [Menu]
        Samira: nej
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Samira: jeg cykler på arbejde, og stien er hullet
        Bot: Der er hul i vejen
           | Tryk "Giv et praj" og send sted og billede. Du får svar om, hvornår vi ser på det.
           | Er det farligt nu, så ring 114.
           |
           | Kilde: Jonas, Natur. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Samira: hvornår slår I plænen ved skolen?
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Samira: jeg cykler på arbejde hver dag, men stien er fuld af glas
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
    """)


async def test_the_plan_takes_times_and_places_only(chat: Chat) -> None:
    """Words of the card do what they name; a yes and words without a time are asked about."""
    await arrive(chat, "Jens", "Ana")
    await pledge(chat, "Ana", "L8")
    await pledge(chat, "Jens", "L8")
    await chat("""
        Jens: mit løfte
        Bot: Dine løfter
           | • To dage på cykel (4 ture): jeg spørger dig mandag d. 30. november
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [To dage på cykel] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           |
           | Hvis du stopper løftet, tæller det, du har gjort, stadig.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Ret] [Gør det mindre] [Hold pause] [Lav en plan] [Del] [Stop løftet]
           | [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
        Jens: [Lav en plan]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: ja
        Bot: Hvornår og hvor? Skriv en dag eller et sted, eller tryk på "Ingen plan" eller
           | "Spring over".
           | [Ingen plan] [Spring over] [Menu]
        Jens: nej
        Bot: Hvornår og hvor? Skriv en dag eller et sted, eller tryk på "Ingen plan" eller
           | "Spring over".
           | [Ingen plan] [Spring over] [Menu]
        Jens: fjollet gulerod
        Bot: Jeg kan hverken se en tid eller et sted i det. Skriv for eksempel "lørdag kl. 10"
           | eller "ved skuret", eller tryk på "Spring over".
           | [Ingen plan] [Spring over] [Menu]
        Jens: være sammen med andre
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Menu]
        Jens: indtil
        Bot: Hvor længe nu? Vælg, eller skriv en dag som "1. august".
           | [Fire uger] [Tre måneder] [Et halvt år] [Et år] [Menu]
        Jens: mit løfte
        Bot: Dine løfter
           | • To dage på cykel (4 ture): jeg spørger dig mandag d. 30. november
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [To dage på cykel] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           |
           | Hvis du stopper løftet, tæller det, du har gjort, stadig.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Ret] [Gør det mindre] [Hold pause] [Lav en plan] [Del] [Stop løftet]
           | [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
        Jens: [Lav en plan]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: ret
        Bot: Hvad vil du rette?
           | [Mængde] [Indtil] [Hvem kan se det] [Det vil du have ud af det]
           | [Hvornår og hvor jeg begynder] [Mit overblik] [Menu]
        Jens: mit løfte
        Bot: Dine løfter
           | • To dage på cykel (4 ture): jeg spørger dig mandag d. 30. november
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [To dage på cykel] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           |
           | Hvis du stopper løftet, tæller det, du har gjort, stadig.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Ret] [Gør det mindre] [Hold pause] [Lav en plan] [Del] [Stop løftet]
           | [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
        Jens: [Lav en plan]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: ved skuret
        Bot: Hvad gør du som det første?
           | [Pump cyklen aftenen før.] [Spring over] [Tilbage] [Menu]
        Jens: ja
        Bot: Skriv det med et par ord, eller tryk på "Spring over".
        Bot: Hvad gør du som det første?
           | [Pump cyklen aftenen før.] [Spring over] [Tilbage] [Menu]
        Jens: pumper dækkene
        Bot: Din plan er noteret.
           | Sted: ved skuret
           | Først: pumper dækkene
           |
           | Planen har ikke noget tidspunkt, så jeg minder dig ikke om den.
           | [Tilføj et tidspunkt] [Ret] [Mit overblik] [Menu]
        Ana: my pledge
        Bot: Your pledges
           | • Two days by bike (4 rides): I ask you on Monday 30 November
           |
           | Press one to see it, change it or end it.
           | [Two days by bike] [Make a pledge] [Take back consent] [My overview] [Menu]
        Ana: [Two days by bike]
        Bot: Your pledge
           | “I cycle to work or school two days a week.”
           | About: Heat and transport, “Two days by bike”
           | How much: 4 rides
           | How often: Every week
           | Until: Tuesday 23 February 2027
           | Who can see it: Only you and the municipality
           |
           | I next ask you how it goes on Monday 30 November.
           |
           | If you stop the pledge, what you did still counts.
           | If you take it back, none of it counts any more.
           | [Change] [Make it smaller] [Take a break] [Make a plan] [Share] [Stop the pledge]
           | [Take the pledge back] [My pledges] [My overview] [Menu]
        Ana: [Make a plan]
        Bot: When and where do you begin? Write it in one go, like “Saturday at 10 by the shed”.
           | Then I remind you once.
           | [No plan] [Skip] [Menu]
        Ana: yes
        Bot: When and where, then? Write a day or a place, or press “No plan” or “Skip”.
           | [No plan] [Skip] [Menu]
        Ana: carrots
        Bot: I found no time and no place in that. Write for example “Saturday at 10” or “by the
           | shed”, or press “Skip”.
           | [No plan] [Skip] [Menu]
        Ana: change
        Bot: What do you want to change?
           | [How much] [Until] [Who can see it] [What you want to get out of it]
           | [When and where I begin] [My overview] [Menu]
        Ana: [When and where I begin]
        Bot: When and where do you begin? Write it in one go, like “Saturday at 10 by the shed”.
           | Then I remind you once.
           | [No plan] [Skip] [Menu]
        Ana: when it is light
        Bot: Where do you do it?
           | [Skip] [Back] [Menu]
        Ana: at home
        Bot: What is the first thing you do?
           | [Pump the tyres the evening before.] [Skip] [Back] [Menu]
        Ana: [Skip]
        Bot: Your plan is noted.
           | When: when it is light
           | Place: at home
           |
           | The plan has no time, so I do not remind you.
           | [Add a time] [Change] [My overview] [Menu]
    """)


async def test_questions_about_a_question(chat: Chat) -> None:
    """Each step says what it is about, and who sees the answer; then it asks again."""
    await arrive(chat, "Jens", "Ana")
    await chat("""
        Jens: giv et løfte
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: hvad betyder det?
        Bot: Et løfte er noget, du lover selv at gøre for naturen, klimaet eller dine naboer. Du
           | bestemmer, hvad det er, hvor meget og hvor længe, og hvem der må se det. En gang
           | imellem spørger jeg, hvordan det går. Du kan altid rette det eller stoppe.
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: [Mørke nætter]
        Bot: Vælg et, eller skriv dit eget:
           |
           | • Sluk for natten. Jeg slukker udelyset kl. 22 og lader lamper pege nedad.
           | [Sluk for natten] [Med dine egne ord] [Tilbage] [Menu]
        Jens: hvem ser det?
        Bot: Kun du og kommunen kan se dit løfte, medmindre du selv vælger, at andre må.
        Bot: Vælg et, eller skriv dit eget:
           |
           | • Sluk for natten. Jeg slukker udelyset kl. 22 og lader lamper pege nedad.
           | [Sluk for natten] [Med dine egne ord] [Tilbage] [Menu]
        Jens: [Sluk for natten]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: hvorfor spørger du?
        Bot: Børn under 15 giver et løfte sammen med en forælder. Vi gemmer kun ja eller nej,
           | ikke din alder.
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: ja
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: hvem ser det?
        Bot: Kun du og kommunen kan se dit løfte, medmindre du selv vælger, at andre må.
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: hvad mener du
        Bot: Vi gemmer kun et løfte, hvis du siger ja. Så gemmer vi, hvad du lover, og hvad du
           | svarer, når jeg spørger, hvordan det går. Skriv "stop mine løfter", hvis du
           | fortryder dit ja.
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: ja
        Bot: Sluk for natten
           | Jeg slukker udelyset kl. 22 og lader lamper pege nedad.
           | For: Alle
           |
           | Hvor mange lamper? Vælg, eller skriv et andet tal.
           | [2 lamper] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: hvorfor spørger du?
        Bot: Vi lægger alle løfter sammen. Et gæt er nok, og du kan rette det senere.
        Bot: Sluk for natten
           | Jeg slukker udelyset kl. 22 og lader lamper pege nedad.
           | For: Alle
           |
           | Hvor mange lamper? Vælg, eller skriv et andet tal.
           | [2 lamper] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: 2
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Sæsonen ud, 31. marts 2027] [Fire uger] [Tre måneder] [Et halvt år] [Et år]
           | [Tilbage] [Menu]
        Jens: hvad betyder det?
        Bot: Indtil den dag spørger jeg, hvordan det går. Så slutter løftet af sig selv. Du kan
           | stoppe før eller vælge en anden dag.
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Sæsonen ud, 31. marts 2027] [Fire uger] [Tre måneder] [Et halvt år] [Et år]
           | [Tilbage] [Menu]
        Jens: [Tre måneder]
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Jens: hvad betyder det
        Bot: "Kun dig og kommunen": ingen andre læser det. "Uden navn": andre kan læse, hvad der
           | er lovet, men ikke af hvem. "Alle kan se det": andre kan læse det med dit fornavn.
           | Det tæller med i byens tal i alle tre tilfælde.
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Jens: [Kun dig og kommunen]
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Tilbage] [Menu]
        Jens: hvorfor spørger du?
        Bot: Du behøver ikke svare. Vi spørger for at vide, hvad folk gerne vil have ud af et
           | løfte.
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
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er onsdag d. 23. december.
           | [Ret] [Del] [Mit overblik] [Menu]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: hvorfor?
        Bot: Det er lettere at komme i gang med en tid og et sted. Du behøver ikke svare, og
           | andre kan ikke se det.
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: træk mit løfte tilbage
        Bot: Vil du trække "Sluk for natten" tilbage? 2 lamper går ud af byens tal, og løftet
           | forsvinder fra din liste. Det kan du ikke fortryde.
           | [Ja, træk det tilbage] [Nej, behold det]
        Jens: hvad betyder det?
        Bot: Et løfte, du trækker tilbage, tæller ingen steder mere og forsvinder fra din liste.
           | Hvis du i stedet stopper det, kan du stadig se det.
        Bot: Vil du trække "Sluk for natten" tilbage? 2 lamper går ud af byens tal, og løftet
           | forsvinder fra din liste. Det kan du ikke fortryde.
           | [Ja, træk det tilbage] [Nej, behold det]
        Jens: [Nej, behold det]
        Bot: Dit løfte
           | "Jeg slukker udelyset kl. 22 og lader lamper pege nedad."
           | Emne: Mørke nætter, "Sluk for natten"
           | Mængde: 2 lamper
           | Hvor tit: Hver måned, oktober til marts
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er onsdag d. 23. december.
           |
           | Hvis du stopper løftet, tæller dine 2 lamper ikke længere med, men du kan stadig se
           | det.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Ret] [Gør det mindre] [Hold pause] [Lav en plan] [Del] [Stop løftet]
           | [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
        Jens: fortryd samtykke til løfter
        Bot: Vil du fortryde dit samtykke? Så stopper alle dine løfter, og jeg spørger ikke mere
           | til dem. Det, du har gjort, tæller stadig med.
           | [Ja, fortryd samtykke] [Nej, behold det]
        Jens: hvad sker der så?
        Bot: Hvis du fortryder dit samtykke, stopper dine løfter. Så spørger jeg dig ikke mere om
           | dem.
        Bot: Vil du fortryde dit samtykke? Så stopper alle dine løfter, og jeg spørger ikke mere
           | til dem. Det, du har gjort, tæller stadig med.
           | [Ja, fortryd samtykke] [Nej, behold det]
        Ana: /start pl-4
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Back] [Menu]
        Ana: why do you ask?
        Bot: A child under 15 makes a pledge together with a parent. We keep only yes or no, and
           | not how old you are.
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Back] [Menu]
        Ana: who sees it?
        Bot: Only you and the municipality can see your pledge, unless you choose yourself that
           | others may.
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Back] [Menu]
    """)


async def test_an_end_before_the_season_is_refused(chat: Chat) -> None:
    """A pledge needs a day on which it is kept; the reason is said, and the season offered."""
    await arrive(chat, "Jens", "Ana")
    await pledge(chat, "Ana", "L1")
    await chat("""
        Jens: /start pl-1
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: 20
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: til påske
        Bot: Det kunne jeg ikke finde blandt mulighederne. Tryk på en knap, eller skriv ordene
           | eller nummeret.
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           |
           | 1. Ja
           | 2. Nej
           | 3. Tilbage
           | 4. Menu
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Menu]
        Bot: "Giv et løfte" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: jeg lader 20 m² af plænen stå til påske
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Ana: my pledge
        Bot: Your pledges
           | • Let a corner grow (20 m²): I ask you on Friday 23 April
           |
           | Press one to see it, change it or end it.
           | [Let a corner grow] [Make a pledge] [Take back consent] [My overview] [Menu]
        Ana: [Let a corner grow]
        Bot: Your pledge
           | “I leave part of the lawn until the flowers have finished.”
           | About: Wild nature, “Let a corner grow”
           | How much: 20 m²
           | How often: Every month, April to September
           | Until: Thursday 30 September 2027
           | Who can see it: Only you and the municipality
           |
           | I next ask you how it goes on Friday 23 April.
           |
           | If you stop the pledge, your 20 m² no longer count, but you can still see it.
           | If you take it back, none of it counts any more.
           | [Change] [Make it smaller] [Take a break] [Make a plan] [Share] [Stop the pledge]
           | [Take the pledge back] [My pledges] [My overview] [Menu]
        Ana: [Change]
        Bot: What do you want to change?
           | [How much] [Until] [Who can see it] [What you want to get out of it]
           | [When and where I begin] [My overview] [Menu]
        Ana: [Until]
        Bot: Until when now? Choose, or write a day like “1 August”.
           | [To the end of the season, 30 September 2027] [Half a year] [A year] [Menu]
        Ana: until Easter
        Bot: This pledge is kept from 1 April 2027 to 30 September 2027. If it ended before,
           | there would be no day on which you keep it.
        Bot: Until when now? Choose, or write a day like “1 August”.
           | [To the end of the season, 30 September 2027] [Half a year] [A year] [Menu]
    """)


async def test_amounts_far_above_the_usual(chat: Chat) -> None:
    """A million rides are asked about; “smaller” takes no larger number; the plan stays."""
    await arrive(chat, "Jens", "Ana")
    await pledge(chat, "Jens", "L8")
    await chat("""
        Jens: mit løfte
        Bot: Dine løfter
           | • To dage på cykel (4 ture): jeg spørger dig mandag d. 30. november
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [To dage på cykel] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           |
           | Hvis du stopper løftet, tæller det, du har gjort, stadig.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Ret] [Gør det mindre] [Hold pause] [Lav en plan] [Del] [Stop løftet]
           | [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
        Jens: [Lav en plan]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: når det bliver lyst
        Bot: Hvor gør du det?
           | [Spring over] [Tilbage] [Menu]
        Jens: hjemme
        Bot: Hvad gør du som det første?
           | [Pump cyklen aftenen før.] [Spring over] [Tilbage] [Menu]
        Jens: [Spring over]
        Bot: Din plan er noteret.
           | Hvornår: når det bliver lyst
           | Sted: hjemme
           |
           | Planen har ikke noget tidspunkt, så jeg minder dig ikke om den.
           | [Tilføj et tidspunkt] [Ret] [Mit overblik] [Menu]
        Jens: [Ret]
        Bot: Hvad vil du rette?
           | [Mængde] [Indtil] [Hvem kan se det] [Det vil du have ud af det]
           | [Hvornår og hvor jeg begynder] [Mit overblik] [Menu]
        Jens: [Mængde]
        Bot: To dage på cykel
           | Jeg cykler på arbejde eller i skole to dage om ugen.
           | For: Alle
           |
           | Hvor mange ture om ugen? Vælg, eller skriv et andet tal.
           | [4 ture] [Menu]
        Jens: 1000000
        Bot: Mener du 1.000.000 ture? Det er meget mere, end de fleste lover.
           | [Ja] [Nej, jeg skriver det igen] [Menu]
        Jens: nej
        Bot: To dage på cykel
           | Jeg cykler på arbejde eller i skole to dage om ugen.
           | For: Alle
           |
           | Hvor mange ture om ugen? Vælg, eller skriv et andet tal.
           | [4 ture] [Menu]
        Jens: 1000000
        Bot: Mener du 1.000.000 ture? Det er meget mere, end de fleste lover.
           | [Ja] [Nej, jeg skriver det igen] [Menu]
        Jens: 6
        Bot: ✓ Det er rettet.
           |
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 6 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           | Plan: når det bliver lyst, hjemme
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           | [Ret] [Del] [Mit overblik] [Menu]
        Jens: gør løftet mindre
        Bot: Du har lovet 6 ture. Hvor mange ture lover du nu?
           | [3 ture] [1 tur] [Menu]
        Jens: 10
        Bot: Det er ikke mindre end nu. Skriv et mindre tal. Hvis du vil love mere, kan du trykke
           | på "Ret" ved løftet.
        Bot: Du har lovet 6 ture. Hvor mange ture lover du nu?
           | [3 ture] [1 tur] [Menu]
        Jens: 2
        Bot: ✓ Det er rettet.
           |
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 2 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           | Plan: når det bliver lyst, hjemme
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           | [Ret] [Del] [Mit overblik] [Menu]
        Ana: /start pl-8
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Back] [Menu]
        Ana: 5000
        Bot: I could not find that among the choices. Press a button, or write its words or
           | number.
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           |
           | 1. Yes
           | 2. No
           | 3. Back
           | 4. Menu
           | [Yes] [No] [Back] [Menu]
        Ana: yes
        Bot: May we keep your pledge, and ask you how it goes? We count what the town does
           | together. Write “my overview” to see it, change it or end it.
           | [Yes] [No] [Back] [Menu]
    """)


async def test_age_first_and_then_on_with_the_answers(chat: Chat) -> None:
    """The age is an answer; a person who is 15 goes on; back after a sentence are the choices."""
    await arrive(chat, "Jens", "Ana")
    await chat("""
        Jens: /loefte
        Bot: Hvad vil du love? Vælg et emne, eller skriv det selv. For eksempel: "Jeg lader 20 m²
           | af plænen stå til august".
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Hvad vil du gerne selv?] [Med dine egne ord] [Menu]
        Jens: noget helt andet
        Bot: Skriv dit løfte med dine egne ord. Skriv også, hvor meget og hvor længe, hvis du
           | kan. For eksempel: "Jeg cykler to dage om ugen i tre måneder".
           | [Tilbage] [Menu]
        Jens: tilbage
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
        Jens: [To dage på cykel]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: nej
        Bot: Du skal være fyldt 15 år for selv at give et løfte her. Du kan give et sammen med en
           | forælder. Du må altid stille mig spørgsmål.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Jeg er fyldt 15] [Tal med et menneske] [Menu]
        Jens: [Jeg er fyldt 15]
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: ja
        Bot: To dage på cykel
           | Jeg cykler på arbejde eller i skole to dage om ugen.
           | For: Alle
           |
           | Hvor mange ture om ugen? Vælg, eller skriv et andet tal.
           | [4 ture] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: nej, seks
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Fire uger] [Tre måneder] [Et halvt år] [Et år] [Tilbage] [Menu]
        Jens: tre måneder
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Jens: alle
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Tilbage] [Menu]
        Ana: I will cycle to work two days a week until June
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Back] [Menu]
        Ana: I am 71
        Bot: May we keep your pledge, and ask you how it goes? We count what the town does
           | together. Write “my overview” to see it, change it or end it.
           | [Yes] [No] [Back] [Menu]
        Ana: back
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Back] [Menu]
        Ana: back
        Bot: What do you want to promise? Choose a theme, or write it yourself. For example: “I
           | let 20 m² of the lawn grow until August”.
           | [Wild nature] [Dark nights] [Heat and transport] [Guests and food]
           | [Neighbours and children] [What would you like for yourself?] [In your own words]
           | [Menu]
    """)


async def test_a_sentence_as_the_answer_to_how_long(chat: Chat) -> None:
    """A whole sentence may be a new pledge or the answer: the chat asks which is meant."""
    await arrive(chat, "Jens")
    await chat("""
        Jens: /start pl-8
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: ja
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: ja
        Bot: To dage på cykel
           | Jeg cykler på arbejde eller i skole to dage om ugen.
           | For: Alle
           |
           | Hvor mange ture om ugen? Vælg, eller skriv et andet tal.
           | [4 ture] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: 4
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Fire uger] [Tre måneder] [Et halvt år] [Et år] [Tilbage] [Menu]
        Jens: jeg vil hjælpe min nabo med indkøb hver uge i et halvt år
        Bot: Er det et nyt løfte, eller er det svaret på mit spørgsmål?
           | [Et nyt løfte] [Svaret på dit spørgsmål] [Menu]
        Jens: [Svaret på dit spørgsmål]
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Jens: tilbage
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Fire uger] [Tre måneder] [Et halvt år] [Et år] [Tilbage] [Menu]
        Jens: jeg vil hjælpe min nabo med indkøb hver uge i et halvt år
        Bot: Er det et nyt løfte, eller er det svaret på mit spørgsmål?
           | [Et nyt løfte] [Svaret på dit spørgsmål] [Menu]
        Jens: [Et nyt løfte]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
    """)
