"""Words after a command, and case numbers in sentences, as citizens write them."""

from __future__ import annotations

from bot.testing import Chat


async def test_words_after_a_command(chat: Chat) -> None:
    """A line break after the command, or Danish letters in it, lose no words."""
    await chat.play("Jens: /start")
    await chat("""
        Jens: /spoerg
           | Hvornår har I åbent?
        Bot: Hvornår har I åbent?
           | Borgerservice har åbent kl. 10–14 mandag til onsdag. Torsdag er der åbent kl. 10–17
           | og fredag kl. 10–12. Vi har lukket på helligdage. Du kan ringe fra kl. 9, til vi
           | lukker. Adressen er Klintgade 1, Klintsund.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Jens: /spørg Hvornår har I åbent?
        Bot: Hvornår har I åbent?
           | Borgerservice har åbent kl. 10–14 mandag til onsdag. Torsdag er der åbent kl. 10–17
           | og fredag kl. 10–12. Vi har lukket på helligdage. Du kan ringe fra kl. 9, til vi
           | lukker. Adressen er Klintgade 1, Klintsund.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Jens: /klage
           | Jeg venter stadig på svar
        Bot: Tak, fordi du siger det. Det må være irriterende. Din henvendelse er sendt til Mette
           | i Borgerservice. Sagsnummer: KS-1001. Du får svar senest mandag d. 30. november.
           | Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Jens: /ide: Flere blomster på torvet
        Bot: Tak. Din idé er sendt til Mette i Borgerservice. Sagsnummer: KS-1002. Du hører, hvad
           | der skete med den, senest mandag d. 7. december. Tager det længere tid, skriver vi
           | før den dag.
           | [Mit overblik] [Menu]
        Jens: /menneske Kan I ringe om min mors have?
        Bot: Tak. Dit spørgsmål er sendt til Aisha i familieteamet. Sagsnummer: KS-1003. Du får
           | svar senest mandag d. 7. december. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Jens: /hjælp tak
        Bot: Jeg er en robot. Jeg svarer på det, jeg ved. Mennesker i Klintsund Kommune tager sig
           | af resten.
           |
           | • Skriv et spørgsmål, eller tryk på en knap.
           | • Du kan altid skrive det, der står på en knap, eller dens nummer.
           | • “tilbage” går et skridt tilbage. “gentag” viser spørgsmålet igen med numre.
           | • “menneske” viser, hvordan du får fat i et menneske. “menu” viser menuen.
           | • “mind mig om at ringe til biblioteket i morgen kl. 10” laver en påmindelse. “mine
           | påmindelser” viser dem.
           | • “pause” stopper alt andet end svar indtil den dag, du vælger.
           | • “stop” stopper nyt fra os og lægger det, du er i gang med, til side.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           |
           | Tilgængelighed og dine data: /privatliv.
           | [Tal med et menneske] [Menu]
    """)


async def test_words_after_a_command_in_english(chat: Chat) -> None:
    """An unknown command with words is a message; alone it shows the menu."""
    await chat.play("Ana: /start")
    await chat("""
        Ana: /idea
           | More flowers at the square
        Bot: Thank you. Your idea is sent to Mette in Borgerservice. Case number: KS-1001. You
           | hear what came of it by Monday 7 December at the latest. If it takes longer, we
           | write before that day.
           | [My overview] [Menu]
        Ana: /opening hours
        Bot: When are you open?
           | The citizens' service is open 10:00–14:00 Monday to Wednesday. On Thursdays it is
           | open 10:00–17:00 and on Fridays 10:00–12:00. We are closed on public holidays. You
           | can phone from 9:00 until we close. The address is Klintgade 1, Klintsund.
           |
           | Source: Mette, Borgerservice. Checked 1 November 2026.
           | [To KS-1001] [That helped] [Ask a person]
        Ana: /whatever
        Bot: <English menu>
    """)


async def test_a_case_number_in_a_sentence(chat_on_each: Chat) -> None:
    """A named case comes before the newest one; a question shows it; a stranger's shows nothing."""
    chat = chat_on_each
    for line in (
        *("/start", "/menneske Hvornår kommer der lys på stien ved havnen?"),
        *("/menneske Hvem laver en bænk ved kirken?", "/menu"),
    ):
        await chat.play(f"Jens: {line}")
    await chat("""
        Jens: Hvad sker der med KS-1001?
        Bot: KS-1001: Hvornår kommer der lys på stien ved havnen?
           | Venter på svar. Du får svar senest mandag d. 30. november.
           | [Ring til mig] [Menu]
        Jens: Til KS–1001: lampen ved broen blinker også
        Bot: Det er føjet til KS-1001. Mette ser det.
           | [Nyt spørgsmål] [Menu]
        Jens: sagsnummer 1001
        Bot: KS-1001: Hvornår kommer der lys på stien ved havnen?
           | Venter på svar. Du får svar senest mandag d. 30. november.
           | [Ring til mig] [Menu]
        Jens: jeg skriver igen om sag 1001, for den er helt gået ud nu
        Bot: Det er føjet til KS-1001. Mette ser det.
           | [Nyt spørgsmål] [Menu]
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Samira: Er der nyt om KS-1001?
        Bot: Den sag kan jeg ikke vise her.
           | [Tal med et menneske] [Menu]
    """)
