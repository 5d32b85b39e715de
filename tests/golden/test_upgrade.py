"""A town left unfinished by an earlier version goes on under this version."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
from console_browser import Browser
from make_town import COOKIE, PASSWORD, PEOPLE, made
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from town_dump import Dump, put_back, put_back_chats, read

from bot import __version__
from bot.app.compose import town_context_of
from bot.cli import main
from bot.clock import TravelClock
from bot.errors import SchemaTooNew
from bot.service.chain import chain, seal_and_look
from bot.store import migrate
from bot.store.engines import writing_engine
from bot.store.revisions import differences
from bot.store.store import Store
from bot.store.tables import alert, conversation, inbox, metadata, pledge
from bot.testing import START, TOKEN, Chat

DUMPS = sorted(Path(__file__).parent.glob("*.jsonl"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a database without tables: SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("empty_sqlite_url"))
    url: str = request.getfixturevalue("postgres_url")
    asyncio.run(_emptied(url))
    return url


async def _emptied(url: str) -> None:
    connection = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await connection.close()


def left_by(*versions: str) -> pytest.MarkDecorator:
    """Run a test on the towns of these versions only. Other towns have other citizens and cases."""
    files = [Path(__file__).parent / f"{version}.jsonl" for version in versions]
    return pytest.mark.parametrize("town", files, ids=versions, indirect=True)


@pytest.fixture(params=DUMPS, ids=lambda file: file.stem)
def town(request: pytest.FixtureRequest, empty_url: str) -> tuple[Chat, Dump]:
    """Return a restored town of an earlier version, with its citizens' chats."""
    dump = read(request.param)
    asyncio.run(put_back(dump, empty_url))
    chat = Chat(empty_url, people=PEOPLE, rewrite=request.config.getoption("--rewrite"))
    chat.clock.move_to(dump.at)
    put_back_chats(dump, chat.world)
    return chat, dump


async def left_over(chat: Chat) -> dict[str, int]:
    """Return the number of late timers and of waiting inbox and outbox rows."""
    store, bot = await chat.open()
    async with store.reading() as unit:
        late = (await unit.timers.overdue()).count
        heard, to_send = (await unit.inbox.depth()).count, (await unit.outbox.depth()).count
    await bot.close()
    await store.close()
    return {"late": late, "inbox": heard, "outbox": to_send}


@left_by("0.1.0")
async def test_goes_on(town: tuple[Chat, Dump]) -> None:
    """Pending messages are sent, old buttons work, and every conversation can be finished."""
    chat, _dump = town
    await chat("""
        --- 1 minute passes: what was heard is answered, and what was to go out goes out
        Bot to Hans: Jeg er en robot. Jeg svarer på det, jeg ved. Mennesker i Klintsund Kommune
           | tager sig af resten.
           |
           | • Skriv et spørgsmål, eller tryk på en knap.
           | • Du kan altid skrive det, der står på en knap, eller dens nummer.
           | • "tilbage" går et skridt tilbage. "gentag" viser spørgsmålet igen med numre.
           | • "menneske" viser, hvordan du får fat i et menneske. "menu" viser menuen.
           | • "stop" stopper nyt fra os og lægger det, du er i gang med, til side.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           |
           | Tilgængelighed og dine data: /privatliv.
           | [Tal med et menneske] [Menu]
        Bot to Else: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod
           | idéer og hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her.
           | Vil du tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot to Else: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Bot to Finn: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod
           | idéer og hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her.
           | Vil du tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot to Finn: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Ana: [Keep: Ana]
        Bot: 3 of 5. Where in the municipality do you live or come often?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Rather not say] [Back] [Menu]
        Ana: [Rather not say]
        Bot: 4 of 5. What do you want news about? Choose as many as you like, or none.
           | [Nature and climate] [Roads and traffic] [Children and young people]
           | [Culture and leisure] [Volunteering] [Done] [Change nothing] [Back] [Menu]
        Ana: [Change nothing]
        Bot: 5 of 5. We never write to you about news or appointments from 20:00 to 8:00, on
           | Sundays, on public holidays, on Christmas Eve or on New Year's Eve. Do you want
           | longer quiet hours? You can also write your own, for example 19-10.
           | [Only the usual ones] [From 18:00 to 9:00] [From 16:00 to 10:00] [Change nothing]
           | [Back] [Menu]
        Ana: [Change nothing]
        Bot: It is saved, Ana. You can change it at any time.
           | [My overview] [Menu]
        Jens: [✓ Natur og klima]
        Bot edits: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Jens: [Veje og trafik]
        Bot edits: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [✓ Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Jens: [Færdig]
        Bot: Må vi sende dig nyt om det her i chatten? Højst to gange om ugen. Skriv "stop", så
           | holder det op.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: 5 af 5. Vi skriver aldrig til dig om nyt eller aftaler fra kl. 20 til kl. 8. Heller
           | ikke om søndagen, på helligdage, juleaften eller nytårsaften. Vil du have flere
           | stille timer? Du kan også skrive dine egne, for eksempel 19-10.
           | [Kun de sædvanlige] [Fra kl. 18 til kl. 9] [Fra kl. 16 til kl. 10]
           | [Behold, som det er] [Tilbage] [Menu]
        Jens: 19-10
        Bot: Det er gemt, Jens Ole. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Bodil: [Kun de sædvanlige]
        Bot: Det er gemt, Bodil. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Samira: Jeg mente bænken ved den store sø
        Bot: Tak. KS-1001 er åben igen, og Mette ser på det. Du får svar senest onsdag d. 25.
           | november.
           | [Mit overblik] [Menu]
        Karen: [Send]
        Bot: Tak. Dit praj er sendt til Jonas i Natur. Sagsnummer: KS-1009. Du hører senest
           | mandag d. 30. november, hvornår vi ser på det. Tager det længere tid, skriver vi før
           | den dag.
           | [Mit overblik] [Menu]
        Lukas: [Any time]
        Bot: What is it about? A sentence is enough.
           | [Rather not say] [Back] [Menu]
        Lukas: [Rather not say]
        Bot: Thank you. Mette in Borgerservice rings you. Case number: KS-1010. It will be by
           | Monday 23 November 16:00 at the latest.
           | [My overview] [Menu]
        Mehmet: [[Send mit sted]]
        Bot: Tak, stedet er skrevet ned.
        Bot: Dit praj indtil nu:
           | Skrald: der ligger skrald i grøften
           | Sted: et punkt på kortet
           |
           | Send et billede, hvis du har et, eller skriv mere, i så mange beskeder du vil. Tryk
           | Send, når det er det hele.
           | [Send] [Tilbage] [Menu]
        Mehmet: [Send]
        Bot: Tak. Dit praj er sendt til Jonas i Natur. Sagsnummer: KS-1011. Du hører senest
           | onsdag d. 25. november, hvornår vi ser på det. Tager det længere tid, skriver vi før
           | den dag.
           | [Mit overblik] [Menu]
        Freja: [Færdig]
        Bot: Må vi sende dig nyt om det her i chatten? Højst to gange om ugen. Skriv "stop", så
           | holder det op.
           | [Ja] [Nej] [Tilbage] [Menu]
        Freja: [Ja]
        Bot: Det er gemt. Du kan altid ændre det.
        Bot: Du var begyndt på "Sprog og indstillinger". Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Freja: [Fortsæt]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Freja] [Menu]
        Freja: [Behold: Freja]
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Freja: [Vil helst ikke sige det]
        Bot: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [✓ Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Freja: [Behold, som det er]
        Bot: 5 af 5. Vi skriver aldrig til dig om nyt eller aftaler fra kl. 20 til kl. 8. Heller
           | ikke om søndagen, på helligdage, juleaften eller nytårsaften. Vil du have flere
           | stille timer? Du kan også skrive dine egne, for eksempel 19-10.
           | [Kun de sædvanlige] [Fra kl. 18 til kl. 9] [Fra kl. 16 til kl. 10]
           | [Behold, som det er] [Tilbage] [Menu]
        Freja: [Behold, som det er]
        Bot: Det er gemt, Freja. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Olena: På Havnevej
        Bot: Tak. Det er føjet til KS-1003, og Jonas går videre. Du får svar senest onsdag d. 25.
           | november.
           | [Nyt spørgsmål] [Menu]
        Ali: [Ja]
        Bot: Godt at høre. KS-1004 er løst. Det er dig, der siger det.
           | [Menu]
        Ib unblocks
        Ib: [Behold: Ib]
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Ib: [Vil helst ikke sige det]
        Bot: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Ib: [Behold, som det er]
        Bot: 5 af 5. Vi skriver aldrig til dig om nyt eller aftaler fra kl. 20 til kl. 8. Heller
           | ikke om søndagen, på helligdage, juleaften eller nytårsaften. Vil du have flere
           | stille timer? Du kan også skrive dine egne, for eksempel 19-10.
           | [Kun de sædvanlige] [Fra kl. 18 til kl. 9] [Fra kl. 16 til kl. 10]
           | [Behold, som det er] [Tilbage] [Menu]
        Ib: [Behold, som det er]
        Bot: Det er gemt, Ib. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Gudrun: [Spørg et menneske]
        Bot: Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1012. Du får
           | svar senest onsdag d. 25. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
    """)
    assert await left_over(chat) == {"late": 0, "inbox": 0, "outbox": 0}
    store, bot = await chat.open()
    async with store.reading() as unit:
        going_on = conversation.c.state != "ended"
        (begun,) = await unit.connection.scalars(select(func.count()).where(going_on))
    await bot.close()
    await store.close()
    assert begun == 0


@left_by("0.1.0")
async def test_timers_fire(town: tuple[Chat, Dump]) -> None:
    """Questions become cases, dates are kept or moved, and unfinished flows get one nudge."""
    chat, _dump = town
    await chat("""
        --- 31 minutes pass
        Bot to Gudrun: Jeg kunne ikke svare på dit spørgsmål med det samme, så jeg har sendt det
           | videre: "Hvor mange måger er der på havnen i dag?"
           |
           | Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1010. Du får
           | svar senest onsdag d. 25. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Bot to Tove: Jeg kunne ikke svare på dit spørgsmål med det samme, så jeg har sendt det
           | videre: "hækken er plantet 010203"
           |
           | Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1009. Du får
           | svar senest onsdag d. 25. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Bot to Hans: Jeg er en robot. Jeg svarer på det, jeg ved. Mennesker i Klintsund Kommune
           | tager sig af resten.
           |
           | • Skriv et spørgsmål, eller tryk på en knap.
           | • Du kan altid skrive det, der står på en knap, eller dens nummer.
           | • "tilbage" går et skridt tilbage. "gentag" viser spørgsmålet igen med numre.
           | • "menneske" viser, hvordan du får fat i et menneske. "menu" viser menuen.
           | • "stop" stopper nyt fra os og lægger det, du er i gang med, til side.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           |
           | Tilgængelighed og dine data: /privatliv.
           | [Tal med et menneske] [Menu]
        Bot to Else: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod
           | idéer og hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her.
           | Vil du tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot to Else: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Bot to Finn: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod
           | idéer og hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her.
           | Vil du tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot to Finn: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        --- until 2026-11-24 07:00
        --- until 2026-11-24 09:30
        Bot to Kurt: Her er svaret: Vi beklager, at du har ventet så længe.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Jonas
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        --- until 2026-11-24 11:00
        Bot to Ana: You had begun “Language and settings”, and your answers are kept. Do you want
           | to continue?
           | [Continue] [No thanks]
        Bot to Jens: Du var begyndt på "Sprog og indstillinger", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Bodil: Du var begyndt på "Sprog og indstillinger", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Samira: Du var begyndt på "Hvad mangler der?", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Karen: Du var begyndt på "Giv et praj", og dine svar er gemt. Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Lukas: You had begun “Call me”, and your answers are kept. Do you want to
           | continue?
           | [Continue] [No thanks]
        Bot to Mehmet: Du var begyndt på "Giv et praj", og dine svar er gemt. Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Freja: Du var begyndt på "Nyt fra kommunen", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        --- until 2026-11-26 12:00
        Bot to Samira: Vi er ikke færdige med KS-1001 endnu. Ingen af os er nået til dit
           | spørgsmål endnu. Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Vagn: Vi er ikke færdige med KS-1002 endnu. Ingen af os er nået til dit spørgsmål
           | endnu. Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
        Bot edits to Vagn: Mine sager
           | KS-1002: Hvem har klippet min hæk i går?
           | Venter på svar. Du får svar senest fredag d. 27. november.
           |
           | Mit overblik
           | Vi kalder dig: Vagn
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
        Bot to Olena: Vi mangler stadig et svar fra dig for at komme videre med KS-1003:
           | Hvilken vej bor du på?
           | [Menu]
        Bot to Gudrun: Vi er ikke færdige med KS-1010 endnu. Ingen af os er nået til dit
           | spørgsmål endnu. Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Tove: Vi er ikke færdige med KS-1009 endnu. Ingen af os er nået til dit spørgsmål
           | endnu. Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
    """)
    assert await left_over(chat) == {"late": 0, "inbox": 0, "outbox": 0}


@left_by("0.2.0", "0.3.0")
async def test_goes_on_from_0_2(town: tuple[Chat, Dump]) -> None:
    """A scheduled message is sent, a call stays promised, a place keeps words and pin."""
    chat, _dump = town
    await chat("""
        --- 1 minute passes
        Bot to Hans: Jeg er en robot. Jeg svarer på det, jeg ved. Mennesker i Klintsund Kommune
           | tager sig af resten.
           |
           | • Skriv et spørgsmål, eller tryk på en knap.
           | • Du kan altid skrive det, der står på en knap, eller dens nummer.
           | • "tilbage" går et skridt tilbage. "gentag" viser spørgsmålet igen med numre.
           | • "menneske" viser, hvordan du får fat i et menneske. "menu" viser menuen.
           | • "stop" stopper nyt fra os og lægger det, du er i gang med, til side.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           |
           | Tilgængelighed og dine data: /privatliv.
           | [Tal med et menneske] [Menu]
        Bot to Nils: Jeg kunne ikke læse din sidste besked. Skriv den igen med få ord, eller ring
           | 00 00 10 00.
           | [Menu]
        Bot to Else: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod
           | idéer og hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her.
           | Vil du tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot to Else: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Bot to Finn: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod
           | idéer og hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her.
           | Vil du tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot to Finn: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Rosa: Tak, jeg venter
        Bot: Det er føjet til KS-1009. Jonas ser det.
           | [Nyt spørgsmål] [Menu]
        Otto: [Send]
        Bot: Tak. Dit praj er sendt til Jonas i Natur. Sagsnummer: KS-1011. Du hører senest
           | mandag d. 30. november, hvornår vi ser på det. Tager det længere tid, skriver vi før
           | den dag.
           | [Mit overblik] [Menu]
        Ana: [Keep: Ana]
        Bot: 3 of 5. Where in the municipality do you live or come often?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Rather not say] [Back] [Menu]
        --- until 2026-11-23 16:30
        Bot to Gudrun: Jeg kunne ikke svare på dit spørgsmål med det samme, så jeg har sendt det
           | videre: "Hvor mange måger er der på havnen i dag?"
           |
           | Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1013. Du får
           | svar senest onsdag d. 25. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Bot to Tove: Jeg kunne ikke svare på dit spørgsmål med det samme, så jeg har sendt det
           | videre: "hækken er plantet 010203"
           |
           | Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1012. Du får
           | svar senest onsdag d. 25. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        --- until 2026-11-24 09:30
        Bot to Kurt: Her er svaret: Vi beklager, at du har ventet så længe.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Jonas
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Bot to Signe: Om KS-1010: Jeg spørger Vej og Park om det i dag.
           |
           | Hilsen Mette
           | [Menu]
        Jonas closes KS-1009 as no_action: Det er klaret.
        Console: Borgeren er lovet et opkald senest mandag d. 23. november kl. 15. Ring, og gem
           | først noten om opkaldet: hvad der blev sagt, eller hvorfor der ikke blev ringet.
        Jonas calls KS-1009: Vi har talt om det, og hun får svar i dag.
        Jonas answers KS-1009: Tak for snakken. Vi skriver hver fredag, til det er klaret.
        Bot to Rosa: Her er svaret: Tak for snakken. Vi skriver hver fredag, til det er klaret.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Jonas
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Signe: Tak skal du have
        Bot: Det er føjet til KS-1010. Mette ser det.
           | [Nyt spørgsmål] [Menu]
    """)
    assert await left_over(chat) == {"late": 0, "inbox": 0, "outbox": 0}


async def test_nothing_is_lost(town: tuple[Chat, Dump]) -> None:
    """The schema equals the code's, no row is lost, and the event chain is unbroken."""
    chat, dump = town
    await chat.play("Vagn: menu")
    store = await Store.open(chat.database_url, clock=chat.clock, town=town_context_of(chat.town))
    try:
        async with store.writer.connect() as connection:
            assert await connection.run_sync(differences) == []
        assert await migrate.check_schema(store.writer) == []
        then = Counter(table for table, _row in dump.rows)
        async with store.reading() as unit:
            for name, rows in then.items():
                count = select(func.count()).select_from(metadata.tables[name])
                assert await unit.connection.scalar(count) >= rows, name
            astray = select(func.count()).where(
                alert.c.subject_kind == "case",
                alert.c.subject_id.is_distinct_from(alert.c.case_id),
            )
            assert await unit.connection.scalar(astray) == 0
            newest = await unit.connection.scalar(select(func.max(inbox.c.id)))
            assert newest > dump.counters["inbox"]  # No id is reused.
        async with store.unit() as unit:
            await seal_and_look(unit)
            assert (await chain(unit)).broken_at is None
    finally:
        await store.close()


async def test_staff_come_in(town: tuple[Chat, Dump]) -> None:
    """Sessions and passwords stay valid, and a case can be opened."""
    chat, _dump = town
    store, bot = await chat.open()
    try:
        async with Browser(store, TravelClock(START)) as browser:
            browser.plant(COOKIE)
            assert await browser.is_in()
            browser.plant("")
            assert not await browser.is_in()
            came = await browser.try_to_sign_in("jonas", PASSWORD)
            assert came.status == 303
            assert "KS-1004" in await browser.read("cases/1004")
            await bot.settle()
    finally:
        await bot.close()
        await store.close()


def test_the_version_has_its_town() -> None:
    """Each released version has a town. CONTRIBUTING says how it is made."""
    kept = [file.stem for file in DUMPS]
    assert ".dev" in __version__ or __version__ in kept
    assert "0.1.0" in kept
    assert all(read(file).version == file.stem for file in DUMPS)


async def test_the_town_can_be_made(tmp_path: Path) -> None:
    """The story still runs, and leaves a row in every table and no token."""
    file = tmp_path / "town.jsonl"
    file.write_text(await made(tmp_path))
    assert {table for table, _row in read(file).rows} == set(metadata.tables)
    assert TOKEN not in file.read_text()


@pytest.mark.slow
async def test_the_same_town_is_made_each_time(tmp_path: Path) -> None:
    """The same story gives the same file."""
    folders = tmp_path / "first", tmp_path / "second"
    for folder in folders:
        folder.mkdir()
    first, second = [await made(folder) for folder in folders]
    assert first == second


async def test_a_running_process_goes_on_over_an_addition(database_url: str) -> None:
    """A running process works on after additions to the schema, but refuses to start again."""
    chat = Chat(database_url)
    store, bot = await chat.open()
    try:
        for line in ("Jens: /start", "Jens: /indstillinger", "Jens: [Dansk]"):
            chat._act(line)
            await bot.settle()
        async with aside(store) as connection:
            for statement in ADDITION:
                await connection.execute(text(statement))
        for line in ("Jens: Jens Ole", "Jens: [Tangø]", "Jens: [Behold, som det er]"):
            chat._act(line)
            await bot.settle()
        chat._act("Jens: [Kun de sædvanlige]")
        await bot.settle()
        assert "Det er gemt, Jens Ole" in chat._shown(None)[-1]
        async with store.reading() as unit:
            assert (await unit.inbox.depth()).count == 0
            assert not (
                await unit.connection.scalars(select(inbox.c.id).where(inbox.c.failed))
            ).all()
    finally:
        await bot.close()
        await store.close()
    with pytest.raises(SchemaTooNew, match="newer version"):
        await Store.open(database_url, clock=chat.clock)


def test_an_operator_hears_that_it_is_newer(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command on a newer schema ends with code 2 and says what to do."""
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    monkeypatch.setenv("BROBYGGER_DATABASE_URL", sqlite_url)
    assert main(["migrate"]) == 2
    said = capsys.readouterr().err
    assert "newer version" in said
    assert "run that one, or restore" in said
    assert "Traceback" not in said


ADDITION = (
    "ALTER TABLE person ADD COLUMN pronoun VARCHAR(20)",
    "ALTER TABLE inbox ADD COLUMN weight INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE conversation ADD COLUMN mood INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE outbox ADD COLUMN colour VARCHAR(20)",
    "CREATE TABLE parade (id INTEGER PRIMARY KEY)",
    "CREATE INDEX ix_person_pronoun ON person (pronoun)",
    "UPDATE alembic_version SET version_num = '9999'",
)


@asynccontextmanager
async def aside(store: Store) -> AsyncIterator[AsyncConnection]:
    """Yield a connection as of another process, in a transaction."""
    engine = writing_engine(store.url)
    try:
        async with engine.begin() as connection:
            yield connection
    finally:
        await engine.dispose()


# What was on its way when the town was left, since 0.4.0.
FIRST_MINUTE = """
        --- 1 minute passes
        Bot to Hans: Jeg er en robot. Jeg svarer på det, jeg ved. Mennesker i Klintsund Kommune
           | tager sig af resten.
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
        Bot to Nils: Jeg kunne ikke læse din sidste besked. Skriv den igen med få ord, eller ring
           | 00 00 10 00.
           | [Menu]
        Bot to Else: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod
           | idéer og hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her.
           | Vil du tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot to Else: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Bot to Finn: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod
           | idéer og hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her.
           | Vil du tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot to Finn: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
"""


@left_by("0.4.0")
async def test_goes_on_from_0_4(town: tuple[Chat, Dump]) -> None:
    """Reminders come at their time; one that was being set is set, and a break begins."""
    chat, _dump = town
    await chat(FIRST_MINUTE)
    await chat("""
        Zita: [Ja, det er rigtigt]
        Bot: Den knap er fra tidligere. Her er menuen.
        Bot: <menu>
        Viggo: [Ja, det er rigtigt]
        Bot: Jeg har noteret det. Jeg skriver “Vi ses på stranden lørdag.” til 2 medlemmer lørdag
           | d. 28. november kl. 9.30. Du kan stoppe den under “Mine påmindelser”.
           | [Mit overblik] [Menu]
        Yrsa: i morgen kl. 10
        Bot: Jeg minder dig om at ringe til mor tirsdag d. 24. november kl. 10. Er det rigtigt?
           | Du kan også skrive en anden tid.
           | [Ja, det er rigtigt] [Nej, jeg skriver det igen] [Tilbage] [Menu]
        Yrsa: [Ja, det er rigtigt]
        Bot: Jeg har noteret det. Jeg minder dig om at ringe til mor tirsdag d. 24. november kl.
           | 10. Du kan stoppe den under “Mit overblik”.
           | [Mit overblik] [Menu]
        --- until 2026-11-25 16:01
        Bot to Ana: You had begun “Language and settings”, and your answers are kept. Do you want
           | to continue?
           | [Continue] [No thanks]
        Bot to Jens: Du var begyndt på "Sprog og indstillinger", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Bodil: Du var begyndt på "Sprog og indstillinger", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Samira: Du var begyndt på "Hvad mangler der?", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Samira: Vi er ikke færdige med KS-1001 endnu. Ingen af os er nået til dit
           | spørgsmål endnu. Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Karen: Du var begyndt på "Giv et praj", og dine svar er gemt. Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Lukas: You had begun “Call me”, and your answers are kept. Do you want to
           | continue?
           | [Continue] [No thanks]
        Bot to Mehmet: Du var begyndt på "Giv et praj", og dine svar er gemt. Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Freja: Du var begyndt på "Nyt fra kommunen", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Vagn: Vi er ikke færdige med KS-1002 endnu. Ingen af os er nået til dit spørgsmål
           | endnu. Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
        Bot edits to Vagn: Mine sager
           | KS-1002: Hvem har klippet min hæk i går?
           | Venter på svar. Du får svar senest fredag d. 27. november.
           |
           | Mit overblik
           | Vi kalder dig: Vagn
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
        Bot to Gudrun: Jeg kunne ikke svare på dit spørgsmål med det samme, så jeg har sendt det
           | videre: "Hvor mange måger er der på havnen i dag?"
           |
           | Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1012. Du får
           | svar senest onsdag d. 25. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Bot to Gudrun: Vi er ikke færdige med KS-1012 endnu. Ingen af os er nået til dit
           | spørgsmål endnu. Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Tove: Jeg kunne ikke svare på dit spørgsmål med det samme, så jeg har sendt det
           | videre: "hækken er plantet 010203"
           |
           | Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1011. Du får
           | svar senest onsdag d. 25. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Bot to Tove: Vi er ikke færdige med KS-1011 endnu. Ingen af os er nået til dit spørgsmål
           | endnu. Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Kurt: Her er svaret: Vi beklager, at du har ventet så længe.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Jonas
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Bot to Rosa: Vi er ikke færdige med KS-1009 endnu. Vi er ikke nået videre med det endnu.
           | Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Otto: Du var begyndt på "Giv et praj", og dine svar er gemt. Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Signe: Om KS-1010: Jeg spørger Vej og Park om det i dag.
           |
           | Hilsen Mette
           | [Menu]
        Bot to Signe: Vi er ikke færdige med KS-1010 endnu. Vi er ikke nået videre med det endnu.
           | Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Ulla: Husk:
           | Temadag på biblioteket.
           |
           | Hilsen Mette
           | [Mindre af det her]
        Bot to Ulla: Du bad mig minde dig om:
           | at vande tomaterne
           | [Det er gjort] [Senere] [Til min kalender] [Stop denne påmindelse]
        Bot to Yrsa: Du bad mig minde dig om:
           | at ringe til mor
           | [Det er gjort] [Senere] [Stop denne påmindelse]
        Bot to Yrsa: Igen: Du bad mig minde dig om:
           | at ringe til mor
           | [Det er gjort] [Senere] [Stop denne påmindelse]
        Ulla: [Senere]
        Bot edits: Du bad mig minde dig om:
           | at vande tomaterne
           | [Om en time] [I aften] [I morgen] [En anden dag] [Tilbage]
        Ulla: [I morgen]
        Bot edits: Du bad mig minde dig om:
           | at vande tomaterne
           |
           | Du får den igen torsdag d. 26. november kl. 9.
        --- until 2026-11-28 12:00
        Bot to Samira: Vi er ikke færdige med KS-1001 endnu. Ingen af os er nået til dit
           | spørgsmål endnu. Ny dato: tirsdag d. 1. december. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Vagn: Vi er ikke færdige med KS-1002 endnu. Ingen af os er nået til dit spørgsmål
           | endnu. Ny dato: tirsdag d. 1. december. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Olena: Vi mangler stadig et svar fra dig for at komme videre med KS-1003:
           | Hvilken vej bor du på?
           | [Menu]
        Bot to Gudrun: Vi er ikke færdige med KS-1012 endnu. Ingen af os er nået til dit
           | spørgsmål endnu. Ny dato: tirsdag d. 1. december. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Tove: Vi er ikke færdige med KS-1011 endnu. Ingen af os er nået til dit spørgsmål
           | endnu. Ny dato: tirsdag d. 1. december. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Rosa: Vi er ikke færdige med KS-1009 endnu. Vi er ikke nået videre med det endnu.
           | Ny dato: tirsdag d. 1. december. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Signe: Vi er ikke færdige med KS-1010 endnu. Vi er ikke nået videre med det endnu.
           | Ny dato: tirsdag d. 1. december. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Ulla: Du bad mig minde dig om:
           | at vande tomaterne
           | [Det er gjort] [Senere] [Til min kalender] [Stop denne påmindelse]
        Bot to Ulla: Igen: Du bad mig minde dig om:
           | at vande tomaterne
           | [Det er gjort] [Senere] [Til min kalender] [Stop denne påmindelse]
        Bot to Viggo: Husk:
           | Vi ses på stranden lørdag.
           |
           | Hilsen Viggo, Strandens Venner
           | [Det er gjort] [Senere] [Jeg kan ikke] [Mindre af det her]
        Bot to Yrsa: Husk:
           | Vi ses på stranden lørdag.
           |
           | Hilsen Viggo, Strandens Venner
           | [Det er gjort] [Senere] [Jeg kan ikke] [Mindre af det her]
    """)
    assert await left_over(chat) == {"late": 0, "inbox": 0, "outbox": 0}


@left_by("0.5.0")
async def test_goes_on_from_0_5(town: tuple[Chat, Dump]) -> None:
    """A sign-up goes on, an invitation is answered, and volunteers are asked whether they come."""
    chat, _dump = town
    await chat(FIRST_MINUTE)
    await chat("""
        Ellen: ja
        Bot: Velkommen, Ellen! Du er med: Digital hjælper, mandag d. 23. november kl. 14–16.
           | Sted: Klintsund Bibliotek
           | Mette er din kontakt.
           | Passer det ikke alligevel, så tryk bare “Jeg kan ikke”.
           | [Til min kalender] [Jeg kan ikke] [Jeg er bekymret for et barn] [Mit overblik] [Menu]
        Bot: Får du dagpenge, efterløn eller kontanthjælp? Så spørg din a-kasse eller jobcentret,
           | før du går i gang.
           | [Mit overblik] [Menu]
        Bot: Hvad vil du gerne være med til? Vælg så mange, du vil.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Ikke nu] [Menu]
        Ulla: ja, jeg kommer
        Bot: Vi mangler en på torsdag.
           |
           | Reparationscafé
           | lørdag d. 28. november kl. 10–13
           | Medborgerhuset
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           |
           | ✓ Du siger ja.
        Bot: Du har en plads:
           | Reparationscafé
           | lørdag d. 28. november kl. 10–13
           | Medborgerhuset
           |
           | Mette er din kontaktperson.
           | [Til min kalender] [Jeg kan ikke] [Mit overblik] [Menu]
        Viggo: mit overblik
        Bot: Dine opgaver som frivillig
           | • Læseven på Bakkeskolen, onsdag d. 25. november kl. 15: Mette svarer dig senest
           | mandag d. 23. november; attesten bliver bestilt, tager som regel ti dage
           |
           | Mit overblik
           | Vi kalder dig: Viggo
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Fortsæt] [Sprog og indstillinger] [Jeg kan ikke: Ons. 25. nov. kl. 15]
           | [Mig som frivillig] [Mine timer] [Menu]
        --- until 2026-11-24 17:30
        Bot to Ana: You had begun “Language and settings”, and your answers are kept. Do you want
           | to continue?
           | [Continue] [No thanks]
        Bot to Jens: Du var begyndt på "Sprog og indstillinger", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Bodil: Du var begyndt på "Sprog og indstillinger", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Samira: Du var begyndt på "Hvad mangler der?", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Samira: Vi er ikke færdige med KS-1001 endnu. Ingen af os er nået til dit
           | spørgsmål endnu. Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Karen: Du var begyndt på "Giv et praj", og dine svar er gemt. Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Lukas: You had begun “Call me”, and your answers are kept. Do you want to
           | continue?
           | [Continue] [No thanks]
        Bot to Mehmet: Du var begyndt på "Giv et praj", og dine svar er gemt. Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Freja: Du var begyndt på "Nyt fra kommunen", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Vagn: Vi er ikke færdige med KS-1002 endnu. Ingen af os er nået til dit spørgsmål
           | endnu. Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
        Bot edits to Vagn: Mine sager
           | KS-1002: Hvem har klippet min hæk i går?
           | Venter på svar. Du får svar senest fredag d. 27. november.
           |
           | Mit overblik
           | Vi kalder dig: Vagn
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
        Bot to Gudrun: Jeg kunne ikke svare på dit spørgsmål med det samme, så jeg har sendt det
           | videre: "Hvor mange måger er der på havnen i dag?"
           |
           | Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1012. Du får
           | svar senest onsdag d. 25. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Bot to Gudrun: Vi er ikke færdige med KS-1012 endnu. Ingen af os er nået til dit
           | spørgsmål endnu. Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Tove: Jeg kunne ikke svare på dit spørgsmål med det samme, så jeg har sendt det
           | videre: "hækken er plantet 010203"
           |
           | Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1011. Du får
           | svar senest onsdag d. 25. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Bot to Tove: Vi er ikke færdige med KS-1011 endnu. Ingen af os er nået til dit spørgsmål
           | endnu. Ny dato: fredag d. 27. november. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Kurt: Her er svaret: Vi beklager, at du har ventet så længe.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Jonas
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Bot to Otto: Du var begyndt på "Giv et praj", og dine svar er gemt. Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Signe: Om KS-1010: Jeg spørger Vej og Park om det i dag.
           |
           | Hilsen Mette
           | [Menu]
        Bot to Ulla: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Bot to Yrsa: Du var begyndt på "Mind mig om at ringe til mor", og dine svar er gemt. Vil
           | du fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Ellen: Vi ses snart!
           | Digital hjælper
           | mandag d. 23. november kl. 14–16
           | Klintsund Bibliotek
           |
           | Hilsen Mette
           | [Vis på kort] [Jeg kan ikke] [Mit overblik] [Menu]
        Bot to Ellen: Så er det slut:
           | Digital hjælper
           | mandag d. 23. november kl. 14–16
           | Klintsund Bibliotek
           |
           | Hvordan gik det?
           |
           | Hilsen Mette
           | [Det gik godt] [Nogenlunde] [Ikke så godt] [Jeg var der ikke]
        Bot to Ellen: Du var begyndt på "Om dig som frivillig", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Ulla: jeg kommer
        Bot: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           |
           | ✓ Du kommer. Vi ses!
        Zita: mit overblik
        Bot: Dine opgaver som frivillig
           | • Sprogcafé på biblioteket, torsdag d. 26. november kl. 17: nummer 1 på ventelisten
           |
           | Mit overblik
           | Vi kalder dig: Zita
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | Pause indtil mandag d. 1. marts kl. 9
           | [Sprog og indstillinger] [Jeg kan ikke: Tors. 26. nov. kl. 17] [Mig som frivillig]
           | [Mine timer] [Menu]
    """)


@left_by("0.7.0")
async def test_goes_on_from_0_7(town: tuple[Chat, Dump]) -> None:
    """News waits for its approval, and an answer to a dialogue for its outcome."""
    chat, _dump = town
    await chat.play("--- 1 minute passes")
    await chat("""
        Asta: hvad skete der med mit bidrag?
        Bot: Det er der sket med dine bidrag:
           |
           | D-2, “Hvad mangler ved søen?” Du svarede: “En bro”.
           | Natur- og miljøudvalget har ikke besluttet noget endnu.
           |
           | D-1, “Skal engen slås i juni?” Du svarede: “Ja”.
           | Ikke brugt, fordi: Blomsterne er i frø i juni. Natur- og miljøudvalget besluttede
           | det mandag d. 23. november.
           | [Mit overblik] [Menu]
        Sten: [Svar med mine egne ord]
        Bot: Hvad er dit svar? Skriv det med dine egne ord.
           | [Fortryd] [Menu]
        Sten: En bro, hvor man kan fiske
        Bot: Tak. Dit svar er noteret som bidrag til D-2: “En bro, hvor man kan fiske”. Du hører,
           | hvad der kom ud af det.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Lone approves the news
    """)
    # Two news a week are the most, so this comes in the next one.
    told = await chat.play("--- until 2026-12-01 11:00")
    news = [line for line in told if "Vi planter træer" in line or "We plant trees" in line]
    assert sorted(line.partition(":")[0] for line in news) == ["Bot to Asta", "Bot to Sten"]
    await chat("""
        Sten: stop beskeder
        Bot: Det er gjort. Du får ikke mere nyt fra os her. Svar på dine egne spørgsmål får du
           | stadig. Skriv "nyt", hvis du vil have det igen.
           | [Menu]
    """)


@left_by("0.6.1")
async def test_goes_on_from_0_6_1(town: tuple[Chat, Dump]) -> None:
    """A pledge whose age and consent were given is finished without being asked for them again."""
    chat, _dump = town
    await chat.play("--- 1 minute passes")
    await chat("""
        Oda: [Kun dig og kommunen]
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Tilbage] [Menu]
        Oda: [Gøre en forskel]
        Bot: Tak. Dit løfte er skrevet ned.
           |
           | "Jeg lader 20 m² af plænen stå til august"
           | Emne: Vild natur, "Lad et hjørne gro"
           | Mængde: 20 m²
           | Hvor tit: Hver måned, april til september
           | Indtil: søndag d. 1. august 2027
           | Det vil du have ud af det: Gøre en forskel
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er fredag d. 23. april.
           | [Ret] [Del] [Mit overblik] [Menu]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Oda: lørdag kl. 10 ved skuret
        Bot: Hvad gør du som det første?
           | [Sæt fire pinde om hjørnet.] [Spring over] [Tilbage] [Menu]
        Palle: mine løfter
        Bot: Dine løfter
           | • Jeg vil cykle to dage om ugen i tre måneder (4 ture): jeg spørger dig mandag d.
           | 30. november
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Jeg vil cykle to dage om ugen i tre måneder] [Giv et løfte] [Fortryd samtykke]
           | [Mit overblik] [Menu]
    """)


@left_by("0.6.0")
async def test_goes_on_from_0_6(town: tuple[Chat, Dump]) -> None:
    """A pledge that was half made is finished, and a shared pledge gets its second signature."""
    chat, _dump = town
    await chat("""
        --- 1 minute passes
        Bot to Hans: Jeg er en robot. Jeg svarer på det, jeg ved. Mennesker i Klintsund Kommune
           | tager sig af resten.
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
        Bot to Nils: Jeg kunne ikke læse din sidste besked. Skriv den igen med få ord, eller ring
           | 00 00 10 00.
           | [Menu]
        Bot to Else: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod
           | idéer og hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her.
           | Vil du tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot to Else: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Bot to Finn: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod
           | idéer og hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her.
           | Vil du tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot to Finn: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Oda: [Kun dig og kommunen]
        Bot: Den knap hører til et tidligere spørgsmål. Vi er nået hertil:
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Tilbage] [Menu]
        Palle: mine løfter
        Bot: Dine løfter
           | • Jeg vil cykle to dage om ugen i tre måneder (4 ture): jeg spørger dig mandag d.
           | 30. november
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Jeg vil cykle to dage om ugen i tre måneder] [Giv et løfte] [Fortryd samtykke]
           | [Mit overblik] [Menu]
        Palle: /start fl-1
        Bot: Sluk lyset ved havnen
           | Jeg slukker mit udelys kl. 22 i fire uger, hvis en anden også gør det.
           |
           | Vi mangler stadig underskrifter. Målet er 2. Frist: onsdag d. 23. december.
           | For eksempel: 2 lamper.
           | Løftet varer 4 uger fra den dag, I er nok. Så spørger jeg dig, hvordan det gik.
           | Hvem bestemmer? Du bestemmer selv, om du er med. Løftet gælder kun, hvis nok skriver
           | under.
           | [Jeg er med] [Del] [Alle fælles løfter] [Menu]
        Bot: Tilbage til "Planlæg din start":
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
    """)


async def test_shown_words_wait_to_be_read(empty_url: str) -> None:
    """Own words that were public in 0.6.0 wait for staff; those of the municipality do not."""
    dump = read(Path(__file__).parent / "0.6.0.jsonl")
    own = next(row for table, row in dump.rows if (table, row.get("id")) == ("pledge", 1))
    entries = [row for table, row in dump.rows if table == "catalogue_entry"]
    texts = next(row["texts"] for row in entries if row["id"] == own["catalogue_id"])
    listed = {**own, "id": 3, "visibility": "named", "words": texts["da"]}
    shown = {**own, "id": 4, "visibility": "named", "catalogue_id": None}
    rows = (*dump.rows, ("pledge", listed), ("pledge", shown))
    order = {table.name: place for place, table in enumerate(metadata.sorted_tables)}
    dump = replace(dump, rows=tuple(sorted(rows, key=lambda row: order[row[0]])))
    await put_back(dump, empty_url)
    chat = Chat(empty_url, people=PEOPLE)
    chat.clock.move_to(dump.at)
    put_back_chats(dump, chat.world)
    store, bot = await chat.open()
    async with store.reading() as unit:
        query = select(pledge.c.approval).order_by(pledge.c.id)
        assert list(await unit.connection.scalars(query)) == [
            *("waits", "needless", "needless", "waits")
        ]
        assert await unit.pledges.shown(10) == [3]
        assert [one.id for one in await unit.pledges.to_read(10)] == [4]
    await bot.close()
    await store.close()
