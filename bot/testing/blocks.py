"""Blocks that most transcripts repeat, by the name under which a transcript has them."""

from __future__ import annotations

from collections.abc import Mapping

BLOCKS: Mapping[str, str] = {
    "Bot: <menu>": (
        "Bot: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.\n"
        "   | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]\n"
        "   | [Sprog] [Tal med et menneske] [Hjælp]"
    ),
    "Bot: <notice>": (
        "Bot: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod idéer og\n"
        "   | hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her. Vil du\n"
        "   | tale med et menneske, så tryk på knappen.\n"
        "   |\n"
        "   | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et "
        "privat\n"
        "   | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:\n"
        "   | dpo@klintsund.example.\n"
        "   | [Tal med et menneske]"
    ),
    "Bot: <English menu>": (
        "Bot: What can I do for you? You can also just write your question.\n"
        "   | [Language] [Ask a question] [Report something] [Volunteer] [Make a pledge]\n"
        "   | [My overview] [Talk to a person] [Help]"
    ),
    "Bot: <English notice>": (
        "Bot: Hello! I am the robot in Klintsund. I can answer questions, take in ideas and help\n"
        "   | you get started as a volunteer. Write freely, but do not write CPR numbers here. If\n"
        "   | you want to talk to a person, press the button.\n"
        "   |\n"
        "   | Klintsund Kommune keeps what you write, so that we can answer you. Telegram is a\n"
        "   | private firm outside the EU. Read more: /privacy. Questions about your data:\n"
        "   | dpo@klintsund.example.\n"
        "   | [Talk to a person]"
    ),
}
NAMES: Mapping[str, str] = {block: name for name, block in BLOCKS.items()}
