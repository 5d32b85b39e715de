"""The first words between a citizen and the town."""

from __future__ import annotations

from bot.testing import Chat


async def test_start_in_danish(chat_on_each: Chat) -> None:
    """A Danish citizen is told who this is, and then has the menu at once."""
    await chat_on_each("""
        Jens: /start
        Bot: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod idéer og hjælpe
           | dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her. Vil du tale med et
           | menneske, så tryk på knappen.
           | 
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data: dpo@klintsund.example.
           | [Tal med et menneske]
        Bot: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik] [Sprog]
           | [Tal med et menneske] [Hjælp]
        Bot: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod idéer og hjælpe
           | dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her. Vil du tale med et
           | menneske, så tryk på knappen.
           | 
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data: dpo@klintsund.example.
           | [Tal med et menneske]
        Bot: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik] [Sprog]
           | [Tal med et menneske] [Hjælp]
    """)


async def test_start_in_english(chat: Chat) -> None:
    """Whoever does not read Danish is met in English, the language button first."""
    await chat("""
        Ana: /start
        Bot: Hello! I am the robot in Klintsund. I can answer questions, take in ideas and help you
           | get started as a volunteer. Write freely, but do not write CPR numbers here. If you want
           | to talk to a person, press the button.
           | 
           | Klintsund Kommune keeps what you write, so that we can answer you. Telegram is a private
           | firm outside the EU. Read more: /privacy. Questions about your data:
           | dpo@klintsund.example.
           | [Talk to a person]
        Bot: What can I do for you? You can also just write your question.
           | [Language] [Ask a question] [Report something] [Volunteer] [Make a pledge] [My overview]
           | [Talk to a person] [Help]
    """)
