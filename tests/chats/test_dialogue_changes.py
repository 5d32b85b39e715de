"""Answers to a dialogue that are changed, undone, or written twice; people who were not asked."""

from __future__ import annotations

from bot.testing import Chat


async def asked(chat: Chat) -> None:
    """Ask a reader of news; another citizen is not asked."""
    lines = ("/start", "nyt", "[Natur og klima]", "[Færdig]", "[Ja]")
    for line in (*(f"Jens: {one}" for one in lines), "Samira: /start"):
        await chat.play(line)
    for line in (
        "asks everyone about nature: Hvad skal der være på pladsen? [Klatring] [Vand og sand]",
        "submits the news",
    ):
        await chat.play(f"Mette {line}")
    await chat.play("Lone approves the news")
    await chat.play("--- 2 minutes pass")


async def test_a_change_is_confirmed_and_an_old_undo_takes_nothing(chat_on_each: Chat) -> None:
    """The receipt of a change names both options, and the first receipt's button is dead."""
    chat = chat_on_each
    await asked(chat)
    await chat("""
        Jens: [Klatring]
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “Klatring”.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Jens: [Vand og sand]
        Bot: Dit svar på D-1 er ændret fra “Klatring” til “Vand og sand”.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
    """)
    first = min(
        message.id
        for message in chat.world.the_bot().chats[chat.people["Jens"][0]].messages.values()
        if "“Klatring”" in message.text
    )
    chat.world.tap(chat.people["Jens"][0], first, ":rem.1.uo0")
    await chat("""
        --- 1 minute passes
        Bot to Jens: Du har ændret dit svar på D-1 siden. Det er nu: “Vand og sand”.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Jens: fortryd
        Bot: Dit svar på D-1 er taget tilbage. Du kan svare igen, indtil der bliver lukket.
           | [Klatring] [Vand og sand] [Svar med mine egne ord] [Menu]
        Jens: [Svar med mine egne ord]
        Bot: Hvad er dit svar? Skriv det med dine egne ord.
           | [Fortryd] [Menu]
        Jens: En stor gynge til de små
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “En stor gynge til de små”. Du hører,
           | hvad der kom ud af det.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Jens: fortryd det
        Bot: Dit svar på D-1 er taget tilbage. Du kan svare igen, indtil der bliver lukket.
           | [Klatring] [Vand og sand] [Svar med mine egne ord] [Menu]
    """)


async def test_the_older_of_two_questions(chat: Chat) -> None:
    """Words that newer words have replaced are not lost without a word."""
    await asked(chat)
    await chat.play("Jens: vand og sand er det bedste")
    older = chat.people["Jens"][0]
    messages = chat.world.the_bot().chats[older].messages
    newest = messages[max(messages)]
    data = newest.keyboard[0][0].data
    await chat.play("Jens: jeg synes der skal være gynger")
    chat.world.tap(older, newest.id, data)
    await chat("""
        --- 1 minute passes
        Bot to Jens: Du har skrevet noget nyere siden. Brug knapperne under det, eller skriv det
           | igen.
           | [Menu]
        Jens: [Ja, det er mit svar]
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “jeg synes der skal være gynger”. Du
           | hører, hvad der kom ud af det.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
    """)


async def test_somebody_who_was_not_asked(chat: Chat) -> None:
    """An answer of a person who did not get the dialogue is not counted, and can be passed on."""
    await asked(chat)
    await chat("""
        Samira: D-1: gynger
        Bot: D-1, “Hvad skal der være på pladsen?”, er sendt til andre i chatten, så dit svar kan
           | ikke tælles med. Et menneske kan sende det videre.
           | [Send det, jeg skrev, til et menneske] [Menu]
        Samira: [Send det, jeg skrev, til et menneske]
        Bot: Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1001. Du får
           | svar senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
    """)


async def test_the_button_under_a_warning(chat: Chat) -> None:
    """The button says that it stops warnings."""
    for line in ("/start", "advarsler", "[Ja]"):
        await chat.play(f"Jens: {line}")
    await chat("""
        Mette warns everyone: Vandet i Klintsund skal koges.
        Mette submits the news
        Lone approves the news
        Bot to Jens: Varsel fra Klintsund Kommune:
           |
           | Vandet i Klintsund skal koges.
           | [Stop advarsler]
        Jens: [Stop advarsler]
        Bot: Det er gjort. Vi advarer dig ikke her mere, heller ikke hvis der er fare, hvor du
           | er. Skriv "advarsler", hvis du vil advares igen.
           | [Advarsler om fare] [Menu]
    """)
