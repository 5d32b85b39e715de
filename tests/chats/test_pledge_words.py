"""A pledge in the words of a citizen: days by name, sentences, questions, amounts."""

from __future__ import annotations

from pledge_people import arrive

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
