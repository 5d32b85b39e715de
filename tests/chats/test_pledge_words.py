"""A pledge in the words of a citizen: days by name, sentences, questions, amounts."""

from __future__ import annotations

from pledge_people import arrive, pledge

from bot.testing import Chat


async def test_days_by_name(chat: Chat) -> None:
    """“jul” is Christmas in a sentence and in an answer; Easter and a spelt day are read, too."""
    await arrive(chat, "Jens", "Ana")
    await chat("""
        Jens: /start pl-8
        Bot: To dage på cykel
           | Jeg cykler på arbejde eller i skole to dage om ugen.
           | For: Alle
           |
           | Hvor mange ture om ugen? Vælg, eller skriv et andet tal.
           | [4 ture] [Det gør jeg allerede] [Se andre løfter] [Menu]
        Jens: 4
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Fire uger] [Tre måneder] [Et halvt år] [Et år] [Tilbage] [Menu]
        Jens: jul
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
        Jens: tilbage
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Fire uger] [Tre måneder] [Et halvt år] [Et år] [Tilbage] [Menu]
        Jens: den første september
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
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
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Menu]
        Ana: /start pl-8
        Bot: Two days by bike
           | I cycle to work or school two days a week.
           | For: Everyone
           |
           | How many rides a week? Choose, or write another number.
           | [4 rides] [I do it already] [See other pledges] [Menu]
        Ana: 4
        Bot: How long? Choose, or write a day like “1 August”. It lasts at least four weeks, but
           | you can stop before.
           | [Four weeks] [Three months] [Half a year] [A year] [Back] [Menu]
        Ana: until Easter
        Bot: Who may see your pledge? You can change it later.
           | [Only you and the municipality] [Without name] [Everyone can see it] [Back] [Menu]
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
        Bot: "jeg vil gerne slå plænen sjældnere indtil august"
           |
           | Hvor mange m²? Vælg, eller skriv et andet tal.
           | [20 m²] [Det gør jeg allerede] [Se andre løfter] [Menu]
        Jens: 15
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Tilbage] [Menu]
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
        Bot: “I will cycle to work two days a week until June”
           |
           | How many rides a week? Choose, or write another number.
           | [4 rides] [I do it already] [See other pledges] [Menu]
    """)


async def test_a_habit_is_asked_about(chat: Chat) -> None:
    """What a citizen does may be a pledge: the chat asks, and after a no answers the words."""
    await arrive(chat, "Jens", "Samira")
    await chat("""
        Jens: jeg cykler på arbejde to gange om ugen
        Bot: Er det noget, du vil love? Så skriver jeg det ned som dit løfte.
           | [Ja] [Nej] [Menu]
        Jens: [Ja]
        Bot: "jeg cykler på arbejde to gange om ugen"
           |
           | Hvor mange ture om ugen? Vælg, eller skriv et andet tal.
           | [4 ture] [Det gør jeg allerede] [Se andre løfter] [Menu]
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
           | Indtil: tirsdag d. 23. februar
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
           | Indtil: tirsdag d. 23. februar
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
           | Indtil: tirsdag d. 23. februar
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
           | Until: Tuesday 23 February
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
        Bot: Sluk for natten
           | Jeg slukker udelyset kl. 22 og lader lamper pege nedad.
           | For: Alle
           |
           | Hvor mange lamper? Vælg, eller skriv et andet tal.
           | [2 lamper] [Det gør jeg allerede] [Se andre løfter] [Menu]
        Jens: hvorfor spørger du?
        Bot: Vi lægger alle løfter sammen. Et gæt er nok, og du kan rette det senere.
        Bot: Sluk for natten
           | Jeg slukker udelyset kl. 22 og lader lamper pege nedad.
           | For: Alle
           |
           | Hvor mange lamper? Vælg, eller skriv et andet tal.
           | [2 lamper] [Det gør jeg allerede] [Se andre løfter] [Menu]
        Jens: 2
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Sæsonen ud, 31. marts] [Fire uger] [Tre måneder] [Et halvt år] [Et år] [Tilbage]
           | [Menu]
        Jens: hvad betyder det?
        Bot: Indtil den dag spørger jeg, hvordan det går. Så slutter løftet af sig selv. Du kan
           | stoppe før eller vælge en anden dag.
        Bot: Hvor længe? Vælg, eller skriv en dag som "1. august". Et løfte varer mindst fire
           | uger, men du kan altid stoppe.
           | [Sæsonen ud, 31. marts] [Fire uger] [Tre måneder] [Et halvt år] [Et år] [Tilbage]
           | [Menu]
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
        Bot: Tak. Dit løfte er skrevet ned.
           |
           | "Jeg slukker udelyset kl. 22 og lader lamper pege nedad."
           | Emne: Mørke nætter, "Sluk for natten"
           | Mængde: 2 lamper
           | Hvor tit: Hver måned, oktober til marts
           | Indtil: tirsdag d. 23. februar
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
           | Indtil: tirsdag d. 23. februar
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
        Bot: Hvis du fortryder dit samtykke, stopper alle dine løfter, og jeg spørger dig ikke
           | mere om dem.
        Bot: Vil du fortryde dit samtykke? Så stopper alle dine løfter, og jeg spørger ikke mere
           | til dem. Det, du har gjort, tæller stadig med.
           | [Ja, fortryd samtykke] [Nej, behold det]
        Ana: /start pl-4
        Bot: Off for the night
           | I turn off outdoor lights at 10 pm and point lamps down.
           | For: Everyone
           |
           | How many lamps? Choose, or write another number.
           | [2 lamps] [I do it already] [See other pledges] [Menu]
        Ana: why do you ask?
        Bot: We add up the amounts of all pledges. A guess is enough, and you can change it
           | later.
        Bot: Off for the night
           | I turn off outdoor lights at 10 pm and point lamps down.
           | For: Everyone
           |
           | How many lamps? Choose, or write another number.
           | [2 lamps] [I do it already] [See other pledges] [Menu]
        Ana: who sees it?
        Bot: Only you and the municipality can see your pledge, unless you choose yourself that
           | others may.
        Bot: Off for the night
           | I turn off outdoor lights at 10 pm and point lamps down.
           | For: Everyone
           |
           | How many lamps? Choose, or write another number.
           | [2 lamps] [I do it already] [See other pledges] [Menu]
    """)
