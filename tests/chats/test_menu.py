"""The menu, its buttons, and the features that are not built yet."""

from __future__ import annotations

from bot.testing import Chat


async def test_rooms_that_are_not_open(chat_on_each: Chat) -> None:
    """A feature that is not built says so, names another way, and offers a notification."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: bliv frivillig
        Bot: Der er ingen opgaver til frivillige her lige nu. Jeg kan sige til, når der er. Du
           | kan også ringe eller komme forbi.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Sig til, når det åbner] [Tal med et menneske] [Menu]
        Jens: [Sig til, når det åbner]
        Bot: Vi siger til her, når det åbner. Du får én besked og ikke flere.
           | [Menu]
        Jens: [Sig til, når det åbner]
        Bot: Vi siger til her, når det åbner. Du får én besked og ikke flere.
           | [Menu]
        Jens: [Tal med et menneske]
        Bot: Du kan skrive til et menneske her, eller vi kan ringe til dig.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Skriv til et menneske] [Ring til mig] [Menu]
    """)


async def test_help_privacy_and_who_decides(chat: Chat) -> None:
    """Help, privacy and "who decides" answer to one typed word or slash command."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: hjælp
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
        Jens: /privatliv
        Bot: Dine data
           | Klintsund Kommune har ansvaret. Vi gemmer det, du skriver, for at kunne svare dig.
           | Vi gemmer også dine indstillinger, og hvad du har sagt ja til nyt om.
           |
           | • Du, de ansatte, der svarer dig, og firmaet bag Telegram kan se chatten. Telegram
           | er et privat firma uden for EU.
           | • Skriv aldrig CPR-nummer eller private ting om andre her. Gør du det, fjerner jeg
           | nummeret, før noget bliver gemt.
           | • De ansatte kan se, hvor mange påmindelser du selv har sat, men ikke ord eller
           | tidspunkter.
           | • En samtale, du ikke gør færdig, bliver slettet efter 7 dage.
           | • Du har ret til at se, få rettet og få slettet det, vi har gemt om dig. Spørg
           | dpo@klintsund.example. Du kan klage til Datatilsynet.
           |
           | Tilgængelighed
           | Alle knapper kan skrives, med ord eller nummer. Intet vises kun med farve eller
           | billede. Du har altid mindst et døgn til at svare. Er noget svært at bruge, så ring
           | til os.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Menu]
        Jens: hvem bestemmer
        Bot: Byrådet bestemmer, hvad kommunen gør. Vil du vide, hvem der bestemmer i en bestemt
           | sag, så tal med et menneske.
           | [Tal med et menneske] [Menu]
        Jens: menneske
        Bot: Du kan skrive til et menneske her, eller vi kan ringe til dig.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Skriv til et menneske] [Ring til mig] [Menu]
    """)


async def test_in_english(chat_on_each: Chat) -> None:
    """The same features, commands and words in English."""
    await chat_on_each("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: [Volunteer]
        Bot: There are no tasks for volunteers here just now. I can tell you when there are. You
           | can also ring or visit us.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           | [Tell me when it opens] [Talk to a person] [Menu]
        Ana: [Tell me when it opens]
        Bot: We will tell you here when it opens. It is one message, and only one.
           | [Menu]
        Ana: help
        Bot: I am a robot. I answer what I know; people at Klintsund Kommune do the rest.
           |
           | • Write a question, or press a button.
           | • You can always write what stands on a button, or its number.
           | • “back” goes one step back, “repeat” shows the step again with numbers.
           | • “person” shows how to reach a person, “menu” shows the menu.
           | • “remind me to call the library tomorrow at 10” sets a reminder, “my reminders”
           | shows them.
           | • “pause” stops all but answers until the day you choose.
           | • “stop” ends news and leaves what you are doing.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           |
           | How accessible this chat is, and your data: /privacy.
           | [Talk to a person] [Menu]
        Ana: /privacy
        Bot: Your data
           | Klintsund Kommune is responsible. We keep what you write to answer you, the settings
           | you choose, and which news you said yes to.
           |
           | • You, the staff who answer you and the firm behind Telegram can see the chat.
           | Telegram is a private firm outside the EU.
           | • Never write CPR numbers or other people's private matters here. If you do, I
           | remove the number before anything is stored.
           | • Staff see how many reminders you have set for yourself, but not their words or
           | times.
           | • An unfinished conversation is deleted after 7 days.
           | • You may see, correct and have deleted what we keep about you. Ask
           | dpo@klintsund.example. You can complain to Datatilsynet.
           |
           | Accessibility
           | Every button can be written, by its words or its number. Nothing depends on colour
           | or pictures alone, and no question runs out in less than a day. If something is hard
           | to use, ring us.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           | [Menu]
        Ana: who decides
        Bot: The town council decides what the municipality does. If you want to know who decides
           | in one matter, talk to a person.
           | [Talk to a person] [Menu]
        Ana: person
        Bot: You can write to a person here, or we can ring you.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           | [Write to a person] [Call me] [Menu]
        Ana: repeat
        Bot: Here is where we are:
           |
           | 1. Write to a person
           | 2. Call me
           | 3. Menu
           | [Write to a person] [Call me] [Menu]
    """)


async def test_numbers_and_labels_are_typed(chat: Chat) -> None:
    """Every button can be typed, by its label or its number."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: 5
        Bot: Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
        Jens: menu
        Bot: <menu>
        Jens: mit overblik
        Bot: Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
        Jens: gentag
        Bot: Vi er nået hertil:
           |
           | 1. Sprog og indstillinger
           | 2. Menu
           | [Sprog og indstillinger] [Menu]
        Jens: 2
        Bot: <menu>
    """)


async def test_language_at_any_step(chat: Chat) -> None:
    """The language can be changed from the menu, and all later messages use it."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: [Sprog]
        Bot: Hvilket sprog vil du læse?
           | [Dansk] [English]
        Jens: [English]
        Bot: From now on I write English.
        Bot: <English menu>
        Jens: [Help]
        Bot: I am a robot. I answer what I know; people at Klintsund Kommune do the rest.
           |
           | • Write a question, or press a button.
           | • You can always write what stands on a button, or its number.
           | • “back” goes one step back, “repeat” shows the step again with numbers.
           | • “person” shows how to reach a person, “menu” shows the menu.
           | • “remind me to call the library tomorrow at 10” sets a reminder, “my reminders”
           | shows them.
           | • “pause” stops all but answers until the day you choose.
           | • “stop” ends news and leaves what you are doing.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           |
           | How accessible this chat is, and your data: /privacy.
           | [Talk to a person] [Menu]
        Jens: /sprog
        Bot: Which language do you want to read?
           | [Dansk] [English]
        Jens: dansk
        Bot: Fra nu af skriver jeg dansk.
        Bot: <menu>
    """)


async def test_unknown_commands_are_words(chat: Chat) -> None:
    """An unknown slash command is treated as words."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /pas
        Bot: <menu>
        Jens: /hjaelp
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


async def test_ask_first(chat: Chat) -> None:
    """The button for questions asks for one. `/ask` may carry it."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: [Stil et spørgsmål]
        Bot: Skriv dit spørgsmål med dine egne ord. Jeg svarer med det samme, hvis jeg kender
           | svaret.
           | [Tal med et menneske] [Menu]
        Jens: hvor skal pizzabakken hen?
        Bot: Hvor skal pizzabakken hen?
           | I rest. Der er fedt på den, så den kan ikke blive til nyt pap.
           |
           | Kilde: Jonas, Natur. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Jens: [Det hjalp]
        Bot: Godt. Skriv bare, hvis der er mere.
           | [Menu]
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: /ask when are you open
        Bot: When are you open?
           | The citizens' service is open 10:00–14:00 Monday to Wednesday. On Thursdays it is
           | open 10:00–17:00 and on Fridays 10:00–12:00. We are closed on public holidays. You
           | can phone from 9:00 until we close. The address is Klintgade 1, Klintsund.
           |
           | Source: Mette, Borgerservice. Checked 1 November 2026.
           | [That helped] [Ask a person]
    """)


async def test_commands_beside_a_case(chat: Chat) -> None:
    """A typed command never joins a case, neither while it is open nor after its answer."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Træet ved søen er ved at vælte
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: [Spørg et menneske]
        Bot: Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1001. Du får
           | svar senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Jens: slet mig
        Bot: Her er det, vi har gemt om dig, som en fil. Kort sagt:
           |
           | • Vi kalder dig: Jens. Sprog: Dansk. Område: ikke valgt.
           | • Du skrev til os første gang 23. november 2026.
           | • Ja tak til nyt om: ingenting.
           | • Sager: 1. Beskeder i dem: 1. Billeder og steder: 0.
           | • Samtaler, der ikke er færdige: 0.
           |
           | I filen er det hele, også hvem der har læst dine sager og hvornår. Har du spørgsmål
           | om dine data, eller skal noget rettes eller slettes, så skriv til
           | dpo@klintsund.example.
           | [Menu]
        Bot: <mine-data.json>
        Bot: Vil du have det slettet?
           | Jeg kan ikke selv slette det, så intet er slettet endnu. Sådan gør du:
           |
           | • Skriv til dpo@klintsund.example, at du vil have slettet dine data fra denne chat.
           | Skriv også dit navn og dine sagsnumre, hvis du har nogen. Skriv ikke dit CPR-nummer.
           | • Et menneske i Klintsund Kommune sikrer sig, at det er dig, og sletter det, der må
           | slettes. Du får svar inden en måned.
           | • Noget skal vi gemme efter loven, for eksempel dele af en sag. Du får at vide, hvad
           | det er og hvorfor. Er du uenig, kan du klage til Datatilsynet.
           |
           | Skriv "stop", hvis du ikke vil have mere nyt fra os.
           | [Tal med et menneske] [Menu]
        Jens: afbryd
        Bot: Der er ikke noget at afbryde. Du er ikke i gang med noget her. Vil du trække noget
           | tilbage, som du har sendt til os, kan et menneske hjælpe dig.
           | [Mit overblik] [Tal med et menneske] [Menu]
        Jens: mit
        Bot: Mine sager
           | KS-1001: Træet ved søen er ved at vælte
           | Venter på svar. Du får svar senest mandag d. 30. november.
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
        Jens: klage
        Bot: Der er tre veje.
           |
           | • Du er utilfreds med en service eller med, hvordan du blev mødt. Skriv det her, så
           | svarer et menneske.
           | • Du er uenig i en afgørelse i et brev. I brevet står der, hvordan du klager, og
           | hvornår fristen er. Du klager til dem, der sendte det.
           | • Borgerrådgiveren hjælper dig gratis og er ikke en del af sagen. Du kan også klage
           | til Folketingets Ombudsmand.
           | [Jeg er utilfreds] [Om en afgørelse] [Borgerrådgiveren] [Menu]
        Jens: idé
        Bot: Hvad er din idé? Skriv den, som du ville sige den til en nabo.
        Jens: afbryd
        Bot: Jeg har lagt "Idé" til side. Det, du har svaret, bliver gemt i 7 dage. Skriv
           | "fortsæt" for at gå videre.
           | [Fortsæt] [Menu]
        Mette claims KS-1001
        Bot edits to Jens: Mine sager
           | KS-1001: Træet ved søen er ved at vælte
           | Mette arbejder på det. Du får svar senest mandag d. 30. november.
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Fortsæt] [Sprog og indstillinger] [Menu]
        Mette asks KS-1001: Hvilken side af søen?
        Bot to Jens: Mette spørger om KS-1001:
           | Hvilken side af søen?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        Bot edits to Jens: Mine sager
           | KS-1001: Træet ved søen er ved at vælte
           | Vi venter på svar fra dig.
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Fortsæt] [Sprog og indstillinger] [Menu]
        Jens: slet mig
        Bot: Her er det, vi har gemt om dig, som en fil. Kort sagt:
           |
           | • Vi kalder dig: Jens. Sprog: Dansk. Område: ikke valgt.
           | • Du skrev til os første gang 23. november 2026.
           | • Ja tak til nyt om: ingenting.
           | • Sager: 1. Beskeder i dem: 2. Billeder og steder: 0.
           | • Samtaler, der ikke er færdige: 1.
           |
           | I filen er det hele, også hvem der har læst dine sager og hvornår. Har du spørgsmål
           | om dine data, eller skal noget rettes eller slettes, så skriv til
           | dpo@klintsund.example.
           | [Menu]
        Bot: <mine-data.json>
        Bot: Vil du have det slettet?
           | Jeg kan ikke selv slette det, så intet er slettet endnu. Sådan gør du:
           |
           | • Skriv til dpo@klintsund.example, at du vil have slettet dine data fra denne chat.
           | Skriv også dit navn og dine sagsnumre, hvis du har nogen. Skriv ikke dit CPR-nummer.
           | • Et menneske i Klintsund Kommune sikrer sig, at det er dig, og sletter det, der må
           | slettes. Du får svar inden en måned.
           | • Noget skal vi gemme efter loven, for eksempel dele af en sag. Du får at vide, hvad
           | det er og hvorfor. Er du uenig, kan du klage til Datatilsynet.
           |
           | Skriv "stop", hvis du ikke vil have mere nyt fra os.
           | [Tal med et menneske] [Menu]
        Jens: afbryd
        Bot: Du var begyndt på "Idé". Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Jens: den nordlige
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest mandag d. 30.
           | november.
           | [Nyt spørgsmål] [Menu]
        Mette answers KS-1001: Vi fælder det på fredag.
        Bot to Jens: Her er svaret: Vi fælder det på fredag.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Bot edits to Jens: Mine sager
           | KS-1001: Træet ved søen er ved at vælte
           | Mette har svaret. Hjalp det?
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Fortsæt] [Sprog og indstillinger] [Menu]
        Jens: mine data
        Bot: Her er det, vi har gemt om dig, som en fil. Kort sagt:
           |
           | • Vi kalder dig: Jens. Sprog: Dansk. Område: ikke valgt.
           | • Du skrev til os første gang 23. november 2026.
           | • Ja tak til nyt om: ingenting.
           | • Sager: 1. Beskeder i dem: 4. Billeder og steder: 0.
           | • Samtaler, der ikke er færdige: 1.
           |
           | I filen er det hele, også hvem der har læst dine sager og hvornår. Har du spørgsmål
           | om dine data, eller skal noget rettes eller slettes, så skriv til
           | dpo@klintsund.example.
           | [Menu]
        Bot: <mine-data.json>
        Jens: afbryd
        Bot: Du var begyndt på "Idé". Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Jens: Slet mine data!
        Bot: Her er det, vi har gemt om dig, som en fil. Kort sagt:
           |
           | • Vi kalder dig: Jens. Sprog: Dansk. Område: ikke valgt.
           | • Du skrev til os første gang 23. november 2026.
           | • Ja tak til nyt om: ingenting.
           | • Sager: 1. Beskeder i dem: 4. Billeder og steder: 0.
           | • Samtaler, der ikke er færdige: 1.
           |
           | I filen er det hele, også hvem der har læst dine sager og hvornår. Har du spørgsmål
           | om dine data, eller skal noget rettes eller slettes, så skriv til
           | dpo@klintsund.example.
           | [Menu]
        Bot: <mine-data.json>
        Bot: Vil du have det slettet?
           | Jeg kan ikke selv slette det, så intet er slettet endnu. Sådan gør du:
           |
           | • Skriv til dpo@klintsund.example, at du vil have slettet dine data fra denne chat.
           | Skriv også dit navn og dine sagsnumre, hvis du har nogen. Skriv ikke dit CPR-nummer.
           | • Et menneske i Klintsund Kommune sikrer sig, at det er dig, og sletter det, der må
           | slettes. Du får svar inden en måned.
           | • Noget skal vi gemme efter loven, for eksempel dele af en sag. Du får at vide, hvad
           | det er og hvorfor. Er du uenig, kan du klage til Datatilsynet.
           |
           | Skriv "stop", hvis du ikke vil have mere nyt fra os.
           | [Tal med et menneske] [Menu]
        Jens: [Ja]
        Bot: Godt at høre. KS-1001 er løst. Det er dig, der siger det.
           | [Menu]
    """)


async def test_commands_beside_a_case_in_english(chat: Chat) -> None:
    """Typed and slash commands in English never join a case."""
    await chat("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: The tree by the lake is about to fall
        Bot: I do not know that. A person can help you. I send your question to a person in half
           | an hour, or at once if you press the button.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           | [Ask a person] [It was nothing]
        Ana: [Ask a person]
        Bot: Thank you. Your question is sent to Mette in Borgerservice. Case number: KS-1001.
           | You get an answer by Monday 30 November at the latest. If it takes longer, we write
           | before that day.
           | [My overview] [Menu]
        Ana: delete me
        Bot: Here is what we keep about you, as a file. In short:
           |
           | • We call you: Ana. Language: English. Area: nothing chosen.
           | • You first wrote to us 23 November 2026.
           | • Yes to news about: nothing.
           | • Cases: 1. Messages in them: 1. Pictures and places: 0.
           | • Unfinished conversations: 0.
           |
           | The file has all of it, with who read your cases and when. Questions about your
           | data, or something to correct or delete: dpo@klintsund.example.
           | [Menu]
        Bot: <my-data.json>
        Bot: Do you want it deleted?
           | I cannot delete it myself, so nothing is deleted yet. This is how:
           |
           | • Write to dpo@klintsund.example. Say that you want your data from this chat
           | deleted, and give your name and your case numbers, if you have any. Do not write
           | your CPR number.
           | • A person at Klintsund Kommune makes sure that it is you, and deletes what may be
           | deleted. You get an answer within one month.
           | • The law makes us keep some things, for instance parts of a case. You are told
           | which, and why. If you disagree, you can complain to Datatilsynet.
           |
           | Write “stop” to end news from us at once.
           | [Talk to a person] [Menu]
        Ana: cancel
        Bot: There is nothing to cancel: you are not in the middle of anything here. If you want
           | to take back something you have sent us, a person can help.
           | [My overview] [Talk to a person] [Menu]
        Ana: /delete_me
        Bot: Here is what we keep about you, as a file. In short:
           |
           | • We call you: Ana. Language: English. Area: nothing chosen.
           | • You first wrote to us 23 November 2026.
           | • Yes to news about: nothing.
           | • Cases: 1. Messages in them: 1. Pictures and places: 0.
           | • Unfinished conversations: 0.
           |
           | The file has all of it, with who read your cases and when. Questions about your
           | data, or something to correct or delete: dpo@klintsund.example.
           | [Menu]
        Bot: <my-data.json>
        Bot: Do you want it deleted?
           | I cannot delete it myself, so nothing is deleted yet. This is how:
           |
           | • Write to dpo@klintsund.example. Say that you want your data from this chat
           | deleted, and give your name and your case numbers, if you have any. Do not write
           | your CPR number.
           | • A person at Klintsund Kommune makes sure that it is you, and deletes what may be
           | deleted. You get an answer within one month.
           | • The law makes us keep some things, for instance parts of a case. You are told
           | which, and why. If you disagree, you can complain to Datatilsynet.
           |
           | Write “stop” to end news from us at once.
           | [Talk to a person] [Menu]
        Ana: /cancel
        Bot: There is nothing to cancel: you are not in the middle of anything here. If you want
           | to take back something you have sent us, a person can help.
           | [My overview] [Talk to a person] [Menu]
        Ana: my overview
        Bot: My cases
           | KS-1001: The tree by the lake is about to fall
           | Waiting. You get an answer by Monday 30 November at the latest.
           |
           | My overview
           | We call you: Ana
           | Language: English
           | Area: nothing chosen
           | News about: nothing
           | Quiet hours: 20:00–8:00, Sundays, public holidays, 24 and 31 December
           | [Language and settings] [Menu]
        Ana: cancel
        Bot: There is nothing to cancel: you are not in the middle of anything here. If you want
           | to take back something you have sent us, a person can help.
           | [My overview] [Talk to a person] [Menu]
    """)


async def test_commands_at_a_step(chat: Chat) -> None:
    """A typed "delete me" is no answer to a step, and "cancel" keeps the answers."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: praj
        Bot: Hvad er det? Tryk på en knap, eller skriv det med dine egne ord.
           | [Hul i vejen] [En lygte er gået ud] [Skrald] [Rotter] [Noget andet] [Menu]
        Jens: [Hul i vejen]
        Bot: Hvor er det? Send stedet fra din telefon, eller skriv vej og nummer.
           | [[Send mit sted]] [[Tilbage]] [[Menu]]
        Jens: slet mig
        Bot: Her er det, vi har gemt om dig, som en fil. Kort sagt:
           |
           | • Vi kalder dig: Jens. Sprog: Dansk. Område: ikke valgt.
           | • Du skrev til os første gang 23. november 2026.
           | • Ja tak til nyt om: ingenting.
           | • Sager: 0. Beskeder i dem: 0. Billeder og steder: 0.
           | • Samtaler, der ikke er færdige: 1.
           |
           | I filen er det hele, også hvem der har læst dine sager og hvornår. Har du spørgsmål
           | om dine data, eller skal noget rettes eller slettes, så skriv til
           | dpo@klintsund.example.
           | [Menu]
        Bot: <mine-data.json>
        Bot: Vil du have det slettet?
           | Jeg kan ikke selv slette det, så intet er slettet endnu. Sådan gør du:
           |
           | • Skriv til dpo@klintsund.example, at du vil have slettet dine data fra denne chat.
           | Skriv også dit navn og dine sagsnumre, hvis du har nogen. Skriv ikke dit CPR-nummer.
           | • Et menneske i Klintsund Kommune sikrer sig, at det er dig, og sletter det, der må
           | slettes. Du får svar inden en måned.
           | • Noget skal vi gemme efter loven, for eksempel dele af en sag. Du får at vide, hvad
           | det er og hvorfor. Er du uenig, kan du klage til Datatilsynet.
           |
           | Skriv "stop", hvis du ikke vil have mere nyt fra os.
           | [Tal med et menneske] [Menu]
        Bot: Tilbage til "Giv et praj":
        Bot: Hvor er det? Send stedet fra din telefon, eller skriv vej og nummer.
           | [[Send mit sted]] [[Tilbage]] [[Menu]]
        Jens: mine data
        Bot: Her er det, vi har gemt om dig, som en fil. Kort sagt:
           |
           | • Vi kalder dig: Jens. Sprog: Dansk. Område: ikke valgt.
           | • Du skrev til os første gang 23. november 2026.
           | • Ja tak til nyt om: ingenting.
           | • Sager: 0. Beskeder i dem: 0. Billeder og steder: 0.
           | • Samtaler, der ikke er færdige: 1.
           |
           | I filen er det hele, også hvem der har læst dine sager og hvornår. Har du spørgsmål
           | om dine data, eller skal noget rettes eller slettes, så skriv til
           | dpo@klintsund.example.
           | [Menu]
        Bot: <mine-data.json>
        Bot: Tilbage til "Giv et praj":
        Bot: Hvor er det? Send stedet fra din telefon, eller skriv vej og nummer.
           | [[Send mit sted]] [[Tilbage]] [[Menu]]
        Jens: afbryd
        Bot: Det er i orden.
        Bot: Jeg har lagt "Giv et praj" til side. Det, du har svaret, bliver gemt i 7 dage. Skriv
           | "fortsæt" for at gå videre.
           | [Fortsæt] [Menu]
        Jens: [Fortsæt]
        Bot: Hvor er det? Send stedet fra din telefon, eller skriv vej og nummer.
           | [[Send mit sted]] [[Tilbage]] [[Menu]]
        Jens: cancel
        Bot: Det er i orden.
        Bot: Jeg har lagt "Giv et praj" til side. Det, du har svaret, bliver gemt i 7 dage. Skriv
           | "fortsæt" for at gå videre.
           | [Fortsæt] [Menu]
        Jens: fortsæt
        Bot: Hvor er det? Send stedet fra din telefon, eller skriv vej og nummer.
           | [[Send mit sted]] [[Tilbage]] [[Menu]]
    """)


async def test_cancelling_a_card(chat: Chat) -> None:
    """A typed "cancel" chooses the card's own way out, if it has one."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: hvad er meningen med livet
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: afbryd
        Bot: Det er helt i orden.
           | [Menu]
        --- 31 minutes pass
        Jens: praj
        Bot: Hvad er det? Tryk på en knap, eller skriv det med dine egne ord.
           | [Hul i vejen] [En lygte er gået ud] [Skrald] [Rotter] [Noget andet] [Menu]
        Jens: [Hul i vejen]
        Bot: Hvor er det? Send stedet fra din telefon, eller skriv vej og nummer.
           | [[Send mit sted]] [[Tilbage]] [[Menu]]
        Jens: afbryd
        Bot: Det er i orden.
        Bot: Jeg har lagt "Giv et praj" til side. Det, du har svaret, bliver gemt i 7 dage. Skriv
           | "fortsæt" for at gå videre.
           | [Fortsæt] [Menu]
        --- 1 day passes
        Jens: afbryd
        Bot: Du var begyndt på "Giv et praj". Vil du fortsætte?
           | [Fortsæt] [Nej tak]
    """)


async def test_cancel_with_a_flow_set_aside(chat: Chat) -> None:
    """A typed "cancel" offers to continue or to drop a paused flow."""
    await chat.play("Jens: /start")
    await chat("""
        Jens: praj
        Bot: Hvad er det? Tryk på en knap, eller skriv det med dine egne ord.
           | [Hul i vejen] [En lygte er gået ud] [Skrald] [Rotter] [Noget andet] [Menu]
        Jens: [Skrald]
        Bot: Hvor er det? Send stedet fra din telefon, eller skriv vej og nummer.
           | [[Send mit sted]] [[Tilbage]] [[Menu]]
        Jens: menu
        Bot: Det er i orden.
        Bot: "Giv et praj" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: afbryd
        Bot: Du var begyndt på "Giv et praj". Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Jens: afbryd
        Bot: Det er helt i orden.
           | [Menu]
        Jens: afbryd
        Bot: Der er ikke noget at afbryde. Du er ikke i gang med noget her. Vil du trække noget
           | tilbage, som du har sendt til os, kan et menneske hjælpe dig.
           | [Mit overblik] [Tal med et menneske] [Menu]
    """)
