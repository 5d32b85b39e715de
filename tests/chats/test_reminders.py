"""Reminders: a citizen's own, a lead's to a group, those of staff, and every answer to them."""

from __future__ import annotations

import pytest

from bot.model.delivery import Delivery
from bot.simulator import TOKEN
from bot.testing import PEOPLE, Chat


async def test_own_every_other_week(chat_on_each: Chat) -> None:
    """A citizen's own reminder is repeated back, comes in time, and its answer is shown."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Mind mig om at vande tomaterne hver anden onsdag kl. 16
        Bot: Jeg minder dig om at vande tomaterne hver anden onsdag kl. 16, første gang onsdag d.
           | 25. november. Er det rigtigt? Du kan også skrive en anden tid.
           | [Ja, det er rigtigt] [Nej, jeg skriver det igen] [Tilbage] [Menu]
        Jens: [Ja, det er rigtigt]
        Bot: Jeg har noteret det. Jeg minder dig om at vande tomaterne hver anden onsdag kl. 16,
           | første gang onsdag d. 25. november. Du kan stoppe den under “Mit overblik”.
           | [Mit overblik] [Menu]
        Jens: Mit overblik
        Bot: Dine påmindelser
           | • at vande tomaterne: hver anden onsdag kl. 16, næste gang onsdag d. 25. november
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Mine påmindelser] [Menu]
        Jens: mine påmindelser
        Bot: Dine påmindelser
           | • at vande tomaterne: hver anden onsdag kl. 16, næste gang onsdag d. 25. november
           | [Stop: at vande tomaterne] [Ny påmindelse] [Menu]
        --- until 2026-11-25 16:00
        Bot to Jens: Du bad mig minde dig om:
           | at vande tomaterne
           | [Det er gjort] [Senere] [Til min kalender] [Stop denne påmindelse]
        Jens: [Det er gjort]
        Bot edits: Du bad mig minde dig om:
           | at vande tomaterne
           |
           | ✓ Du svarede: Det er gjort.
        Jens: [Menu]
        Bot: <menu>
        --- until 2026-12-10 10:00
        Bot to Jens: Du bad mig minde dig om:
           | at vande tomaterne
           | [Det er gjort] [Senere] [Til min kalender] [Stop denne påmindelse]
        Jens: [Stop denne påmindelse]
        Bot: Påmindelsen er stoppet.
           | [Ud af min kalender] [Mit overblik] [Menu]
        Jens: mine påmindelser
        Bot: Du har ingen påmindelser. Skriv for eksempel “mind mig om at ringe til biblioteket i
           | morgen kl. 10”.
           | [Ny påmindelse] [Menu]
        --- until 2027-01-10 10:00
    """)


async def test_own_in_english(chat: Chat) -> None:
    """The words, the time and the answers are in the citizen's language."""
    await chat("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: remind me to call the library tomorrow at 10
        Bot: I will remind you Tuesday 24 November at 10:00: call the library. Is that right? You
           | can also write another time.
           | [Yes, that is right] [No, I will write it again] [Back] [Menu]
        Ana: at 11
        Bot: I will remind you Tuesday 24 November at 11:00: call the library. Is that right? You
           | can also write another time.
           | [Yes, that is right] [No, I will write it again] [Back] [Menu]
        Ana: Yes, that is right
        Bot: I have noted it. I will remind you Tuesday 24 November at 11:00: call the library.
           | You can end it under “My overview”.
           | [My overview] [Menu]
        --- until 2026-11-24 11:00
        Bot to Ana: You asked me to remind you:
           | call the library
           | [It is done] [Later] [End this reminder]
        Ana: [Later]
        Bot edits: You asked me to remind you:
           | call the library
           | [In an hour] [This evening] [Tomorrow] [Another day] [Back]
        Ana: [Back]
        Bot edits: You asked me to remind you:
           | call the library
           | [It is done] [Later] [End this reminder]
        Ana: [Later]
        Bot edits: You asked me to remind you:
           | call the library
           | [In an hour] [This evening] [Tomorrow] [Another day] [Back]
        Ana: [In an hour]
        Bot edits: You asked me to remind you:
           | call the library
           |
           | You get it again Tuesday 24 November 12:00.
        --- until 2026-11-24 12:00
        Bot to Ana: You asked me to remind you:
           | call the library
           | [It is done] [Later] [End this reminder]
        Ana: [It is done]
        Bot edits: You asked me to remind you:
           | call the library
           |
           | ✓ You answered: it is done.
        Ana: my reminders
        Bot: You have no reminders. Write for example “remind me to call the library tomorrow at
           | 10”.
           | [New reminder] [Menu]
        --- until 2026-12-24 12:00
    """)


async def test_time_corrected(chat: Chat) -> None:
    """A wrong reading is corrected by a tap, by a clock time alone or by a new time."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: mind mig
        Bot: Hvad skal jeg minde dig om? Jeg gentager dine egne ord, så skriv, som du vil.
        Jens: at hente pakken
        Bot: Hvornår skal jeg minde dig om at hente pakken? Skriv det, som du ville sige det: “i
           | morgen kl. 16” eller “hver anden onsdag kl. 9”.
           | [Tilbage] [Menu]
        Jens: en dag
        Bot: Jeg forstod ikke, hvornår det er. Skriv for eksempel “i morgen kl. 16” eller “hver
           | onsdag kl. 9”.
           | [Tilbage] [Menu]
        Jens: i går kl. 10
        Bot: Det tidspunkt er passeret. Skriv et, der ligger længere fremme.
           | [Tilbage] [Menu]
        Jens: fredag
        Bot: Jeg minder dig om at hente pakken fredag d. 27. november kl. 9. Er det rigtigt? Du
           | kan også skrive en anden tid.
           | [Ja, det er rigtigt] [Nej, jeg skriver det igen] [Tilbage] [Menu]
        Jens: kl. 14
        Bot: Jeg minder dig om at hente pakken fredag d. 27. november kl. 14. Er det rigtigt? Du
           | kan også skrive en anden tid.
           | [Ja, det er rigtigt] [Nej, jeg skriver det igen] [Tilbage] [Menu]
        Jens: [Nej, jeg skriver det igen]
        Bot: Hvornår skal jeg minde dig om at hente pakken? Skriv det, som du ville sige det: “i
           | morgen kl. 16” eller “hver anden onsdag kl. 9”.
           | [Tilbage] [Menu]
        Jens: på lørdag kl. halv ti
        Bot: Jeg minder dig om at hente pakken lørdag d. 28. november kl. 9.30. Er det rigtigt?
           | Du kan også skrive en anden tid.
           | [Ja, det er rigtigt] [Nej, jeg skriver det igen] [Tilbage] [Menu]
        Jens: [Ja, det er rigtigt]
        Bot: Jeg har noteret det. Jeg minder dig om at hente pakken lørdag d. 28. november kl.
           | 9.30. Du kan stoppe den under “Mit overblik”.
           | [Mit overblik] [Menu]
        --- until 2026-11-28 09:30
        Bot to Jens: Du bad mig minde dig om:
           | at hente pakken
           | [Det er gjort] [Senere] [Stop denne påmindelse]
    """)


async def test_unclear_hour(chat: Chat) -> None:
    """Where two times are possible, the bot asks which one."""
    await chat("""
        Jens: /start
        Bot: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod idéer og
           | hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her. Vil du
           | tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Jens: Mind mig om at ringe til Karen næste fredag kl. 10
        Bot: Hvilken mener du? Du kan også skrive det igen.
           | [fredag d. 27. november kl. 10] [fredag d. 4. december kl. 10] [Tilbage] [Menu]
        Jens: mine påmindelser
        Bot: Du har ingen påmindelser. Skriv for eksempel “mind mig om at ringe til biblioteket i
           | morgen kl. 10”.
           | [Ny påmindelse] [Menu]
    """)


async def test_each_later(chat_on_each: Chat) -> None:
    """Each choice of later sends it again at that time, and says so in the message."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Mind mig om at slukke ovnen i dag kl. 15
        Bot: Jeg minder dig om at slukke ovnen mandag d. 23. november kl. 15. Er det rigtigt? Du
           | kan også skrive en anden tid.
           | [Ja, det er rigtigt] [Nej, jeg skriver det igen] [Tilbage] [Menu]
        Jens: [Ja, det er rigtigt]
        Bot: Jeg har noteret det. Jeg minder dig om at slukke ovnen mandag d. 23. november kl.
           | 15. Du kan stoppe den under “Mit overblik”.
           | [Mit overblik] [Menu]
        --- until 2026-11-23 15:00
        Bot to Jens: Du bad mig minde dig om:
           | at slukke ovnen
           | [Det er gjort] [Senere] [Stop denne påmindelse]
        Jens: [Senere]
        Bot edits: Du bad mig minde dig om:
           | at slukke ovnen
           | [Om en time] [I aften] [I morgen] [En anden dag] [Tilbage]
        Jens: [Om en time]
        Bot edits: Du bad mig minde dig om:
           | at slukke ovnen
           |
           | Du får den igen mandag d. 23. november kl. 16.
        --- until 2026-11-23 16:00
        Bot to Jens: Du bad mig minde dig om:
           | at slukke ovnen
           | [Det er gjort] [Senere] [Stop denne påmindelse]
        Jens: [Senere]
        Bot edits: Du bad mig minde dig om:
           | at slukke ovnen
           | [Om en time] [I aften] [I morgen] [En anden dag] [Tilbage]
        Jens: [I aften]
        Bot edits: Du bad mig minde dig om:
           | at slukke ovnen
           |
           | Du får den igen mandag d. 23. november kl. 19.
        --- until 2026-11-23 19:00
        Bot to Jens: Du bad mig minde dig om:
           | at slukke ovnen
           | [Det er gjort] [Senere] [Stop denne påmindelse]
        Jens: [Senere]
        Bot edits: Du bad mig minde dig om:
           | at slukke ovnen
           | [Om en time] [I morgen] [En anden dag] [Tilbage]
        Jens: [I morgen]
        Bot edits: Du bad mig minde dig om:
           | at slukke ovnen
           |
           | Du får den igen tirsdag d. 24. november kl. 9.
        --- until 2026-11-24 09:00
        Bot to Jens: Du bad mig minde dig om:
           | at slukke ovnen
           | [Det er gjort] [Senere] [Stop denne påmindelse]
        Jens: [Senere]
        Bot edits: Du bad mig minde dig om:
           | at slukke ovnen
           | [Om en time] [I aften] [I morgen] [En anden dag] [Tilbage]
        Jens: [En anden dag]
        Bot edits: Du bad mig minde dig om:
           | at slukke ovnen
           | [Det er gjort] [Senere] [Stop denne påmindelse]
        Bot: Hvornår skal jeg skrive igen? For eksempel “fredag kl. 10”.
        Jens: fredag kl. 10
        Bot: Jeg skriver igen fredag d. 27. november kl. 10. Er det rigtigt? Du kan også skrive
           | en anden tid.
           | [Ja, det er rigtigt] [Nej, jeg skriver det igen] [Menu]
        Jens: [Ja, det er rigtigt]
        Bot: Jeg har noteret det. Du får den igen fredag d. 27. november kl. 10.
           | [Mit overblik] [Menu]
        --- until 2026-11-27 10:00
        Bot to Jens: Du bad mig minde dig om:
           | at slukke ovnen
           | [Det er gjort] [Senere] [Stop denne påmindelse]
        Jens: [Det er gjort]
        Bot edits: Du bad mig minde dig om:
           | at slukke ovnen
           |
           | ✓ Du svarede: Det er gjort.
        --- until 2026-12-27 10:00
    """)


async def test_quiet_hours(chat: Chat) -> None:
    """A reminder that a citizen sets for themselves in quiet hours comes at its time."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Mind mig om at sætte skraldespanden ud i aften kl. 21
        Bot: Jeg minder dig om at sætte skraldespanden ud mandag d. 23. november kl. 21. Er det
           | rigtigt? Du kan også skrive en anden tid.
           | [Ja, det er rigtigt] [Nej, jeg skriver det igen] [Tilbage] [Menu]
        Jens: [Ja, det er rigtigt]
        Bot: Jeg har noteret det. Jeg minder dig om at sætte skraldespanden ud mandag d. 23.
           | november kl. 21. Du kan stoppe den under “Mit overblik”.
           | [Mit overblik] [Menu]
        Jens: mine påmindelser
        Bot: Dine påmindelser
           | • at sætte skraldespanden ud: mandag d. 23. november kl. 21
           | [Stop: at sætte skraldespanden ud] [Ny påmindelse] [Menu]
        --- until 2026-11-23 23:00
        Bot to Jens: Du bad mig minde dig om:
           | at sætte skraldespanden ud
           | [Det er gjort] [Senere] [Stop denne påmindelse]
        --- until 2026-11-24 08:00
    """)


async def test_lead_reminds_group(chat_on_each: Chat) -> None:
    """A lead reminds the members; a member who cannot is named to the lead."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Jens: mind gruppen
        Bot: Du er ikke leder af en gruppe her. Skriv til os, hvis du gerne vil.
           | [Menu]
        Mette founds Strandrenserne
        Mette puts Jens in Strandrenserne as lead
        Mette puts Samira in Strandrenserne
        Jens: mind gruppen
        Bot: Hvad skal jeg skrive til medlemmerne? Skriv tid, sted og fornavne, og ikke noget
           | privat.
           | [Tilbage] [Menu]
        Jens: Vi mødes ved molen med handsker
        Bot: Hvornår? Skriv det, som du ville sige det: “i morgen kl. 16” eller “hver anden
           | onsdag kl. 9”.
           | [Tilbage] [Menu]
        Jens: på lørdag kl. 10
        Bot: Jeg skriver “Vi mødes ved molen med handsker” til medlemmerne lørdag d. 28. november
           | kl. 10. Er det rigtigt? Du kan også skrive en anden tid.
           | [Ja, det er rigtigt] [Nej, jeg skriver det igen] [Tilbage] [Menu]
        Jens: [Ja, det er rigtigt]
        Bot: Jeg har noteret det. Jeg skriver “Vi mødes ved molen med handsker” til 2 medlemmer
           | lørdag d. 28. november kl. 10. Du kan stoppe den under “Mine påmindelser”.
           | [Mit overblik] [Menu]
        Samira: Mit overblik
        Bot: Dine påmindelser
           | • Vi mødes ved molen med handsker (Strandrenserne): lørdag d. 28. november kl. 10
           |
           | Mit overblik
           | Vi kalder dig: Samira
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Mine påmindelser] [Menu]
        --- until 2026-11-28 10:00
        Bot to Jens: Husk:
           | Vi mødes ved molen med handsker
           |
           | Hilsen Jens, Strandrenserne
           | [Det er gjort] [Senere] [Jeg kan ikke] [Mindre af det her]
        Bot to Samira: Husk:
           | Vi mødes ved molen med handsker
           |
           | Hilsen Jens, Strandrenserne
           | [Det er gjort] [Senere] [Jeg kan ikke] [Mindre af det her]
        Samira: [Jeg kan ikke]
        Bot to Jens: Samira kan ikke: Vi mødes ved molen med handsker
           | [Menu]
        Bot edits: Husk:
           | Vi mødes ved molen med handsker
           |
           | Hilsen Jens, Strandrenserne
           |
           | Du svarede: Jeg kan ikke.
        Bot: Tak, fordi du siger det. Jens har fået besked. Vil du sige hvorfor?
           | [Nej tak] [Menu]
        Samira: Jeg er syg
        Bot to Jens: Samira kan ikke: Vi mødes ved molen med handsker
           | “Jeg er syg”
           | [Menu]
        Bot: Tak. Hav det godt.
           | [Mit overblik] [Menu]
        Jens: [Det er gjort]
        Bot edits: Husk:
           | Vi mødes ved molen med handsker
           |
           | Hilsen Jens, Strandrenserne
           |
           | ✓ Du svarede: Det er gjort.
        --- until 2026-12-05 10:00
    """)


async def test_lead_of_what_is_private(chat: Chat) -> None:
    """What a lead writes for others is checked as the texts of staff are."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Mette founds Strandrenserne
        Mette puts Jens in Strandrenserne as lead
        Mette puts Samira in Strandrenserne
        Jens: mind gruppen
        Bot: Hvad skal jeg skrive til medlemmerne? Skriv tid, sted og fornavne, og ikke noget
           | privat.
           | [Tilbage] [Menu]
        Jens: Husk jeres medicin mod depression
        Bot: Hvornår? Skriv det, som du ville sige det: “i morgen kl. 16” eller “hver anden
           | onsdag kl. 9”.
           | [Tilbage] [Menu]
        Jens: i morgen kl. 10
        Bot: Jeg skriver “Husk jeres medicin mod depression” til medlemmerne tirsdag d. 24.
           | november kl. 10. Er det rigtigt? Du kan også skrive en anden tid.
           | [Ja, det er rigtigt] [Nej, jeg skriver det igen] [Tilbage] [Menu]
        Jens: [Ja, det er rigtigt]
        Bot: Jeg har noteret det. Jeg skriver “Husk jeres medicin mod depression” til 2 medlemmer
           | tirsdag d. 24. november kl. 10. Du kan stoppe den under “Mine påmindelser”.
           | [Mit overblik] [Menu]
    """)


async def test_staff_remind_ambassadors(chat_on_each: Chat) -> None:
    """Those who cannot are an alert; the silent are asked once more, the next day."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Mette gives Jens the role ambassador
        Mette gives Samira the role ambassador
        Mette gives Ana the role ambassador
        Mette reminds ambassadors, i morgen kl. 10: Del plakaten til fællesspisning på biblioteket.
        --- until 2026-11-24 10:00
        Bot to Jens: Husk:
           | Del plakaten til fællesspisning på biblioteket.
           |
           | Hilsen Mette
           | [Det er gjort] [Senere] [Jeg kan ikke] [Mindre af det her]
        Bot to Samira: Husk:
           | Del plakaten til fællesspisning på biblioteket.
           |
           | Hilsen Mette
           | [Det er gjort] [Senere] [Jeg kan ikke] [Mindre af det her]
        Bot to Ana: Remember:
           | Del plakaten til fællesspisning på biblioteket.
           | (in Danish only)
           |
           | Regards, Mette
           | [It is done] [Later] [I cannot] [Less of this]
        Jens: [Jeg kan ikke]
        Bot edits: Husk:
           | Del plakaten til fællesspisning på biblioteket.
           |
           | Hilsen Mette
           |
           | Du svarede: Jeg kan ikke.
        Bot: Tak, fordi du siger det. Mette har fået besked. Vil du sige hvorfor?
           | [Nej tak] [Menu]
        Jens: [Nej tak]
        Bot: Tak. Hav det godt.
           | [Mit overblik] [Menu]
        Ana: [It is done]
        Bot edits: Remember:
           | Del plakaten til fællesspisning på biblioteket.
           | (in Danish only)
           |
           | Regards, Mette
           |
           | ✓ You answered: it is done.
        --- until 2026-11-25 10:00
        Bot to Samira: Du har ikke svaret endnu. Er det gjort?
           | Del plakaten til fællesspisning på biblioteket.
           |
           | Hilsen Mette
           | [Det er gjort] [Senere] [Jeg kan ikke] [Mindre af det her]
        Samira: [Det er gjort]
        Bot edits: Du har ikke svaret endnu. Er det gjort?
           | Del plakaten til fællesspisning på biblioteket.
           |
           | Hilsen Mette
           |
           | ✓ Du svarede: Det er gjort.
        --- until 2026-12-10 10:00
    """)


async def test_role_that_ended(chat: Chat) -> None:
    """A reminder to a role does not reach a person whose role has ended."""
    await chat("""
        Jens: /start
        Bot: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod idéer og
           | hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her. Vil du
           | tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Samira: /start
        Bot: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod idéer og
           | hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her. Vil du
           | tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Mette gives Jens the role ambassador
        Mette gives Jens the role ambassador
        Console: Personen har allerede den rolle.
        Mette gives Samira the role ambassador
        Mette tells ambassadors, hver dag kl. 10: Del ugens nyt.
        Mette takes the role ambassador from Jens
        --- until 2026-11-24 10:00
        Bot to Samira: Husk:
           | Del ugens nyt.
           |
           | Hilsen Mette
           | [Til min kalender] [Mindre af det her]
        Mette rewords the reminder: Del ugens nyt fra biblioteket.
        --- until 2026-11-25 10:00
        Bot to Samira: Husk:
           | Del ugens nyt fra biblioteket.
           |
           | Hilsen Mette
           | [Til min kalender] [Mindre af det her]
        Mette pauses the reminder
        --- until 2026-11-27 12:00
        Mette resumes the reminder
        --- until 2026-11-28 10:00
        Bot to Samira: Husk:
           | Del ugens nyt fra biblioteket.
           |
           | Hilsen Mette
           | [Til min kalender] [Mindre af det her]
        Mette ends the reminder
        --- until 2026-12-05 10:00
    """)


async def test_less_of_this(chat: Chat) -> None:
    """A muted topic no longer comes; what is off is listed, and can be turned on again."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Mette gives Jens the role ambassador
        Mette tells ambassadors about posters, hver dag kl. 10: Hæng en plakat op.
        --- until 2026-11-24 10:00
        Bot to Jens: Husk:
           | Hæng en plakat op.
           |
           | Hilsen Mette
           | [Til min kalender] [Mindre af det her]
        Jens: [Mindre af det her]
        Bot: Du får ikke flere påmindelser af den slags. Skriv “pause” for at se, hvad der er
           | slået fra, og slå det til igen.
           | [Slå det til igen] [Mit overblik] [Menu]
        --- until 2026-11-26 12:00
        Jens: pause
        Bot: Det her er slået fra:
           | • Andre påmindelser
           | Tryk på det, du vil have igen.
           | [Igen: Andre påmindelser] [Hold pause fra det hele] [Menu]
        Jens: [Igen: Andre påmindelser]
        Bot: Nu er det slået til igen.
           | [Mit overblik] [Menu]
        --- until 2026-11-27 10:00
        Bot to Jens: Husk:
           | Hæng en plakat op.
           |
           | Hilsen Mette
           | [Til min kalender] [Mindre af det her]
    """)


async def test_pause(chat_on_each: Chat) -> None:
    """In a pause only answers come; it ends on its day, or by a tap."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Mette gives Jens the role ambassador
        Mette tells ambassadors about posters, hver dag kl. 10: Hæng en plakat op.
        Jens: hold pause
        Bot: Hvor længe vil du holde pause? Skriv for eksempel “1. februar”. Svar på dine egne
           | spørgsmål får du stadig.
        Jens: torsdag
        Bot: Du får ingen beskeder indtil torsdag d. 26. november kl. 9, heller ikke dine egne
           | påmindelser. Er det rigtigt? Du kan også skrive en anden tid.
           | [Ja, det er rigtigt] [Nej, jeg skriver det igen] [Menu]
        Jens: [Ja, det er rigtigt]
        Bot: Du hører ikke fra os af os selv før torsdag d. 26. november kl. 9.
           | [Mit overblik] [Menu]
        --- until 2026-11-25 12:00
        Jens: pause
        Bot: Det her er slået fra:
           | • Alt, indtil torsdag d. 26. november kl. 9
           | Tryk på det, du vil have igen.
           | [Slut på pausen] [Menu]
        Jens: [Slut på pausen]
        Bot: Nu er det slået til igen.
           | [Mit overblik] [Menu]
        --- until 2026-11-26 12:00
        Bot to Jens: Husk:
           | Hæng en plakat op.
           |
           | Hilsen Mette
           | [Til min kalender] [Mindre af det her]
    """)


@pytest.mark.parametrize("label", ["done", "later", "hour", "day", "show", "end"])
async def test_stale_tap(chat: Chat, label: str) -> None:
    """A button of a reminder that was answered and ended long ago changes nothing."""
    await chat.play("Jens: /start")
    await chat.play("Jens: Mind mig om at vande tomaterne i morgen kl. 16")
    await chat.play("Jens: [Ja, det er rigtigt]")
    await chat.play("--- until 2026-11-24 16:00")
    await chat.play("Jens: [Det er gjort]")
    before = await delivery_of(chat)
    await tap(chat, "Jens", f":rem.{before.id}.{label}")
    assert await delivery_of(chat) == before
    assert chat.world.bots[TOKEN].chats[PEOPLE["Jens"][0]].shown()[-1].outgoing


@pytest.mark.parametrize("label", ["done", "cannot", "later", "hour", "day", "less", "end"])
async def test_button_of_another_person(chat: Chat, label: str) -> None:
    """A button of another person's reminder changes nothing, and shows none of its words."""
    await chat.play("Jens: /start")
    await chat.play("Samira: /start")
    await chat.play("Jens: Mind mig om at vande tomaterne i morgen kl. 16")
    await chat.play("Jens: [Ja, det er rigtigt]")
    await chat.play("--- until 2026-11-24 16:00")
    before = await delivery_of(chat)
    await tap(chat, "Samira", f":rem.{before.id}.{label}")
    assert await delivery_of(chat) == before
    shown = chat.world.bots[TOKEN].chats[PEOPLE["Samira"][0]].shown()
    assert "tomaterne" not in str([message.body for message in shown])
    assert len([message for message in shown if message.outgoing]) > 2


async def delivery_of(chat: Chat) -> Delivery:
    """Return the only delivery of a chat."""
    store, bot = await chat.open()
    async with store.reading() as unit:
        found = await unit.deliveries.get(1)
    await bot.close()
    await store.close()
    assert found is not None
    return found


async def tap(chat: Chat, name: str, data: str) -> None:
    """Tap a button with *data*, which the chat does not show."""
    user, _language = PEOPLE[name]
    who = {"id": user, "is_bot": False, "first_name": name, "language_code": "da"}
    chat.world.inject(
        "callback_query",
        {
            "id": "1",
            "from": who,
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": 2,
                "date": 1,
                "chat": {"id": user, "type": "private", "first_name": name},
            },
        },
    )
    await chat.play("--- 1 minute passes")
