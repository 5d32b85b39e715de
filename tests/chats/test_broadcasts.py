"""Broadcasts: news in the reader's language, questions, corrections, outcomes and warnings."""

from __future__ import annotations

from bot.testing import Chat


async def test_news_in_two_languages(chat_on_each: Chat) -> None:
    """News reaches who said yes to its topic, in their language, and is corrected in place."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: nyt
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Natur og klima]
        Bot edits: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [✓ Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Færdig]
        Bot: Må vi sende dig nyt om det her i chatten? Højst to gange om ugen. Skriv "stop", så
           | holder det op.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Det er gemt. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: news
        Bot: What do you want news about? Choose as many as you like, or none.
           | [Nature and climate] [Roads and traffic] [Children and young people]
           | [Culture and leisure] [Volunteering] [Done] [Menu]
        Ana: [Nature and climate]
        Bot edits: What do you want news about? Choose as many as you like, or none.
           | [✓ Nature and climate] [Roads and traffic] [Children and young people]
           | [Culture and leisure] [Volunteering] [Done] [Menu]
        Ana: [Done]
        Bot: May we send you news about this, here in the chat? At most twice a week. Write
           | “stop” and it ends.
           | [Yes] [No] [Back] [Menu]
        Ana: [Yes]
        Bot: It is saved. You can change it at any time.
           | [My overview] [Menu]
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Mette writes everyone about nature: Engen slås lørdag. / The meadow is mown Saturday.
        Mette submits the news
        Mette approves the news
        Console: En leder, der ikke selv har skrevet det, godkender det.
        Lone approves the news
        Bot to Jens: Engen slås lørdag.
           | [Stop beskeder]
        Bot to Ana: The meadow is mown Saturday.
           | [Stop messages]
        --- 2 minutes pass
        Mette corrects the news: Engen slås på søndag kl. 10. / The meadow is mown on Sunday at 10.
        Lone approves the correction
        Bot edits to Jens: Engen slås på søndag kl. 10.
           |
           | Rettet mandag d. 23. november kl. 10.02.
           | [Stop beskeder]
        Bot edits to Ana: The meadow is mown on Sunday at 10.
           |
           | Corrected Monday 23 November 10:02.
           | [Stop messages]
        --- 2 minutes pass
        Jens: [Stop beskeder]
        Bot: Det er gjort. Du får ikke mere nyt fra os her. Svar på dine egne spørgsmål får du
           | stadig. Skriv "nyt", hvis du vil have det igen.
           | [Menu]
    """)


async def test_a_question_is_answered_and_its_outcome_told(chat_on_each: Chat) -> None:
    """A dialogue cannot close before every answer has its outcome; each author is told once."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: nyt
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Natur og klima]
        Bot edits: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [✓ Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Færdig]
        Bot: Må vi sende dig nyt om det her i chatten? Højst to gange om ugen. Skriv "stop", så
           | holder det op.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Det er gemt. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Karen: /start
        Bot: <notice>
        Bot: <menu>
        Karen: nyt
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Karen: [Natur og klima]
        Bot edits: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [✓ Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Karen: [Færdig]
        Bot: Må vi sende dig nyt om det her i chatten? Højst to gange om ugen. Skriv "stop", så
           | holder det op.
           | [Ja] [Nej] [Tilbage] [Menu]
        Karen: [Ja]
        Bot: Det er gemt. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Mette asks everyone about nature: Skal bænken stå ved engen? [Ja] [Nej]
        Mette submits the news
        Lone approves the news
        Bot to Jens: Skal bænken stå ved engen?
           |
           | D-1: Natur- og miljøudvalget beslutter. Du hører, hvad der kom ud af det.
           | [Ja] [Nej] [Svar med mine egne ord] [Stop beskeder]
        Bot to Karen: Skal bænken stå ved engen?
           |
           | D-1: Natur- og miljøudvalget beslutter. Du hører, hvad der kom ud af det.
           | [Ja] [Nej] [Svar med mine egne ord] [Stop beskeder]
        --- 2 minutes pass
        Jens: [Ja]
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “Ja”.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Karen: [Svar med mine egne ord]
        Bot: Hvad er dit svar? Skriv det med dine egne ord.
           | [Fortryd] [Menu]
        Karen: Hellere ved stien, så kørestole kan komme til
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “Hellere ved stien, så kørestole kan
           | komme til”. Du hører, hvad der kom ud af det.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Lone closes the dialogue
        Console: 2 bidrag mangler svar
        Lone decides used on Jens
        Lone decides not_used on Karen: Stien er for smal. Vi gør den bredere i maj.
        Lone closes the dialogue
        Bot to Jens: Du svarede på D-1, “Skal bænken stå ved engen?”: “Ja”.
           |
           | Brugt.
           |
           | Natur- og miljøudvalget besluttede det mandag d. 23. november.
           |
           | Følte du dig hørt? Vælg fra 1 (nej) til 5 (ja). Vi gemmer kun summen.
           | [1] [2] [3] [4] [5] [Menu]
        Bot to Karen: Du svarede på D-1, “Skal bænken stå ved engen?”: “Hellere ved stien, så
           | kørestole kan komme til”.
           |
           | Ikke brugt, fordi: Stien er for smal. Vi gør den bredere i maj.
           |
           | Natur- og miljøudvalget besluttede det mandag d. 23. november.
           |
           | Følte du dig hørt? Vælg fra 1 (nej) til 5 (ja). Vi gemmer kun summen.
           | [1] [2] [3] [4] [5] [Menu]
        --- 2 hours pass
        Karen: [4]
        Bot: Tak. Det er talt med uden dit navn.
           | [Menu]
        Karen: [5]
        Bot: Det har du allerede svaret på. Tak.
           | [Menu]
    """)
