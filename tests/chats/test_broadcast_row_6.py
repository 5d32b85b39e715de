"""Row 6: who complains is not invited, until the case is closed and seven days more."""

from __future__ import annotations

from bot.testing import Chat


async def test_row_6(chat_on_each: Chat) -> None:
    """News that invites to pledges does not reach a chat with a complaint."""
    chat = chat_on_each
    for name in ("Jens", "Samira"):
        for line in ("/start", "nyt", "[Natur og klima]", "[Færdig]", "[Ja]"):
            await chat.play(f"{name}: {line}")
    await chat("""
        Jens: Jeg vil klage over, at I ikke har tømt min skraldespand
        Bot: Tak, fordi du siger det. Det må være irriterende. Din henvendelse er sendt til Mette
           | i Borgerservice. Sagsnummer: KS-1001. Du får svar senest mandag d. 30. november.
           | Tager det længere tid, skriver vi før den dag.
           | [Sådan klager du] [Mit overblik]
        Mette writes everyone about nature: Giv et løfte til naturen.
        Mette submits the news
        Lone approves the news
        Bot to Samira: Giv et løfte til naturen.
           | [Stop beskeder]
        --- 2 minutes pass
        Jens: sådan klager du
        Bot: Der er tre veje.
           |
           | • Du er utilfreds med en service eller med, hvordan du blev mødt. Skriv det her, så
           | svarer et menneske.
           | • Du er uenig i en afgørelse i et brev. I brevet står der, hvordan du klager, og
           | hvornår fristen er. Du klager til dem, der sendte det.
           | • Borgerrådgiveren hjælper dig gratis og er ikke en del af sagen. Du kan også klage
           | til Folketingets Ombudsmand.
           | [Jeg er utilfreds] [Om en afgørelse] [Borgerrådgiveren] [Menu]
        Mette claims KS-1001
        Mette answers KS-1001: Vi tømmer den i morgen formiddag.
        Bot to Jens: Her er svaret: Vi tømmer den i morgen formiddag.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Jens: [Ja]
        Bot: Godt at høre. KS-1001 er løst. Det er dig, der siger det.
           | [Menu]
        --- until 2026-11-28 11:00
        Mette writes everyone about nature: Engen slås lørdag d. 12. december.
        Mette submits the news
        Lone approves the news
        Bot to Samira: Engen slås lørdag d. 12. december.
           | [Stop beskeder]
        --- until 2026-12-08 11:00
        Mette writes everyone about nature: Stien er åben igen.
        Mette submits the news
        Lone approves the news
        Bot to Jens: Stien er åben igen.
           | [Stop beskeder]
        Bot to Samira: Stien er åben igen.
           | [Stop beskeder]
    """)
