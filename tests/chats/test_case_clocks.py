"""A case's timers: promised dates, new dates, reminders and closing after silence."""

from __future__ import annotations

from bot.testing import Chat

ASKED = """
        Jens: /start
        Jens: Må man grave sin egen kanal ned til havet?
        Jens: [Spørg et menneske]
"""


async def asked(chat: Chat) -> None:
    """Open case KS-1001 as Jens on Monday at 10:00. It is due the Monday after."""
    for line in ASKED.strip().splitlines():
        await chat.play(line.strip())


async def test_ignored(chat_on_each: Chat) -> None:
    """One working day before an unkept date the citizen gets a new date and the reason."""
    await asked(chat_on_each)
    await chat_on_each("""
        --- until 2026-11-27 11:59
        --- until 2026-11-27 12:00
        Bot to Jens: Vi er ikke færdige med KS-1001 endnu. Ingen af os er nået til dit spørgsmål
           | endnu. Ny dato: mandag d. 7. december. Undskyld, at det trækker ud.
           | [Menu]
        --- until 2026-11-30 20:00
        --- until 2026-12-04 15:00
        Mette extends KS-1001 to 2026-12-15: Vi mangler svar fra Vej og Park om kanalen.
        Bot to Jens: Vi er ikke færdige med KS-1001 endnu. Vi mangler svar fra Vej og Park om
           | kanalen. Ny dato: tirsdag d. 15. december. Undskyld, at det trækker ud.
           | [Menu]
        --- until 2026-12-14 18:00
        Mette answers KS-1001: Ja, det må du, hvis naboen også siger ja.
        Bot to Jens: Her er svaret: Ja, det må du, hvis naboen også siger ja.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
    """)


async def test_delayed_by_a_person(chat: Chat) -> None:
    """Staff can send a new date and its reason before the old date has passed."""
    await asked(chat)
    await chat("""
        Mette claims KS-1001
        Mette extends KS-1001 to 2026-11-24: Vi mangler svar fra Vej og Park om lygten.
        Console: Den nye dato skal ligge efter den gamle og må ikke være gået.
        Mette extends KS-1001 to 2026-12-08: Vi svarer hurtigst muligt.
        Console: Det er et løfte uden en dato. Skriv ugedag og dato.
        Mette extends KS-1001 to 2026-12-08: Vi mangler svar fra Vej og Park om lygten.
        Bot to Jens: Vi er ikke færdige med KS-1001 endnu. Vi mangler svar fra Vej og Park om
           | lygten. Ny dato: tirsdag d. 8. december. Undskyld, at det trækker ud.
           | [Menu]
        --- until 2026-12-07 18:00
        --- until 2026-12-08 15:00
        Bot to Jens: Vi er ikke færdige med KS-1001 endnu. Vi er ikke nået videre med det endnu.
           | Ny dato: tirsdag d. 15. december. Undskyld, at det trækker ud.
           | [Menu]
    """)


async def test_waiting_for_the_citizen(chat_on_each: Chat) -> None:
    """A question to the citizen is repeated after 3 and 10 days and dropped after 24."""
    await asked(chat_on_each)
    await chat_on_each("""
        Mette asks KS-1001: Hvor bor du cirka?
        Bot to Jens: Mette spørger om KS-1001:
           | Hvor bor du cirka?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        --- until 2026-11-26 09:59
        --- until 2026-11-26 10:00
        Bot to Jens: Vi mangler stadig et svar fra dig for at komme videre med KS-1001:
           | Hvor bor du cirka?
           | [Menu]
        --- until 2026-12-03 10:00
        Bot to Jens: Vi mangler stadig et svar fra dig for at komme videre med KS-1001:
           | Hvor bor du cirka?
           | [Menu]
        --- until 2026-12-17 10:00
        Bot to Jens: Vi har ikke hørt fra dig om KS-1001, så nu lader vi den ligge. Skriv, når du
           | har lyst, så går vi videre.
           | [Menu]
        Jens: Jeg bor ved stranden
        Bot: KS-1001 er lukket. Skal jeg åbne den igen, eller er det noget nyt?
           | [Åbn KS-1001 igen] [Nyt spørgsmål]
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Lukket.
           | [Menu]
    """)


async def test_no_verdict(chat: Chat) -> None:
    """A case is closed 14 days after an unrated answer, and not shown as solved."""
    await asked(chat)
    await chat("""
        Mette answers KS-1001: Ja, det må du.
        Bot to Jens: Her er svaret: Ja, det må du.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        --- until 2026-12-07 09:59
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Mette har svaret. Hjalp det?
           | [Menu]
        --- until 2026-12-07 10:00
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Lukket.
           | [Menu]
        Jens: [Nej]
        Bot: Tak, fordi du siger det. Hvad mangler der? En linje er nok.
    """)


async def test_a_complaint_is_never_closed_by_time(chat: Chat) -> None:
    """No timer closes a complaint, after an answer or after silence (HR-16)."""
    await chat.play("Jens: /start")
    await chat.play("Jens: Jeg vil klage over, at I ikke har tømt min skraldespand")
    await chat.play("Mette answers KS-1001: Vi tømmer den i morgen. Undskyld.")
    await chat("""
        --- until 2027-02-01 12:00
        Jens: KS-1001
        Bot: KS-1001: Jeg vil klage over, at I ikke har tømt min skraldespand
           | Mette har svaret. Hjalp det?
           | [Menu]
        Jens: [Delvist]
        Bot: Tak, fordi du siger det. Hvad mangler der? En linje er nok.
        Jens: Den blev kun tømt halvt
        Bot: Tak. KS-1001 er åben igen, og Mette ser på det. Du får svar senest mandag d. 8.
           | februar.
           | [Mit overblik] [Menu]
        Mette asks KS-1001: Hvilken af spandene er det?
        Bot to Jens: Mette spørger om KS-1001:
           | Hvilken af spandene er det?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        --- until 2027-04-01 12:00
        Bot to Jens: Vi mangler stadig et svar fra dig for at komme videre med KS-1001:
           | Hvilken af spandene er det?
           | [Menu]
        Bot to Jens: Vi mangler stadig et svar fra dig for at komme videre med KS-1001:
           | Hvilken af spandene er det?
           | [Menu]
        Jens: KS-1001
        Bot: KS-1001: Jeg vil klage over, at I ikke har tømt min skraldespand
           | Vi venter på svar fra dig.
           | [Ring til mig] [Menu]
    """)


async def test_scheduled(chat: Chat) -> None:
    """A scheduled answer is sent at its time. A time in the past is refused."""
    await asked(chat)
    await chat("""
        Mette schedules KS-1001 for 2026-11-23 09.00: Ja, det må du.
        Console: Det tidspunkt er gået. Vælg et senere.
        Mette schedules KS-1001 for 2026-11-24 09.00: Ja, det må du.
        --- until 2026-11-24 08:59
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Mette arbejder på det. Du får svar senest mandag d. 30. november.
           | [Ring til mig] [Menu]
        --- until 2026-11-24 09:00
        Bot to Jens: Her er svaret: Ja, det må du.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
    """)


async def test_easter(chat: Chat) -> None:
    """A request on the Wednesday before Easter is due after the holidays (HR-12)."""
    await chat("""
        --- until 2027-03-24 10:00
        Jens: ide
        Bot: <notice>
        Bot: Hvad er din idé? Skriv den, som du ville sige den til en nabo.
        Jens: Flere bænke langs kysten
        Bot: Tak. Din idé er sendt til Mette i Borgerservice. Sagsnummer: KS-1001. Du hører, hvad
           | der skete med den, senest mandag d. 12. april. Tager det længere tid, skriver vi før
           | den dag.
           | [Mit overblik] [Menu]
        Jens: aktindsigt
        Bot: Hvilke af kommunens papirer vil du se? Skriv, hvad de handler om. Papirer om dig
           | selv sender vi i Digital Post, aldrig her.
        Jens: Planerne for den nye bro
        Bot: Tak. Mette i Borgerservice undersøger, hvilke papirer du kan se. Sagsnummer:
           | KS-1002. Du får svar senest onsdag d. 7. april. Tager det længere tid, skriver vi
           | før den dag og siger hvorfor.
           | [Mit overblik] [Menu]
    """)
